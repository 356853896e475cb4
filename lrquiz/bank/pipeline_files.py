"""The pipeline file as pydantic sees it: every key known, every unknown key refused."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from lrquiz.bank.schema import ExperimentFile, Name, PremiseFile, Slug, Strict, Words

ITEMS_OF_A_PAGE = 3

Quantity = Literal["loss", "accuracy"]


class StageFile(Strict):
    """One stage of the data's way."""

    shows: Literal[
        "raw", "scaled", "flattened", "split", "normalised", "model", "training", "evaluation"
    ]
    name: Words
    text: Words


class StudyFile(Strict):
    """Another experiment beside the page's own: its arms side by side, and what they show."""

    id: Name
    name: Words
    text: Words
    chart: Quantity = "loss"
    experiment: ExperimentFile
    comparison: Annotated[list[PremiseFile], Field(min_length=1)]
    support: list[PremiseFile] = Field(default_factory=list)


class DifferenceFile(Strict):
    """What the page that this one replaces said, and what is measured here."""

    page: Words
    here: Words


class PipelineFile(Strict):
    """One pipeline."""

    id: Slug
    title: Words
    summary: Words
    source: str = ""
    arm: Name
    seed: Annotated[int, Field(ge=0)] = 0
    items: Annotated[list[Slug], Field(min_length=ITEMS_OF_A_PAGE, max_length=ITEMS_OF_A_PAGE)]
    experiment: ExperimentFile
    stage: Annotated[list[StageFile], Field(min_length=1)]
    impact: Words
    impact_name: Words = "The same data, other settings"
    comparison: list[PremiseFile] = Field(default_factory=list)
    study: list[StudyFile] = Field(default_factory=list)
    insight: Words
    support: Annotated[list[PremiseFile], Field(min_length=1)]
    difference: list[DifferenceFile] = Field(default_factory=list)
