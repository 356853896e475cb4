"""Models: which modules are called by the program itself, and what they consist of."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn.modules.batchnorm import _BatchNorm
from torch.nn.modules.dropout import _DropoutNd

from lrquiz.model.trace import Thing
from lrquiz.recorder.watch.parameters import enter_module
from lrquiz.recorder.watch.quiet import quietly
from lrquiz.recorder.watch.settings import typo_in
from lrquiz.recorder.watch.state import Watch

SENSITIVE = (_BatchNorm, _DropoutNd)
"""modules that do something else in training than in evaluation"""


def module_number(watch: Watch, module: object) -> int:
    """Return the number of a module; it gets one when it is first seen."""
    if not watch.detailed or not isinstance(module, nn.Module):
        return 0
    known = watch.number_of(module)
    if known:
        return known
    parts = enter_module(watch, module)
    words = next(filter(None, map(typo_in, module.modules())), {})
    sensitive = sensitive_parts(module)
    norms = sum(isinstance(each, _BatchNorm) for each in sensitive)
    numbers = {"sensitive": float(len(sensitive)), "norms": float(norms)}
    name = type(module).__name__
    return watch.enter(module, Thing("module", name, watch.line(), numbers, words, parts))


def sensitive_parts(module: nn.Module) -> list[nn.Module]:
    """Return the parts of a module whose mode matters."""
    return [
        each
        for each in module.modules()
        if isinstance(each, SENSITIVE) and not (isinstance(each, _DropoutNd) and each.p == 0)
    ]


@quietly
def note_use(watch: Watch, module: nn.Module, arguments: tuple[object, ...], root: float) -> None:
    """Note how a layer is called in a forward whose result can be trained, the first time.

    Args:
        watch: receives it.
        module: of any depth; only parameters of its own count.
        arguments: what it is called with.
        root: 1.0 where gradients were on as the whole model was called.
    """
    for parameter in module._parameters.values():  # noqa: SLF001 - of its own, not of its parts
        number = 0 if parameter is None else watch.number_of(parameter)
        if not root or not number or "used" in watch.at_end.get(number, ()):
            continue
        given = [each.requires_grad for each in arguments if isinstance(each, Tensor)]
        numbers = {
            "used": 1.0 + sum("used" in each for each in watch.at_end.values()),
            "used_at": float(watch.line() or 0),
            "used_with_grad": float(torch.is_grad_enabled()),
            "input_grad": float(any(given)),
        }
        watch.say_at_end(number, numbers)
