"""Where layers are made, and by whom."""

from __future__ import annotations

import sys
import weakref
from collections.abc import Collection
from types import FrameType

from torch import nn

from lrquiz.recorder.watch.state import Watch

Chain = tuple[tuple[int, weakref.ref[nn.Module]], ...]
"""the methods that were running as a layer was made: their lines and modules, innermost first"""


def built_at(watch: Watch) -> tuple[dict[str, float], Chain]:
    """Return where a layer is made: in methods of modules, and where the outermost is made."""
    frame: FrameType | None = sys._getframe(1)  # noqa: SLF001 - the way to one's callers
    found: dict[str, float] = {}
    chain: list[tuple[int, weakref.ref[nn.Module]]] = []
    outside = False
    while frame is not None:
        if frame.f_code.co_filename == watch.filename:
            line, owner = frame.f_lineno, _module_of(frame)
            found.setdefault("built_at", float(line))
            if chain and owner is None and not outside:
                found["built_at"], outside = float(line), True
            if owner is not None:
                found.setdefault("layer_at", float(line))
                chain.append((line, weakref.ref(owner)))
        frame = frame.f_back
    return found, tuple(chain)


def unlinked_at(chain: Chain, reachable: Collection[int]) -> dict[str, float]:
    """Return as `layer_at` where a layer would have been linked to the model, if that is known.

    It is the innermost method of a module that can be reached from the model, by the ids of these:
    what is made there has to be registered there.
    """
    for line, owner in chain:
        if id(owner()) in reachable:
            return {"layer_at": float(line)}
    return {}


def _module_of(frame: FrameType) -> nn.Module | None:
    """Return the module that a frame is a method of, by its first argument."""
    code = frame.f_code
    owner = frame.f_locals.get(code.co_varnames[0]) if code.co_argcount else None
    return owner if isinstance(owner, nn.Module) else None
