"""Forbid oneself everything, in as many layers as the kernel allows, to trip the harness up."""

import ctypes

LIBC = ctypes.CDLL(None, use_errno=True)
rights = (ctypes.c_uint64 * 1)((1 << 13) - 1)
for _ in range(20):
    rules = LIBC.syscall(ctypes.c_long(444), ctypes.byref(rights), ctypes.c_size_t(8), 0)
    LIBC.syscall(ctypes.c_long(446), rules, 0)
result = "still here"
