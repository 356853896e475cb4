"""Models: which modules are called by the program itself, and what they consist of."""

from __future__ import annotations

from torch import nn
from torch.nn.modules.batchnorm import _BatchNorm
from torch.nn.modules.dropout import _DropoutNd

from lrquiz.model.trace import Thing
from lrquiz.recorder.watch.parameters import enter_module
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
    enter_module(watch, module)
    numbers = {"sensitive": float(len(sensitive_parts(module)))}
    name = type(module).__name__
    return watch.enter(module, Thing("module", name, watch.line(), numbers))


def sensitive_parts(module: nn.Module) -> list[nn.Module]:
    """Return the parts of a module whose mode matters."""
    return [
        each
        for each in module.modules()
        if isinstance(each, SENSITIVE) and not (isinstance(each, _DropoutNd) and each.p == 0)
    ]
