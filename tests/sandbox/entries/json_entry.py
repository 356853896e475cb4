"""An entry without torch, whose zygote starts in a moment: it echoes JSON, or does as told."""

from __future__ import annotations

import json
import os
import time


def echo(request: bytes) -> bytes:
    """Return the request, after checking that it is JSON."""
    told = json.loads(request)
    if "sleep" in told:
        time.sleep(told["sleep"])
    if "environment" in told:
        return json.dumps(dict(os.environ)).encode()
    if "text" in told:
        # Wrong on purpose: the box must not take it for a reply.
        return "no bytes"  # type: ignore[return-value]
    return request
