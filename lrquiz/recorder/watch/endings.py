"""What became of modules and parameters by the end of a program."""

from __future__ import annotations

from dataclasses import replace

import torch
from torch import Tensor, nn

from lrquiz.model.trace import Thing
from lrquiz.recorder.watch.building import unlinked_at
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
    _note_links(watch)
    living = {number: thing for thing, number in watch.known() if isinstance(thing, Tensor)}
    for number, told in list(watch.builder.things.items()):
        if told.kind == "parameter":
            watch.builder.replace_thing(number, _ended(watch, living.get(number), number, told))
        elif number in watch.at_end:
            numbers = {**told.numbers, **watch.at_end[number]}
            watch.builder.replace_thing(number, replace(told, numbers=numbers))


def _note_links(watch: Watch) -> None:
    """Say of layers where they would have been linked to a model that the program calls."""
    called = watch.builder.numbers_of("module")
    models = [each for each, number in watch.known() if number in called]
    reachable = {id(part) for each in models for part in each.modules()}
    for number, chain in watch.chains.items():
        watch.say_at_end(number, unlinked_at(chain, reachable))


def _ended(watch: Watch, parameter: Tensor | None, number: int, told: Thing) -> Thing:
    said = watch.at_end.get(number, {})
    numbers = {**told.numbers, "arrivals": float(watch.arrivals.of(number)), "loaded": 0.0, **said}
    words = dict(told.words)
    if parameter is not None:
        numbers["requires_grad"] = float(parameter.requires_grad)
        words |= typo_in(parameter)
        numbers |= watch.starts.changed(number, parameter)
    return replace(told, numbers=numbers, words=words)
