"""Codes for names."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from lrquiz.grade.people.codes import code_of, codes_of, decoded
from lrquiz.model.course import folded

SECRET, OTHER = bytes(range(32)), bytes(32)
STUDENTS = st.sets(st.text(min_size=1, max_size=6), max_size=20)


def test_a_code_is_short_and_looks_like_nothing_else() -> None:
    """Six letters in two groups; no vowel, no digit, none of the letters L, Q, S, V and Z."""
    for number in range(200):
        code = code_of(SECRET, f"student {number}")
        assert len(code) == 7
        assert code[3] == "-"
        assert not set(code) & set("AEIOULQSVZ0123456789")


def test_a_code_follows_from_the_secret_and_the_id_alone() -> None:
    """However an id is spelled its code is one; under another secret it is another."""
    assert code_of(SECRET, "Ada  L") == code_of(SECRET, "ada l")
    assert code_of(SECRET, "ada") != code_of(OTHER, "ada")


@given(STUDENTS, st.sampled_from([SECRET, OTHER]))
def test_codes_lead_back(students: set[str], secret: bytes) -> None:
    """Every code leads back to its student, in small letters and without hyphens too."""
    codes = codes_of(secret, students)
    assert set(codes) == students
    for student, code in codes.items():
        found = decoded(code.lower().replace("-", " "), codes)
        assert found is not None
        assert folded(found) == folded(student)
    assert decoded("no code", codes) is None


def test_no_two_students_share_a_code() -> None:
    """Where short codes are the same, both students get longer ones, whatever their order."""
    students = [f"s{number}" for number in range(20_000)]
    codes = codes_of(SECRET, students)
    assert len(set(codes.values())) == len(students)
    longer = {student for student, code in codes.items() if len(code) > 7}
    assert longer
    short: dict[str, list[str]] = {}
    for each in students:
        short.setdefault(code_of(SECRET, each), []).append(each)
    assert longer == {each for twins in short.values() if len(twins) > 1 for each in twins}
    assert codes_of(SECRET, reversed(students)) == codes
