"""What became of modules and parameters by the end of a program."""

from __future__ import annotations

from dataclasses import replace

import torch
from torch import Tensor, nn

from lrquiz.model.trace import Thing
from lrquiz.recorder.watch.parameters import enter_module
from lrquiz.recorder.watch.settings import typo_in
from lrquiz.recorder.watch.state import Watch


@torch.no_grad()
def note_ends(watch: Watch) -> None:
    """Say of every module and parameter what became of it."""
    for thing, number in watch.known():
        told = watch.builder.things.get(number)
        if told is not None and isinstance(thing, nn.Module):
            parts = (*told.parts, *enter_module(watch, thing))
            told = replace(told, parts=tuple(dict.fromkeys(parts)))
            watch.builder.replace_thing(number, told)
    living = {number: thing for thing, number in watch.known() if isinstance(thing, Tensor)}
    for number, told in list(watch.builder.things.items()):
        if told.kind == "parameter":
            watch.builder.replace_thing(number, _ended(watch, living.get(number), number, told))


def _ended(watch: Watch, parameter: Tensor | None, number: int, told: Thing) -> Thing:
    numbers = {
        **told.numbers,
        "arrivals": float(watch.arrivals.get(number, 0)),
        "loaded": float(number in watch.loaded),
        **watch.uses.get(number, {}),
    }
    words = dict(told.words)
    if parameter is not None:
        numbers["requires_grad"] = float(parameter.requires_grad)
        words |= typo_in(parameter)
    _, start = watch.start.get(number, (None, None))
    if parameter is not None and start is not None and start.shape == parameter.shape:
        numbers["changed"] = float(not torch.equal(parameter.detach(), start))
    return replace(told, numbers=numbers, words=words)
