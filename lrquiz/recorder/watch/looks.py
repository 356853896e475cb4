"""When to look closely: often at first, then ever more seldom, by how many steps were taken."""

from __future__ import annotations

_ALL, _EARLY = 20, 200
"""steps that are all looked at closely, and after which looks become seldom"""
_EARLY_EVERY, _LATE_EVERY = 25, 101
"""odd, so that of two optimizers that take turns both are seen"""
_VERY_ALL = 8
_VERY_EARLY_EVERY, _VERY_LATE_EVERY = 50, 303
_GRAPHS = frozenset({4, 8, 16, 32, 64, 128, 256})


class Looks:
    """What is looked at in the present step.

    `close` means that norms are noted; `very_close`, that it is noted what losses are given, which
    takes longer than all the rest, and comes with a close look only. `graphs` means that sizes of
    graphs are measured.

    Args:
        detailed: whether to look at all.
    """

    __slots__ = ("_detailed", "close", "graphs", "very_close")

    def __init__(self, *, detailed: bool) -> None:
        self._detailed = detailed
        self.decide(0)

    def decide(self, done: int) -> None:
        """Set what is looked at after so many steps."""
        self.graphs = self._detailed and done in _GRAPHS
        if done < _EARLY:
            self.close = self._detailed and (done < _ALL or not done % _EARLY_EVERY)
            self.very_close = self._detailed and (done < _VERY_ALL or not done % _VERY_EARLY_EVERY)
        else:
            self.close = self._detailed and not done % _LATE_EVERY
            self.very_close = self._detailed and not done % _VERY_LATE_EVERY
