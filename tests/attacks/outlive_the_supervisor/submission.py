"""Clear the signal that ends the box with its supervisor."""

import ctypes
import errno
import platform

LIBC = ctypes.CDLL(None, use_errno=True)
COLUMN = {"x86_64": 0, "aarch64": 1}[platform.machine()]


def refused(numbers, *arguments):
    """Tell whether the kernel refuses the call as forbidden."""
    ctypes.set_errno(0)
    result = LIBC.syscall(ctypes.c_long(numbers[COLUMN]), *map(ctypes.c_long, arguments))
    return result == -1 and ctypes.get_errno() in (errno.EPERM, errno.ENOSYS)


result = refused((157, 167), 1, 0, 0, 0, 0)
