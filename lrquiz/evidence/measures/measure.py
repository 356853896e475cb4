"""What a measure is: a documented function from traces to a number that an item may ask for."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from lrquiz.model.trace import Trace


@dataclass(frozen=True, slots=True)
class Measure:
    """A named, documented number of one or more traces."""

    function: Callable[..., float]
    words: str
    """regular expression that a stem must match to be said to ask for it, ignoring case"""
    needs: frozenset[str]
    """what every arm's trace must have recorded"""

    @property
    def name(self) -> str:
        """The name that item files use."""
        return self.function.__name__

    @property
    def summary(self) -> str:
        """The first line of its documentation."""
        return (inspect.getdoc(self.function) or "").partition("\n")[0]

    @property
    def parameters(self) -> Mapping[str, inspect.Parameter]:
        """Its parameters by name."""
        return inspect.signature(self.function, eval_str=True).parameters

    @property
    def arms(self) -> tuple[str, ...]:
        """Names of the parameters that are arms of an experiment."""
        return tuple(name for name, each in self.parameters.items() if each.annotation is Trace)

    def __call__(self, *arguments: object, **named: object) -> float:
        """Measure traces.

        Raises:
            NotRecordedError: a trace lacks what it needs.
        """
        return self.function(*arguments, **named)


def measure(words: str, *needs: str) -> Callable[[Callable[..., float]], Measure]:
    """Make a function over traces a measure."""

    def make(function: Callable[..., float]) -> Measure:
        return Measure(function, words, frozenset(needs))

    return make
