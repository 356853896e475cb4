"""Have the kernel send signals: a file can name who is told of its events, and by which signal."""

import fcntl
import os
import signal
import struct

near, far = os.pipe()
whom = os.getppid() or 1
refused = []
for call, number, value in (
    (fcntl.fcntl, 8, whom),  # F_SETOWN
    (fcntl.fcntl, 10, signal.SIGKILL),  # F_SETSIG
    (fcntl.fcntl, 15, struct.pack("ii", 1, whom)),  # F_SETOWN_EX
    (fcntl.ioctl, 0x8901, struct.pack("i", whom)),  # FIOSETOWN
    (fcntl.ioctl, 0x8902, struct.pack("i", whom)),  # SIOCSPGRP
):
    try:
        call(near, number, value)
    except PermissionError:
        refused.append(number)
fcntl.fcntl(near, fcntl.F_SETFL, os.O_ASYNC | os.O_NONBLOCK)
os.write(far, b"x")
result = refused
