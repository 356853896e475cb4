"""What the system-call filter refuses inside the box, each with its reason.

A deny-list: namespaces, an unprivileged user and read-only mounts contain the rest, and allow-lists
break with every release of numpy and torch. Numbers are those of x86_64 and aarch64; `None` where
an architecture has no such call.
"""

from __future__ import annotations

import errno
from dataclasses import dataclass

X86_64 = "x86_64"
AARCH64 = "aarch64"

AF_UNIX = 1
NAMESPACE_FLAGS = 0x7E02_0000
"""every CLONE_NEW* flag that clone understands: mount, cgroup, uts, ipc, user, pid, net"""


@dataclass(frozen=True, slots=True)
class Call:
    """One system call: its numbers on the architectures we know."""

    name: str
    x86_64: int | None
    aarch64: int | None

    def number(self, machine: str) -> int | None:
        """Return the call's number on a machine."""
        return self.x86_64 if machine == X86_64 else self.aarch64


@dataclass(frozen=True, slots=True)
class Denial:
    """Calls that are refused whatever their arguments, and why."""

    calls: tuple[Call, ...]
    reason: str
    error: int = errno.EPERM


@dataclass(frozen=True, slots=True)
class ArgumentDenial:
    """A call that is refused for some values of one argument."""

    call: Call
    argument: int
    values: tuple[int, ...]
    reason: str
    test: str = "equal"
    """`equal`: refused for these values; `other`: for all but these; `bits`: if any bit is set"""


DENIALS = (
    Denial(
        (Call("add_key", 248, 217), Call("request_key", 249, 218), Call("keyctl", 250, 219)),
        "keyrings outlive the run and would carry data to the next one",
    ),
    Denial(
        (
            Call("io_uring_setup", 425, 425),
            Call("io_uring_enter", 426, 426),
            Call("io_uring_register", 427, 427),
        ),
        "does file and socket work that no system-call filter sees",
    ),
    Denial(
        (
            Call("bpf", 321, 280),
            Call("perf_event_open", 298, 241),
            Call("userfaultfd", 323, 282),
        ),
        "large kernel surfaces with a long record of exploits, and no use in training code",
    ),
    Denial(
        (
            Call("ptrace", 101, 117),
            Call("process_vm_readv", 310, 270),
            Call("process_vm_writev", 311, 271),
            Call("process_madvise", 440, 440),
            Call("pidfd_getfd", 438, 438),
            Call("kcmp", 312, 272),
        ),
        "reaches into other processes",
    ),
    Denial(
        (
            Call("mount", 165, 40),
            Call("umount2", 166, 39),
            Call("pivot_root", 155, 41),
            Call("chroot", 161, 51),
            Call("open_tree", 428, 428),
            Call("move_mount", 429, 429),
            Call("fsopen", 430, 430),
            Call("fsconfig", 431, 431),
            Call("fsmount", 432, 432),
            Call("fspick", 433, 433),
            Call("mount_setattr", 442, 442),
            Call("open_tree_attr", 467, 467),
        ),
        "rearranges the root that hides the machine's files",
    ),
    Denial(
        (Call("unshare", 272, 97), Call("setns", 308, 268)),
        "a new user namespace would hand back every capability that was dropped",
    ),
    Denial(
        (Call("clone3", 435, 435),),
        "its flags lie in memory, which a filter cannot read; libraries fall back to clone",
        errno.ENOSYS,
    ),
    Denial(
        (Call("memfd_create", 319, 279), Call("memfd_secret", 447, 447), Call("shmget", 29, 194)),
        "memory that neither the address-space limit nor the size of the box's files counts",
    ),
    Denial(
        (Call("msgget", 68, 186), Call("semget", 64, 190), Call("mq_open", 240, 180)),
        "queues and semaphores of the kernel hold gigabytes that no limit of a process counts",
    ),
    Denial(
        (Call("io_setup", 206, 0),),
        "takes from a number that the whole machine shares; aio in libraries does without",
    ),
    Denial(
        (Call("name_to_handle_at", 303, 264), Call("open_by_handle_at", 304, 265)),
        "opens files by number, past the root directory",
    ),
    Denial(
        (Call("fanotify_init", 300, 262), Call("fanotify_mark", 301, 263)),
        "watches whole filesystems",
    ),
    Denial(
        (
            Call("init_module", 175, 105),
            Call("finit_module", 313, 273),
            Call("delete_module", 176, 106),
            Call("kexec_load", 246, 104),
            Call("kexec_file_load", 320, 294),
            Call("reboot", 169, 142),
        ),
        "replaces or stops the kernel",
    ),
    Denial(
        (
            Call("swapon", 167, 224),
            Call("swapoff", 168, 225),
            Call("acct", 163, 89),
            Call("quotactl", 179, 60),
            Call("quotactl_fd", 443, 443),
            Call("settimeofday", 164, 170),
            Call("clock_settime", 227, 112),
            Call("clock_adjtime", 305, 266),
            Call("adjtimex", 159, 171),
            Call("sethostname", 170, 161),
            Call("setdomainname", 171, 162),
            Call("syslog", 103, 116),
            Call("vhangup", 153, 58),
            Call("iopl", 172, None),
            Call("ioperm", 173, None),
        ),
        "administers the machine; needs capabilities too, this is the second lock",
    ),
    Denial(
        (
            Call("personality", 135, 92),
            Call("modify_ldt", 154, None),
            Call("uselib", 134, None),
            Call("lookup_dcookie", 212, 18),
            Call("vmsplice", 278, 75),
        ),
        "old or rare calls whose only users today are exploits",
    ),
)

ARGUMENT_DENIALS = (
    ArgumentDenial(
        Call("clone", 56, 220),
        0,
        (NAMESPACE_FLAGS,),
        "makes namespaces as unshare does",
        test="bits",
    ),
    ArgumentDenial(
        Call("socket", 41, 198),
        0,
        (AF_UNIX,),
        "netlink, vsock, alg and packet sockets reach past the empty network namespace",
        test="other",
    ),
    ArgumentDenial(Call("socketpair", 53, 199), 0, (AF_UNIX,), "as for socket", test="other"),
    ArgumentDenial(
        Call("prctl", 157, 167), 0, (1,), "PR_SET_PDEATHSIG: would outlive the supervisor's death"
    ),
    ArgumentDenial(
        Call("ioctl", 16, 29),
        1,
        (0x5412, 0x541C, 0x8901, 0x8902),
        "TIOCSTI, TIOCLINUX: types into the terminal of whoever runs the grader; FIOSETOWN, "
        "SIOCSPGRP: as F_SETOWN",
    ),
    ArgumentDenial(
        Call("fcntl", 72, 25),
        1,
        (8, 10, 15, 1024, 1026),
        "F_SETOWN, F_SETSIG, F_SETOWN_EX: has the kernel send any signal to any process of the "
        "same user; F_SETLEASE, F_NOTIFY: holds up or watches other users of the read-only "
        "files",
    ),
)
