"""The verification report of a bank as plain data: every variant with its evidence, or why not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from markupsafe import Markup

from lrquiz.evidence.claims import in_words
from lrquiz.model.item import ItemType, Quantifier
from lrquiz.model.proof import Proof, Spread
from lrquiz.model.verdict import Decision, RejectionCode, Verdict, VerifiedVariant
from lrquiz.render import markdown
from lrquiz.render.charts import Chart, Series
from lrquiz.resources.texts import said, said_of
from lrquiz.verify.valuing import mistaken_values

_LINES = 2
"""of each arm in a chart; more would hide each other"""
_QUANTITIES: Mapping[str, str] = MappingProxyType(
    {"loss": said("training loss"), "lr": said("learning rate")}
)
_VERDICTS: Mapping[Verdict, str] = MappingProxyType(
    {
        Verdict.SUPPORTED: said("supported"),
        Verdict.REFUTED: said("refuted"),
        Verdict.UNDECIDED: said("undecided"),
    }
)
_QUANTIFIERS: Mapping[Quantifier, str] = MappingProxyType(
    {
        Quantifier.USUALLY: said("usually"),
        Quantifier.SOMETIMES: said("sometimes"),
        Quantifier.NEVER: said("never"),
    }
)
_TYPES: Mapping[ItemType, str] = MappingProxyType(
    {
        ItemType.SINGLE_CHOICE: said("single choice"),
        ItemType.MULTIPLE_CHOICE: said("multiple choice"),
        ItemType.FIND_ERROR: said("find error"),
        ItemType.FILL_IN: said("fill in"),
        ItemType.PREDICT: said("predict"),
        ItemType.NUMERIC: said("numeric"),
        ItemType.ORDER: said("order"),
        ItemType.FLASHCARD: said("flashcard"),
        ItemType.OPEN_PROMPT: said("open prompt"),
    }
)
_CODES: Mapping[RejectionCode, str] = MappingProxyType(
    {
        RejectionCode.PREMISE_FAILED: said("premise failed"),
        RejectionCode.NO_KEY: said("no key"),
        RejectionCode.TWO_KEYS: said("two keys"),
        RejectionCode.UNDECIDED: said("undecided"),
        RejectionCode.AMBIGUOUS: said("ambiguous"),
        RejectionCode.WORDING: said("wording"),
        RejectionCode.STALE: said("stale"),
    }
)


@dataclass(frozen=True, slots=True)
class Checked:
    """A variant that was verified, and where it would hold if it does not."""

    result: VerifiedVariant
    where: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DecisionView:
    """One claim and what runs showed of it."""

    name: str
    """of the option; empty for a premise"""
    text: Markup
    claim: str
    quantifier: str
    verdict: str
    style: str
    counts: str
    bounds: str
    """of the rate at which it holds; empty for a fact that knows no chance"""


@dataclass(frozen=True, slots=True)
class VariantView:
    """One variant."""

    anchor: str
    item: str
    variant: str
    title: str
    type: str
    objective: str
    difficulty: str
    holds: bool
    status: str
    key: str
    reason: str
    where: tuple[str, ...]
    stem: Markup
    premises: tuple[DecisionView, ...]
    options: tuple[DecisionView, ...]
    numbers: tuple[str, ...]
    """what was measured of the number that it asks for"""
    chart: Chart | None


@dataclass(frozen=True, slots=True)
class VerificationView:
    """The whole page."""

    bank: str
    summary: str
    variants: tuple[VariantView, ...]
    rejected: tuple[VariantView, ...]
    footer: str


def verification_view(checked: Sequence[Checked], bank: str) -> VerificationView:
    """Return what the verification report shows.

    Args:
        checked: in the order of the page.
        bank: what it is called.
    """
    views = tuple(_variant(number, each) for number, each in enumerate(checked, start=1))
    rejected = tuple(each for each in views if not each.holds)
    items = len({each.item for each in views})
    counts = {"items": items, "held": len(views) - len(rejected), "rejected": len(rejected)}
    torch = {each.result.proof.torch_version for each in checked if each.result.proof}
    return VerificationView(
        bank=bank,
        summary=said_of(
            len(views),
            "%(count)s variant of %(items)s items: %(held)s holds, %(rejected)s rejected.",
            "%(count)s variants of %(items)s items: %(held)s hold, %(rejected)s rejected.",
            **counts,
        ),
        variants=views,
        rejected=rejected,
        footer=said("Trained with torch %(versions)s.", versions=", ".join(sorted(torch))),
    )


def _variant(number: int, checked: Checked) -> VariantView:
    result, variant, item = checked.result, checked.result.variant, checked.result.variant.item
    rejection = result.rejection
    premises = zip(variant.premises, result.premises, strict=False)
    options = zip(variant.options, result.options, strict=False)
    return VariantView(
        anchor=f"variant-{number}",
        item=item.id,
        variant=variant.name,
        title=item.title,
        type=_TYPES[item.type],
        objective=item.objective,
        difficulty=item.difficulty,
        holds=result.holds,
        status=said("holds") if rejection is None else _CODES[rejection.code],
        key=", ".join(result.key) if result.holds else "",
        reason="" if rejection is None else rejection.reason,
        where=checked.where,
        stem=markdown.block(variant.stem),
        premises=tuple(_decision("", markdown.inline(e.says), decided) for e, decided in premises),
        options=tuple(_decision(e.id, markdown.inline(e.text), decided) for e, decided in options),
        numbers=tuple(_numbers(result)),
        chart=_chart(f"chart-{number}", result.proof) if result.proof else None,
    )


def _decision(name: str, text: Markup, decision: Decision) -> DecisionView:
    is_fact = decision.trials == 1
    counts = {"held": decision.held, "trials": decision.trials}
    bounds = {"low": f"{100 * decision.lower:.0f}", "high": f"{100 * decision.upper:.0f}"}
    return DecisionView(
        name=name,
        text=text,
        claim=in_words(decision.claim),
        quantifier=_QUANTIFIERS[decision.claim.quantifier],
        verdict=_VERDICTS[decision.verdict],
        style=str(decision.verdict),
        counts=said("a fact") if is_fact else said("%(held)s of %(trials)s", **counts),
        bounds="" if is_fact else said("%(low)s to %(high)s %%", **bounds),
    )


def _numbers(result: VerifiedVariant) -> Iterator[str]:
    value = result.variant.value
    if value is None or result.measured is None or result.proof is None:
        return
    yield said(
        "%(figures)s; tolerance %(tolerance)s %(unit)s",
        figures=_in_figures(result.measured),
        tolerance=f"{value.tolerance:g}",
        unit=value.unit,
    )
    for mistake, number in mistaken_values(value, result.proof.measured):
        shown = said("not finite") if number is None else f"{number:.6g}"
        yield said("mistake %(number)s: %(says)s", number=shown, says=mistake.says)


def _in_figures(spread: Spread) -> str:
    """Return what `lrquiz.verify.valuing` says of a spread, to be translated."""
    if spread.trials == 1:
        return _number(spread.median)
    return said(
        "median %(median)s, central 90 %% of %(trials)s trials from %(low)s to %(high)s",
        median=_number(spread.median),
        trials=spread.trials,
        low=_number(spread.low),
        high=_number(spread.high),
    )


def _number(value: float | None) -> str:
    return said("no finite number") if value is None else f"{value:.6g}"


def _chart(name: str, proof: Proof) -> Chart:
    quantity = _QUANTITIES[proof.quantity]
    series = tuple(Series(arm.replace("_", " "), ls[:_LINES]) for arm, ls in proof.lines.items())
    title = said("%(quantity)s by epoch, runs of each arm", quantity=quantity)
    is_rate = proof.quantity == "lr"
    return Chart(name, title, quantity, series, first_epoch=0 if is_rate else 1, steps=is_rate)
