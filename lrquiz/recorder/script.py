"""Run a whole training script beside the recorder; see `serve`.

This is all of lrquiz that is in memory with the script. What it returns is what was recorded, also
of a script that fails, that asks for more time than there is, or that never trains.
"""

from __future__ import annotations

import builtins
import io
import json
import linecache
import os
import sys
import traceback
import types
from contextlib import suppress
from typing import Any

import torch
import torch._dynamo  # the first optimizer of a process imports it; paid once, before boxes fork

from lrquiz.model.trace_json import trace_to_json
from lrquiz.recorder.builder import TraceBuilder
from lrquiz.recorder.cutting import EnoughError, compiled, time_limit
from lrquiz.recorder.siblings import make_importable
from lrquiz.recorder.watch import recording
from lrquiz.recorder.watch.rates import scaled_rates

_FRAMES = 12
"""lines of a traceback that are told"""


def serve(request: bytes) -> bytes:
    """Run a script once, as `python SCRIPT ARGS` would.

    The request is JSON: `source`, `filename`, `modules` (sources by path that it may import),
    `arguments`, `stdin`, `seconds` (after which it is cut short), and `rate_factor` (every learning
    rate is multiplied by it). The reply holds the `trace`, how the script `ended` (`ok`, `error` or
    `cut`), the `error` as `TypeError: ...`, and its `traceback` within the script, as
    (line, function, code).
    """
    values = json.loads(request)
    torch.set_num_threads(1)
    os.environ["TORCHDYNAMO_DISABLE"] = "1"  # what is compiled calls no Python that can be watched
    filename = str(values["filename"])
    builder = TraceBuilder(planned_epochs=0)
    with recording(builder, filename), scaled_rates(float(values["rate_factor"])):
        make_importable(values.get("modules", {}), compiled)
        told = _run(values, filename)
    if told["error"] or told["ended"] == "cut":
        builder.stop_with(told["error"] or "EnoughError: its time was up")
    trace = trace_to_json(builder.build())
    return json.dumps({"trace": trace, **told}, allow_nan=False).encode()


def _run(values: dict[str, Any], filename: str) -> dict[str, Any]:
    """Run the script in a module of its own, and return how it ended."""
    source = str(values["source"])
    linecache.cache[filename] = (len(source), None, source.splitlines(keepends=True), filename)
    module = types.ModuleType("__main__")
    vars(module).update(__file__=filename, __builtins__=builtins)
    sys.modules["__main__"] = module
    sys.argv = [filename, *map(str, values["arguments"])]
    sys.stdin = io.StringIO(str(values["stdin"]))
    try:
        with time_limit(float(values["seconds"])):
            exec(compiled(source, filename), vars(module))  # noqa: S102 - we are in the box
    except EnoughError:
        return {"ended": "cut", "error": "", "traceback": []}
    except SystemExit as error:
        failed = error.code not in {None, 0}
        told = f"SystemExit: {error.code}" if failed else ""
        return {"ended": "error" if failed else "ok", "error": told, "traceback": []}
    except BaseException as error:  # noqa: BLE001 - whatever the script raises is told
        return _failed(error, filename)
    return {"ended": "ok", "error": "", "traceback": []}


def _failed(error: BaseException, filename: str) -> dict[str, Any]:
    frames = [
        [each.lineno, each.name, each.line]
        for each in traceback.extract_tb(error.__traceback__)
        if each.filename == filename
    ]
    if isinstance(error, SyntaxError) and error.filename == filename:
        frames = [[error.lineno or 1, "", (error.text or "").strip()]]
    said = ""
    with suppress(Exception):  # a script's own exception may fail to say anything
        said = str(error)
    told = f"{type(error).__name__}: {said}"[:1000]
    return {"ended": "error", "error": told, "traceback": frames[-_FRAMES:]}
