"""What the laboratory trains: batches that the store keeps, cut into pieces for workers."""

from __future__ import annotations

import functools
import hashlib
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from itertools import chain
from pathlib import Path
from typing import Any

import lrquiz
from lrquiz.bank.finding import recipe_info
from lrquiz.evidence.store import digest
from lrquiz.experiments.worker import Trial
from lrquiz.model.item import Code, identity_of

_FEW = 8  # trials of one piece on the plain loop: enough for few messages, few enough for progress
_FEWEST_STACKED = 32  # fewer gain too little from being stacked


@functools.cache
def torch_version() -> str:
    """Return the version of torch that trains here, without importing it."""
    return version("torch")


@dataclass(frozen=True, slots=True)
class Batch:
    """One arm with some seeds: what the store keeps as one entry."""

    recipe: Code
    settings: Mapping[str, Any]
    seeds: tuple[int, ...]
    epochs: int
    key: str
    """the digest of everything its numbers depend on"""
    without: str = ""
    """a call that does nothing in the loop that trains it: evidence of a broken recipe"""

    @property
    def is_batched(self) -> bool:
        """Whether the batched engine trains it; only a plain loop can lack a call."""
        return recipe_info(self.recipe).batched and not self.without

    @property
    def trials(self) -> list[Trial]:
        """Its trials; one of them, drawn by the key, is trained on both engines."""
        sampled = int(self.key, 16) % len(self.seeds)
        return [
            Trial(self.settings, seed, is_sample=index == sampled)
            for index, seed in enumerate(self.seeds)
        ]


def make_batch(
    recipe: Code, settings: Mapping[str, Any], seeds: range, epochs: int, without: str = ""
) -> Batch:
    """Return the batch of one arm, its settings completed."""
    complete = recipe_info(recipe).complete(settings)
    inputs = {
        "recipe": identity_of(recipe),
        "settings": complete,
        "seeds": list(seeds),
        "epochs": epochs,
        "engine": "batched" if recipe_info(recipe).batched and not without else "plain",
        "without": without,
        "dtype": "float32",
        "torch": torch_version(),
        "code": recipe_info(recipe).code,
        "data": recipe_info(recipe).data,
        "sources": _sources(),
    }
    return Batch(recipe, complete, tuple(seeds), epochs, digest(inputs), without)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a trial belongs: in which batch, and at which index."""

    batch: Batch
    index: int
    trial: Trial


def pieces(batches: Sequence[Batch], workers: int) -> Iterator[list[Place]]:
    """Yield what a worker trains in one go, so that all workers have about as much to do.

    Trials of several arms share a stack, which changes no number (see `batched`). The plain loop
    gets few at a time, for progress.
    """
    for places in _alike(batches):
        batched = places[0].batch.is_batched
        size = max(_FEWEST_STACKED, math.ceil(len(places) / workers)) if batched else _FEW
        yield from (places[first : first + size] for first in range(0, len(places), size))


def _alike(batches: Sequence[Batch]) -> list[list[Place]]:
    """Return the places of all batches, those together that one stacked program can hold."""
    groups: dict[tuple[Any, ...], list[Place]] = {}
    for batch in batches:
        info = recipe_info(batch.recipe)
        shape = info.shape(batch.settings) if batch.is_batched else (batch.key,)
        group = groups.setdefault((batch.recipe, batch.epochs, *shape), [])
        group.extend(Place(batch, index, trial) for index, trial in enumerate(batch.trials))
    return list(groups.values())


@functools.cache
def _sources() -> str:
    """Return a digest of the code that experiments run."""
    folder = Path(lrquiz.__file__).parent
    contents = hashlib.sha256()
    packages = (sorted((folder / package).rglob("*.py")) for package in ("experiments", "recorder"))
    codes = (folder / "bank" / name for name in ("blanks.py", "loops.py"))
    for path in chain(codes, *packages):
        contents.update(path.relative_to(folder).as_posix().encode() + b"\0")
        contents.update(path.read_bytes() + b"\0")
    return contents.hexdigest()
