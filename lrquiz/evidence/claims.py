"""Check a claim against what exists, and decide it on traces."""

from __future__ import annotations

import difflib
import inspect
import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from lrquiz.evidence.measures import Measure
from lrquiz.evidence.predicates import PREDICATES, Predicate, decide_local, find, unspeakable
from lrquiz.evidence.predicates.predicate import CLOCKS, RANGES
from lrquiz.model.item import Claim, Experiment, LocalCode, Quantifier
from lrquiz.model.trace import Trace

_WORDS_OF_A_QUOTE = 2
_NEGATION = re.compile(
    r"(\b(not|never|no|without|hardly)|n['\u2019]t)\b(\W+\w+){0,2}\W*$", re.IGNORECASE
)
"""a negation with at most two words between it and what it negates"""


NOTHING_DRAWN: Mapping[str, Trace] = MappingProxyType({})


def holds(
    claim: Claim, traces: Mapping[str, Trace], drawn: Mapping[str, Trace] = NOTHING_DRAWN
) -> bool:
    """Decide `claim` on one trace per arm.

    Args:
        claim: what to decide.
        traces: one of each arm, all of the same seed.
        drawn: the trace of each arm that is drawn, for predicates that compare with it.

    Raises:
        NotRecordedError: a trace lacks what the predicate needs.
        LocalCodeError: a bank's own predicate failed.
    """
    predicate = find(claim.predicate)
    arguments = dict(claim.parameters)
    for name in predicate.arms:
        arguments[name] = (drawn if name in predicate.drawn else traces)[arguments[name]]
    if isinstance(claim.predicate, LocalCode):
        return decide_local(claim.predicate, arguments)
    return predicate(**arguments)


def readings(claim: Claim) -> tuple[Claim, ...]:
    """Return the claim under every clock it leaves open; itself when it leaves none."""
    if not find(claim.predicate).takes_clock or "clock" in claim.parameters:
        return (claim,)
    return tuple(replace(claim, parameters={**claim.parameters, "clock": each}) for each in CLOCKS)


def arms_of(claim: Claim) -> tuple[str, ...]:
    """Return the arms that `claim` speaks of."""
    return tuple(str(claim.parameters[name]) for name in find(claim.predicate).arms)


def compares_with_drawn(claim: Claim) -> bool:
    """Say whether `claim` compares runs with trials that are drawn."""
    return bool(find(claim.predicate).drawn)


def in_words(claim: Claim) -> str:
    """Return what is measured: the predicate's summary with the claim's parameters filled in."""
    return filled_in(find(claim.predicate), claim.parameters)


def filled_in(called: Predicate | Measure, given: Mapping[str, Any]) -> str:
    """Return the summary of a predicate or a measure with these parameters filled in."""

    def value(name: re.Match[str]) -> str:
        default = called.parameters[name[1]].default
        return f"{given.get(name[1], default)}".replace("_", " ")

    return re.sub(r"`(\w+)`", value, called.summary)


def unspoken(claim: Claim, text: str) -> str:
    """Return what `text` lacks to say what `claim` claims; empty when it lacks nothing.

    A claim may quote the words it stands for (`says`), which must then be part of the text.
    Otherwise the text must use words that the predicate is known by, and not negated. Either way,
    claims that were exchanged between options no longer match their words.
    """
    if claim.says is not None:
        return _unquoted(claim.says, text)
    pattern = find(claim.predicate).pattern(claim.parameters)
    line = " ".join(text.split())
    for match in re.finditer(pattern, line, re.IGNORECASE):
        negated = _NEGATION.search(line[: match.start()])
        if bool(negated) is (claim.quantifier is Quantifier.NEVER):
            return ""
    return f'words of {claim.predicate} ("{in_words(claim)}")'


def _unquoted(quote: str, text: str) -> str:
    if len(quote.split()) < _WORDS_OF_A_QUOTE:
        return f'a quote of {_WORDS_OF_A_QUOTE} words at least, as "{quote}" should be'
    found = re.search(rf"(?<!\w){re.escape(quote)}(?!\w)", text, re.IGNORECASE)
    return "" if found else f'the quoted words "{quote}"'


def unsaid_numbers(claim: Claim, text: str) -> Iterator[str]:
    """Yield the epochs and shares of `claim` that `text` does not say, as numbers or per cent."""
    yield from unsaid(claim.parameters, text)


def unsaid(given: Mapping[str, Any], text: str) -> Iterator[str]:
    """Yield the epochs and shares among these parameters that `text` does not say."""
    for name in ("epoch", "epochs", "within", "value", "level", "rate"):
        number = given.get(name)
        if isinstance(number, int | float) and not _says_number(text, number, name):
            yield f"{name} {number:g}"


def _says_number(text: str, number: float, name: str) -> bool:
    forms = [re.escape(f"{number:g}"), re.escape(f"{number:.1f}")]
    if name == "value":
        forms.append(rf"{re.escape(f'{100 * number:g}')} ?(?:%|per ?cent)")
    if name == "within" and number == 1:
        forms += ["first", "immediately", "at once"]
    return bool(re.search(rf"(?<![\w.])(?:{'|'.join(forms)})(?!\w|\.\d)", text, re.IGNORECASE))


def faults(claim: Claim, experiment: Experiment, recorded: frozenset[str]) -> Iterator[str]:
    """Yield what is wrong with a claim, each as one sentence with what to write instead.

    Args:
        claim: as its file gives it.
        experiment: whose arms and epochs it may speak of.
        recorded: what the experiment's recipe records.
    """
    if isinstance(claim.predicate, str) and claim.predicate not in PREDICATES:
        yield f"there is no predicate {claim.predicate!r}{_hint(claim.predicate)}"
        return
    predicate = find(claim.predicate)
    wrong = list(_parameter_faults(claim.parameters, predicate))
    yield from faults_of_call(claim.parameters, predicate, experiment, recorded)
    if isinstance(claim.predicate, LocalCode) and not wrong:
        yield from filter(None, [unspeakable(predicate, claim.parameters)])


def faults_of_call(
    given: Mapping[str, Any],
    called: Predicate | Measure,
    experiment: Experiment,
    recorded: frozenset[str],
) -> Iterator[str]:
    """Yield what is wrong with these parameters of a predicate or a measure, one sentence each."""
    yield from _parameter_faults(given, called)
    arms = frozenset(experiment.arms)
    for name in called.arms:
        arm = given.get(name)
        if isinstance(arm, str) and arm not in arms:
            yield f"{name} = {arm!r} names no arm; the arms are {_listed(arms)}"
    yield from _epoch_faults(given, experiment.epochs)
    for what in sorted(called.needs - recorded):
        yield f"{called.name} needs {what}, which the recipe does not record"


def _parameter_faults(given: Mapping[str, Any], called: Predicate | Measure) -> Iterator[str]:
    known = called.parameters
    for name in given:
        if name not in known:
            yield f"{called.name} takes no {name!r}; it takes {_listed(frozenset(known))}"
    for name, parameter in known.items():
        if name in given:
            yield from _value_faults(called.name, parameter, given[name])
        elif parameter.default is inspect.Parameter.empty and name != "clock":
            yield f"{called.name} needs {name} = ..."


def _value_faults(name: str, parameter: inspect.Parameter, value: object) -> Iterator[str]:
    if parameter.name == "clock":
        if value not in CLOCKS:
            yield f"clock = {value!r} is unknown; write one of: {'; '.join(CLOCKS)}"
        return
    wanted = parameter.annotation
    accepted = {Trace: str, float: int | float, int: int, str: str}[wanted]
    if isinstance(value, bool) or not isinstance(value, accepted):
        texts = {Trace: "the name of an arm", str: "a text"}
        kind = texts.get(wanted) or f"a number ({wanted.__name__})"
        yield f"{name} takes {kind} as {parameter.name}, not {value!r}"
    elif isinstance(value, int | float):
        yield from _range_faults(name, parameter.name, value)


def _range_faults(predicate: str, name: str, value: float) -> Iterator[str]:
    lowest, highest = RANGES.get(name, (-math.inf, math.inf))
    if not math.isfinite(value):
        yield f"{predicate} takes a finite number as {name}, not {value!r}"
    elif not lowest <= value <= highest:
        yield f"{predicate} takes {name} from {lowest:g} to {highest:g}, not {value!r}"


def _epoch_faults(given: Mapping[str, Any], epochs: int) -> Iterator[str]:
    """An epoch that no run reaches would be found out only after training."""
    clock = given.get("clock")
    if clock is not None and clock not in CLOCKS:
        return  # told elsewhere
    first = {int(str(each).startswith("1-based")) for each in ([clock] if clock else CLOCKS)}
    for name, lowest, highest in (
        ("epoch", max(first), epochs - 1 + min(first)),
        ("within", 1, epochs),
        ("epochs", 1, epochs),
    ):
        value = given.get(name)
        if isinstance(value, int) and not lowest <= value <= highest:
            yield f"{name} = {value} is never trained; it can be {lowest} to {highest}"


def _hint(name: str) -> str:
    near = difflib.get_close_matches(name, PREDICATES, n=1)
    return (
        f"; did you mean {near[0]!r}?" if near else f"; there are: {_listed(frozenset(PREDICATES))}"
    )


def _listed(names: frozenset[str]) -> str:
    return ", ".join(sorted(names))
