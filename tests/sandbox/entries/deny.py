"""Start a program as a host would that denies namespaces, and with `--landlock` Landlock too."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[3]))

import platform

from lrquiz.sandbox import filters, kernel
from lrquiz.sandbox.denials import NAMESPACE_FLAGS, ArgumentDenial, Call

NAMESPACES: tuple[Call, ...] = (
    Call("unshare", 272, 97), Call("mount", 165, 40), Call("setns", 308, 268),
    Call("pivot_root", 155, 41), Call("fsopen", 430, 430), Call("open_tree", 428, 428),
)  # fmt: skip
CLONE = ArgumentDenial(Call("clone", 56, 220), 0, (NAMESPACE_FLAGS,), "", test="bits")
LANDLOCK = tuple(Call(f"landlock_{number}", number, number) for number in (444, 445, 446))


def main() -> None:
    """Install the filter and become the program."""
    machine, denied = platform.machine(), NAMESPACES
    arguments = sys.argv[1:]
    if arguments[0] == "--landlock":
        arguments, denied = arguments[1:], (*denied, *LANDLOCK)
    code = filters._preamble(machine)  # noqa: SLF001 - the host's filter is made of the same bricks
    for call in denied:
        code += filters._refuse_if(0x15, call.number(machine) or 0, errno.EPERM)  # noqa: SLF001
    code += filters._by_argument(CLONE, machine)  # noqa: SLF001
    code += filters._instruction(6, 0x7FFF_0000)  # noqa: SLF001
    kernel.prctl(kernel.PR_SET_NO_NEW_PRIVS, 1)
    kernel.set_seccomp_filter(code)
    os.execv(arguments[0], arguments)  # noqa: S606 - a program of ours


main()
