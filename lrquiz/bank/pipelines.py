"""Pipeline files: the schema first, then what the schema cannot say."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from lrquiz.bank.pipeline_faults import claim_faults, experiment_faults, text_faults
from lrquiz.bank.pipeline_files import PipelineFile
from lrquiz.bank.pipeline_making import make_pipeline, recipe_faults
from lrquiz.bank.tomlfile import Fault, parse, read, refuse
from lrquiz.errors import LocalCodeError, PipelineError
from lrquiz.model.pipeline import IMPACT, Pipeline

FOLDER = "pipelines"


@dataclass(frozen=True, slots=True)
class Pipelines:
    """Every pipeline of a bank, in order of their ids, and every file that could not be read."""

    folder: Path
    found: tuple[Pipeline, ...]
    broken: Mapping[Path, PipelineError]

    @property
    def ids(self) -> frozenset[str]:
        """The ids of all files, those that could not be read included."""
        return frozenset(each.id for each in self.found) | {path.stem for path in self.broken}

    def select(self, names: Sequence[str]) -> tuple[Pipeline, ...]:
        """Return the pipelines of these ids; all of them when none is named.

        Raises:
            PipelineError: an id names none, there is none at all, or a wanted file has faults.
        """
        wrong = [str(e) for path, e in self.broken.items() if not names or path.stem in names]
        if wrong:
            raise PipelineError("\n".join(wrong))
        by_id = {each.id: each for each in self.found}
        listed = ", ".join(sorted(by_id)) or "none"
        for name in names:
            if name not in by_id:
                message = f"{self.folder}: there is no pipeline {name!r}; there are: {listed}"
                raise PipelineError(message)
        if not by_id:
            message = f"{self.folder}: there is no pipeline; pipelines are files <id>.toml in it"
            raise PipelineError(message)
        return tuple(by_id[name] for name in names) if names else self.found


def load_pipelines(bank: Path, items: Collection[str], *, allow_local: bool = False) -> Pipelines:
    """Read every pipeline file of a bank; a bank without any is fine.

    Args:
        bank: its folder.
        items: ids of the items that a pipeline may name.
        allow_local: execute the Python files whose predicates are claimed.
    """
    found, broken = [], {}
    for path in sorted((bank / FOLDER).glob("*.toml")):
        try:
            found.append(load_pipeline(path, items, allow_local=allow_local))
        except PipelineError as error:
            broken[path] = error
    return Pipelines(bank / FOLDER, tuple(found), broken)


def load_pipeline(path: Path, items: Collection[str], *, allow_local: bool = False) -> Pipeline:
    """Read one pipeline file.

    Raises:
        PipelineError: it has faults; the message lists all of them, each with its line.
    """
    data, text = read(path, PipelineError)
    file, wrong = parse(PipelineFile, data)
    refuse(text, wrong, PipelineError)
    assert file is not None, "without faults there is a model"
    wrong = [*_reference_faults(file, path, items), *recipe_faults(file, path)]
    refuse(text, wrong, PipelineError)
    try:
        made = make_pipeline(file, path, allow_local=allow_local)
    except LocalCodeError as error:
        refuse(text, [Fault(("id",), str(error))], PipelineError)
        raise
    refuse(text, experiment_faults(made), PipelineError)
    refuse(text, [*claim_faults(made), *text_faults(made)], PipelineError)
    return made


def _reference_faults(file: PipelineFile, path: Path, items: Collection[str]) -> list[Fault]:
    """Return what the file names and is not there."""
    arms = file.experiment.arms
    faults = []
    if file.id != path.stem:
        faults.append(Fault(("id",), f"id {file.id!r} must equal the file's name {path.stem!r}"))
    if file.arm not in arms:
        message = f"arm = {file.arm!r} names no arm; the arms are {', '.join(arms)}"
        faults.append(Fault(("arm",), message))
    for each in file.items:
        if each not in items:
            message = f"there is no item {each!r} in the bank; see: lrquiz bank list"
            faults.append(Fault(("items",), message))
    if len(set(file.items)) < len(file.items):
        faults.append(Fault(("items",), "an item is named twice"))
    return [*faults, *_twin_faults(file)]


def _twin_faults(file: PipelineFile) -> Iterator[Fault]:
    taken = {IMPACT}
    for index, study in enumerate(file.study):
        if study.id in taken:
            message = f"the id {study.id!r} is taken; give each study one of its own"
            yield Fault(("study", index, "id"), message)
        taken.add(study.id)
