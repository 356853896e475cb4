"""Take back what was printed between the moments when the grader notices and reads it."""

import os
import threading
import time

try:
    mine = os.open("/proc/self/fd/1", os.O_RDONLY)
except OSError:  # where the grader is root, the pipe is another user's
    mine = None


def take():
    while True:
        os.read(mine, 65536)


if mine is not None:
    for _ in range(4):
        threading.Thread(target=take, daemon=True).start()
while True:
    os.write(1, b"x")
    time.sleep(0.0005)
