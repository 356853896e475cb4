"""The item file as pydantic sees it: every key known, every unknown key refused."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from lrquiz.model.item import ItemType, Quantifier

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]*$")]
Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
Words = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]


class Strict(BaseModel):
    """Unknown keys are refused and nothing is coerced from another type."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class ClaimFile(BaseModel):
    """A claim. Beside the keys below it holds its predicate's parameters, checked against it."""

    model_config = ConfigDict(extra="allow", frozen=True)

    predicate: str = Field(description="Name of a predicate over evidence.")
    quantifier: Quantifier = Field(
        Quantifier.USUALLY, description="How often the words of the option must hold."
    )
    says: Words | None = Field(
        None, description="Words of the text that this claim stands for, quoted from it."
    )

    @property
    def parameters(self) -> dict[str, Any]:
        """The predicate's own parameters."""
        return dict(self.model_extra or {})


class PremiseFile(Strict):
    """What the stem takes for granted."""

    says: Words
    claim: ClaimFile


class OptionFile(Strict):
    """One option with the claim its words make."""

    id: Slug
    text: Words
    claim: ClaimFile
    feedback: str = ""


class ExperimentFile(Strict):
    """The experiment that decides every claim of the item."""

    recipe: str
    epochs: Annotated[int, Field(ge=1, le=1000)]
    arms: Annotated[dict[Name, dict[str, Any]], Field(min_length=1)]


class CommonFile(Strict):
    """What the files of all types of items have. No field of any could declare a key."""

    id: Slug
    type: Annotated[ItemType, Field(strict=False)]
    title: str = ""
    objective: str
    bloom: Literal["remember", "understand", "apply", "analyze", "evaluate", "create"]
    source: str = ""
    note: str = ""
    stem: Words
    hint: str = ""
    solution: list[Words] = []
    common_mistakes: list[Words] = []
    variants: dict[str, Annotated[list[Any], Field(min_length=1)]] = {}


class ScoredFile(CommonFile):
    """An item whose responses carry points."""

    difficulty: Literal["easy", "medium", "hard"]
    points: Annotated[float, Field(gt=0, allow_inf_nan=False)] = 1.0
    experiment: ExperimentFile
    premise: Annotated[list[PremiseFile], Field(min_length=1)]


class ItemFile(ScoredFile):
    """An item with options."""

    option: Annotated[list[OptionFile], Field(min_length=2, max_length=8)]


class PickFile(Strict):
    """One demand of a blueprint."""

    count: Annotated[int, Field(ge=1)] = 1
    items: list[Slug] = []
    objective: str | None = None
    difficulty: Literal["easy", "medium", "hard"] | None = None
    points: Annotated[float, Field(gt=0, allow_inf_nan=False)] | None = Field(
        None, description="What each of these items is worth (default: what its item says)."
    )


class BlueprintFile(Strict):
    """A blueprint file."""

    title: Words
    minutes: Annotated[float, Field(gt=0, le=10_080, allow_inf_nan=False)] | None = Field(
        None, description="Of an exam's countdown, before anybody's extra time."
    )
    pick: Annotated[list[PickFile], Field(min_length=1)]


class LimitsFile(Strict):
    """Limits that a task sets for itself; the rest keep their defaults."""

    wall_seconds: Annotated[float, Field(gt=0)] | None = None
    cpu_seconds: Annotated[int, Field(gt=0)] | None = None
    memory_mib: Annotated[int, Field(gt=0)] | None = None
    processes: Annotated[int, Field(gt=0)] | None = None
    output_bytes: Annotated[int, Field(gt=0)] | None = None
    reply_bytes: Annotated[int, Field(gt=0)] | None = None
    disk_mib: Annotated[int, Field(gt=0)] | None = None
    open_files: Annotated[int, Field(gt=0)] | None = None


class CaseFile(Strict):
    """One hidden call."""

    id: Slug
    arguments: dict[Name, int | float]


class CriterionFile(Strict):
    """One line of the rubric."""

    check: Name
    points: Annotated[float, Field(ge=0)]
    case: Slug


class TaskFile(Strict):
    """A code task's `task.toml`."""

    id: Slug
    title: Words
    proof: Literal["trajectory"]
    statement: Words
    function: Name
    layers: Annotated[list[Annotated[int, Field(ge=1)]], Field(min_length=2)]
    rows: Annotated[int, Field(ge=1)]
    batch_size: Annotated[int, Field(ge=1)]
    tolerance: Annotated[float, Field(gt=0)]
    weights: Annotated[str, StringConstraints(pattern=r"^[\w-]+\.safetensors$")] | None = Field(
        None, description="File of the task's folder with the weights that training begins with."
    )
    case: Annotated[list[CaseFile], Field(min_length=1)]
    rubric: Annotated[list[CriterionFile], Field(min_length=1)]
    limits: LimitsFile = LimitsFile()
