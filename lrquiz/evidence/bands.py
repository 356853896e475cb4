"""From k of n to a verdict: one band per quantifier, four looks, one error budget.

Refuting must mean "practically never", not "less often than promised", so each quantifier has a
band that supports, a band that refutes, and a gap between them in which nothing is shown.
"""

from __future__ import annotations

from dataclasses import dataclass

from lrquiz.evidence.bounds import lower_bound, upper_bound
from lrquiz.model.item import Claim, Quantifier
from lrquiz.model.verdict import Decision, Verdict

LOOKS = (64, 128, 256, 512)
"""numbers of seeds after which a claim may be decided"""
ERROR_PER_CLAIM = 0.01
ERROR_PER_LOOK = ERROR_PER_CLAIM / len(LOOKS)


@dataclass(frozen=True, slots=True)
class Band:
    """Where a claim is supported and where it is refuted, as bounds on its rate."""

    supported_from: float
    refuted_to: float


BANDS = {
    Quantifier.USUALLY: Band(supported_from=0.90, refuted_to=0.10),
    Quantifier.SOMETIMES: Band(supported_from=0.50, refuted_to=0.05),
    # "never" is "usually" of the opposite: see `decide`
    Quantifier.NEVER: Band(supported_from=0.90, refuted_to=0.10),
}


def decide(claim: Claim, held: int, trials: int) -> Decision:
    """Return what `held` of `trials` seeds say of `claim` at one look."""
    lower = lower_bound(held, trials, ERROR_PER_LOOK)
    upper = upper_bound(held, trials, ERROR_PER_LOOK)
    verdict = _verdict(claim.quantifier, lower, upper)
    return Decision(claim, verdict, held, trials, lower, upper)


def decide_fact(claim: Claim, *, holds: bool) -> Decision:
    """Return the decision on a deterministic fact: one run, which another run has repeated."""
    wanted = claim.quantifier is not Quantifier.NEVER
    verdict = Verdict.SUPPORTED if holds is wanted else Verdict.REFUTED
    rate = float(holds)
    return Decision(claim, verdict, int(holds), 1, rate, rate)


def is_final(decision: Decision) -> bool:
    """Say whether more seeds are pointless.

    True when the claim is decided, after the last look, or when the bounds already exclude both
    bands: a rate shown to lie between them can only stay undecided.
    """
    if decision.verdict is not Verdict.UNDECIDED or decision.trials >= LOOKS[-1]:
        return True
    lower, _ = _towards_claim(decision.claim.quantifier, decision.lower, decision.upper)
    band = BANDS[decision.claim.quantifier]
    return cannot_be_supported(decision) and lower > band.refuted_to


def cannot_be_supported(decision: Decision) -> bool:
    """Say whether the bounds already exclude the band that supports the claim."""
    _, upper = _towards_claim(decision.claim.quantifier, decision.lower, decision.upper)
    return upper < BANDS[decision.claim.quantifier].supported_from


def _verdict(quantifier: Quantifier, lower: float, upper: float) -> Verdict:
    band = BANDS[quantifier]
    lower, upper = _towards_claim(quantifier, lower, upper)
    if lower >= band.supported_from:
        return Verdict.SUPPORTED
    return Verdict.REFUTED if upper <= band.refuted_to else Verdict.UNDECIDED


def _towards_claim(quantifier: Quantifier, lower: float, upper: float) -> tuple[float, float]:
    """Return bounds on the rate at which the claim's *words* hold: "never" turns them around."""
    return (1 - upper, 1 - lower) if quantifier is Quantifier.NEVER else (lower, upper)
