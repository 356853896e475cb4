"""Change the settings of the pipes, which belong to whoever else holds them, too."""

import fcntl
import os
import time

for number in (0, 1, 2, 3):
    for command, value in ((1031, 1 << 30), (1031, 4096)):  # F_SETPIPE_SZ
        try:
            fcntl.fcntl(number, command, value)
        except OSError:
            pass
    fcntl.fcntl(number, fcntl.F_SETFL, os.O_NONBLOCK | os.O_APPEND)
for _ in range(100):
    try:
        os.write(1, b"x" * 500)
    except BlockingIOError:
        time.sleep(0.001)
result = "printed"
