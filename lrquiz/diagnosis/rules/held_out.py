"""A mistake with held-out data: the rows that are evaluated are trained on."""

from __future__ import annotations

from lrquiz.diagnosis.calls import Call, calls_of, switches
from lrquiz.diagnosis.facts import SETTLED, Facts, line_of
from lrquiz.diagnosis.finding import Finding, finding
from lrquiz.model.trace import Event, Thing

_NEARLY_ALL = 0.9


def evaluation_rows_are_trained_on(facts: Facts) -> Finding | None:
    """D5: the rows that are evaluated are trained on.

    Either a loader is both trained on and evaluated, unshuffled, while a larger shuffled one was
    made and never used. Or one loop trains in training mode and another in evaluation mode, or on
    a smaller loader that is not shuffled, by turns. Attacks and saliency take no step.
    """
    return _unused_loader(facts) or _second_loop(facts) or _second_loader(facts)


def _unused_loader(facts: Facts) -> Finding | None:
    loaders, used = facts.things("loader"), {each.of for each in facts.of_kind("loader")}
    idle = [each for n, each in loaders.items() if n not in used and _is_shuffled(each)]
    both = _trained_and_evaluated(facts)
    for number in both:
        own = loaders[number]
        rows = own.numbers.get("rows", 0.0)
        if not _is_shuffled(own) and any(each.numbers.get("rows", 0.0) > rows for each in idle):
            passes = [each for each in facts.of_kind("loader") if each.of == number]
            return finding(
                "D5",
                "The evaluation loader is trained on",
                passes[0].line,
                evidence=f"the loader of line {own.line} ({rows:g} rows, not shuffled) was both "
                f"trained on and evaluated; the one of line {idle[0].line} "
                f"({idle[0].numbers.get('rows', 0.0):g} rows) was never used",
                why="What is measured on rows that were trained on says nothing of new rows.",
                change="Train on the other loader.",
                rows=rows,
            )
    return None


def _trained_and_evaluated(facts: Facts) -> list[int]:
    """Return the loaders some passes of which were trained on, and some of which were not."""
    passes: list[tuple[int, list[Event]]] = []
    for event in facts.trace.events:
        if event.kind == "loader":
            passes.append((event.of, []))
        elif passes and event.kind in {"backward", "module"}:
            passes[-1][1].append(event)
    trained = {of for of, held in passes if any(each.kind == "backward" for each in held)}
    others = {of for of, held in passes if held and all(each.kind == "module" for each in held)}
    return sorted((trained & others) - {0})


def _second_loop(facts: Facts) -> Finding | None:
    trained = [each for each in calls_of(facts) if each.trained]
    lines = {mode: {e.event.line for e in trained if e.training is mode} for mode in (True, False)}
    turns = switches([each.training for each in trained])
    wrong = [each for each in trained if not each.training]
    if turns < SETTLED or lines[True] & lines[False] or not _are_stepped(facts, wrong):
        return None
    return _evaluation_trains(facts, wrong, len(trained) - len(wrong), "in evaluation mode")


def _second_loader(facts: Facts) -> Finding | None:
    """Return the finding where a plain, smaller loader is trained on by turns with a shuffled one.

    Each by lines of its own, and all of both: one of them was copied from the other.
    """
    trained = [each for each in calls_of(facts) if each.trained]
    loaders = facts.things("loader")
    of = [_loader_before(facts, each) for each in trained]
    used = sorted(set(of) - {0}, key=lambda n: not _is_shuffled(loaders[n]))
    if len(used) != 2 or switches(list(of)) < SETTLED:
        return None
    first, second = (loaders[number] for number in used)
    smaller = second.numbers.get("rows", 0.0) < first.numbers.get("rows", 0.0)
    wrong = [each for each, number in zip(trained, of, strict=True) if number == used[1]]
    right = [each for each, number in zip(trained, of, strict=True) if number == used[0]]
    lines = [{each.event.line for each in calls} for calls in (right, wrong)]
    plain = _is_shuffled(first) and not _is_shuffled(second)
    if not plain or not smaller or lines[0] & lines[1] or not _are_stepped(facts, wrong):
        return None
    return _evaluation_trains(facts, wrong, len(trained) - len(wrong), "of a plain second loader")


def _loader_before(facts: Facts, call: Call) -> int:
    """Return the loader whose pass began last before a call."""
    return facts.loader_at[call.place]


def _evaluation_trains(facts: Facts, wrong: list[Call], trained: int, which: str) -> Finding:
    return finding(
        "D5",
        "The evaluation trains too",
        line_of(_backwards_after(facts, wrong)),
        evidence=f"{len(wrong)} batches {which} were followed by backward() and step(), by turns "
        f"with {trained} others",
        why="The rows that are evaluated change the weights, so they are held out no longer.",
        change="Evaluate under torch.no_grad(), without backward() and step().",
        evaluated=len(wrong),
        trained=trained,
    )


def _are_stepped(facts: Facts, calls: list[Call]) -> bool:
    """Say whether nearly each of these calls was followed by a step before the next call."""
    stepped = sum(_next_kind(facts, each, ("step", "module")) == "step" for each in calls)
    return bool(calls) and stepped >= _NEARLY_ALL * len(calls)


def _next_kind(facts: Facts, call: Call, kinds: tuple[str, ...]) -> str:
    for event in facts.trace.events[call.place + 1 :]:
        if event.kind in kinds:
            return event.kind
    return ""


def _backwards_after(facts: Facts, calls: list[Call]) -> list[Event]:
    events = facts.trace.events
    after = [[e for e in events[c.place : c.place + 8] if e.kind == "backward"] for c in calls[:50]]
    return [found[0] for found in after if found]


def _is_shuffled(loader: Thing) -> bool:
    return bool(loader.numbers.get("shuffled"))
