"""Where layers are made, and by whom."""

from __future__ import annotations

import sys
from types import FrameType

from torch import nn

from lrquiz.recorder.watch.state import Watch


def built_at(watch: Watch) -> dict[str, float]:
    """Return where a layer is made: in a method of a module, and where that module is made."""
    frame: FrameType | None = sys._getframe(1)  # noqa: SLF001 - the way to one's callers
    found: dict[str, float] = {}
    while frame is not None:
        if frame.f_code.co_filename == watch.filename:
            line, own = float(frame.f_lineno), _is_of_module(frame)
            if "layer_at" in found and not own:
                return found | {"built_at": line}
            found.setdefault("built_at", line)
            if own:
                found.setdefault("layer_at", line)
        frame = frame.f_back
    return found


def _is_of_module(frame: FrameType) -> bool:
    """Say whether a frame is a method of a module, by its first argument."""
    code = frame.f_code
    owner = frame.f_locals.get(code.co_varnames[0]) if code.co_argcount else None
    return isinstance(owner, nn.Module)
