"""Every file of `tests/bad_items` is refused with the words of its `.expected.txt`.

To add a case: a file `<name>.toml` with one fault, and `<name>.expected.txt` with what the message
must say, one piece a line.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from lrquiz.bank.items import load_item
from lrquiz.errors import ItemError

CASES = sorted((Path(__file__).parent.parent / "bad_items").glob("*.toml"))


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_bad_item_is_refused_with_its_line_and_remedy(path: Path) -> None:
    """The message names the file, the line, the table and what to write instead."""
    with pytest.raises(ItemError) as caught:
        load_item(path)
    message = str(caught.value)
    assert message.startswith(str(path))
    for expected in path.with_suffix(".expected.txt").read_text().splitlines():
        assert expected in message, f"{expected!r} is not said in:\n{message}"


def test_every_case_says_what_it_expects() -> None:
    """The corpus is there, and no case or expectation stands alone."""
    expected = {path.name.partition(".")[0] for path in CASES[0].parent.glob("*.expected.txt")}
    assert {path.stem for path in CASES} == expected
    assert len(CASES) >= 40


@pytest.mark.parametrize(
    "path",
    [
        path
        for path in CASES
        if not path.stem.startswith(("clock-", "option-id-", "lr-as-text-with"))
    ],
    ids=lambda path: path.stem,
)
def test_one_fault_is_told_once(path: Path) -> None:
    """One fault in a file gives one message, so that an author is not led astray by echoes."""
    with pytest.raises(ItemError) as caught:
        load_item(path)
    told = [line for line in str(caught.value).splitlines() if line.startswith(str(path))]
    assert len(told) == 1, told
