"""What a predicate is: a documented function over traces that a claim may name."""

from __future__ import annotations

import functools
import inspect
import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Annotated, Any

from lrquiz.model.trace import Trace

Words = str | Callable[[Mapping[str, Any]], str]
"""a regular expression, or a function from the claim's parameters to one"""
Sentence = str | Callable[[Mapping[str, Any]], str]
"""Text for an option, or a function from the claim's parameters to it.

`{arm}` stands for a parameter; `[falls|may fall]` for what is said of every run and of some.
"""

Drawn = Annotated[Trace, "drawn"]
"""A parameter that is the one trial of an arm that is drawn, whatever seed is looked at."""

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
        "factor": (0.0, math.inf),
        "rate": (0.0, math.inf),
        "at_least": (1, math.inf),
    }
)
"""smallest and largest value of parameters, by name; outside of it a predicate says nothing"""

CANDIDATES: Mapping[str, tuple[float | str, ...]] = MappingProxyType(
    {
        "value": (0.8, 0.9, 0.95, 1.0),
        "within": (1, 3, 10),
        "at_least": (2, 5),
        "times": (0.5, 1.0, 0.1, 0.0, 2.0, 0.25),
        "epoch": (1, 5, 10, 15),
        "clock": CLOCKS[:1],
        "level": (0.1, 0.5, 1.0),
        "factor": (10.0, 2.0, 1.0, 0.5, 0.1),
        "rate": (0.01, 0.001, 0.1),
        "error": ("TypeError", "NameError", "ValueError"),
    }
)
"""what is tried for a parameter where claims are looked for, the likelier in texts first"""

HARDER = MappingProxyType({"value": 1, "at_least": 1, "within": -1})
"""parameters whose larger value makes a claim harder (1) or easier (-1) to hold, by name"""

_ALTERNATIVES = re.compile(r"\[([^|\]]*)\|([^\]]*)\]")


@dataclass(frozen=True, slots=True)
class Predicate:
    """A named, documented statement about one or more traces."""

    function: Callable[..., bool]
    words: Words
    """what a text must contain to be said to speak of it, ignoring case"""
    needs: frozenset[str]
    """what every arm's trace must have recorded"""
    sentence: Sentence
    """what it says, as text for an option"""

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
        return _parameters(self.function)

    @property
    def arms(self) -> tuple[str, ...]:
        """Names of the parameters that are arms of an experiment."""
        traces = (Trace, Drawn)
        return tuple(name for name, each in self.parameters.items() if each.annotation in traces)

    @property
    def drawn(self) -> tuple[str, ...]:
        """Names of those of them that stand for the arm's drawn trial."""
        return tuple(name for name, each in self.parameters.items() if each.annotation == Drawn)

    @property
    def takes_clock(self) -> bool:
        """Whether it asks for an epoch, whose number and moment need a clock."""
        return "clock" in self.parameters

    def pattern(self, parameters: Mapping[str, Any]) -> str:
        """Return the regular expression that a text must match to speak of this predicate."""
        return self.words if isinstance(self.words, str) else self.words(parameters)

    def say(
        self, parameters: Mapping[str, Any], arms: Mapping[str, str], *, may: bool = False
    ) -> str:
        """Return the sentence for a claim's parameters, which ends without a full stop.

        Args:
            parameters: as the claim gives them; defaults are filled in.
            arms: what each arm is called in a text, by its name.
            may: say what can happen in place of what happens.
        """
        defaults = {name: each.default for name, each in self.parameters.items()}
        given = {**defaults, **parameters}
        template = self.sentence if isinstance(self.sentence, str) else self.sentence(given)
        chosen = _ALTERNATIVES.sub(lambda found: found[1 + may], template)
        words = {name: _in_a_text(name, value) for name, value in given.items()}
        words |= {name: arms[given[name]] for name in self.arms}
        return chosen.format(**words)

    def __call__(self, *arguments: object, **named: object) -> bool:
        """Decide the predicate on traces.

        Raises:
            NotRecordedError: a trace lacks what it needs.
        """
        return self.function(*arguments, **named)


def predicate(
    words: Words, *needs: str, sentence: Sentence
) -> Callable[[Callable[..., bool]], Predicate]:
    """Make a function over traces a predicate."""

    def make(function: Callable[..., bool]) -> Predicate:
        return Predicate(function, words, frozenset(needs), sentence)

    return make


@functools.cache
def _parameters(function: Callable[..., bool]) -> Mapping[str, inspect.Parameter]:
    return inspect.signature(function, eval_str=True).parameters


def often(count: int) -> str:
    """Return how often, in words."""
    return {1: "once", 2: "twice"}.get(count, f"{count} times")


def _in_a_text(name: str, value: object) -> str:
    """Return a number as texts give it: shares in per cent."""
    if not isinstance(value, int | float):
        return str(value)
    return f"{100 * value:g} %" if RANGES.get(name) == (0.0, 1.0) else f"{value:g}"
