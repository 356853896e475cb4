"""Predicates in files of a bank's own: executed by permission only, and checked like others."""

from __future__ import annotations

from pathlib import Path

import pytest

from lrquiz.bank.items import load_item
from lrquiz.errors import ItemError, LocalCodeError, NotRecordedError
from lrquiz.evidence.claim_text import toml_of
from lrquiz.evidence.claims import holds, in_words, unspoken
from lrquiz.evidence.predicates import find
from lrquiz.model.item import Claim, Item, LocalCode
from lrquiz.model.trace import Trace
from tests.bank.local_files import change, copied_bank, item_in, predicates_in


@pytest.fixture
def bank(tmp_path: Path) -> Path:
    return copied_bank(tmp_path / "bank")


def loaded(bank: Path) -> Item:
    return load_item(item_in(bank), allow_local=True)


def trace(*iterates: float) -> Trace:
    return Trace(
        epochs={"iterate": iterates},
        recorded=frozenset({"epoch.iterate"}),
        planned_epochs=len(iterates),
    )


def test_nothing_is_executed_without_permission(bank: Path, tmp_path: Path) -> None:
    """An item that claims such a predicate is at fault, at each claim, and its file left alone."""
    marker = tmp_path / "marker"
    path = predicates_in(bank)
    change(path, "from itertools", f"open({str(marker)!r}, 'w').close()\nfrom itertools")
    with pytest.raises(ItemError) as caught:
        load_item(item_in(bank))
    first, second = str(caught.value).splitlines()
    assert first.startswith(f"{item_in(bank)}:19: [[premise]] 1 > claim: loading the predicate ")
    assert "option]] 1 > claim" in second
    for line in (first, second):
        assert str(predicates_in(bank)) in line
        assert line.endswith("read it, then allow it by --allow-local-recipes")
    assert not marker.exists()
    loaded(bank)
    assert marker.exists(), "what shows above that nothing is executed would show if it were"


def test_a_local_predicate_is_one_like_others(bank: Path) -> None:
    """It decides, has words and a summary, and names itself without its folder."""
    claim = loaded(bank).options[0].claim
    assert holds(claim, {"long": trace(1, -1, 1, -1)})
    assert not holds(claim, {"long": trace(1, -1, 1, 1)})
    with pytest.raises(NotRecordedError):
        holds(claim, {"long": Trace()})
    assert in_words(claim).startswith("The iterate passes the minimum at least 3 times")
    assert unspoken(claim, "It falls") == f'words of sides.py:changes_sides ("{in_words(claim)}")'
    assert toml_of(claim).startswith('claim = { predicate = "sides.py:changes_sides"')


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('arm = "long" }', 'arm = "long", at_most = 3 }', "changes_sides takes no 'at_most'"),
        ('arm = "long" }', 'arm = "wide" }', "arm = 'wide' names no arm"),
        ('arm = "long" }', 'arm = "long", at_least = 0 }', "takes at_least from 1 to inf, not 0"),
        (":changes_sides", ":stays", "there is no predicate 'stays'; decorate it by @predicate"),
        (":changes_sides", ":pairwise", "there is no predicate 'pairwise'"),
        (":changes_sides", "", 'names no predicate; write "./FILE.py:NAME"'),
        ("./sides.py", "./absent.py", "absent.py: cannot be read: no such file"),
        ("./sides.py", "sides.py", 'is not written as a path; write "./sides.py"'),
    ],
)
def test_a_claim_on_it_is_checked(bank: Path, old: str, new: str, said: str) -> None:
    """Parameters, arms and names that do not fit are faults of the item, as with any predicate."""
    change(item_in(bank), old, new)
    with pytest.raises(ItemError) as caught:
        loaded(bank)
    assert said in str(caught.value)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("from itertools", "1 / 0\nfrom itertools", ":5: importing it failed: ZeroDivisionError"),
        ("from itertools", "raise SystemExit\nfrom itertools", "importing it failed: SystemExit"),
        ("from itertools", "import quadratic\nfrom itertools", "imports quadratic, which lies"),
        ("def changes_sides", "def changes_sides(", "not valid Python"),
        ("arm: Trace", "arm: Tensor", "the predicate changes_sides cannot be used: NameError"),
        ("arm: Trace", "arm: str", "its parameter arm is not of type Trace, int or float"),
        ("at_least: int = 3", "*more: int", "its parameter more cannot be given by name"),
        ('"epoch.iterate", ', "", "it does not say what it needs"),
        ('r"\\bside"', 'r"("', "the words of changes_sides cannot be used: "),
        ("{arm}", "{other}", "the words of changes_sides cannot be used: KeyError"),
        ('    """The iterate passes', '    _ = """The iterate passes', "it has no docstring"),
    ],
)
def test_what_is_wrong_with_the_file_is_told(bank: Path, old: str, new: str, said: str) -> None:
    """A file that fails, or holds no sound predicate, makes its item unusable, and says why."""
    change(predicates_in(bank), old, new)
    with pytest.raises(ItemError) as caught:
        loaded(bank)
    assert said in str(caught.value)
    assert str(predicates_in(bank)) in str(caught.value)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("return 1 / 0", ":17: the predicate changes_sides failed: ZeroDivisionError"),
        ("raise SystemExit(7)", "the predicate changes_sides failed: SystemExit: 7"),
        ("return 1", "the predicate changes_sides returned 1; return True or False"),
        ("pass", "the predicate changes_sides returned None"),
    ],
)
def test_a_predicate_that_fails_is_told(bank: Path, body: str, said: str) -> None:
    """What a predicate raises, or returns beside True and False, is told with file and line."""
    old = 'return sum(a * b < 0 for a, b in pairwise(arm.epoch("iterate"))) >= at_least'
    change(predicates_in(bank), old, body)
    claim = loaded(bank).options[0].claim
    with pytest.raises(LocalCodeError) as caught:
        holds(claim, {"long": trace(1, -1)})
    assert said in str(caught.value)


def test_what_it_prints_is_no_output(bank: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Stdout is the command's: what a predicate prints goes to stderr."""
    change(predicates_in(bank), "from itertools", "print('on import')\nfrom itertools")
    change(predicates_in(bank), "    return sum", "    print('on use')\n    return sum")
    holds(loaded(bank).options[0].claim, {"long": trace(1, -1)})
    told = capsys.readouterr()
    assert (told.out, told.err) == ("", "on import\non use\n")


def test_an_edited_file_is_executed_anew(bank: Path) -> None:
    """An edit changes what is claimed; what was loaded before stays what it was."""
    before = loaded(bank).options[0].claim
    change(predicates_in(bank), ">= at_least", "< at_least")
    after = loaded(bank).options[0].claim
    traces = {"long": trace(1, -1, 1, -1)}
    assert (holds(before, traces), holds(after, traces)) == (True, False)


def test_text_alone_executes_nothing(bank: Path) -> None:
    """Only who was allowed to can make a claim on code: a name as text is never a file."""
    with pytest.raises(KeyError):
        find(f"{predicates_in(bank)}:changes_sides")
    claim = Claim(LocalCode(str(predicates_in(bank)), "0" * 64, "changes_sides"), {"arm": "a"})
    with pytest.raises(LocalCodeError, match="it was changed while it was in use"):
        holds(claim, {"a": trace(1)})
