"""Pipeline files: every fault is told with its line, and no text can say what a run could deny."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from lrquiz.bank.pipelines import load_pipeline, load_pipelines
from lrquiz.errors import PipelineError

ITEMS = ("one", "two", "three")
PIPELINE = """
id = "short"
title = "Short"
summary = "At {{ arms.good.lr }} the last loss is {{ last.loss | round(3) }}."
arm = "good"
items = ["one", "two", "three"]
impact = "Ends at {{ ends.good.loss }}."
insight = "Rates matter."
[experiment]
recipe = "mlp_classifier"
epochs = 2
arms.good = { lr = 0.1 }
arms.low = { lr = 0.001 }
[[stage]]
shows = "split"
name = "Split"
text = "{{ data.split.rows }} rows train."
[[support]]
says = "The lower rate ends at a higher loss."
claim = { predicate = "ends_worse_than", arm = "low", than = "good" }
[[difference]]
page = "Its table starts at 0.75."
here = "It starts at {{ first.loss }}."
"""


def loaded(folder: Path, pattern: str = "", replacement: str = "") -> str:
    """Return what is wrong with the pipeline after one change, by its lines."""
    text, count = re.subn(pattern, lambda _: replacement, PIPELINE, count=1)
    assert count, f"nothing to change: {pattern}"
    path = folder / "short.toml"
    path.write_text(text)
    try:
        load_pipeline(path, ITEMS)
    except PipelineError as error:
        return str(error)
    return ""


def test_a_sound_file_is_read(tmp_path: Path) -> None:
    """What a page that is replaced says may be any number; all else is settings or measured."""
    assert loaded(tmp_path) == ""


@pytest.mark.parametrize(
    ("pattern", "replacement", "said"),
    [
        ('id = "short"', 'id = "long"', ":2: id: id 'long' must equal the file's name"),
        ('arm = "good"\n', 'arm = "bad"\n', ":5: arm: arm = 'bad' names no arm"),
        ('"three"', '"four"', ":6: items: there is no item 'four'"),
        ('"three"', '"one"', ":6: items: an item is named twice"),
        (', "three"', "", ":6: items: list should have at least 3"),
        ("mlp_classifier", "mlp", ":10: experiment > recipe: there is no recipe"),
        ("mlp_classifier", "scheduler_trace", ":10: experiment > recipe: .* records no"),
        ("lr = 0.1 ", "rate = 0.1 ", ":12: .* no setting 'rate'"),
        ('shows = "split"', 'shows = "magic"', r":15: .* input should be 'raw'"),
        ("ends_worse_than", "ends_badly", ":20: .* there is no predicate"),
        ("ends at a higher loss", "is slow", ":19: .* does not contain words"),
        (r"\{\{ last.loss \| round\(3\) \}\}", "0.25", ":4: summary: the text says 0.25"),
        (r"\{\{ first.loss \}\}", "0.69", ":23: .* the text says 0.69"),
        (r"last\.loss", "last.los", ":4: summary: a text cannot be rendered"),
        ("Rates matter.", "{% for %}", ":8: insight: a text cannot be rendered"),
        ('title = "Short"', "", "title is missing"),
        ('title = "Short"', 'titel = "Short"', "unknown key 'titel'"),
    ],
)
def test_faults_are_told_with_their_line(
    tmp_path: Path, pattern: str, replacement: str, said: str
) -> None:
    """Each fault names its line, what is wrong and what is known."""
    assert re.search(said, loaded(tmp_path, pattern, replacement), re.DOTALL)


def test_unknown_ids_name_those_that_exist(tmp_path: Path) -> None:
    """Asking for a pipeline that is not there says which are; a file with faults hides no other."""
    folder = tmp_path / "pipelines"
    folder.mkdir()
    (folder / "short.toml").write_text(PIPELINE)
    (folder / "broken.toml").write_text("id = 1")
    pipelines = load_pipelines(tmp_path, ITEMS)
    assert [each.id for each in pipelines.select(["short"])] == ["short"]
    with pytest.raises(PipelineError, match=r"no pipeline 'shore'; there are: short"):
        pipelines.select(["shore"])
    with pytest.raises(PipelineError, match=r"broken\.toml"):
        pipelines.select(["broken"])
    with pytest.raises(PipelineError, match=r"there is no pipeline; pipelines are files"):
        load_pipelines(tmp_path / "empty", ITEMS).select([])


def test_shipped_pipelines_have_no_faults(repository: Path) -> None:
    """Every pipeline of the shipped bank can be read, and names items that are there."""
    items = {path.stem for path in (repository / "question_bank" / "items").rglob("*.toml")}
    pipelines = load_pipelines(repository / "question_bank", items)
    assert not pipelines.broken
    assert {"digits", "layer-rates", "learning-rate-strategy", "scheduler"} <= {
        each.id for each in pipelines.found
    }
