"""Compile the denials to the classic BPF program that the kernel runs before each system call."""

from __future__ import annotations

import errno
import struct
from collections.abc import Sequence

from lrquiz.sandbox.denials import ARGUMENT_DENIALS, DENIALS, X86_64, ArgumentDenial, Denial

_LOAD = 0x20  # BPF_LD | BPF_W | BPF_ABS
_IF_EQUAL = 0x15  # BPF_JMP | BPF_JEQ | BPF_K
_IF_AT_LEAST = 0x35  # BPF_JMP | BPF_JGE | BPF_K
_IF_ANY_BIT = 0x45  # BPF_JMP | BPF_JSET | BPF_K
_RETURN = 0x06  # BPF_RET | BPF_K

_ALLOW = 0x7FFF_0000
_ERRNO = 0x0005_0000

_NUMBER_AT = 0  # offsets in struct seccomp_data
_ARCHITECTURE_AT = 4
_ARGUMENTS_AT = 16

_ARCHITECTURES = {X86_64: 0xC000_003E, "aarch64": 0xC000_00B7}
_X32_BIT = 0x4000_0000


def _instruction(code: int, value: int, yes: int = 0, no: int = 0) -> bytes:
    return struct.pack("=HBBI", code, yes, no, value)


def _refuse(error: int) -> bytes:
    return _instruction(_RETURN, _ERRNO | error)


def _refuse_if(code: int, value: int, error: int) -> bytes:
    """Refuse when the test holds, else go on with the next instruction but one."""
    return _instruction(code, value, 0, 1) + _refuse(error)


def _argument_test(denial: ArgumentDenial) -> bytes:
    """Load an argument's low half and decide the call.

    The low half is all: the kernel reads each of these arguments as a 32-bit integer, and clone's
    namespace flags lie in it.
    """
    code = _instruction(_LOAD, _ARGUMENTS_AT + 8 * denial.argument)
    if denial.test == "other":
        for value in denial.values:
            code += _instruction(_IF_EQUAL, value, 0, 1) + _instruction(_RETURN, _ALLOW)
        return code + _refuse(errno.EPERM)
    test = _IF_ANY_BIT if denial.test == "bits" else _IF_EQUAL
    for value in denial.values:
        code += _refuse_if(test, value, errno.EPERM)
    return code + _instruction(_RETURN, _ALLOW)


def _by_argument(denial: ArgumentDenial, machine: str) -> bytes:
    number = denial.call.number(machine)
    if number is None:
        return b""
    body = _argument_test(denial)
    return _instruction(_IF_EQUAL, number, 0, len(body) // 8) + body


def _preamble(machine: str) -> bytes:
    """Refuse calls of other architectures: their numbers mean other calls."""
    code = _instruction(_LOAD, _ARCHITECTURE_AT)
    code += _instruction(_IF_EQUAL, _ARCHITECTURES[machine], 1, 0) + _refuse(errno.EPERM)
    code += _instruction(_LOAD, _NUMBER_AT)
    if machine == X86_64:
        code += _refuse_if(_IF_AT_LEAST, _X32_BIT, errno.EPERM)
    return code


def knows(machine: str) -> bool:
    """Tell whether there is a filter for this kind of machine."""
    return machine in _ARCHITECTURES


def program(
    machine: str, more: Sequence[Denial] = (), more_by_argument: Sequence[ArgumentDenial] = ()
) -> bytes:
    """Return the whole filter, ready for `kernel.set_seccomp_filter`.

    Args:
        machine: as `platform.machine()` names it.
        more: refusals beyond those of every box.
        more_by_argument: the same by an argument; they must be of other calls.
    """
    code = _preamble(machine)
    for denial in (*DENIALS, *more):
        for call in denial.calls:
            number = call.number(machine)
            if number is not None:
                code += _refuse_if(_IF_EQUAL, number, denial.error)
    for rule in (*ARGUMENT_DENIALS, *more_by_argument):
        code += _by_argument(rule, machine)
    return code + _instruction(_RETURN, _ALLOW)
