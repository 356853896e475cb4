"""Become the one to whom orphans fall, in a tree of processes that all refuse to end."""

import ctypes
import os
import time

LIBC = ctypes.CDLL(None)
own = os.getpid()
for _ in range(4):
    if os.fork() == 0:
        LIBC.prctl(36, 1, 0, 0, 0)  # PR_SET_CHILD_SUBREAPER
        os.setsid()
    elif os.getpid() == own:
        break
if os.getpid() != own:
    time.sleep(1000)
result = "left"
