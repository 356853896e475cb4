"""A pipeline page: everything that its report needs, frozen when it is generated."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lrquiz.model.pipeline import Difference, Stage
from lrquiz.model.proof import Lines
from lrquiz.model.quiz import Evidence, Quiz
from lrquiz.model.recorded import RecordedRun


@dataclass(frozen=True, slots=True)
class ArmEnd:
    """One arm of the comparison: its settings, and how its runs ended."""

    arm: str
    settings: str
    """those that the pipeline names, as `lr 0.1, schedule StepLR`"""
    lines: Lines
    """losses of some runs, for drawing"""
    loss: float | None
    """median of the last losses, one that is no number being the highest; None if it is none"""
    accuracy: float | None
    """median of the last accuracies on held-out rows, one that is no number being the lowest"""
    finite: int
    """runs whose last loss is a finite number"""
    trials: int


@dataclass(frozen=True, slots=True)
class ShownStudy:
    """Arms side by side, their texts filled in and their statements proved."""

    id: str
    name: str
    text: str
    quantity: str
    """what its chart draws: `loss` or `accuracy`"""
    has_accuracy: bool
    """whether its recipe records any"""
    arms: tuple[ArmEnd, ...]
    comparisons: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class PipelinePage:
    """One page, its texts filled in; reports read only this."""

    id: str
    title: str
    summary: str
    source: str
    recipe: str
    arm: str
    seed: int
    stages: tuple[Stage, ...]
    run: RecordedRun
    studies: tuple[ShownStudy, ...]
    insight: str
    support: tuple[Evidence, ...]
    """of all studies, in their order"""
    differences: tuple[Difference, ...]
    quiz: Quiz
    """the page's items"""
    versions: Mapping[str, str]
    schema: str = "lrquiz/pipeline"
    version: int = 2
