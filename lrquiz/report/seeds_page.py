"""The seed pages as Markdown: what each statement says, what was measured, what became of it.

A pure function of the bank's files: the figures are those of its lock.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from lrquiz.bank.pipeline_texts import settings_of
from lrquiz.bank.seeds import SeedRow
from lrquiz.bank.stem import render_text
from lrquiz.model.item import Item, Premise
from lrquiz.model.pipeline import Pipeline, Study
from lrquiz.report.locked_text import locked_lines, one_line
from lrquiz.verify.lock.entries import Lock

_INTRODUCTION = """\
# What the seed pages say, and what runs show

<!-- Written by: lrquiz bank seeds --out docs/seeds.md -->

lrquiz grew from five pages of a learning site. Below is each of their statements, in short, with
what became of it. The figures are those of the bank's lock: "64 of 64" is in how many trials a
claim held, a trial being one training run with a seed of its own; what knows no chance has one
trial. An option is a key because its claim is supported and for no other reason; a claim that says
"may" has to hold sometimes only. Numbers under "The page says" are the page's own, and no run of
ours stands behind them.

Runs that refute an option are counter-examples in the setting of its item, not general laws."""

_OF_PIPELINES = """\
Table and plot of such a page come from one recorded run, whose figures stand on the page. It is
written only if runs over many seeds support all of its statements, which are:"""

_CONTRADICTIONS = "X"


def seeds_page(
    rows: Sequence[SeedRow],
    items: Mapping[str, Item],
    pipelines: Mapping[str, Pipeline],
    lock: Lock,
) -> str:
    """Return the document.

    Args:
        rows: what the pages say, in order; consecutive ones of a page share a heading.
        items: every item that they name, by id.
        pipelines: every pipeline that they name, by id.
        lock: of their bank.
    """
    parts = [_INTRODUCTION, _totals(rows)]
    for title, group in groupby(rows, _heading):
        parts.append(f"## {title}")
        for row in group:
            parts.append(f"### {row.id.replace('*', chr(92) + '*')}")
            parts.extend(_row(row, items, lock))
    parts.extend(_pages([pipelines[name] for name in _drawn(rows)]))
    return "\n\n".join(parts) + "\n"


def _heading(row: SeedRow) -> str:
    if row.id.startswith(_CONTRADICTIONS):
        return "Contradictions"
    return f"Page {row.id.partition('-')[0]}: `{', '.join(row.source)}`"


def _totals(rows: Sequence[SeedRow]) -> str:
    missing = [row.id for row in rows if row.open]
    still = f"; not yet rebuilt, in whole or in part: {', '.join(missing)}" if missing else ""
    return f"{len(rows)} rows{still}."


def _row(row: SeedRow, items: Mapping[str, Item], lock: Lock) -> Iterator[str]:
    where = f" ({', '.join(row.source)})" if row.id.startswith(_CONTRADICTIONS) else ""
    yield f"**The page says{where}:** {one_line(row.says)}"
    yield f"**What we made of it:** {one_line(row.made)}"
    if row.open:
        yield f"**Not yet rebuilt:** {one_line(row.open)}"
    if row.pipelines:
        links = ", ".join(f"[{name}](#pipeline-{name})" for name in row.pipelines)
        yield f"**Recorded runs:** {links}"
    if row.items:
        yield "\n".join(["**Measured:**", "", *(_item(items[name], lock) for name in row.items)])


def _item(item: Item, lock: Lock) -> str:
    kind = str(item.type).replace("_", " ")
    if item.id not in lock.items:
        return f"- `{item.id}` ({kind}) is not in the lock: what runs show of it cannot be told"
    lines = [f"- `{item.id}` ({kind})", *(f"  - {each}" for each in locked_lines(item, lock))]
    return "\n".join(lines)


def _drawn(rows: Sequence[SeedRow]) -> list[str]:
    return sorted({name for row in rows for name in row.pipelines})


def _pages(pipelines: Sequence[Pipeline]) -> Iterator[str]:
    """Yield what the pages of recorded runs state."""
    if pipelines:
        yield "## Recorded runs"
        yield _OF_PIPELINES
    for each in pipelines:
        yield f"### Pipeline {each.id}"
        yield f"{each.title}: `lrquiz generate --pipeline {each.id}`"
        yield "\n".join(f"- {line}" for line in dict.fromkeys(_stated(each)))


def _stated(pipeline: Pipeline) -> Iterator[str]:
    """Yield every statement of a pipeline's studies, in the order of its page."""
    for study in pipeline.studies:
        for premise in (*study.comparisons, *study.support):
            yield _statement(premise, study)


def _statement(premise: Premise, study: Study) -> str:
    """Return a statement with its settings filled in; one on what is measured stays as written."""
    try:
        return one_line(render_text(premise.says, settings_of(study.experiment)))
    except ValueError:
        return one_line(premise.says)
