"""Penalties on weights that are added to the loss as numbers."""

from __future__ import annotations

from collections.abc import Sequence

from lrquiz.diagnosis.facts import SETTLED, Facts, line_of
from lrquiz.diagnosis.finding import Finding, finding

_SIZES = {
    "l1": "the sum of the weights' absolute values",
    "squares": "the sum of the weights' squares",
    "l1_matrices": "the sum of the absolute values of the weights, biases left out",
    "squares_matrices": "the sum of the squares of the weights, biases left out",
}
_VARIES, _STEADY = 1e-3, 0.1
"""of its size, what the number changes by at least; of that, what its share of the size does"""


def penalty_is_a_number(facts: Facts) -> Finding | None:
    """A2: what is added to the loss has no graph, and follows the size of the weights exactly.

    A number that is the same each time, or goes its own way (a teacher's entropy, say), is lawful.
    """
    looked = [each for each in facts.of_kind("backward") if "added" in each.numbers]
    for size, words in _SIZES.items():
        if len(looked) > SETTLED and _follows(
            [each.numbers["added"] for each in looked], [each.numbers[size] for each in looked]
        ):
            first, last = looked[0].numbers["added"], looked[-1].numbers["added"]
            return finding(
                "A2",
                "A penalty is a number, without a graph",
                line_of(looked),
                evidence=f"the number that was added to the loss went from {first:.4g} to "
                f"{last:.4g}, always the same share of {words}; it has no gradient",
                why=".item() or float() turns a term of the loss into a number, so the penalty "
                "shows in the loss and changes no weight.",
                change="Add the tensor itself, and call .item() only to print it.",
                first=first,
                last=last,
            )
    return None


def _follows(added: Sequence[float], sizes: Sequence[float]) -> bool:
    """Say whether numbers are not zero, vary, and are always the same share of other numbers."""
    if not all(added) or not all(sizes):
        return False
    shares = [one / size for one, size in zip(added, sizes, strict=True)]
    return _spread(added) > _VARIES and _spread(shares) < _STEADY * _spread(added)


def _spread(values: Sequence[float]) -> float:
    return (max(values) - min(values)) / abs(sum(values) / len(values))
