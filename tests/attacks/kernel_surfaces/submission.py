"""Store in keyrings, and call what has been exploited before."""

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


calls = {
    "add_key": refused((248, 217), 0, 0, 0, 0, 0),
    "request_key": refused((249, 218), 0, 0, 0, 0),
    "keyctl": refused((250, 219), 0, 0, 0, 0, 0),
    "io_uring_setup": refused((425, 425), 1, 0),
    "io_uring_enter": refused((426, 426), 0, 0, 0, 0, 0),
    "io_uring_register": refused((427, 427), 0, 0, 0, 0),
    "bpf": refused((321, 280), 0, 0, 0),
    "perf_event_open": refused((298, 241), 0, 0, 0, 0, 0),
    "userfaultfd": refused((323, 282), 0),
    "personality": refused((135, 92), 0),
    "open_by_handle_at": refused((304, 265), 0, 0, 0),
    "fanotify_init": refused((300, 262), 0, 0),
    "finit_module": refused((313, 273), 0, 0, 0),
    "kexec_load": refused((246, 104), 0, 0, 0, 0),
    "syslog": refused((103, 116), 0, 0, 0),
    "quotactl": refused((179, 60), 0, 0, 0, 0),
    "foreign": COLUMN == 1 or refused((0x40000000 + 39,), 0),
}
result = [name for name, is_refused in calls.items() if not is_refused]
