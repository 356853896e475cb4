"""What `lrquiz verify --json` prints, as plain values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lrquiz.cli.common import TrialCount
    from lrquiz.cli.verify import Checked
    from lrquiz.model.verdict import Decision, VerifiedVariant
    from lrquiz.verify.nearby import Neighbour


def document(checked: Sequence[Checked], count: TrialCount, seconds: float) -> dict[str, Any]:
    """Return the JSON document on what was checked."""
    import lrquiz
    from lrquiz.experiments.laboratory import torch_version

    return {
        "versions": {"lrquiz": lrquiz.__version__, "torch": torch_version()},
        "seconds": round(seconds, 3),
        "trials": {"trained": count.trained, "kept": count.kept},
        "proofs": {"kept": count.proofs},
        "variants": [_variant(each) for each in checked],
    }


def _variant(checked: Checked) -> dict[str, Any]:
    each = checked.result
    premises = zip(each.variant.premises, each.premises, strict=False)
    options = zip(each.variant.options, each.options, strict=False)
    reason = each.rejection and {
        "code": str(each.rejection.code),
        "reason": each.rejection.reason,
    }
    return {
        "item": each.variant.item.id,
        "file": each.variant.item.path,
        "variant": each.variant.name,
        "holds": each.holds,
        "key": list(each.key) if each.holds else [],
        "rejection": reason,
        "nearby": [_neighbour(near) for near in checked.neighbours],
        "seconds": round(checked.seconds, 3),
        "premises": [{"says": premise.says, **decision_values(d)} for premise, d in premises],
        "value": _value(each),
        "options": [
            {"id": option.id, "text": option.text, **decision_values(d)} for option, d in options
        ],
    }


def _value(each: VerifiedVariant) -> dict[str, Any] | None:
    """Return what JSON tells of the number that an item asks for."""
    value, spread = each.variant.value, each.measured
    if value is None or spread is None:
        return None
    return {
        "measure": value.measurement.measure,
        "parameters": dict(value.measurement.parameters),
        "tolerance": value.tolerance,
        "unit": value.unit,
        "low": spread.low,
        "median": spread.median,
        "high": spread.high,
        "trials": spread.trials,
    }


def _neighbour(near: Neighbour) -> dict[str, Any]:
    rejection, telling = near.verified.rejection, near.decision
    return {
        "setting": near.path,
        "value": near.value,
        "holds": near.verified.holds,
        "held": telling and telling.held,
        "trials": telling and telling.trials,
        "reason": rejection and f"{rejection.code}: {rejection.reason}",
    }


def decision_values(decision: Decision) -> dict[str, Any]:
    """Return what JSON tells of a decision."""
    return {
        "predicate": str(decision.claim.predicate),
        "parameters": dict(decision.claim.parameters),
        "quantifier": str(decision.claim.quantifier),
        "verdict": str(decision.verdict),
        "held": decision.held,
        "trials": decision.trials,
        "lower": round(decision.lower, 6),
        "upper": round(decision.upper, 6),
    }
