"""The files of items by their types; those without options: a number, a card, a prompt."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field

from lrquiz.bank.fill_in import FillInFile
from lrquiz.bank.finding import recipe_info
from lrquiz.bank.ordering import OrderFile
from lrquiz.bank.predict import PredictFile
from lrquiz.bank.schema import (
    CommonFile,
    ExperimentFile,
    ItemFile,
    PremiseFile,
    ScoredFile,
    Strict,
    Words,
)
from lrquiz.bank.tomlfile import Fault, parse
from lrquiz.evidence.measurements import measurement_faults
from lrquiz.model.item import Experiment, ItemType, Measurement, Mistake, Value

_Level = Literal["beginner", "intermediate", "advanced"]


class MeasurementFile(Strict):
    """A number read off runs. Beside its measure it holds that measure's parameters."""

    model_config = ConfigDict(extra="allow", frozen=True)

    measure: str = Field(description="Name of a measure over evidence.")

    def measurement(self) -> Measurement:
        """Return it for the model."""
        return Measurement(self.measure, dict(self.model_extra or {}))


class MistakeFile(Strict):
    """A wrong number that a common mistake leads to."""

    value: MeasurementFile | Annotated[float, Field(allow_inf_nan=False)]
    says: Words
    feedback: str = ""


class ValueFile(Strict):
    """The number that an item asks for, which is measured."""

    measure: MeasurementFile
    tolerance: Annotated[float, Field(gt=0, allow_inf_nan=False)]
    unit: str = ""
    feedback: str = ""
    mistake: list[MistakeFile] = Field(default_factory=list)

    def value(self) -> Value:
        """Return it for the model."""
        mistakes = (Mistake(_number(each.value), each.says, each.feedback) for each in self.mistake)
        measured = self.measure.measurement()
        return Value(measured, self.tolerance, self.unit, self.feedback, tuple(mistakes))


class NumericFile(ScoredFile):
    """An item that asks for a number."""

    value: ValueFile


class FlashcardFile(CommonFile):
    """A card: its stem is the front, its premises claim what its back says."""

    level: _Level
    back: Words
    experiment: ExperimentFile
    premise: Annotated[list[PremiseFile], Field(min_length=1)]


class OpenPromptFile(CommonFile):
    """A prompt whose responses their writers compare with a checklist."""

    level: _Level
    checklist: Annotated[list[Words], Field(min_length=2)]
    experiment: ExperimentFile | None = None
    premise: list[PremiseFile] = Field(default_factory=list)


AnyItemFile = (
    ItemFile | FillInFile | PredictFile | NumericFile | OrderFile | FlashcardFile | OpenPromptFile
)

_BY_TYPE: dict[object, type[AnyItemFile]] = {
    ItemType.FILL_IN: FillInFile,
    ItemType.PREDICT: PredictFile,
    ItemType.ORDER: OrderFile,
    ItemType.NUMERIC: NumericFile,
    ItemType.FLASHCARD: FlashcardFile,
    ItemType.OPEN_PROMPT: OpenPromptFile,
}


def model_of(data: dict[str, Any]) -> type[AnyItemFile]:
    """Return the schema of an item file by its type; of an unknown one, that with options."""
    return next((model for name, model in _BY_TYPE.items() if name == data.get("type")), ItemFile)


def value_faults(data: dict[str, Any], experiment: Experiment) -> Iterator[Fault]:
    """Yield what is wrong with the measurements of a numeric item's file."""
    file, _ = parse(ValueFile, data.get("value"))
    if file is None or model_of(data) is not NumericFile:
        return
    places: list[tuple[tuple[str | int, ...], MeasurementFile]] = [
        (("value", "measure"), file.measure)
    ]
    for index, mistake in enumerate(file.mistake):
        if isinstance(mistake.value, MeasurementFile):
            places.append((("value", "mistake", index, "value"), mistake.value))
    records = recipe_info(experiment.recipe).records
    for place, each in places:
        for fault in measurement_faults(each.measurement(), experiment, records):
            yield Fault(place, fault)


def prompt_faults(data: dict[str, Any]) -> Iterator[Fault]:
    """Yield what an open prompt without an experiment cannot have."""
    if model_of(data) is not OpenPromptFile or "experiment" in data:
        return
    for table in ("premise", "variants"):
        if data.get(table):
            yield Fault((table,), f"{table} needs an [experiment] that decides it; add one")


def _number(file: MeasurementFile | float) -> Measurement | float:
    return file if isinstance(file, int | float) else file.measurement()
