"""`lrquiz explain`: what a coded mistake is, and which items teach it."""

from __future__ import annotations

from tests.conftest import Command


def test_a_mistake_is_explained(lrquiz: Command) -> None:
    """Title, example, change, and items of the bank."""
    done = lrquiz("explain", "s1")
    assert (done.code, done.stderr) == (0, "")
    assert done.stdout.startswith("S1: A schedule of epochs is stepped with every batch\n")
    assert "    scheduler = StepLR(" in done.stdout
    assert "Items that teach it: stepping-per-batch, " in done.stdout


def test_all_mistakes_are_listed(lrquiz: Command) -> None:
    """Each by its code, in groups; those that no trace decides are marked."""
    lines = lrquiz("explain").stdout.splitlines()
    assert sum(line.startswith("  ") for line in lines) == 78
    assert "  D2   Statistics are taken from all data  (not told by diagnose)" in lines


def test_an_explanation_for_programs(lrquiz: Command) -> None:
    """One document, with the reason where no trace decides."""
    told = lrquiz("explain", "D6", "--json").json()
    (entry,) = told["mistakes"]
    assert (told["schema"], entry["code"], entry["decidable"]) == ("lrquiz/mistakes", "D6", False)
    assert entry["reason"] == "What a program prints is not looked at."


def test_an_unknown_code_is_wrong_input(lrquiz: Command) -> None:
    """The message says where codes are listed."""
    done = lrquiz("explain", "Q7")
    assert done.code == 2
    assert "'Q7' is the code of no mistake; `lrquiz explain` lists them all" in done.stderr
