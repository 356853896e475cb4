"""Mistakes with data: in order of class, paired wrongly, the wrong rows, mixed or unscaled rows."""

from __future__ import annotations

import statistics

from lrquiz.diagnosis.calls import Call, calls_of, switches
from lrquiz.diagnosis.facts import SETTLED, Facts, line_of
from lrquiz.diagnosis.finding import ADVICE, ERROR, Finding, finding
from lrquiz.diagnosis.rules.targets import data_of
from lrquiz.model.trace import Event, Thing

_PURE, _MOSTLY = 0.9, 0.8
_ROWS = 4
_AGAIN, _KNOWN, _RANDOM = 20, 0.7, 0.3
_WIDE, _NARROW, _SLOW = 50.0, 0.02, 0.7


def batches_of_one_class(facts: Facts) -> Finding | None:
    """D1: batch after batch holds one class, then another, and the classes come round again.

    A rare class makes pure batches of the other one only; a GAN's targets change in every step; a
    series in order of time has mixed batches.
    """
    seen = [each for each in facts.of_kind("labels") if each.numbers.get("rows", 0) >= _ROWS]
    line = line_of(seen)
    seen = [each for each in seen if each.line == line]
    pure = [each.numbers["label"] for each in seen if each.numbers["same"] >= _PURE]
    changes = switches(list(pure))
    if len(seen) < 2 * SETTLED or len(pure) < _MOSTLY * len(seen) or changes < 2:
        return None
    if max(map(pure.count, pure)) > _PURE * len(pure) or _alternates(facts, line):
        return None
    return finding(
        "D1",
        "Each batch holds one class",
        _line_of_order(facts) or line,
        evidence=f"in {len(pure)} of {len(seen)} batches that were looked at, nine of ten targets "
        f"or more were the same; it was another class {changes} times",
        why="The net is pulled to one class after the other and forgets the last.",
        change="Shuffle the rows in each epoch: shuffle=True, or a new torch.randperm.",
        batches=len(seen),
        pure=len(pure),
    )


def _alternates(facts: Facts, line: int | None) -> bool:
    """Say whether the class changes with nearly every loss, as a GAN's real and fake do."""
    close = [
        each.numbers["label"]
        for each in facts.of_kind("forward")
        if each.line == line and each.numbers.get("grad") and "label" in each.numbers
    ]
    return switches(list(close)) > len(close) / 2


def _line_of_order(facts: Facts) -> int | None:
    """Return where the loader was made whose order is that of the rows."""
    used = {each.of for each in facts.of_kind("loader")}
    loaders = [each for n, each in facts.things("loader").items() if n in used]
    plain = [each for each in loaders if not each.numbers.get("shuffled")]
    return plain[0].line if plain else None


def targets_of_other_rows(facts: Facts) -> Finding | None:
    """D3: a row that comes again meets another target, as often as by chance; nothing is learned.

    The targets are the same as before, only elsewhere. Mixed rows do not come again; computed
    targets (of a value network, say) are new ones; noise in labels leaves most as they were.
    """
    data = data_of(facts)
    if data is None or data["again"] < _AGAIN or data["at_random"] < _RANDOM:
        return None
    apart = data["other"] / data["again"]
    known = data["known_targets"] >= _KNOWN * data["again"]
    if apart < _MOSTLY * data["at_random"] or not known or facts.loss_fell(0.6):
        return None
    return finding(
        "D3",
        "Inputs and targets are paired anew",
        _line_of_pairing(facts),
        evidence=f"{data['other']:.0f} of {data['again']:.0f} rows that came again met another "
        "target than before",
        why="Inputs and targets were put in different orders, so no row has its own target.",
        change="Shuffle both by the same order: one TensorDataset, or one permutation for both.",
        again=data["again"],
        other=data["other"],
    )


def _line_of_pairing(facts: Facts) -> int | None:
    """Return where the second of two loaders, or the second of two orders, is made."""
    used = {each.of for each in facts.of_kind("loader")}
    loaders = [t for n, t in facts.things("loader").items() if n in used and _is_shuffled(t)]
    if len(loaders) > 1:
        return loaders[-1].line
    lines = {each.line for each in facts.of_kind("order") if each.line}
    last = line_of(facts.of_kind("labels"))
    return max(lines) if len(lines) > 1 else last


def _is_shuffled(loader: Thing) -> bool:
    return bool(loader.numbers.get("shuffled"))


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
    return bool(calls) and stepped >= _PURE * len(calls)


def _next_kind(facts: Facts, call: Call, kinds: tuple[str, ...]) -> str:
    for event in facts.trace.events[call.place + 1 :]:
        if event.kind in kinds:
            return event.kind
    return ""


def _backwards_after(facts: Facts, calls: list[Call]) -> list[Event]:
    events = facts.trace.events
    after = [[e for e in events[c.place : c.place + 8] if e.kind == "backward"] for c in calls[:50]]
    return [found[0] for found in after if found]


def rows_are_mixed(facts: Facts) -> Finding | None:
    """D8: with one sample of a batch changed, what other samples are told changes too.

    Found by running the trained model once more on a batch of three dimensions or more, or of rows
    of symbols, in evaluation mode, so that batch norm mixes nothing. It is an error where a change
    of shape puts samples where there were none, or a layer takes samples for time, or where view()
    or reshape() gives the same sizes in another order; some models mix on purpose.
    """
    made = facts.things("mixing").values()
    told = [each for each in made if each.numbers.get("others") or each.numbers.get("swaps")]
    if not told:
        return None
    rows, others, swaps = (told[0].numbers[name] for name in ("rows", "others", "swaps"))
    seen = f"with one sample of {rows:g} changed, the outputs of {others:g} others changed"
    return finding(
        "D8",
        "Rows of different samples are mixed" if others else "Numbers are moved to other places",
        told[0].line,
        severity=ERROR if told[0].line else ADVICE,
        evidence=seen if others else f"{swaps:g} changes of shape gave the same sizes in another "
        "order",
        why="view() and reshape() keep the order of the numbers; they do not swap axes. A layer "
        "without batch_first takes the first axis for time.",
        change="Swap axes by transpose() or permute(), or use batch_first=True.",
        rows=rows,
        others=others,
    )


def same_order_again(facts: Facts) -> Finding | None:
    """D9: every epoch puts the rows in the very same order, because the generator is seeded anew.

    Three orders or more that follow each other, of one size and line. A generator that the program
    gives to torch.randperm itself is its choice; runs that begin with the same seed differ within.
    """
    stepping = {each.of for each in facts.of_kind("step")}
    orders = [each for each in facts.of_kind("order") if not each.numbers.get("chosen")]
    end = facts.count("step")
    here = [each for each in orders if each.line == orders[-1].line and 0 < each.step < end]
    last = list({each.step: each for each in here}.values())  # a loader draws one more at its end
    if len(last) < SETTLED or len(stepping) > 1 or last[0].numbers["rows"] < _AGAIN:
        return None
    if len({each.numbers["print"] for each in last}) > 1:
        return None
    return finding(
        "D9",
        "Every epoch has the same order",
        last[0].line,
        evidence=f"{len(last)} orders of {last[0].numbers['rows']:g} rows, drawn after training "
        "began, were the very same",
        why="The random generator is seeded anew in the loop, so shuffling, noise and dropout "
        "repeat.",
        change="Seed once, before training, or give the part that is to repeat its own generator.",
        orders=len(last),
    )


def inputs_are_not_scaled(facts: Facts) -> Finding | None:
    """D7: inputs spread by more than 50, or less than 0.02, and the loss does not fall well.

    It is an error where they spread that wide and the loss does not fall at all.
    """
    spreads = facts.sampled("module", "spread")
    spread = statistics.median(spreads) if spreads else 1.0
    if _NARROW <= spread <= _WIDE or spread == 0 or not facts.losses or facts.loss_fell(_SLOW):
        return None
    fails = spread > _WIDE and not facts.loss_fell(_PURE)
    return finding(
        "D7",
        "The inputs are not scaled",
        line_of(facts.of_kind("module")),
        severity=ERROR if fails else ADVICE,
        evidence=f"the inputs' standard deviation was {spread:.3g}, and the loss went from "
        f"{facts.losses[0]:.3g} to {facts.losses[-1]:.3g}",
        why="Gradients grow with the inputs, so no single rate suits all layers.",
        change="Subtract the mean and divide by the standard deviation of the training rows.",
        spread=spread,
    )
