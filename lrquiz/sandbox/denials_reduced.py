"""What the filter refuses in the tier `reduced` beyond `denials`, each with its reason.

There, no namespace and no root of its own stand between a box and the machine: the box may be the
same user as the grader, and Landlock watches only what files are opened.
"""

from __future__ import annotations

import errno

from lrquiz.sandbox.denials import ArgumentDenial, Call, Denial

_KILL = (
    Call("kill", 62, 129),
    Call("tkill", 200, 130),
    Call("rt_sigqueueinfo", 129, 138),
    Call("rt_tgsigqueueinfo", 297, 240),
    Call("pidfd_send_signal", 424, 424),
)
_TGKILL = Call("tgkill", 234, 131)

DENIALS = (
    Denial(
        (Call("socket", 41, 198),),
        "without a net namespace the machine's services would be in reach, over the network or by "
        "sockets in files, which Landlock does not watch: a session bus starts programs",
    ),
    Denial(
        (Call("inotify_add_watch", 254, 27),),
        "tells when files change that the box may not read",
    ),
)

SAME_USER = (
    Denial(
        (
            Call("chmod", 90, None),
            Call("fchmod", 91, 52),
            Call("fchmodat", 268, 53),
            Call("fchmodat2", 452, 452),
            Call("chown", 92, None),
            Call("fchown", 93, 55),
            Call("lchown", 94, None),
            Call("fchownat", 260, 54),
            Call("utime", 132, None),
            Call("utimes", 235, None),
            Call("futimesat", 261, None),
            Call("utimensat", 280, 88),
            Call("setxattr", 188, 5),
            Call("lsetxattr", 189, 6),
            Call("fsetxattr", 190, 7),
            Call("setxattrat", 463, 463),
            Call("removexattr", 197, 14),
            Call("lremovexattr", 198, 15),
            Call("fremovexattr", 199, 16),
            Call("removexattrat", 466, 466),
            Call("file_setattr", 469, 469),
            Call("truncate", 76, 45),
        ),
        "changes files of the same user by their paths, which Landlock does not watch",
    ),
    Denial(
        (
            Call("setpriority", 141, 140),
            Call("ioprio_set", 251, 30),
            Call("sched_setscheduler", 144, 119),
            Call("sched_setparam", 142, 118),
            Call("sched_setattr", 314, 274),
            Call("migrate_pages", 256, 238),
            Call("move_pages", 279, 239),
            Call("process_mrelease", 448, 448),
        ),
        "without a pid namespace it reaches other processes of the same user",
    ),
)
"""where the box is the grader's own user"""

SAME_USER_BY_ARGUMENT = (
    ArgumentDenial(
        Call("prlimit64", 302, 261), 0, (0,), "sets limits of other processes", test="other"
    ),
    ArgumentDenial(
        Call("sched_setaffinity", 203, 122), 0, (0,), "moves other processes", test="other"
    ),
)


def signals(own: int) -> tuple[tuple[Denial, ...], tuple[ArgumentDenial, ...]]:
    """Return what keeps a box from sending signals to the user's other processes.

    For kernels whose Landlock does not (before 6.12). A process may still abort itself, which is
    how torch ends on an internal error. `own` is the box's process id.
    """
    reason = "without a pid namespace it would end other programs of the same user"
    to_itself = ArgumentDenial(_TGKILL, 0, (own,), reason, test="other")
    return (Denial(_KILL, reason, errno.EPERM),), (to_itself,)
