"""Mistakes with optimizers: never stepped, made anew in the loop, or set to do something else."""

from __future__ import annotations

import statistics

from lrquiz.diagnosis.facts import SETTLED, Facts, line_of
from lrquiz.diagnosis.finding import ADVICE, ERROR, Finding, finding
from lrquiz.model.trace import Thing

_SHORT, _LONGER = 2, 60
"""steps that a rebuilt optimizer lives: with the first its state is never used"""
_REBUILT = 5


def step_is_missing(facts: Facts) -> Finding | None:
    """O1: an optimizer's parameters got gradients, no optimizer stepped, and no weight moved.

    Loops that update the weights by hand move them; a program without any optimizer may only want
    to look at gradients. Weights that were loaded may differ, and averages that no optimizer holds.
    """
    backwards = facts.count("backward")
    waiting = facts.trained & facts.held
    if not waiting or facts.count("step") or any(_is_moved(facts, each) for each in waiting):
        return None
    if facts.count("scaler_step") or not facts.weights_known:
        return None
    return finding(
        "O1",
        "optimizer.step() is never called",
        line_of(facts.of_kind("backward")),
        evidence=f"backward() ran {backwards} times, optimizer.step() 0 times; no weight moved",
        why="backward() only computes gradients; step() is what changes the weights.",
        change="Call optimizer.step() after loss.backward().",
        backwards=backwards,
        steps=0,
    )


def _is_moved(facts: Facts, number: int) -> bool:
    """Say whether a parameter changed in another way than by being loaded."""
    return bool(facts.says(number, "changed")) and not facts.says(number, "loaded")


def one_is_never_stepped(facts: Facts) -> Finding | None:
    """O2: one optimizer's parameters got gradients and never moved, while another stepped.

    What wraps an optimizer that does step, or is moved by hand, is not still; a part that takes no
    part in the training gets no gradients.
    """
    stepped = {n for n in facts.optimizers if facts.steps_of(n)}
    moving = frozenset(part for n in stepped for part in facts.optimizers[n].parts)
    for number, thing in facts.optimizers.items():
        own = set(thing.parts) - moving
        still = own & facts.trained & facts.still
        most = max((facts.arrivals(each) for each in still), default=0)
        if stepped and number not in stepped and still == own and most >= SETTLED:
            return finding(
                "O2",
                "One optimizer is never stepped",
                _own_line(facts, number),
                evidence=f"the {thing.name} made in line {thing.line} holds {len(still)} "
                f"parameters that got gradients {most:g} times; its step() ran 0 times and none "
                "of them moved",
                why="Only step() changes weights; this part of the model stays as it began.",
                change="Call step() of this optimizer too.",
                gradients=most,
                parameters=len(still),
            )
    return None


def _own_line(facts: Facts, number: int) -> int | None:
    """Return where an optimizer was made; where others were made in that line, where they step.

    A line that makes all of them says nothing of the one.
    """
    made = facts.optimizers[number].line
    shared = sum(each.line == made for each in facts.optimizers.values()) > 1
    return line_of(facts.of_kind("step")) if shared else made


def rebuilt_in_the_loop(facts: Facts) -> Finding | None:
    """O7: the same parameters were given to one new optimizer after another.

    Plain SGD has no state to lose; folds and restarts bring new or reloaded weights; stages have
    rates of their own. It is an error where none lived for more than two steps.
    """
    found: dict[tuple[tuple[int, ...], str], list[int]] = {}
    for number, thing in facts.optimizers.items():
        if thing.parts and thing.numbers.get("has_state") and facts.steps_of(number):
            found.setdefault((thing.parts, thing.name), []).append(number)
    for (parts, _), numbers in found.items():
        lives = statistics.median(len(facts.steps_of(each)) for each in numbers)
        rates = {facts.optimizers[each].numbers.get("lr") for each in numbers}
        loaded = any(facts.says(each, "loaded") for each in parts)
        enough = len(numbers) >= (SETTLED if lives <= _SHORT else _REBUILT)
        if enough and lives <= _LONGER and len(rates) == 1 and not loaded:
            return _rebuilt(facts.optimizers[numbers[0]], len(numbers), lives)
    return None


def _rebuilt(thing: Thing, many: int, lives: float) -> Finding:
    return finding(
        "O7",
        "The optimizer is made anew in the loop",
        thing.line,
        evidence=f"{many} {thing.name} optimizers were made for the same parameters, and each "
        f"took {lives:g} steps",
        why="Momentum and running averages begin from nothing each time, so they are never used.",
        change="Make the optimizer once, before the loop.",
        severity=ERROR if lives <= _SHORT else ADVICE,
        optimizers=many,
        steps_each=lives,
    )


def group_key_is_unread(facts: Facts) -> Finding | None:
    """O8: a parameter group has a key that the optimizer does not read, and its default was used.

    Keys of one's own for other purposes do not read like a setting; torch adds some itself.
    """
    for thing in facts.optimizers.values():
        unread, meant = thing.words.get("unread"), thing.words.get("meant")
        if unread and meant:
            given, used = (thing.numbers.get(each, 0.0) for each in ("given", "used"))
            return finding(
                "O8",
                "A setting of a parameter group is not read",
                thing.line,
                evidence=f"a group has '{unread}' = {given:g}, which {thing.name} does not know; "
                f"'{meant}' stayed at its default, {used:g}",
                why="Unknown keys of a group are ignored without a word.",
                change=f"Write '{meant}' in place of '{unread}'.",
                given=given,
                used=used,
            )
    return None
