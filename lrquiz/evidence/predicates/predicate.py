"""What a predicate is: a documented function over traces that a claim may name."""

from __future__ import annotations

import inspect
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from lrquiz.model.trace import Trace

Words = str | Callable[[Mapping[str, Any]], str]
"""a regular expression, or a function from the claim's parameters to one"""

CLOCKS = (
    "0-based, start of epoch",
    "1-based, start of epoch",
    "0-based, end of epoch",
    "1-based, end of epoch",
)
"""how an epoch's number and moment may be read; "end" is after that epoch's scheduler step"""


RANGES = MappingProxyType(
    {
        "value": (0.0, 1.0),
        "share": (0.0, 1.0),
        "times": (0.0, math.inf),
        "at_least": (1, math.inf),
    }
)
"""smallest and largest value of parameters, by name; outside of it a predicate says nothing"""


@dataclass(frozen=True, slots=True)
class Predicate:
    """A named, documented statement about one or more traces."""

    function: Callable[..., bool]
    words: Words
    """what a text must contain to be said to speak of it, ignoring case"""
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

    @property
    def takes_clock(self) -> bool:
        """Whether it asks for an epoch, whose number and moment need a clock."""
        return "clock" in self.parameters

    def pattern(self, parameters: Mapping[str, Any]) -> str:
        """Return the regular expression that a text must match to speak of this predicate."""
        return self.words if isinstance(self.words, str) else self.words(parameters)

    def __call__(self, *arguments: object, **named: object) -> bool:
        """Decide the predicate on traces.

        Raises:
            NotRecordedError: a trace lacks what it needs.
        """
        return self.function(*arguments, **named)


def predicate(words: Words, *needs: str) -> Callable[[Callable[..., bool]], Predicate]:
    """Make a function over traces a predicate."""

    def make(function: Callable[..., bool]) -> Predicate:
        return Predicate(function, words, frozenset(needs))

    return make
