"""Signal every process there is, and the parent."""

import os
import signal

for target in (-1, 0, os.getppid(), 1, 2, 3):
    for number in (signal.SIGKILL, signal.SIGTERM, signal.SIGSTOP):
        try:
            os.kill(target, number)
        except OSError:
            pass
result = "still here"
