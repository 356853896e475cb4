"""Pipelines as authors write them: one training shown from its data to a prediction.

Texts are Markdown with Jinja expressions over what was measured, so that no number in them can
differ from the run that the page shows.
"""

from __future__ import annotations

from dataclasses import dataclass

from lrquiz.model.item import Experiment, Premise

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
class Pipeline:
    """One pipeline file."""

    id: str
    path: str
    """where it was read, for messages"""
    title: str
    summary: str
    source: str
    experiment: Experiment
    """its arms are shown side by side"""
    arm: str
    """the one whose run the page shows"""
    seed: int
    """of that run"""
    stages: tuple[Stage, ...]
    impact: str
    comparisons: tuple[Premise, ...]
    """what is said of the arms side by side"""
    insight: str
    support: tuple[Premise, ...]
    """what the insight rests on"""
    items: tuple[str, ...]
    differences: tuple[Difference, ...]
