"""Mistakes with data: in order of class, paired wrongly, the wrong rows, mixed or unscaled rows."""

from __future__ import annotations

import statistics

from lrquiz.diagnosis.facts import Facts, line_of
from lrquiz.diagnosis.finding import ADVICE, ERROR, Finding, finding
from lrquiz.diagnosis.rules.targets import data_of, is_at_chance
from lrquiz.model.trace import Thing

_PURE, _MOSTLY = 0.9, 0.8
_ROWS = 4
_AGAIN, _KNOWN, _RANDOM = 20, 0.7, 0.3
_TWICE = 0.02
_WIDE, _NARROW, _SLOW = 50.0, 0.02, 0.7


def targets_of_other_rows(facts: Facts) -> Finding | None:
    """D3: a row that comes again meets another target, as often as by chance; nothing is learned.

    The targets are the same as before, only elsewhere. Mixed rows do not come again; computed
    targets (of a value network, say) are new ones; noise in labels leaves most as they were. Rows
    that are there several times, as contexts of a text are, may have several targets.
    """
    data = data_of(facts)
    if data is None or data["again"] < _AGAIN or data["at_random"] < _RANDOM:
        return None
    apart = data["other"] / data["again"]
    known = data["known_targets"] >= _KNOWN * data["again"]
    if data.get("twice", 0.0) > _TWICE * data["targets"]:
        return None
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
    return max(lines) if lines else line_of(facts.of_kind("labels"))


def _is_shuffled(loader: Thing) -> bool:
    return bool(loader.numbers.get("shuffled"))


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
        evidence=seen
        if others
        else f"{swaps:g} changes of shape gave the same sizes in another order",
        why="view() and reshape() keep the order of the numbers; they do not swap axes. A layer "
        "without batch_first takes the first axis for time.",
        change="Swap axes by transpose() or permute(), or use batch_first=True.",
        rows=rows,
        others=others,
    )


def inputs_are_not_scaled(facts: Facts) -> Finding | None:
    """D7: inputs spread by more than 50, or less than 0.02, and the loss does not fall well.

    It is an error where they spread that wide and nothing is learned: the loss does not fall, or
    ends where the shares of the classes alone would put it.
    """
    calls = [each for each in facts.of_kind("module") if "spread" in each.numbers]
    first = [each for each in calls if not each.step]  # later, layers pass on what a rate blew up
    spreads = [each.numbers["spread"] for each in first or calls]
    spread = statistics.median(spreads) if spreads else 1.0
    chance = is_at_chance(facts)
    learns = facts.loss_fell(_SLOW) and not chance
    if _NARROW <= spread <= _WIDE or spread == 0 or not facts.losses or learns:
        return None
    fails = spread > _WIDE and (chance or not facts.loss_fell(_PURE))
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
