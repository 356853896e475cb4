"""The digest of everything that a variant's proof depends on: equal digests, equal verdicts."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import lrquiz
from lrquiz.bank.finding import recipe_info
from lrquiz.evidence.bands import LOOKS
from lrquiz.evidence.store import digest
from lrquiz.experiments.laboratory import torch_version
from lrquiz.model.item import Claim, Variant, identity_of
from lrquiz.verify.measuring import measurements_of

PROVING = (
    "bank/blanks.py",
    "bank/loops.py",
    "experiments",
    "recorder",
    "evidence",
    "model/trace.py",
    "verify/proving.py",
    "verify/deciding.py",
    "verify/integrity.py",
    "verify/curves.py",
    "verify/measuring.py",
    "verify/ordering.py",
)
"""the code that makes a proof; rejections are not in it, since they are derived anew each time"""


def inputs_of(variant: Variant, looks: Sequence[int] = LOOKS) -> str:
    """Return the digest of what `prove` would depend on, and of what options are called.

    Ids of options are in it because counts say nothing without them; texts are no part of it.
    """
    experiment = variant.experiment
    info = recipe_info(experiment.recipe)
    return digest(
        {
            "recipe": identity_of(experiment.recipe),
            "deterministic": info.deterministic,
            "code": info.code,
            "arms": [[name, info.complete(settings)] for name, settings in experiment.arms.items()],
            "epochs": experiment.epochs,
            "looks": list(looks),
            "premises": [_claim(each.claim) for each in variant.premises],
            "options": [[each.id, _claim(each.claim)] for each in variant.options],
            **_ordered(variant),
            "measured": [[m.measure, dict(m.parameters)] for m in measurements_of(variant)],
            "torch": public_version(torch_version()),
            "data": info.data,
            "sources": proving_sources(),
        }
    )


def _ordered(variant: Variant) -> dict[str, str]:
    """Return what every order is compared with; nothing of an item that asks for none."""
    return {"order": variant.order.reference} if variant.order else {}


def public_version(version: str) -> str:
    """Return a version without its local part: `2.13.0` of `2.13.0+cpu`."""
    return version.partition("+")[0]


@functools.cache
def proving_sources() -> str:
    """Return the digest of the code that makes a proof."""
    folder = Path(lrquiz.__file__).parent
    contents = hashlib.sha256()
    for path in _files(folder):
        contents.update(path.relative_to(folder).as_posix().encode() + b"\0")
        contents.update(path.read_bytes() + b"\0")
    return contents.hexdigest()


def _files(folder: Path) -> Iterator[Path]:
    for name in PROVING:
        place = folder / name
        yield from sorted(place.rglob("*.py")) if place.is_dir() else (place,)


def _claim(claim: Claim) -> list[Any]:
    return [identity_of(claim.predicate), dict(claim.parameters), str(claim.quantifier)]
