"""What the common exceptions of training code mean, and what to change."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class _Meaning:
    """What exceptions say, as a pattern, and what that means."""

    pattern: str
    says: str


_MEANINGS = (
    _Meaning(
        r"backward through the graph a second time",
        "backward() frees the graph of a loss once it has used it. A second backward() of the same "
        "loss, or of one that hangs on an earlier batch, finds none: call it once per loss, and "
        "detach what is carried from batch to batch.",
    ),
    _Meaning(
        r"does not require grad and does not have a grad_fn",
        "The loss hangs on no parameter. Something between the model and the loss cut the graph: "
        "no_grad(), detach(), .item(), .data, numpy or argmax.",
    ),
    _Meaning(
        r"mat1 and mat2 shapes cannot be multiplied",
        "The rows that reach a Linear layer are not as wide as its in_features. The first shape is "
        "that of the data, the second that of the layer.",
    ),
    _Meaning(
        r"size of tensor a .* must match the size of tensor b|must match the existing size",
        "Two tensors of shapes that do not fit meet. Print both shapes in the line before.",
    ),
    _Meaning(
        r"Expected input batch_size .* to match target batch_size",
        "There are not as many predictions as labels. A view, a reshape or a pooling has mixed the "
        "batch with another dimension.",
    ),
    _Meaning(
        r"Target -?\d+ is out of bounds|index out of range|out of bounds for dimension",
        "An index is larger than what it points into: a class label must be below the number of "
        "outputs, and an index of an embedding below its size. Both count from 0.",
    ),
    _Meaning(
        r"expected scalar type|must have the same dtype|Found dtype|dtype.*(?:Float|Double|Long)",
        "Two tensors have different types of numbers. Data from numpy are float64 and models "
        "float32: call .float() on inputs; class labels need .long().",
    ),
    _Meaning(
        r"modified by an inplace operation|leaf Variable that requires grad.*in-place",
        "A tensor that gradients need was changed in place. Write x = x + y in place of x += y, or "
        "put an update of weights under torch.no_grad().",
    ),
    _Meaning(
        r"optimizer got an empty parameter list",
        "The model has no parameters that PyTorch knows of. Layers in a plain list or dict are not "
        "seen: use nn.ModuleList or nn.ModuleDict.",
    ),
    _Meaning(
        r"Expected more than 1 value per channel when training",
        "Batch normalisation cannot train on a batch of one row. Use larger batches, or "
        "drop_last=True.",
    ),
    _Meaning(
        r"object has no attribute 'backward'",
        "backward() was called on a plain number. Call it on the loss tensor, before .item().",
    ),
    _Meaning(
        r"Attempting to unscale|unscale_\(\) has already been called",
        "GradScaler wants unscale_() once per step, after backward() and before step().",
    ),
    _Meaning(
        r"expected .* to be on the same device|CUDA|not compiled with CUDA|cuda",
        "The program asks for a GPU and there is none here. Choose the device by "
        "torch.cuda.is_available(), and move model and data to it alike.",
    ),
    _Meaning(
        r"^FileNotFoundError|No such file or directory",
        "The program reads a file that is not there. Give its folder with --data DIR: it is shown "
        "under its own name in the working directory.",
    ),
    _Meaning(
        r"^EOFError",
        "The program asks for input. Give it with --stdin FILE.",
    ),
    _Meaning(
        r"^ModuleNotFoundError|^ImportError",
        "An import failed. Modules beside the script travel along; of installed packages, the box "
        "has torch, numpy, safetensors, matplotlib and what these need.",
    ),
    _Meaning(
        r"^SyntaxError|^IndentationError|^TabError",
        "Python could not read the program, so nothing of it ran.",
    ),
    _Meaning(
        r"^SystemExit: 2$",
        "The program ended itself with exit code 2: most likely it wants other arguments. Give "
        "them after --.",
    ),
    _Meaning(
        r"Permission denied|Read-only file system",
        "The program writes where it may not. What it may write to is its working directory.",
    ),
)


def explanation(error: str) -> str:
    """Return what an exception, as `TypeError: its message`, means; empty where it is unknown."""
    found = (each.says for each in _MEANINGS if re.search(each.pattern, error))
    return next(found, "")
