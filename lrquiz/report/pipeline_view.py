"""A pipeline page as plain data."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from lrquiz.model.pipeline_page import PipelinePage
from lrquiz.render import markdown
from lrquiz.report.quiz_view import ItemView, item_views
from lrquiz.report.run_view import RunView, run_view
from lrquiz.report.stage_view import StageView, stage_view
from lrquiz.report.study_view import StatementView, StudyView, in_words, statements, study_view
from lrquiz.resources.texts import said


@dataclass(frozen=True, slots=True)
class DifferenceView:
    """What another page said, and what is measured here."""

    page: Markup
    here: Markup


@dataclass(frozen=True, slots=True)
class PipelineView:
    """The whole page."""

    title: str
    summary: Markup
    origin: str
    source: str
    stages_name: str
    stages: tuple[StageView, ...]
    run: RunView
    studies: tuple[StudyView, ...]
    insight: Markup
    support: tuple[StatementView, ...]
    quiz: str
    """what a browser keeps progress with the items under"""
    items: tuple[ItemView, ...]
    differences: tuple[DifferenceView, ...]
    footer: str


def pipeline_view(page: PipelinePage) -> PipelineView:
    """Return what a pipeline page shows."""
    versions = ", ".join(f"{name} {each}" for name, each in page.versions.items())
    return PipelineView(
        title=page.title,
        summary=markdown.block(page.summary),
        origin=said(
            "Measured in one recorded run: recipe %(recipe)s, arm %(arm)s, seed %(seed)s.",
            recipe=page.recipe,
            arm=in_words(page.arm),
            seed=page.seed,
        ),
        source=page.source,
        stages_name=said("Data flow: %(count)s stages", count=len(page.stages))
        if page.run.data
        else said("%(count)s stages", count=len(page.stages)),
        stages=tuple(stage_view(stage, page.run) for stage in page.stages),
        run=run_view(page.run),
        studies=tuple(map(study_view, page.studies)),
        insight=markdown.block(page.insight),
        support=statements(page.support),
        quiz=page.quiz.id,
        items=item_views(page.quiz.items),
        differences=tuple(
            DifferenceView(markdown.inline(each.page), markdown.inline(each.here))
            for each in page.differences
        ),
        footer=said(
            "Pipeline %(id)s, items drawn with seed %(seed)s. Measured with %(versions)s.",
            id=page.id,
            seed=page.quiz.seed,
            versions=versions,
        ),
    )
