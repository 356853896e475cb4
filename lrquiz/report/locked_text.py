"""What a lock holds of an item, as lines of Markdown for readers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lrquiz.bank.variants import variants_of
from lrquiz.model.item import Item, Variant
from lrquiz.model.verdict import Verdict
from lrquiz.verify.lock.entries import Lock, LockedClaim, LockedVariant
from lrquiz.verify.valuing import in_figures

_OPTION, _PREMISE = "option ", "premise: "


def locked_lines(item: Item, lock: Lock) -> Iterator[str]:
    """Yield what is locked of each variant of an item: its name, its verdicts and its figures.

    Whether an entry is still fresh is asked elsewhere (`lrquiz bank lock --check`): what is said
    here depends on the files of the bank alone.
    """
    for variant in variants_of(item):
        entry = lock.entry(variant)
        name = f"`{variant.name}`: " if variant.name else ""
        yield name + (_said(variant, entry) if entry else "not in the lock")


def _said(variant: Variant, entry: LockedVariant) -> str:
    parts = [f"**rejected ({entry.rejected})**"] if entry.rejected else []
    parts += _value(variant, entry)
    options = [each for each in entry.claims if each.of.startswith(_OPTION)]
    parts += _group(
        "key" if not entry.rejected else "supported", options, Verdict.SUPPORTED, variant
    )
    parts += _group("refuted", options, Verdict.REFUTED, variant)
    parts += _group("undecided", options, Verdict.UNDECIDED, variant)
    premises = [each for each in entry.claims if each.of.startswith(_PREMISE)]
    parts += _listed("premises" if parts else "statements", premises, variant)
    return "; ".join(parts) if parts else "it claims nothing, so nothing is run for it"


def _value(variant: Variant, entry: LockedVariant) -> list[str]:
    if variant.value is None or not entry.measured:
        return []
    unit = f" {variant.value.unit}" if variant.value.unit else ""
    figures = in_figures(entry.measured[0])
    return [f"measured value {figures}{unit}, asked for to within {variant.value.tolerance:g}"]


def _group(
    title: str, options: Iterable[LockedClaim], verdict: Verdict, variant: Variant
) -> list[str]:
    return _listed(title, [each for each in options if each.verdict is verdict], variant)


def _listed(title: str, claims: list[LockedClaim], variant: Variant) -> list[str]:
    if not claims:
        return []
    texts = {option.id: option.text for option in variant.options}
    listed = ", ".join(_counted(each, texts) for each in claims)
    return [f"{title}: {listed}"]


def _counted(claim: LockedClaim, texts: dict[str, str]) -> str:
    """Return a claim's own words and how often it held."""
    option = claim.of.removeprefix(_OPTION)
    words = texts.get(option, option) if claim.of.startswith(_OPTION) else claim.of
    clocks = ", its clocks disagreeing" if claim.ambiguous else ""
    return f"“{one_line(words.removeprefix(_PREMISE))}” {claim.held} of {claim.trials}{clocks}"


def one_line(text: str) -> str:
    """Return a text without its line breaks."""
    return " ".join(text.split())
