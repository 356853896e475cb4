"""Train as a broken loop would: with one of its calls doing nothing.

Only audits ask for this (`lrquiz.verify.audit`): they break an experiment behind its item's back
and require verification to notice.
"""

from __future__ import annotations

import weakref
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import torch
from torch import nn
from torch.optim import Optimizer, lr_scheduler

Method = Callable[..., Any]


@contextmanager
def dropped(call: str) -> Iterator[None]:
    """Make a call of the catalogue do nothing in this process while the context lasts.

    Args:
        call: `backward`, `step`, `zero_grad` or `scheduler_step`. A scheduler that is constructed
            still sets its first rate.

    Raises:
        ValueError: it is none of these.
    """
    with ExitStack() as stack:
        for owner, name, replacement in _replacements(call):
            stack.callback(setattr, owner, name, getattr(owner, name))
            setattr(owner, name, replacement)
        yield


def _replacements(call: str) -> list[tuple[Any, str, Method]]:
    """Return whose methods are replaced, by name, and by what."""
    match call:
        case "backward":
            return [(torch.Tensor, "backward", _nothing)]
        case "zero_grad":
            return [(owner, "zero_grad", _nothing) for owner in (Optimizer, nn.Module)]
        case "step":
            return [(each, "step", _nothing) for each in _having_step(torch.optim, Optimizer)]
        case "scheduler_step":
            base = lr_scheduler.LRScheduler
            owners = _having_step(lr_scheduler, base)
            return [(each, "step", _without_steps(each)) for each in owners]
        case _:
            message = f"{call!r} is no call that can be dropped from a plain loop"
            raise ValueError(message)


def _nothing(*_: object, **__: object) -> None:
    """Do nothing, whatever the call is given."""


def _having_step(module: Any, base: type) -> list[type]:  # noqa: ANN401 - a module of torch
    """Return the classes of `module` below `base`, itself included, that define `step`."""
    classes = [each for each in vars(module).values() if isinstance(each, type)]
    return [each for each in {base, *classes} if issubclass(each, base) and "step" in vars(each)]


def _without_steps(scheduler: type) -> Method:
    """Return a `step` that takes none, but for the one that construction may call."""
    if scheduler is lr_scheduler.ReduceLROnPlateau:  # it awaits a metric, so its first is no such
        return _nothing
    return _while_constructed(vars(scheduler)["step"])


def _while_constructed(step: Method) -> Method:
    """Return a `step` that works once for each scheduler: torch calls it during construction."""
    constructed: weakref.WeakSet[Any] = weakref.WeakSet()

    def first_only(scheduler: Any, *arguments: Any, **named: Any) -> None:  # noqa: ANN401
        if scheduler not in constructed:
            constructed.add(scheduler)
            step(scheduler, *arguments, **named)

    return first_only
