"""The compiled filter decides as the table of denials says, on both kinds of machine."""

from __future__ import annotations

import errno
import struct

import pytest

from lrquiz.sandbox import denials_reduced
from lrquiz.sandbox.denials import ARGUMENT_DENIALS, DENIALS, NAMESPACE_FLAGS, Call
from lrquiz.sandbox.filters import knows, program

ARCHITECTURES = {"x86_64": 0xC000_003E, "aarch64": 0xC000_00B7}
ALLOWED = 0
HARMLESS = {"x86_64": (0, 1, 9, 12, 39, 60, 202, 231), "aarch64": (63, 64, 98, 172, 214, 222)}
CASES = [
    (machine, call, denial.error)
    for machine in ARCHITECTURES
    for denial in DENIALS
    for call in denial.calls
    if call.number(machine) is not None
]


def decide(machine: str, number: int, *arguments: int, architecture: int | None = None) -> int:
    """Run the filter as the kernel would; return the error it gives, or ALLOWED."""
    arch = ARCHITECTURES[machine] if architecture is None else architecture
    filled = (*arguments, 0, 0, 0, 0, 0, 0)[:6]
    data = struct.pack("=IIQ6Q", number, arch, 0, *filled)
    code = list(struct.iter_unpack("=HBBI", program(machine)))
    at = accumulator = 0
    while True:
        operation, yes, no, value = code[at]
        at += 1
        if operation == 0x20:
            accumulator = struct.unpack_from("=I", data, value)[0]
        elif operation == 0x06:
            return ALLOWED if value == 0x7FFF_0000 else value - 0x0005_0000
        else:
            tests = {0x15: accumulator == value, 0x35: accumulator >= value}
            at += yes if tests.get(operation, bool(accumulator & value)) else no


@pytest.mark.parametrize(("machine", "call", "error"), CASES, ids=lambda case: str(case)[:40])
def test_denied_call_is_refused(machine: str, call: Call, error: int) -> None:
    """Every call of the table is refused with its error."""
    number = call.number(machine)
    assert number is not None
    assert decide(machine, number) == error


@pytest.mark.parametrize("machine", ARCHITECTURES)
def test_ordinary_calls_pass(machine: str) -> None:
    """Reading, writing, mapping memory and ending are nobody's business."""
    assert [decide(machine, number) for number in HARMLESS[machine]] == [ALLOWED] * len(
        HARMLESS[machine]
    )


@pytest.mark.parametrize("machine", ARCHITECTURES)
def test_foreign_numbers_are_refused(machine: str) -> None:
    """A call by another architecture's numbers is refused, x32 included."""
    assert decide(machine, 1, architecture=0x4000_0003) == errno.EPERM
    if machine == "x86_64":
        assert decide(machine, 0x4000_0000 + 1) == errno.EPERM


@pytest.mark.parametrize("machine", ARCHITECTURES)
def test_arguments_decide_some_calls(machine: str) -> None:
    """Sockets but AF_UNIX, clone with namespace flags, and the named commands are refused."""
    numbers = {rule.call.name: rule.call.number(machine) or 0 for rule in ARGUMENT_DENIALS}
    for name in ("socket", "socketpair"):
        assert [decide(machine, numbers[name], family) for family in (1, 2, 10, 16)] == [0, 1, 1, 1]
    assert decide(machine, numbers["clone"], 0x0101_0F00 | 17) == ALLOWED
    flags = [1 << bit for bit in range(32) if NAMESPACE_FLAGS >> bit & 1]
    assert len(flags) == 7
    assert all(decide(machine, numbers["clone"], flag | 17) == errno.EPERM for flag in flags)
    assert decide(machine, numbers["prctl"], 1) == errno.EPERM
    assert decide(machine, numbers["prctl"], 15) == ALLOWED
    assert decide(machine, numbers["ioctl"], 0, 0x5412) == errno.EPERM
    assert decide(machine, numbers["ioctl"], 0, 0x5401) == ALLOWED
    assert decide(machine, numbers["fcntl"], 0, 1024) == errno.EPERM
    assert decide(machine, numbers["fcntl"], 0, 3) == ALLOWED


@pytest.mark.parametrize("machine", ARCHITECTURES)
def test_high_halves_of_arguments_do_not_matter(machine: str) -> None:
    """The kernel ignores the upper half of these arguments, so it cannot hide a refused value."""
    numbers = {rule.call.name: rule.call.number(machine) or 0 for rule in ARGUMENT_DENIALS}
    assert decide(machine, numbers["socket"], (1 << 32) | 2) == errno.EPERM
    assert decide(machine, numbers["ioctl"], 0, (1 << 32) | 0x5412) == errno.EPERM


def test_every_denial_has_a_reason() -> None:
    """Nothing is denied without saying why, and nothing is named twice."""
    assert all(rule.reason for rule in (*DENIALS, *ARGUMENT_DENIALS))
    names = [call.name for rule in DENIALS for call in rule.calls]
    assert len(names) == len(set(names))


def test_reduced_adds_to_the_list() -> None:
    """In the tier `reduced` no call is named again: the first rule is the one that holds."""
    more = (*denials_reduced.DENIALS, *denials_reduced.SAME_USER, *denials_reduced.signals(1)[0])
    arguments = (*denials_reduced.SAME_USER_BY_ARGUMENT, *denials_reduced.signals(1)[1])
    assert all(rule.reason for rule in more)
    assert all(rule.reason for rule in arguments)
    plain = [call.name for rule in (*DENIALS, *more) for call in rule.calls]
    by_argument = [rule.call.name for rule in (*ARGUMENT_DENIALS, *arguments)]
    assert len(plain) == len(set(plain))
    assert len(by_argument) == len(set(by_argument))
    assert set(plain) & set(by_argument) == {"socket"}  # some families, then none


def test_unknown_machines_have_no_filter() -> None:
    """Where we do not know the numbers we say so, rather than filter the wrong calls."""
    assert knows("x86_64")
    assert not knows("riscv64")
