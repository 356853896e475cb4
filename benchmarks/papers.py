"""400 papers of ten items, in one command that trains nothing, against a command for each student.

`lrquiz generate --mode exam` draws, checks and writes all papers in one process that imports no
torch, from the bank that ships with lrquiz and its lock, so papers share variants. With `--alone`
no two papers have a variant in common: for that a bank of 70 items with 64 variants each is made
and locked, which takes minutes and is not counted. What a user would do otherwise, `lrquiz generate
--seed N --locked` once for each student, is measured on a few of them; it gives no paper a name, a
countdown or an order of its own.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from lrquiz.bank.bank import load_bank
from lrquiz.model.item import ItemType
from lrquiz.resources.locate import shipped_bank

STUDENTS, PICKS, ITEMS_OF_PICK, MEASURED = 400, 10, 7, 5
CLOCK = 'clock = "0-based, start of epoch"'
CLAIM = 'claim = {{ predicate = "rate_is_multiple_of_start", arm = "step", times = {times}, '
ITEM = """\
id = "{name}"
type = "single_choice"
objective = "schedule.predict-rate"
bloom = "apply"
difficulty = "easy"
stem = \"\"\"
A model is trained for {{{{ epochs }}}} epochs with this scheduler:

```python
optimizer = torch.optim.SGD(model.parameters(), lr={{{{ arms.step.lr }}}})
scheduler = torch.optim.lr_scheduler.StepLR(optimizer, step_size=4, gamma=0.5)
for epoch in range({{{{ epochs }}}}):
    train_one_epoch(model, optimizer)
    scheduler.step()
```

Counting epochs from 0, as `range` does: compared with its initial value, what is the learning rate
at the start of epoch 4?
\"\"\"
[experiment]
recipe = "scheduler_trace"
epochs = 12
arms.step = {{ lr = {first}, step_size = 4, gamma = 0.5 }}
[variants]
"arms.step.lr" = {rates}
[[premise]]
says = "the rate has not changed at the start of epoch 3"
"""
PREMISE = CLAIM + "epoch = 3, " + CLOCK + " }}\n"
OPTION = '[[option]]\nid = "{id}"\ntext = "{text}"\n' + CLAIM + "epoch = 4, " + CLOCK + " }}\n"
OPTIONS = {
    "half": ("It is half the initial value", 0.5),
    "same": ("It is the same as at the start", 1.0),
    "zero": ("It is zero, so training has stopped", 0.0),
}


def make_bank(folder: Path) -> Path:
    """Write the bank, and a blueprint of ten picks that share no item."""
    (folder / "items").mkdir(parents=True)
    picks = []
    for part in range(PICKS):
        names = [f"rate-{part}-{number}" for number in range(ITEMS_OF_PICK)]
        picks.append(f"[[pick]]\nitems = {names}\n")
        for number, name in enumerate(names):
            start = part * ITEMS_OF_PICK + number + 1
            rates = [round(start / 100 + step / 10_000, 4) for step in range(64)]
            text = ITEM.format(name=name, first=rates[0], rates=rates)
            text += PREMISE.format(times=1.0)
            text += "".join(
                OPTION.format(id=each, text=words, times=times)
                for each, (words, times) in OPTIONS.items()
            )
            (folder / "items" / f"{name}.toml").write_text(text)
    head = 'title = "Benchmark"\nminutes = 90\n'
    (folder / "exam.toml").write_text(head + "".join(picks).replace("'", '"'))
    return folder


def lrquiz(folder: Path, *arguments: object) -> float:
    """Run a command and return the seconds it took; a torch that it imports would end it."""
    command = [sys.executable, "-m", "lrquiz", *map(str, arguments)]
    start = time.perf_counter()
    subprocess.run(command, cwd=folder, check=True, env=environment(folder), capture_output=True)
    return time.perf_counter() - start


def environment(folder: Path) -> dict[str, str]:
    """Return the environment of commands, with an empty cache and, once locked, without torch."""
    places = [str(Path(__file__).resolve().parent.parent)]
    if (folder / "no").exists():
        places.insert(0, str(folder / "no"))
    cache = str(folder / "cache")
    return {**os.environ, "PYTHONPATH": os.pathsep.join(places), "LRQUIZ_CACHE": cache}


def public_exam(folder: Path) -> tuple[object, ...]:
    """Return options that draw from the shipped bank."""
    marked = (ItemType.FLASHCARD, ItemType.OPEN_PROMPT)
    items = load_bank(shipped_bank()).items
    scored = [item.id for item in items if item.type not in marked]
    picks = (f"[[pick]]\nitems = {scored[part::PICKS]}\n" for part in range(PICKS))
    head = 'title = "Benchmark"\nminutes = 90\n'
    (folder / "exam.toml").write_text(head + "".join(picks).replace("'", '"'))
    return ("--blueprint", folder / "exam.toml", "--locked")


def own_exam(folder: Path) -> tuple[object, ...]:
    """Return options that draw from a bank of its own, large enough for everybody."""
    bank = make_bank(folder / "bank")
    took = lrquiz(folder, "bank", "lock", "--bank", bank)
    print(f"locked {PICKS * ITEMS_OF_PICK} items of 64 variants in {took:.0f} s, not counted")
    return ("--bank", bank, "--blueprint", bank / "exam.toml", "--locked")


def main() -> None:
    alone = "--alone" in sys.argv
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        options = (own_exam if alone else public_exam)(folder)
        (folder / "no").mkdir()
        (folder / "no" / "torch.py").write_text("raise SystemExit('torch was imported')\n")
        rows = (f"s{n:03},Student {n},{1 + (n % 20 == 0) / 4}\n" for n in range(STUDENTS))
        (folder / "roster.csv").write_text("id,name,extra_time\n" + "".join(rows))
        exam = ["--mode", "exam", "--roster", "roster.csv", "--secret", "secret", "--out", "exam"]
        exam += [] if alone else ["--share-variants"]
        ours = lrquiz(folder, "generate", *options, *exam)
        sizes = [page.stat().st_size / 1024 for page in (folder / "exam" / "papers").iterdir()]
        print(f"{len(sizes)} papers of {PICKS} items: {ours:.1f} s, {len(sizes) / ours:.0f} per s")
        print(f"pages have {sum(sizes) / len(sizes):.0f} KiB, the largest {max(sizes):.0f} KiB")
        each = [
            lrquiz(folder, "generate", *options, "--seed", n, "--out", f"one-{n}")
            for n in range(MEASURED)
        ]
        theirs = sum(each) / MEASURED * STUDENTS
        print(f"a command for each student: {theirs:.0f} s for all, from {MEASURED} of them")
        print(f"ratio {theirs / ours:.0f}")


if __name__ == "__main__":
    main()
