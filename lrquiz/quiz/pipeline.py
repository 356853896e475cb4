"""Put a pipeline's page together: its recorded run, its arms side by side, and proved items."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

import lrquiz
from lrquiz.bank.pipeline_texts import Facts, facts_of, filled_in
from lrquiz.errors import PipelineError
from lrquiz.model.blueprint import Blueprint, Pick
from lrquiz.model.pipeline import PARTS, Difference, Pipeline, Stage
from lrquiz.model.pipeline_page import PipelinePage
from lrquiz.model.quiz import Quiz
from lrquiz.model.recorded import RecordedRun
from lrquiz.quiz.study import shown_study, support_of
from lrquiz.resources.files import PRIVATE, write_bytes
from lrquiz.verify.pipelines import Comparison

_PAGE = TypeAdapter(PipelinePage)


def blueprint_of(pipeline: Pipeline) -> Blueprint:
    """Return the blueprint of the quiz that a page holds: its items, in their order."""
    picks = tuple(Pick(1, (item,), None, None) for item in pipeline.items)
    return Blueprint(pipeline.title, picks)


def assemble(
    pipeline: Pipeline, run: RecordedRun, compared: Mapping[str, Comparison], quiz: Quiz
) -> PipelinePage:
    """Return a pipeline's page with every text filled in.

    Args:
        pipeline: as its file gives it.
        run: its recorded run.
        compared: what runs over many seeds show, by study.
        quiz: the page's items.

    Raises:
        PipelineError: a text speaks of what this run did not show.
    """
    facts = facts_of(pipeline, run, {name: each.ends for name, each in compared.items()})
    try:
        return _filled(pipeline, run, compared, quiz, facts)
    except ValueError as error:
        message = f"{pipeline.path}: a text does not fit the recorded run: {error}"
        raise PipelineError(message) from error


def _filled(
    pipeline: Pipeline,
    run: RecordedRun,
    compared: Mapping[str, Comparison],
    quiz: Quiz,
    facts: Facts,
) -> PipelinePage:
    def text(source: str) -> str:
        return filled_in(source, facts)

    return PipelinePage(
        id=pipeline.id,
        title=pipeline.title,
        summary=text(pipeline.summary),
        source=pipeline.source,
        recipe=str(pipeline.experiment.recipe),
        arm=pipeline.arm,
        seed=pipeline.seed,
        stages=tuple(replace(each, text=text(each.text)) for each in _stages(pipeline, run)),
        run=run,
        studies=tuple(shown_study(each, compared[each.id], facts) for each in pipeline.studies),
        insight=text(pipeline.insight),
        support=tuple(
            evidence
            for each in pipeline.studies
            for evidence in support_of(each, compared[each.id], facts)
        ),
        differences=tuple(
            Difference(text(each.page), text(each.here)) for each in pipeline.differences
        ),
        quiz=quiz,
        versions={"lrquiz": lrquiz.__version__, "torch": run.torch_version},
    )


def _stages(pipeline: Pipeline, run: RecordedRun) -> tuple[Stage, ...]:
    for each in pipeline.stages:
        if each.shows not in PARTS and run.step(each.shows) is None:
            shown = ", ".join([step.name for step in run.data] + [*PARTS])
            message = f"stage {each.name!r} shows {each.shows}; the recipe shows: {shown}"
            raise ValueError(message)
    return pipeline.stages


def write_pipeline(page: PipelinePage, path: Path) -> None:
    """Write a page's data, keys included, for its owner's eyes only.

    Raises:
        OutputError: the file cannot be written.
    """
    write_bytes(path, _PAGE.dump_json(page, indent=1) + b"\n", PRIVATE)


def read_pipeline(path: Path) -> PipelinePage:
    """Read what `write_pipeline` wrote.

    Raises:
        PipelineError: it cannot be read, or is of another version.
    """
    try:
        page = _PAGE.validate_json(path.read_bytes())
    except OSError as error:
        message = f"{path}: cannot be read: {(error.strerror or str(error)).lower()}"
        raise PipelineError(message) from error
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"]))
        message = f"{path}: not a page of this version: {place} {first['msg'].lower()}"
        raise PipelineError(message) from error
    if (page.schema, page.version) != ("lrquiz/pipeline", 2):
        message = f"{path}: {page.schema} version {page.version} is not lrquiz/pipeline version 2"
        raise PipelineError(message)
    return page
