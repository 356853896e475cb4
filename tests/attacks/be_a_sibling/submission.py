"""Leave a process that is nobody's descendant but the supervisor's: a sibling, by CLONE_PARENT."""

import ctypes
import platform
import time

clone = {"x86_64": 56, "aarch64": 220}[platform.machine()]
if ctypes.CDLL(None).syscall(ctypes.c_long(clone), ctypes.c_long(0x8000 | 17), 0, 0, 0, 0) == 0:
    time.sleep(1000)
result = "left"
