"""When to look closely: often at first, then ever more seldom, by how many steps were taken."""

from __future__ import annotations

from dataclasses import dataclass

_ALL, _EARLY = 12, 200
"""steps that are all looked at closely, and after which looks become seldom"""
_EARLY_EVERY, _LATE_EVERY = 25, 251
"""odd, so that of two optimizers that take turns both are seen"""
_VERY_ALL = 8
_VERY_EARLY_EVERY, _VERY_LATE_EVERY = 50, 753
_GRAPHS = frozenset({4, 8, 16, 32, 64, 128, 256})
_PAIRS_EARLY_EVERY, _PAIRS_LATE_EVERY = 8, 125


@dataclass(frozen=True, slots=True)
class Looks:
    """What is looked at in one step.

    `any` of the others is what code asks that runs in every step.
    """

    close: bool = False
    """norms are noted"""
    very_close: bool = False
    """it is noted what losses are given; takes longest, and comes with a close look only"""
    graphs: bool = False
    """sizes of graphs are measured"""
    pairs: bool = False
    """it is noted which targets come with which inputs"""
    any: bool = False


NO_LOOKS = Looks()


def looks_after(done: int) -> Looks:
    """Return what is looked at after so many steps."""
    if done < len(_FIRST):
        return _FIRST[done]
    if done % _LATE_EVERY and done % _PAIRS_LATE_EVERY:
        return NO_LOOKS
    return _decide(done)


def _decide(done: int) -> Looks:
    early = done < _EARLY
    close = done < _ALL or not done % (_EARLY_EVERY if early else _LATE_EVERY)
    very_close = done < _VERY_ALL or not done % (_VERY_EARLY_EVERY if early else _VERY_LATE_EVERY)
    graphs = done in _GRAPHS
    pairs = not done % (_PAIRS_EARLY_EVERY if early else _PAIRS_LATE_EVERY)
    return Looks(close, very_close, graphs, pairs, any=close or graphs or pairs)


_FIRST = tuple(map(_decide, range(max(_GRAPHS) + 1)))
"""what is looked at after few steps, by their number"""
