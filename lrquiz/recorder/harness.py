"""Run one call of a student's training function beside the recorder; see `serve`.

This is all of lrquiz that is in memory with student code. It holds no reference, no expected value
and no key: what it returns is raw data, from which a trusted process recomputes everything that
carries points.
"""

from __future__ import annotations

import linecache
import random
import sys
import types
from typing import Any

import numpy as np
import torch
import torch._dynamo  # the first optimizer of a process imports it; paid once, before boxes fork
from torch import Tensor

from lrquiz.model.trace_json import trace_to_json
from lrquiz.recorder.builder import TraceBuilder
from lrquiz.recorder.frames import pack, unpack
from lrquiz.recorder.siblings import make_importable
from lrquiz.recorder.watch import recording, watching
from lrquiz.recorder.weights import Weights, classifier, copy_of, distance

FILENAME = "submission.py"


def serve(request: bytes, *, in_detail: bool = True) -> bytes:
    """Call the student's function once, on the given weights and batches.

    The request holds `source`, `modules` (sources by path that it may import), `function`,
    `layers`, `batch_size`, `arguments` and `seed`, the tensors `weights/<name>`, `inputs` and
    `targets`. The reply holds the `trace`, and the model's
    weights after the call as tensors. Whatever the student's code raises is let through.

    Args:
        request: one frame, see `lrquiz.recorder.frames`.
        in_detail: whether all that a diagnosis needs is recorded, or losses and steps alone. It is
            for who calls this to choose, so no request has it.
    """
    values, tensors = unpack(request)
    torch.set_num_threads(1)
    _seed(int(values["seed"]))
    start = {name[8:]: value for name, value in tensors.items() if name.startswith("weights/")}
    model = classifier(values["layers"])
    model.load_state_dict(start)
    batches = _batches(tensors, int(values["batch_size"]))
    builder = TraceBuilder(planned_epochs=int(values["arguments"].get("epochs", 1)))
    watched = recording if in_detail else watching
    with watched(builder, FILENAME):
        make_importable(values.get("modules", {}))
        function = _load(values["source"], values["function"])
        function(model, batches, **values["arguments"])
    end = copy_of(model)
    _summarise(builder, start, end, len(batches))
    return pack(
        {"trace": trace_to_json(builder.build())}, {k: v.contiguous() for k, v in end.items()}
    )


def _batches(tensors: dict[str, Tensor], size: int) -> list[tuple[Tensor, Tensor]]:
    return list(zip(tensors["inputs"].split(size), tensors["targets"].split(size), strict=True))


def _seed(seed: int) -> None:
    """Start every generator anew: a fork inherits its parent's states."""
    random.seed(seed)
    np.random.seed(seed % 2**32)  # noqa: NPY002 - the generator that student code would use
    torch.manual_seed(seed)


def _load(source: str, function: str) -> Any:  # noqa: ANN401 - whatever the student wrote
    """Run the submission as a module and return its function."""
    linecache.cache[FILENAME] = (len(source), None, source.splitlines(keepends=True), FILENAME)
    module = types.ModuleType("submission")
    module.__file__ = FILENAME
    sys.modules["submission"] = module
    exec(compile(source, FILENAME, "exec"), vars(module))  # noqa: S102 - we are inside the box
    found = getattr(module, function, None)
    if not callable(found):
        message = f"{FILENAME} defines no function {function}()"
        raise AttributeError(message)  # noqa: TRY004 - the name is what is wrong
    return found


def _summarise(builder: TraceBuilder, start: Weights, end: Weights, batches: int) -> None:
    """Add epoch columns: mean loss of each pass over the batches, and how far weights moved."""
    losses = builder.losses()
    for first in range(0, len(losses) - batches + 1, batches):
        builder.epoch(loss=sum(losses[first : first + batches]) / batches)
    if set(start) == set(end) and all(start[name].shape == end[name].shape for name in start):
        builder.epoch(weight_change=distance(start, end))
