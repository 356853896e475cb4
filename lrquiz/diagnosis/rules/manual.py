"""A mistake of loops without an optimizer: updates that never reach the weights."""

from __future__ import annotations

from lrquiz.diagnosis.facts import Facts, line_of
from lrquiz.diagnosis.finding import Finding, finding

_MANY = 10
_SHARE = 0.8
_CRASHES = ("NoneType", "does not require grad", "doesn't require grad")


def update_misses_the_weights(facts: Facts) -> Finding | None:
    """O12: no optimizer, gradients for the same weights again and again, and none ever moved.

    By hand updated weights move; weights that are made anew in each step get one gradient each;
    a look at gradients of inputs reaches a new input each time. A rebound name ends a program as
    its second gradient is None.
    """
    backwards = facts.count("backward")
    if facts.optimizers or facts.weights_moved or not facts.weights_known:
        return None
    stopped = facts.trace.stopped or ""
    crashed = 1 <= backwards <= 3 and any(each in stopped for each in _CRASHES)
    steady = [n for n in facts.trained & facts.still if facts.arrivals(n) >= _SHARE * backwards]
    fresh = [n for n in facts.trained if facts.arrivals(n) == 1]
    if not (crashed and facts.trained) and (backwards < _MANY or not steady or fresh):
        return None
    return finding(
        "O12",
        "Updates by hand never reach the weights",
        line_of(facts.of_kind("backward")),
        evidence=f"backward() ran {backwards} times and wrote gradients to "
        f"{len(steady) or len(facts.trained)} weights; none of them ever moved",
        why="w = w - rate * w.grad makes a new tensor under the old name, and .clone() or a copy "
        "of .data is not the weight itself.",
        change="Change the weight in place: with torch.no_grad(): w -= rate * w.grad",
        backwards=backwards,
    )
