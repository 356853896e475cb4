"""Files of a bank's own code for tests: a copy of `tests/local_bank`, and parts to change in it."""

from __future__ import annotations

import itertools
import shutil
from pathlib import Path

from lrquiz.experiments import recipes

LOCAL_BANK = Path(__file__).resolve().parents[1] / "local_bank"
ITEM = "steps-across"

RECIPE = '''"""A sum."""

from dataclasses import dataclass

from lrquiz.recorder.builder import TraceBuilder

RECORDS = {"epoch.loss"}


@dataclass(frozen=True)
class Arm:
    lr: float = 0.1
    """learning rate"""


def run(arm, seed, epochs):
    trace = TraceBuilder(epochs)
    for epoch in range(epochs):
        trace.epoch(loss=1 + seed - arm.lr * epoch)
    return trace.build()
'''


def copied_bank(folder: Path) -> Path:
    shutil.copytree(LOCAL_BANK, folder, ignore=shutil.ignore_patterns("__pycache__"))
    return folder


def item_in(bank: Path) -> Path:
    return bank / "items" / "quadratic" / f"{ITEM}.toml"


def recipe_in(bank: Path) -> Path:
    return bank / "items" / "quadratic" / "quadratic.py"


def predicates_in(bank: Path) -> Path:
    return bank / "items" / "quadratic" / "sides.py"


def changed(text: str, old: str, new: str) -> str:
    assert old in text, f"nothing to change: {old}"
    return text.replace(old, new)


def change(path: Path, old: str, new: str) -> None:
    path.write_text(changed(path.read_text(), old, new))


FILL_IN = """
id = "fill-in-locally"
type = "fill_in"
objective = "lr.explain-instability"
bloom = "apply"
difficulty = "easy"
stem = '''
What belongs in the blank, so that training uses a rate of 0.1?

```python
{{ code }}
```
'''

[experiment]
recipe = "./blank.py"
epochs = 3
arms.filled = { response = "0.1" }

[[premise]]
says = "with a rate of {{ arms.filled.response }} the loss falls in every epoch"
claim = { predicate = "loss_falls_steadily", arm = "filled" }

[blank]
claim = { predicate = "trains_at_rate", arm = "filled", rate = 0.1 }

[[response]]
id = "decimal"
text = "0.1"

[[response]]
id = "quoted"
text = '"0.1"'
feedback = "In quotes it is text."
"""


def documented_fill_in() -> str:
    """Return the recipe for fill-in items that the documentation shows."""
    return _documented("runs the two::\n")


def documented_order() -> str:
    """Return the recipe for order items that the documentation shows."""
    return _documented("weights each time::\n")


def _documented(after: str) -> str:
    """Return the code that the documentation shows after these words, up to unindented ones."""
    shown = (recipes.__doc__ or "").partition(after)[2].splitlines()
    code = itertools.takewhile(lambda line: not line or line.startswith("    "), shown)
    return "\n".join(line.removeprefix("    ") for line in code) + "\n"


def bank_with_a_blank(folder: Path) -> Path:
    """Make a bank of one fill-in over a recipe of its own."""
    (folder / "items").mkdir(parents=True)
    (folder / "items" / "blank.py").write_text(documented_fill_in())
    (folder / "items" / "fill-in-locally.toml").write_text(FILL_IN)
    return folder


ORDERED = """
id = "order-locally"
type = "order"
objective = "loop.order-calls"
bloom = "apply"
difficulty = "easy"
stem = '''
Put the lines in an order that trains exactly as the original program.

```python
{{ code }}
```
'''

[experiment]
recipe = "./loop.py"
epochs = 3
arms.original = {}

[[premise]]
says = "the loss falls: the loop learns"
claim = { predicate = "training_learns", arm = "original", says = "the loop learns" }

[order]
says = "exactly as the original program"
reference = "original"

[[order.mistake]]
lines = ["step", "backward"]
feedback = "The step comes too early."
"""


def bank_with_a_loop(folder: Path) -> Path:
    """Make a bank of one order item over a recipe of its own."""
    (folder / "items").mkdir(parents=True)
    (folder / "items" / "loop.py").write_text(documented_order())
    (folder / "items" / "order-locally.toml").write_text(ORDERED)
    return folder
