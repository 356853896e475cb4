"""Which way a loss goes by its form: whether to minimise it makes errors smaller or larger."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from torch import Tensor

from lrquiz.recorder.watch.origins import RESHAPES, kind_of

_MOST = 60
"""operations that are looked at, from the loss downwards"""
_ERRORS = (
    *("MseLoss", "SmoothL1Loss", "HuberLoss", "Abs", "NllLoss", "NllLoss2D", "SoftMarginLoss"),
    *("BinaryCrossEntropy", "BinaryCrossEntropyWithLogits"),
)
"""operations whose result is never negative, and smaller for a better model"""
_LIKELIHOODS = ("LogSoftmax", "LogSigmoid")
_THROUGH = (
    *RESHAPES,
    *("Mean", "Sum", "Logsumexp", "Gather", "Diagonal", "IndexSelect", "Unbind"),
)
"""operations whose result goes the way of what they are given"""
_HARMLESS = ("Log", "Softplus", "LogAddExp")
"""terms that may go either way, as the logarithm of a width does in a likelihood"""
_POSITIVE = ("Exp", "Softplus", "Sigmoid", "Pow", "Clamp", "ClampMin")
_EVEN = 2


def way_of(loss: Tensor) -> dict[str, float]:
    """Say which way errors go as a loss is minimised: 1 is down, -1 up, 0 that it cannot be told.

    Up means that squared errors get larger, or likelihoods smaller. As `way`, every term tells the
    same; as `partly`, some tell nothing, such as those that are weighted by rewards.
    """
    ways = set(_ways(loss.grad_fn)) - {0}
    told = [each for each in ways if each is not None]
    way = float(told[0]) if len(told) == 1 else 0.0
    return {"way": way if len(ways) == 1 else 0.0, "partly": way}


def _ways(node: Any) -> Iterator[int | None]:  # noqa: ANN401 - torch's nodes have no common type
    """Yield 1 for every error below a node, -1 where it is taken away, None for the unknown."""
    waiting, seen = [(node, 1)], 0
    while waiting:
        node, way = waiting.pop()
        seen += 1
        if node is None:
            continue
        kind = kind_of(node)
        found = _told(node, kind)
        if seen > _MOST or (found is None and not (below := _below(node, kind))):
            yield None
        elif found is not None:
            yield found * way
        else:
            waiting += [(each, way * sign) for each, sign in below]


def _told(node: Any, kind: str) -> int | None:  # noqa: ANN401
    """Return what an operation is by itself: an error, a likelihood (-1), or neither (0)."""
    if kind in _ERRORS or (kind == "Pow" and _exponent(node) == _EVEN):
        return 1
    if kind in _LIKELIHOODS or (kind == "Sub" and _is_normalised(node)):
        return -1
    return 0 if kind in _HARMLESS else None


def _is_normalised(difference: Any) -> bool:  # noqa: ANN401
    """Say whether scores are made logarithms of probabilities, by taking off their logsumexp."""
    below = [each for each, _ in difference.next_functions]
    return len(below) > 1 and below[1] is not None and kind_of(below[1]) == "Logsumexp"


def _below(node: Any, kind: str) -> list[tuple[Any, int]]:  # noqa: ANN401
    """Return what an operation passes on, each with its sign; nothing where that is not known."""
    below = [each for each, _ in node.next_functions]
    if kind in _THROUGH or kind == "Add":
        return [(each, 1) for each in below]
    if kind == "Neg":
        return [(below[0], -1)]
    if kind == "Sub":
        return [(each, sign) for each, sign in zip(below, (1, -1), strict=False)]
    if kind == "Rsub":
        return [(below[0], -1)]
    if kind in {"Mul", "Div"}:
        return _scaled(node, kind, below)
    return []


def _scaled(node: Any, kind: str, below: list[Any]) -> list[tuple[Any, int]]:  # noqa: ANN401
    """Return the factor that is no constant, with the sign of the other one, where it has one."""
    given = [i for i, each in enumerate(below) if each is not None]
    if kind == "Div" and len(given) > 1:
        positive = kind_of(below[1]) in _POSITIVE
        return [(below[0], 1)] if positive or _is_scale(below[1]) else []
    if len(given) != 1 or (kind == "Div" and given != [0]):
        return []
    name = "_saved_self" if given == [1] else "_saved_other"
    sign = _sign(node, name, divides=kind == "Div")
    return [(below[given[0]], sign)] if sign else []


def _is_scale(node: Any) -> bool:  # noqa: ANN401
    """Say whether a divisor is a positive multiple of something positive, such as 2 * s ** 2."""
    if kind_of(node) != "Mul":
        return False
    factors = [each for each, _ in node.next_functions if each is not None]
    kinds = set(map(kind_of, factors))
    return len(factors) == 1 and kinds <= set(_POSITIVE) and _sign(node, "_saved_other") > 0


def _sign(node: Any, name: str, *, divides: bool = False) -> int:  # noqa: ANN401
    """Return the sign of a constant of an operation; 0 where that is not known."""
    with suppress(RuntimeError, AttributeError, TypeError, ValueError):
        constant = getattr(node, name)
        if isinstance(constant, Tensor) and constant.numel() > 1:
            return int(_is_divisor(constant) if divides else _is_mask(constant))
        value = float(constant)
        return (value > 0) - (value < 0)
    return 0


def _is_divisor(values: Tensor) -> bool:
    return bool((values > 0).all())


def _is_mask(values: Tensor) -> bool:
    """Say whether all numbers are zeros and ones; other weights may be rewards or costs."""
    return bool(((values == 0) | (values == 1)).all())


def _exponent(node: Any) -> float:  # noqa: ANN401
    exponent = getattr(node, "_saved_exponent", 0.0)
    return float(exponent) if isinstance(exponent, int | float) else 0.0
