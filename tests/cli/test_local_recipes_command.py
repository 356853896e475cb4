"""A bank's own recipes and predicates at the command line, as processes."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.bank.local_files import (
    ITEM,
    RECIPE,
    change,
    changed,
    copied_bank,
    item_in,
    predicates_in,
    recipe_in,
)
from tests.conftest import Command

FLAG = "--allow-local-recipes"


@pytest.fixture
def bank(tmp_path: Path) -> Path:
    return copied_bank(tmp_path / "bank")


@pytest.fixture
def plain(bank: Path) -> Path:
    """The bank without predicates of its own, so that its recipe alone asks for permission."""
    change(item_in(bank), "./sides.py:changes_sides", "training_learns")
    change(item_in(bank), 'quantifier = "never", says = "stays on one side"', 'says = "one side"')
    return bank


def marked(path: Path, marker: Path) -> None:
    """Let a file leave a marker when it is executed."""
    change(path, "from dataclasses", f"open({str(marker)!r}, 'w').close()\nfrom dataclasses")


@pytest.mark.parametrize(
    "command", ["verify", "generate --out OUT", "bank lock", "bank lock --check"]
)
def test_without_the_flag_nothing_is_executed(
    lrquiz: Command, plain: Path, tmp_path: Path, command: str
) -> None:
    """What would execute refuses: exit code 2 and a sentence with item, file and flag."""
    marked(recipe_in(plain), tmp_path / "marker")
    arguments = command.replace("OUT", str(tmp_path / "out")).split()
    done = lrquiz(*arguments, "--bank", plain)
    assert (done.code, done.stdout) == (2, "")
    assert done.stderr == (
        f"lrquiz: item {ITEM}: training executes the Python code in {recipe_in(plain)}; read it, "
        f"then allow it by {FLAG} [LRQ230]\n"
    )
    assert not (tmp_path / "marker").exists()


def test_explore_refuses_and_explores(lrquiz: Command, bank: Path, tmp_path: Path) -> None:
    """A recipe's path is explored with the flag alone; its settings are read without it."""
    marked(recipe_in(bank), tmp_path / "marker")
    arms = ("--arm", "short:lr=0.5", "--arm", "long:lr=3", "--epochs", 4, "--seeds", 64)
    wrong = lrquiz(
        "bank", "explore", "./quadratic.py", "--arm", "a:x=1", cwd=recipe_in(bank).parent
    )
    assert (wrong.code, wrong.stdout) == (2, "")
    assert "quadratic.py has no setting 'x'; it has lr, curvature" in wrong.stderr
    refused = lrquiz("bank", "explore", recipe_in(bank), *arms)
    assert (refused.code, refused.stdout) == (2, "")
    assert f"training executes the Python code in {recipe_in(bank)}" in refused.stderr
    assert not (tmp_path / "marker").exists()
    done = lrquiz("bank", "explore", recipe_in(bank), *arms, FLAG, "--json")
    assert done.code == 0, done.stderr
    assert done.json()["recipe"] == "quadratic.py"
    assert (tmp_path / "marker").exists()


def test_reading_needs_no_flag_for_recipes(lrquiz: Command, plain: Path, tmp_path: Path) -> None:
    """Lint and list read a bank with local recipes without executing them."""
    marked(recipe_in(plain), tmp_path / "marker")
    assert lrquiz("bank", "list", "--bank", plain).code == 0
    assert lrquiz("bank", "lint", "--bank", plain).code == 0
    assert not (tmp_path / "marker").exists()


def test_reading_predicates_needs_the_flag(lrquiz: Command, bank: Path) -> None:
    """Lint tells which claims need the flag, and with it that nothing is wrong."""
    refused = lrquiz("bank", "lint", "--bank", bank)
    assert refused.code == 1
    assert "[[option]] 1 > claim: loading the predicate ./sides.py:changes_sides" in refused.stderr
    assert f"allow it by {FLAG}" in refused.stderr
    allowed = lrquiz("bank", "lint", "--bank", bank, FLAG)
    assert allowed.code == 0, allowed.stderr
    assert "1 items: 0 faults" in allowed.stderr


def test_a_locked_bank_may_move_and_must_not_change(
    lrquiz: Command, bank: Path, tmp_path: Path
) -> None:
    """The lock stays fresh wherever the bank lies, until its recipe or its predicate is edited."""
    assert lrquiz("bank", "lock", "--bank", bank, FLAG).code == 0
    assert str(tmp_path) not in (bank / "verdicts.lock.json").read_text()
    moved = tmp_path / "elsewhere" / "bank"
    shutil.move(bank, moved)
    out = ("--out", tmp_path / "out", FLAG)
    fresh = lrquiz("generate", "--bank", moved, "--locked", *out)
    assert fresh.code == 0, fresh.stderr
    assert "variants from the lock: 1, proved now: 0" in fresh.stderr
    assert str(tmp_path) not in (tmp_path / "out" / "quiz.json").read_text()
    assert str(tmp_path) not in (tmp_path / "out" / "practice.html").read_text()
    for path in (recipe_in(moved), predicates_in(moved)):
        kept = path.read_text()
        path.write_text(kept + "# edited\n")
        stale = lrquiz("generate", "--bank", moved, "--locked", *out)
        assert stale.code == 2
        assert "stale: its settings, its claims or its own code changed" in stale.stderr
        path.write_text(kept)


def test_a_fresh_lock_executes_no_recipe(lrquiz: Command, plain: Path, tmp_path: Path) -> None:
    """From a fresh lock a quiz is made without the flag where no predicate asks for it."""
    locked = lrquiz("bank", "lock", "--bank", plain, FLAG)
    assert "1 variants locked, 0 of them rejected" in locked.stderr
    done = lrquiz("generate", "--bank", plain, "--out", tmp_path / "out")
    assert done.code == 0, done.stderr
    assert "variants from the lock: 1, proved now: 0" in done.stderr


def test_an_edited_recipe_is_proved_anew(lrquiz: Command, bank: Path) -> None:
    """An edit of the recipe changes the verdicts; neither proofs nor evidence outlive it.

    The document calls code of the bank by the names of its files alone.
    """
    first = lrquiz("verify", "--bank", bank, FLAG, "--json")
    assert first.code == 0
    (proved,) = first.json()["variants"]
    assert str(bank) not in json.dumps({**proved, "file": ""})
    change(recipe_in(bank), "lr=arm.lr", "lr=arm.lr / 10")
    done = lrquiz("verify", "--bank", bank, FLAG, "--json")
    assert done.code == 1
    assert done.json()["trials"]["trained"] > 0
    (variant,) = done.json()["variants"]
    assert variant["options"][0]["predicate"] == "sides.py:changes_sides"
    assert variant["rejection"]["code"] == "no key"


@pytest.mark.parametrize(
    ("new", "said"),
    [
        ("import sys; sys.exit(0)", ":19: training failed: SystemExit: 0 [LRQ210]"),
        ("print('x' * 9999); import os; os._exit(0)", "does the recipe end its own process? [LRQ"),
    ],
)
def test_a_recipe_that_fails_is_told(lrquiz: Command, tmp_path: Path, new: str, said: str) -> None:
    """Exit code 2, a sentence, and stdout left alone, whatever the recipe does."""
    text = changed(RECIPE, "trace.epoch(loss=1 + seed - arm.lr * epoch)", new)
    (tmp_path / "mine.py").write_text(text)
    done = lrquiz("bank", "explore", tmp_path / "mine.py", FLAG, "--json")
    assert (done.code, done.stdout) == (2, "")
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_ctrl_c_ends_an_endless_loop(
    environment: dict[str, str], plain: Path, tmp_path: Path
) -> None:
    """A recipe that never ends is ended by Ctrl-C: exit code 130, no worker left, nothing kept."""
    started, store = tmp_path / "started", tmp_path / "store"
    endless = f"open({str(started)!r}, 'w').close()\n        while True: pass"
    change(recipe_in(plain), "optimizer.zero_grad()", endless)
    running = subprocess.Popen(
        [sys.executable, "-m", "lrquiz", "verify", "--bank", str(plain), FLAG],
        env={**environment, "LRQUIZ_CACHE": str(store)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    while not started.exists():
        assert running.poll() is None
        time.sleep(0.05)
    os.killpg(running.pid, signal.SIGINT)
    _, told = running.communicate(timeout=60)
    assert running.returncode == 130
    assert told.strip() == "lrquiz: interrupted; what was finished is kept"
    assert not list(store.rglob("*.blob"))
    deadline = time.monotonic() + 30
    while left := _alive(running.pid):
        assert time.monotonic() < deadline, f"these outlived the command: {left}"
        time.sleep(0.05)


def _alive(group: int) -> list[str]:
    """Return the processes of a group that are no zombies."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _, its_group = path.read_text().rpartition(")")[2].split()[:3]
        except OSError:
            continue  # it has just ended
        if int(its_group) == group and state != "Z":
            found.append(path.parent.name)
    return found
