"""`lrquiz diagnose`: a script of one's own is run, and told what is wrong with its training."""

from __future__ import annotations

import json
from pathlib import Path

from tests.conftest import Command

SOUND = """import torch
torch.manual_seed(0)
x = torch.randn(128, 4)
y = x @ torch.tensor([[1.0], [-2.0], [0.5], [3.0]])
model = torch.nn.Linear(4, 1)
optimizer = torch.optim.SGD(model.parameters(), lr=0.05)
for epoch in range(10):
    for i in range(0, 128, 32):
        optimizer.zero_grad()
        loss = torch.nn.functional.mse_loss(model(x[i:i + 32]), y[i:i + 32])
        loss.backward()
        optimizer.step()
"""
NO_STEP = SOUND.replace("        optimizer.step()\n", "")
FINDING = {
    *("code", "severity", "line", "cell", "column", "end_column", "message", "evidence"),
    *("measured", "why", "change", "fix"),
}
RUN = {
    *("seconds", "steps", "backwards", "losses", "trained", "ended", "error", "traceback"),
    *("explanation", "notes", "tier", "versions"),
}


def script(folder: Path, source: str, name: str = "train.py") -> Path:
    (folder / name).write_text(source)
    return folder / name


def test_a_sound_script_is_told_so(lrquiz: Command, tmp_path: Path) -> None:
    """Exit code 0, nothing on stdout, and how the loss went."""
    done = lrquiz("diagnose", script(tmp_path, SOUND))
    assert (done.code, done.stdout) == (0, ""), done.stderr
    assert "no mistake found in 40 steps; the loss fell from " in done.stderr


def test_a_mistake_is_told_as_a_compiler_would(lrquiz: Command, tmp_path: Path) -> None:
    """Exit code 1; the line, a mark under it, and the change with what it does to the loss."""
    page = tmp_path / "page.html"
    done = lrquiz("diagnose", script(tmp_path, NO_STEP), "--html", page)
    assert (done.code, done.stdout) == (1, ""), done.stderr
    assert "train.py:11:9: error[O1]: " in done.stderr
    assert "   11 |         loss.backward()\n      |         ^^^^^^^^^^^^^^^\n" in done.stderr
    assert "proven: with this change the loss goes from " in done.stderr
    assert "    +        optimizer.step()\n" in done.stderr
    text = page.read_text()
    assert "lrquiz explain O1" in text
    assert "<script" not in text
    assert '<svg role="img"' in text


def test_the_document_is_the_one_that_is_promised(lrquiz: Command, tmp_path: Path) -> None:
    """Every field of docs/diagnosis.md is there and no other; numbers are numbers."""
    done = lrquiz("diagnose", script(tmp_path, NO_STEP), "--json")
    told = done.json()
    assert (done.code, told["schema"], told["verdict"]) == (1, "lrquiz/diagnosis", "mistakes")
    (finding,) = told["findings"]
    assert finding.keys() == FINDING
    assert (finding["code"], finding["severity"], finding["line"]) == ("O1", "error", 11)
    assert (finding["column"], finding["end_column"]) == (9, 24)
    assert all(isinstance(each, float) for each in finding["evidence"].values())
    assert finding["fix"].keys() == {"diff", "before", "after", "start", "says"}
    assert finding["fix"]["after"] < finding["fix"]["before"]
    assert told["run"].keys() == RUN
    documented = Path("docs/diagnosis.md").read_text()
    assert all(f"`{field}`" in documented for field in FINDING | RUN)


def test_one_run_proves_no_fix(lrquiz: Command, tmp_path: Path) -> None:
    """With --no-replay the mistake is told, and no change is."""
    done = lrquiz("diagnose", script(tmp_path, NO_STEP), "--no-replay", "--json")
    assert [each["fix"] for each in done.json()["findings"]] == [None]


def test_what_a_script_is_given_reaches_it(lrquiz: Command, tmp_path: Path) -> None:
    """Arguments, standard input, data under their name, and the modules beside it."""
    (tmp_path / "rows").mkdir()
    (tmp_path / "rows" / "a.csv").write_text("1")
    script(tmp_path, "def rate():\n    return 0.05\n", "settings.py")
    (tmp_path / "in.txt").write_text("typed")
    given = (
        "import sys, settings\n"
        "assert sys.argv[1:] == ['--lr', '0.1'], sys.argv\n"
        "assert sys.stdin.read() == 'typed'\n"
        "assert open('rows/a.csv').read() == '1'\n"
        "assert settings.rate() == 0.05\n"
    )
    options = ("--data", tmp_path / "rows", "--stdin", tmp_path / "in.txt")
    path = script(tmp_path, given + SOUND)
    done = lrquiz("diagnose", path, "--json", *options, "--", "--lr", "0.1")
    assert (done.code, done.json()["run"]["error"]) == (0, None), done.stderr


def test_a_script_that_fails_is_told_in_its_own_lines(lrquiz: Command, tmp_path: Path) -> None:
    """Exit code 2; its lines alone, the message, and what that means. No terminal is commanded."""
    broken = (
        "import torch\ndef run():\n    torch.nn.Linear(4, 1)(torch.ones(2, 3))\nrun()  # \x1b[2J\n"
    )
    done = lrquiz("diagnose", script(tmp_path, broken))
    assert done.code == 2
    assert "  line 4\n    run()" in done.stderr
    assert "  line 3, in run\n    torch.nn.Linear(4, 1)(torch.ones(2, 3))\n" in done.stderr
    assert "The rows that reach a Linear layer are not as wide as its in_features." in done.stderr
    assert "torch/nn" not in done.stderr
    assert "\x1b" not in done.stderr


def test_a_script_that_fails_half_way_is_diagnosed(lrquiz: Command, tmp_path: Path) -> None:
    """What was recorded before the error tells of the mistake: exit code 1, and the error too."""
    done = lrquiz("diagnose", script(tmp_path, NO_STEP + "1 / 0\n"), "--json", "--no-replay")
    told = done.json()
    assert (done.code, told["verdict"]) == (1, "mistakes")
    assert [each["code"] for each in told["findings"]] == ["O1"]
    assert told["run"]["error"] == "ZeroDivisionError: division by zero"
    assert told["run"]["traceback"][0]["code"] == "1 / 0"


def test_a_script_that_trains_for_ever_is_cut(lrquiz: Command, tmp_path: Path) -> None:
    """It is diagnosed by what it had done, and told that it was cut."""
    endless = NO_STEP.replace("for epoch in range(10):", "while True:")
    options = ("--seconds", "1.5", "--json", "--no-replay")
    done = lrquiz("diagnose", script(tmp_path, endless), *options)
    told = done.json()
    assert (done.code, told["run"]["ended"]) == (1, "cut")
    assert "cut after 1.5 seconds" in told["run"]["notes"][0]


def test_a_script_that_never_trains_is_told_so(lrquiz: Command, tmp_path: Path) -> None:
    """No mistake in training can be found where there is none; the reader is told why."""
    done = lrquiz("diagnose", script(tmp_path, "def main():\n    import torch\n"), "--json")
    told = done.json()
    assert (done.code, told["verdict"], told["run"]["trained"]) == (0, "ok", False)
    assert "no training was seen" in told["run"]["notes"][0]


def test_lines_of_a_notebook_are_cell_and_line(lrquiz: Command, tmp_path: Path) -> None:
    """Magics are no obstacle, and a line is found in its cell."""
    head, body = NO_STEP.split("for epoch", 1)
    cells = [
        {"cell_type": "code", "metadata": {}, "source": source}
        for source in ("%matplotlib inline\n" + head, "for epoch" + body)
    ]
    notebook = {"nbformat": 4, "nbformat_minor": 0, "metadata": {}, "cells": cells}
    path = script(tmp_path, json.dumps(notebook), "train.ipynb")
    done = lrquiz("diagnose", path, "--no-replay")
    assert done.code == 1
    assert "train.ipynb:cell 2:5:9: error[O1]: " in done.stderr


def test_what_cannot_be_read_is_wrong_input(lrquiz: Command, tmp_path: Path) -> None:
    """Nothing is run: exit code 2 and one sentence."""
    done = lrquiz("diagnose", tmp_path / "absent.py")
    assert (done.code, done.stdout) == (2, "")
    assert "cannot be read: no such file or directory [LRQ441]" in done.stderr
