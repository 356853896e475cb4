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
STUDY = """
[[study]]
id = "noise"
name = "In noise"
text = "At {{ arms.constant.lr }} the loss is {{ ends.constant.loss }} after {{ epochs }} steps."
experiment.recipe = "noisy_quadratic"
experiment.epochs = 40
experiment.arms.constant = { lr = 0.5 }
experiment.arms.low = { lr = 0.25 }
[[study.comparison]]
says = "At {{ arms.constant.lr }} the weight wanders more widely."
claim = { predicate = "wanders_more_than", arm = "constant", than = "low" }
[[study.support]]
says = "At {{ arms.low.lr }} the late loss is lower."
claim = { predicate = "late_loss_is_lower_than", arm = "low", than = "constant" }
"""


def loaded(folder: Path, pattern: str = "", replacement: str = "", source: str = PIPELINE) -> str:
    """Return what is wrong with the pipeline after one change, by its lines."""
    text, count = re.subn(pattern, lambda _: replacement, source, count=1)
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


@pytest.mark.parametrize(
    ("pattern", "replacement", "said"),
    [
        (
            "noisy_quadratic",
            "noisy",
            r":29: \[\[study\]\] 1 > experiment > recipe: there is no recipe",
        ),
        ("noisy_quadratic", "scheduler_trace", ":29: .* records no epoch.loss"),
        ("lr = 0.5 ", "rate = 0.5 ", ":31: .* no setting 'rate'"),
        ("constant.loss", "good.loss", r":28: \[\[study\]\] 1 > text: a text cannot be rendered"),
        (
            r"\{\{ ends.constant.loss \}\}",
            "0.31",
            r":28: \[\[study\]\] 1 > text: the text says 0.31",
        ),
        ('arm = "constant", than', 'arm = "good", than', ":35: .*names no arm"),
        ("wanders more widely", "is slow", ":34: .* does not contain words"),
        ('id = "noise"', 'id = "impact"', r":26: \[\[study\]\] 1 > id: the id 'impact' is taken"),
        ('name = "In noise"', 'name = "In noise"\nchart = "accuracy"', "records no epoch.accuracy"),
    ],
)
def test_faults_of_a_study_are_told_with_their_line(
    tmp_path: Path, pattern: str, replacement: str, said: str
) -> None:
    """A study is checked as the page's own experiment is, against its own arms and numbers."""
    source = PIPELINE + STUDY
    assert loaded(tmp_path, source=source) == ""
    assert re.search(said, loaded(tmp_path, pattern, replacement, source), re.DOTALL)


def test_a_page_may_speak_of_what_its_studies_show(tmp_path: Path) -> None:
    """The insight reaches each study's ends by its id, and none that is not there."""
    source = PIPELINE + STUDY
    right = "Ends at {{ studies.noise.ends.low.loss }}."
    assert loaded(tmp_path, "Rates matter.", right, source) == ""
    wrong = loaded(tmp_path, "Rates matter.", right.replace("noise", "calm"), source)
    assert "insight: a text cannot be rendered" in wrong


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('shows = "split"', 'shows = "evaluation"', r":15: .* records no epoch\.accuracy"),
        ("rows train", "{{ prediction.actual }}", "text cannot be rendered"),
    ],
)
def test_what_a_recipe_without_data_lacks_is_told(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    """A single weight has neither rows nor accuracy, and no stage or text may show them."""
    source = PIPELINE.replace("mlp_classifier", "quadratic")
    sound = source.replace("{{ data.split.rows }} rows train.", "One weight.")
    assert loaded(tmp_path, 'shows = "split"', 'shows = "model"', sound) == ""
    assert re.search(said, loaded(tmp_path, old, new, source), re.DOTALL)


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
    assert {"digits", "layer-rates", "learning-rate-strategy", "recap", "scheduler"} <= {
        each.id for each in pipelines.found
    }
