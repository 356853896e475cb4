"""Change the settings of the pipes, which belong to whoever else holds them, too."""

import fcntl
import os
import time

for number in (0, 1, 2, 3):
    for command, value in ((fcntl.F_SETFL, os.O_NONBLOCK), (1031, 4096), (1031, 1 << 30)):
        try:
            fcntl.fcntl(number, command, value)
        except OSError:
            pass
result = "x" * 1_000_000
