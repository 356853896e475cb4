"""Look without harm: what cannot be looked at stops no program that is watched."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Concatenate, ParamSpec, TypeAlias

from lrquiz.recorder.watch.state import Watch

_P = ParamSpec("_P")
_Look: TypeAlias = Callable[Concatenate[Watch, _P], None]


def quietly(look: Callable[Concatenate[Watch, _P], None]) -> _Look[_P]:
    """Return a function that looks, and where it cannot, notes a `fault` and goes on.

    Tensors may be batched by `vmap`, have no numbers yet, or be of the program's own making.
    """

    @functools.wraps(look)
    def looked(watch: Watch, /, *arguments: _P.args, **named: _P.kwargs) -> None:
        try:
            look(watch, *arguments, **named)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is our fault
            watch.fault(look.__name__, error)

    return looked
