"""Push keystrokes into the terminal; lease and watch shared files."""

import fcntl
import os

refused = []
for call, number in ((fcntl.ioctl, 0x5412), (fcntl.ioctl, 0x541C), (fcntl.fcntl, 1024), (fcntl.fcntl, 1026)):
    try:
        call(os.open("/dev/null", os.O_RDONLY), number, 0)
    except PermissionError:
        refused.append(number)
result = refused
