"""What became of the seed pages: every row there, every figure from the lock, every fault told."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from lrquiz.bank.bank import load_bank
from lrquiz.bank.pipelines import load_pipelines
from lrquiz.bank.seeds import SeedRow, load_seeds, seed_faults
from lrquiz.errors import BankError
from lrquiz.model.proof import Spread
from lrquiz.model.verdict import Verdict
from lrquiz.report.seeds_page import seeds_page
from lrquiz.resources.locate import shipped_bank
from lrquiz.verify.lock.entries import Lock, LockedClaim, LockedVariant
from lrquiz.verify.lock.file import write_lock
from tests.conftest import Command
from tests.verify.banks import ITEM, small_bank

ROWS = (
    *(f"X{number}" for number in range(1, 13)),
    *("S000-Q1", "S000-T1", "S000-C1", "S000-C2"),
    *("S001-Q1", "S001-T1", "S001-C1", "S001-C2"),
    *("S002-Q1", "S002-T1", "S002-C1", "S002-C2"),
    *(f"S003-F{number}" for number in range(1, 6)),
    *(f"S003-Q{number}" for number in range(1, 6)),
    *("S003-O1", "S003-O2", "S003-C*"),
    *("S004-M1", *(f"S004-Q{number}" for number in range(1, 6))),
    *("S004-T1", "S004-C1", "S004-D1"),
)
FIRST, SECOND, THIRD = (f"arms.step.lr={rate}" for rate in ("0.1", "0.4", "0.02"))
SEEDS = f"""
[[row]]
id = "X1"
source = ["page.txt"]
says = "The final answer is A, the quick check says B, of 10."
made = "Counting starts at 0; of 10 letters none is taken over."
items = ["{ITEM}"]

[[row]]
id = "S000-C*"
source = ["page.txt"]
says = "A table."
made = "It is not shown."
open = "A page of its own."
"""


def claims(held: int, trials: int) -> tuple[LockedClaim, ...]:
    return (
        LockedClaim("premise: it begins", Verdict.SUPPORTED, trials, trials),
        LockedClaim("option half", Verdict.SUPPORTED, held, trials),
        LockedClaim("option zero", Verdict.REFUTED, trials - held, trials),
        LockedClaim("option same", Verdict.UNDECIDED, 30, trials, ambiguous=True),
    )


@pytest.fixture
def bank(tmp_path: Path) -> Path:
    """A bank of one item of three variants: one is keyed, one rejected, one not in the lock."""
    folder = small_bank(tmp_path / "bank")
    (folder / "seeds.toml").write_text(SEEDS)
    entries = {
        FIRST: LockedVariant("a", "2.13.0", ("half",), claims=claims(63, 64)),
        SECOND: LockedVariant("b", "2.13.0", rejected="undecided", claims=claims(60, 128)),
    }
    write_lock(folder, Lock("s", {ITEM: entries}), {})
    return folder


def test_figures_come_from_the_lock(bank: Path, lrquiz: Command) -> None:
    """Each variant is told with its options' words, k of n, and a rejection where there is one."""
    done = lrquiz("bank", "seeds", "--bank", bank)
    assert (done.code, done.stderr) == (0, "")
    page = done.stdout
    (item,) = load_bank(bank).items
    words = {option.id: " ".join(option.text.split()) for option in item.options}
    (keyed,) = [line for line in page.split("\n") if f"`{FIRST}`" in line]
    assert f"key: “{words['half']}” 63 of 64; refuted: “{words['zero']}” 1 of 64" in keyed
    assert f"undecided: “{words['same']}” 30 of 64, its clocks disagreeing" in keyed
    assert "premises: “it begins” 64 of 64" in keyed
    (rejected,) = [line for line in page.split("\n") if f"`{SECOND}`" in line]
    assert "**rejected (undecided)**; supported:" in rejected
    assert "key" not in rejected
    assert f"`{THIRD}`: not in the lock" in page


def test_what_is_open_is_said(bank: Path, lrquiz: Command) -> None:
    """A row that nothing was made of says so, in its place and at the top."""
    page = lrquiz("bank", "seeds", "--bank", bank).stdout
    assert "2 rows; not yet rebuilt, in whole or in part: S000-C*." in page
    assert "### S000-C\\*" in page
    assert "**Not yet rebuilt:** A page of its own." in page


def test_an_item_that_is_not_locked_is_said_to_be_so(bank: Path) -> None:
    """No verdict is told of an item without an entry."""
    items = {each.id: each for each in load_bank(bank).items}
    page = seeds_page(load_seeds(bank, items, ()), items, {}, Lock("s", {}))
    assert f"`{ITEM}` (single choice) is not in the lock" in page
    assert " of 64" not in page.partition("## Contradictions")[2]


def test_a_measured_value_is_told_with_its_spread() -> None:
    """A numeric item shows what was measured, over how many trials, and its tolerance."""
    items = {each.id: each for each in load_bank(shipped_bank()).items if each.value}
    for item in items.values():
        spread = Spread(0.0249, 0.025, 0.0251, 64)
        name = ", ".join(f"{path}={values[0]}" for path, values in item.variants.items())
        lock = Lock("s", {item.id: {name: LockedVariant("a", "2.13.0", measured=(spread,))}})
        row = SeedRow(id="S0", source=["p"], says="s", made="m", items=[item.id])
        page = seeds_page([row], items, {}, lock)
        assert "median 0.025, central 90 % of 64 trials from 0.0249 to 0.0251" in page
        assert item.value is not None
        assert f"to within {item.value.tolerance:g}" in page
    assert items


def test_the_command_writes_what_it_prints(bank: Path, lrquiz: Command, tmp_path: Path) -> None:
    """The same bank gives the same bytes, in a file as on stdout; that it was written is told."""
    printed = lrquiz("bank", "seeds", "--bank", bank)
    written = lrquiz("bank", "seeds", "--bank", bank, "--out", tmp_path / "new" / "seeds.md")
    assert (written.code, written.stdout) == (0, "")
    assert "seeds.md" in written.stderr
    assert (tmp_path / "new" / "seeds.md").read_bytes() == printed.stdout.encode()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (f'["{ITEM}"]', '["nothing"]', "seeds.toml:7: .*there is no item 'nothing'"),
        (f'["{ITEM}"]', f'["{ITEM}", "{ITEM}"]', "seeds.toml:7: .*named twice"),
        (f'items = ["{ITEM}"]', 'pipelines = ["p"]', "seeds.toml:7: .*no pipeline 'p'"),
        ('"S000-C*"', '"X1"', "seeds.toml:10: .*another row 'X1'"),
        ('"S000-C*"', '"first"', "seeds.toml:10: .*pattern"),
        ('open = "A page of its own."', "", "seeds.toml:9: .*open = ..."),
        ("It is not shown.", "It ends at 0.31.", "seeds.toml:13: .*number 0.31"),
        ("A page of its own.", "All 7 of them.", "seeds.toml:14: .*number 7"),
        ('source = ["page.txt"]', "source = []", "seeds.toml:4: .*at least 1"),
        ("says = ", "said = ", "seeds.toml:5: .*unknown key 'said'"),
    ],
)
def test_every_fault_is_told_with_its_line(bank: Path, old: str, new: str, said: str) -> None:
    """Whatever a row gets wrong stops the page, and lint tells the same."""
    path = bank / "seeds.toml"
    assert old in SEEDS
    path.write_text(SEEDS.replace(old, new, 1))
    with pytest.raises(BankError, match=said) as caught:
        load_seeds(bank, [ITEM], [])
    assert seed_faults(bank, [ITEM], []) == str(caught.value).split("\n")


def test_faults_come_all_at_once(bank: Path, lrquiz: Command) -> None:
    """One fault hides no other, and lint exits with 1 because of them."""
    text = SEEDS.replace("It is not shown.", "It ends at 0.31.").replace(ITEM, "nothing")
    (bank / "seeds.toml").write_text(text)
    done = lrquiz("bank", "lint", "--bank", bank)
    assert done.code == 1
    assert "no item 'nothing'" in done.stderr
    assert "number 0.31" in done.stderr
    assert "2 faults" in done.stderr


def test_without_rows_or_lock_there_is_no_page(bank: Path, lrquiz: Command) -> None:
    """What is missing is named, with what to do; a bank without rows is otherwise fine."""
    (bank / "verdicts.lock.json").unlink()
    unlocked = lrquiz("bank", "seeds", "--bank", bank)
    assert unlocked.code == 2
    assert "lrquiz bank lock" in unlocked.stderr
    (bank / "seeds.toml").unlink()
    assert "seeds.toml: cannot be read" in lrquiz("bank", "seeds", "--bank", bank).stderr
    assert seed_faults(bank, [ITEM], []) == []


def test_every_row_is_in_the_shipped_bank_once() -> None:
    """No statement of the pages is left out, and none is told twice."""
    ids = [row["id"] for row in tomllib.loads((shipped_bank() / "seeds.toml").read_text())["row"]]
    assert sorted(ids) == sorted(ROWS)


def test_every_reference_of_the_shipped_rows_leads_somewhere() -> None:
    """Named items and pipelines exist, and so do the links to what pipelines state."""
    bank = shipped_bank()
    items = {each.id: each for each in load_bank(bank).items}
    pipelines = {each.id: each for each in load_pipelines(bank, items).found}
    rows = load_seeds(bank, items, pipelines)
    page = seeds_page(rows, items, pipelines, Lock("s", {}))
    links = set(re.findall(r"\(#pipeline-([a-z0-9-]+)\)", page))
    assert links
    assert all(f"### Pipeline {name}\n" in page for name in links)


def test_the_document_is_what_the_command_prints(lrquiz: Command, repository: Path) -> None:
    """docs/seeds.md is generated from the shipped bank and lock, and from nothing else."""
    printed = lrquiz("bank", "seeds")
    assert printed.code == 0, printed.stderr
    same = (repository / "docs" / "seeds.md").read_bytes() == printed.stdout.encode()
    assert same, "docs/seeds.md is out of date; write it: lrquiz bank seeds --out docs/seeds.md"
