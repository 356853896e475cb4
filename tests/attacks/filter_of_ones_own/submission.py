"""Install a filter whose every write waits for an answer that nobody gives."""

import ctypes
import os
import platform
import struct

SECCOMP, WRITE = {"x86_64": (317, 1), "aarch64": (277, 64)}[platform.machine()]


class Program(ctypes.Structure):
    _fields_ = (("count", ctypes.c_ushort), ("code", ctypes.c_char_p))


code = b"".join(
    struct.pack("=HBBI", *each)
    for each in ((0x20, 0, 0, 0), (0x15, 0, 1, WRITE), (6, 0, 0, 0x7FC00000), (6, 0, 0, 0x7FFF0000))
)
LIBC = ctypes.CDLL(None)
if LIBC.syscall(ctypes.c_long(SECCOMP), 1, 8, ctypes.byref(Program(4, code))) < 0:
    raise SystemExit
os.write(1, b"never")
