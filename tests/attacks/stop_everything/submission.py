"""Stop every process of the box instead of ending it."""

import os
import signal
import time

for _ in range(3):
    if os.fork() == 0:
        os.kill(os.getpid(), signal.SIGSTOP)
os.kill(os.getpid(), signal.SIGSTOP)
time.sleep(1000)
