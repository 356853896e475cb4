"""`lrquiz generate --pipeline`: pages that show one training from its data to a prediction."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from lrquiz.cli.common import (
    laboratory,
    people,
    print_json,
    proof_store,
    require_permissions,
)
from lrquiz.cli.drawing import Origins, Wanted, lock_first, locked_bank

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from lrquiz.experiments.laboratory import Laboratory
    from lrquiz.experiments.recorded_runs import RunRecorder
    from lrquiz.model.item import Item, Variant
    from lrquiz.model.pipeline import Pipeline
    from lrquiz.model.pipeline_page import PipelinePage
    from lrquiz.model.verdict import VerifiedVariant

ALL = "all"


def generate_pages(wanted: Wanted, name: str, *, as_json: bool) -> int:
    """Write the page of the named pipeline, or of all of them.

    Raises:
        PipelineError: there is no such pipeline, or it does not hold.
    """
    if wanted.only_locked or wanted.blueprint:
        message = (
            "a pipeline page shows a recorded run, which no lock holds, and names its own items; "
            "leave --locked and --blueprint out"
        )
        raise click.UsageError(message)
    origins = Origins()
    pages = _write_pages(wanted, [] if name == ALL else [name], origins)
    if as_json:
        values = {
            "pages": [str(page) for page in pages],
            "trials": {"trained": origins.trials.trained, "kept": origins.trials.kept},
            "variants": {"from_lock": origins.from_lock, "proved_now": origins.proved_now},
        }
        print_json("lrquiz/pipelines", values)
    else:
        console = people()
        console.print(f"{len(pages)} pages, every item's key and every statement proved.")
        console.print(f"{origins.trials}")
        for page in pages:
            console.print(f"students' page: {page}")
            console.print(f"with keys, for you: {page.with_suffix('.json')}")
    return 0


def _write_pages(wanted: Wanted, names: Sequence[str], origins: Origins) -> list[Path]:
    from lrquiz.bank.bank import load_bank
    from lrquiz.bank.pipelines import load_pipelines
    from lrquiz.quiz.pipeline import write_pipeline
    from lrquiz.report.write import write_pipeline_page
    from lrquiz.resources.files import make_folder

    bank = load_bank(wanted.bank, allow_local=wanted.allow_local)
    ids = {path.stem for path in bank.broken} | {item.id for item in bank.items}
    pipelines = load_pipelines(wanted.bank, ids, allow_local=wanted.allow_local).select(names)
    make_folder(wanted.out)
    written = []
    with _workshop(wanted, origins) as workshop:
        for pipeline in pipelines:
            page = workshop.page(pipeline, bank.select(pipeline.items))
            write_pipeline(page, wanted.out / f"{pipeline.id}.json")
            written.append(wanted.out / f"{pipeline.id}.html")
            write_pipeline_page(page, written[-1])
    return written


@dataclass(frozen=True, slots=True)
class _Workshop:
    """What makes pages: one laboratory for runs, comparisons and items."""

    seed: int
    laboratory: Laboratory
    recorder: RunRecorder
    prove: Callable[[Variant], VerifiedVariant]

    def page(self, pipeline: Pipeline, items: Sequence[Item]) -> PipelinePage:
        """Return the page of one pipeline."""
        from lrquiz.quiz import generate_quiz
        from lrquiz.quiz.pipeline import assemble, blueprint_of
        from lrquiz.verify.pipelines import compare

        run = self.recorder.recorded(pipeline.experiment, pipeline.arm, pipeline.seed)
        compared = compare(pipeline, self.laboratory)
        quiz = generate_quiz(items, blueprint_of(pipeline), self.seed, self.prove)
        return assemble(pipeline, run, compared, quiz)


@contextmanager
def _workshop(wanted: Wanted, origins: Origins) -> Iterator[_Workshop]:
    from lrquiz.evidence.store import default_limit, default_store
    from lrquiz.experiments.recorded_runs import RunRecorder
    from lrquiz.resources.cache import ContentCache
    from lrquiz.verify import verify_variant

    proofs = proof_store(origins.trials)
    with laboratory(origins.trials, allow_local=wanted.allow_local) as opened:

        def prove_now(variant: Variant) -> VerifiedVariant:
            require_permissions([variant.item], allow_local=wanted.allow_local)
            return verify_variant(variant, opened, proofs=proofs)

        cache = ContentCache(default_store(), default_limit())
        recorder = RunRecorder(opened, cache, wanted.allow_local)
        prove = lock_first(locked_bank(wanted), origins, prove_now)
        yield _Workshop(wanted.seed, opened, recorder, prove)
