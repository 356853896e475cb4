"""Import torchvision, also where its compiled library does not fit the torch that is installed.

The registry's wheel of torchvision is linked against CUDA, so beside a CPU build of torch its
library does not load. Data sets and transforms need nothing of that library; but the import then
describes operators that torch has never heard of, and torch refuses. Declaring their signatures
first is all it takes. They stay without an implementation: calling one still fails, as it should.
"""

from __future__ import annotations

import importlib
import re

import torch

from lrquiz.errors import RecipeError

_REFUSED = re.compile(r"operator torchvision::\w+ does not exist")
_BOXES = "(Tensor dets, Tensor scores, float iou_threshold) -> Tensor"
_SIGNATURES = {"nms": _BOXES, "qnms": _BOXES}
"""operators that torchvision describes whether its library has loaded or not (qnms since 0.28)"""


def import_torchvision() -> tuple[str, ...]:
    """Import torchvision and return which operators had to be declared for that.

    There are none where torchvision's own library loads, or has been imported before: then this is
    the plain import and nothing else.

    Raises:
        RecipeError: torchvision and torch do not go together.
    """
    try:
        importlib.import_module("torchvision")
    except RuntimeError as error:
        if not _REFUSED.search(str(error)):
            raise _misfit(error) from error
    else:
        return ()
    declared = _declare_missing()
    try:
        importlib.import_module("torchvision")
    except RuntimeError as error:
        raise _misfit(error) from error
    return declared


def _declare_missing() -> tuple[str, ...]:
    # All at once: an import that failed half-way cannot describe the same operator a second time.
    missing = tuple(name for name in _SIGNATURES if not hasattr(torch.ops.torchvision, name))
    for name in missing:
        torch.library.define(f"torchvision::{name}", _SIGNATURES[name])
    return missing


def _misfit(error: RuntimeError) -> RecipeError:
    message = (
        f"torchvision cannot be imported beside torch {torch.__version__}: {error}; install the "
        "release of torchvision that belongs to this torch"
    )
    return RecipeError(message)
