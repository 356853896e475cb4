"""What is frozen of an item's curves: those beside its evidence, and those that are options."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from lrquiz.bank.predict import curve_of
from lrquiz.evidence.claims import arms_of
from lrquiz.model.item import ItemType, Option, Variant
from lrquiz.model.proof import Lines, Proof
from lrquiz.model.quiz import Curve

_LONGEST = 40  # characters of a label
_TOLD = 12
"""values of a curve that are told in words"""


def curves_of(variant: Variant, lines: Mapping[str, Lines]) -> Iterator[Curve]:
    """Yield what is drawn of each arm; of a fill-in, one line of each response."""
    if variant.item.type is not ItemType.FILL_IN:
        arms = variant.experiment.arms
        yield from (Curve(arm, _label(variant, arm), lines[arm]) for arm in arms)
        return
    for option in variant.options:
        (arm,) = arms_of(option.claim)
        yield Curve(arm, _short(option.text), lines[arm][:1])


def curve_shown(option: Option, variant: Variant, proof: Proof) -> Curve | None:
    """Return the curve that an option is; None of an option in words."""
    if variant.item.type is not ItemType.PREDICT:
        return None
    arm = curve_of(option)
    return Curve(arm, _label(variant, arm), proof.lines[arm][:1])


def text_shown(option: Option, curve: Curve | None) -> str:
    """Return an option in words; of a curve some of its values, which name nothing."""
    return option.text if curve is None else _values(curve.lines[0])


def _values(line: Sequence[float | None]) -> str:
    every = max(1, -(-len(line) // _TOLD))
    values = ", ".join("no number" if each is None else f"{each:.3g}" for each in line[::every])
    return f"{f'every {every} epochs' if every > 1 else 'epoch by epoch'}: {values}"


def _short(response: str) -> str:
    """Return a response that fits the legend of a chart."""
    return response if len(response) <= _LONGEST else f"{response[: _LONGEST - 3]}..."


def _label(variant: Variant, arm: str) -> str:
    """Return the arm's name and its plain numbers, as `too high (lr 10.0)`."""
    settings = variant.experiment.arms[arm]
    numbers = [f"{name} {value}" for name, value in settings.items() if _is_number(value)]
    name = arm.replace("_", " ")
    return f"{name} ({', '.join(numbers)})" if numbers else name


def _is_number(value: object) -> bool:
    return isinstance(value, int | float)
