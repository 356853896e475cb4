"""`generate --pipeline` as a process: pages, the same bytes again, and errors that help."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import Command

PIPELINE = """
id = "tiny"
title = "Tiny"
summary = "Ends at {{ last.loss | round(3) }}."
arm = "good"
items = ["one", "two", "three"]
impact = "Rates differ."
insight = "Rates matter."
[experiment]
recipe = "mlp_classifier"
epochs = 2
arms.good = { lr = 0.1 }
arms.low = { lr = 0.001 }
[[stage]]
shows = "normalised"
name = "Data"
text = "{{ data.split.rows }} rows train."
[[support]]
says = "The lower rate ends at a higher loss."
claim = { predicate = "ends_worse_than", arm = "low", than = "good" }
[[study]]
id = "valley"
name = "In a valley"
text = "Ends at {{ ends.calm.loss | round(3) }}."
experiment.recipe = "quadratic"
experiment.epochs = 4
experiment.arms.calm = { lr = 0.5 }
[[study.comparison]]
says = "The weight never jumps to the other side."
claim = { predicate = "iterate_alternates", arm = "calm", quantifier = "never" }
[[study.support]]
says = "The loss falls in every epoch."
claim = { predicate = "loss_falls_steadily", arm = "calm" }
"""


@pytest.fixture
def bank(repository: Path, tmp_path: Path) -> Path:
    """A bank of three quick items, the same under three ids, and one pipeline."""
    folder = tmp_path / "bank"
    item = (repository / "question_bank/items/schedulers/scheduler-halving.toml").read_text()
    (folder / "items").mkdir(parents=True)
    for name in ("one", "two", "three"):
        copied = item.replace('id = "scheduler-halving"', f'id = "{name}"')
        (folder / "items" / f"{name}.toml").write_text(copied)
    (folder / "pipelines").mkdir()
    (folder / "pipelines" / "tiny.toml").write_text(PIPELINE)
    return folder


def test_a_page_is_the_same_from_the_cache_without_torch(
    lrquiz: Command, environment: dict[str, str], bank: Path, tmp_path: Path
) -> None:
    """Made a second time, where importing torch ends the process, the page has the same bytes."""
    first, second = tmp_path / "first", tmp_path / "second"
    done = lrquiz("generate", "--bank", bank, "--pipeline", "tiny", "--out", first, "--json")
    assert done.code == 0, done.stderr
    assert done.json()["pages"] == [str(first / "tiny.html")]
    (tmp_path / "no").mkdir()
    (tmp_path / "no" / "torch.py").write_text("raise SystemExit('torch was imported')\n")
    path = f"{tmp_path / 'no'}:{environment['PYTHONPATH']}"
    command = [sys.executable, "-m", "lrquiz", "generate", "--bank", str(bank)]
    again = subprocess.run(
        [*command, "--pipeline", "all", "--out", str(second)],
        env={**environment, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    assert again.returncode == 0, again.stderr
    for name in ("tiny.html", "tiny.json"):
        assert (second / name).read_bytes() == (first / name).read_bytes()
    assert (first / "tiny.json").stat().st_mode & 0o077 == 0
    studies = json.loads((first / "tiny.json").read_text())["studies"]
    assert [each["id"] for each in studies] == ["impact", "valley"]
    # Words with "never" are true where what they deny did not happen.
    assert [each["held"] for each in studies[1]["comparisons"]] == [1]


def test_an_unknown_pipeline_names_those_that_exist(
    lrquiz: Command, bank: Path, tmp_path: Path
) -> None:
    """A wrong id ends with 2 and says which there are; nothing is written."""
    out = tmp_path / "out"
    done = lrquiz("generate", "--bank", bank, "--pipeline", "tyni", "--out", out)
    assert done.code == 2
    assert "there is no pipeline 'tyni'; there are: tiny" in done.stderr
    assert not out.exists()


def test_a_statement_that_runs_deny_is_refused(lrquiz: Command, bank: Path, tmp_path: Path) -> None:
    """A page whose insight rests on what runs refute is not written; the count says why."""
    path = bank / "pipelines" / "tiny.toml"
    path.write_text(
        path.read_text().replace('arm = "low", than = "good"', 'arm = "good", than = "low"')
    )
    done = lrquiz("generate", "--bank", bank, "--pipeline", "tiny", "--out", tmp_path / "out")
    assert done.code == 2
    assert "is refuted: its claim held in 0 of 64 training runs" in done.stderr
    assert not (tmp_path / "out" / "tiny.html").exists()


def test_a_statement_of_a_study_is_refused_as_any(
    lrquiz: Command, bank: Path, tmp_path: Path
) -> None:
    """What a further experiment denies keeps the page from being written, with how often."""
    path = bank / "pipelines" / "tiny.toml"
    path.write_text(path.read_text().replace("calm = { lr = 0.5 }", "calm = { lr = 1.5 }"))
    done = lrquiz("generate", "--bank", bank, "--pipeline", "tiny", "--out", tmp_path / "out")
    assert done.code == 2
    denied = '"The weight never jumps to the other side." is refuted: its claim held in 1 of 1'
    assert denied in done.stderr
    assert not (tmp_path / "out" / "tiny.html").exists()


def test_options_that_a_page_cannot_follow_are_refused(
    lrquiz: Command, bank: Path, tmp_path: Path
) -> None:
    """No lock holds a recorded run, so --locked is refused rather than ignored."""
    arguments = ("--bank", bank, "--pipeline", "tiny", "--out", tmp_path, "--locked")
    done = lrquiz("generate", *arguments)
    assert done.code == 2
    assert "leave --locked and --blueprint out" in done.stderr


def test_lint_looks_at_pipelines(lrquiz: Command, bank: Path) -> None:
    """A number typed into a pipeline's text is a fault of the bank."""
    path = bank / "pipelines" / "tiny.toml"
    path.write_text(path.read_text().replace("Rates matter.", "Ends at 0.25."))
    done = lrquiz("bank", "lint", "--bank", bank, "--json")
    assert done.code == 1
    (fault,) = [each for each in done.json()["faults"] if "tiny.toml" in each]
    assert "the text says 0.25" in fault
