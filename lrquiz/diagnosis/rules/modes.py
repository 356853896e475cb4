"""Mistakes with modes: training in evaluation mode, evaluating in training mode."""

from __future__ import annotations

from lrquiz.diagnosis.calls import Call, Look, calls_of, is_sensitive, looks
from lrquiz.diagnosis.facts import SETTLED, Facts, line_of
from lrquiz.diagnosis.finding import ADVICE, ERROR, Finding, finding
from lrquiz.model.trace import Event

_SHARE = 0.25
"""of the calls that are trained on, in evaluation mode"""


def training_in_evaluation_mode(facts: Facts) -> Finding | None:
    """M1: the model is trained in evaluation mode although it has dropout or batch norm.

    To the end, and where it was first left in that mode something was evaluated, so it was not
    meant for training; else it is advice. Frozen parts leave the root in training mode; attacks in
    evaluation mode come before training goes on; a second loop of its own that trains in
    evaluation mode is another mistake.
    """
    calls = calls_of(facts)
    trained = [each for each in calls if each.trained and is_sensitive(facts, each.event)]
    wrong = [each for each in trained if not each.training]
    if len(wrong) < max(SETTLED, _SHARE * len(trained)) or trained[-1].training:
        return None
    lines = {each.event.line for each in trained if each.training}
    if lines and not lines.intersection(each.event.line for each in wrong):
        return None
    switch = _switch_before(facts, wrong[0])
    left = switch is not None and _was_used(facts, calls, switch, wrong[0])
    return finding(
        "M1",
        "Training goes on in evaluation mode",
        line_of([switch] if switch else [each.event for each in wrong]),
        severity=ERROR if left else ADVICE,
        evidence=f"{len(wrong)} of {len(trained)} batches were trained on in evaluation mode, "
        f"from step {wrong[0].event.step + 1} on",
        why="In evaluation mode dropout is off and batch norm neither uses nor updates the "
        "batch's statistics.",
        change="Call model.train() at the beginning of each epoch's training.",
        wrong=len(wrong),
        trained=len(trained),
    )


def _switch_before(facts: Facts, call: Call) -> Event | None:
    """Return the last call of `eval` before a call of a model."""
    before = facts.trace.events[: call.place]
    found = [each for each in before if each.kind == "mode" and not each.numbers.get("training")]
    return found[-1] if found else None


def _was_used(facts: Facts, calls: tuple[Call, ...], switch: Event, wrong: Call) -> bool:
    """Say whether anything was evaluated between the switch and the first wrong call."""
    place = next(k for k, each in enumerate(facts.trace.events) if each is switch)
    return any(place < each.place < wrong.place and not each.trained for each in calls)


def validation_computes_gradients(facts: Facts) -> Finding | None:
    """M4, advice: in evaluation mode the model is only ever called with gradients on, for nothing.

    Where a `backward` follows, as for saliency and attacks, they are for something.
    """
    calls = [each for each in calls_of(facts) if not each.training]
    steps = {each.event.step for each in calls}
    if len(steps) < SETTLED or not all(each.grad and not each.trained for each in calls):
        return None
    trained = {each.event.line for each in calls_of(facts) if each.trained}
    apart = [each.event for each in calls if each.event.line not in trained]
    switches = filter(None, (_switch_before(facts, each) for each in calls))
    return finding(
        "M4",
        "Validation computes gradients",
        line_of(apart) or line_of(list(switches)),
        severity=ADVICE,
        evidence=f"the model was called {len(calls)} times in evaluation mode with gradients on, "
        "and no backward() followed",
        why="Each call builds a graph that nobody uses: it costs memory and time.",
        change="Put validation under torch.no_grad().",
        calls=len(calls),
    )


def evaluating_in_training_mode(facts: Facts) -> Finding | None:
    """M2: what is not trained on is evaluated with dropout on, or with batch norm learning.

    In several pauses of training, or in the last. Lawful are many samples of the same rows
    (Monte Carlo dropout), passes that only renew statistics before the model evaluates, models
    that no optimizer holds, and outputs that every step uses without gradients.
    """
    calls = calls_of(facts)
    found = looks(calls)
    wrong = [each for each in found if _is_wrong(facts, each) and not each.samples]
    used = {each.calls[-1].event.of for each in wrong}
    trained = sum(each.trained and each.event.of in used for each in calls)
    often = len(wrong) > trained / 2 and not _has_losses(facts, wrong)
    at_end = bool(wrong) and wrong[-1] is found[-1]
    if often or not wrong or (len(wrong) < 2 and not at_end):
        return None
    events = [each.event for look in wrong for each in look.calls if each.training]
    return finding(
        "M2",
        "Evaluation runs in training mode",
        line_of(events),
        evidence=f"{len(events)} calls that nothing was trained on, in {len(wrong)} pauses of "
        "training, ran in training mode",
        why="In training mode dropout disturbs what is measured, and batch norm takes the held-out "
        "rows into its statistics.",
        change="Call model.eval() before evaluating, and model.train() before training goes on.",
        calls=len(events),
        pauses=len(wrong),
    )


def _is_wrong(facts: Facts, look: Look) -> bool:
    """Say whether the last calls of a pause are in training mode, of a model where that matters."""
    last = look.calls[-1]
    return last.training and is_sensitive(facts, last.event)


def _has_losses(facts: Facts, wrong: list[Look]) -> bool:
    """Say whether a loss is computed without gradients in most of these pauses."""
    steps = {each.step for each in facts.of_kind("forward") if not each.numbers.get("grad")}
    return sum(each.step in steps for each in wrong) > len(wrong) / 2
