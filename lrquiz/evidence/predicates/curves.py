"""Predicates over curves as they are drawn: which of four does a run look like?

Four trials are recorded once and drawn side by side. Runs of other seeds are then compared with
them on the axes that a reader sees (see `lrquiz.evidence.scale`), so that what is decided is what
can be seen: two curves that lie on each other are told apart by nobody.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from lrquiz.evidence.predicates.predicate import Drawn, predicate
from lrquiz.evidence.scale import apart, common_scale
from lrquiz.model.trace import Column, Trace

_SEEN = 0.02
"""share of the axes' height, on the mean over epochs, that eyes can tell"""
_SENTENCE = (
    "With {arm} the %s curve [looks|may look] like the one drawn of {like}, and less like those of "
    "{other}, {another} and {last}"
)


@predicate(r"\bloss\b", "epoch.loss", sentence=_SENTENCE % "loss")
def loss_looks_like(arm: Trace, like: Drawn, other: Drawn, another: Drawn, last: Drawn) -> bool:
    """The loss of `arm` runs nearest to the curve of `like`, clearly nearer than to others.

    Distance is the mean difference in height on the axes that all four share. Nearer by 2 % of
    their height is clear; where any two of the four are closer than that to each other: false. An
    epoch that one curve has as a finite number of at most a million and the other has not, or did
    not reach, counts as the whole height.
    """
    return _looks_like(*(each.epoch("loss") for each in (arm, like, other, another, last)))


@predicate(r"\brates?\b", "epoch.lr", sentence=_SENTENCE % "learning rate")
def rate_looks_like(arm: Trace, like: Drawn, other: Drawn, another: Drawn, last: Drawn) -> bool:
    """The rate of `arm` runs nearest to the curve of `like`, clearly nearer than to others.

    The rate is that at the start of each epoch; the rest is as in `loss_looks_like`.
    """
    return _looks_like(*(each.epoch("lr") for each in (arm, like, other, another, last)))


def _looks_like(mine: Column, like: Column, *others: Column) -> bool:
    shown: Sequence[Column] = (like, *others)
    scale = common_scale(shown)
    if any(apart(*pair, scale) < _SEEN for pair in combinations(shown, 2)):
        return False
    nearest = apart(mine, like, scale)
    return all(apart(mine, each, scale) - nearest >= _SEEN for each in others)
