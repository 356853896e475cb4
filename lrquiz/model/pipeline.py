"""Pipelines as authors write them: one training shown from its data to a prediction.

Texts are Markdown with Jinja expressions over what was measured, so that no number in them can
differ from the run that the page shows.
"""

from __future__ import annotations

from dataclasses import dataclass

from lrquiz.model.item import Experiment, Premise

IMPACT = "impact"
"""the id of the study that is the page's own experiment"""
PARTS = ("model", "training", "evaluation")
"""what a stage can show beside the data"""
DATA_STEPS = ("raw", "scaled", "flattened", "split", "leaked", "normalised")
"""the steps of data that recipes show"""


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage of a pipeline."""

    shows: str
    """a step of the data, or a part"""
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Difference:
    """Where the page that a pipeline comes from said something else."""

    page: str
    """what it says; numbers are its own"""
    here: str
    """what measurement says, and what is done here"""


@dataclass(frozen=True, slots=True)
class Study:
    """Arms side by side: an experiment, what is said of its ends, and statements with claims."""

    id: str
    """as texts call it; that of a page's own experiment is `impact`"""
    name: str
    text: str
    experiment: Experiment
    quantity: str
    """what its chart draws: `loss` or `accuracy`"""
    comparisons: tuple[Premise, ...]
    """what is said of the arms side by side"""
    support: tuple[Premise, ...]
    """what the insight rests on, of what these arms show"""


@dataclass(frozen=True, slots=True)
class Pipeline:
    """One pipeline file."""

    id: str
    path: str
    """where it was read, for messages"""
    title: str
    summary: str
    source: str
    arm: str
    """the one of the first study whose run the page shows"""
    seed: int
    """of that run"""
    stages: tuple[Stage, ...]
    studies: tuple[Study, ...]
    """the page's own experiment first"""
    insight: str
    items: tuple[str, ...]
    differences: tuple[Difference, ...]

    @property
    def experiment(self) -> Experiment:
        """The page's own experiment: that of its recorded run."""
        return self.studies[0].experiment
