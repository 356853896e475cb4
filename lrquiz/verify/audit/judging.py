"""Put a mutant through what runs when an author's file is loaded and verified."""

from __future__ import annotations

from dataclasses import dataclass, replace

from lrquiz.bank.arms import listed
from lrquiz.bank.finding import recipe_info
from lrquiz.bank.stem_faults import faults_of_claims
from lrquiz.errors import ContradictionError, DisagreementError
from lrquiz.evidence.bands import LOOKS
from lrquiz.experiments.laboratory import Laboratory
from lrquiz.experiments.mutated_runs import MutatedRuns
from lrquiz.model.verdict import VerifiedVariant
from lrquiz.verify.audit.arguments import argue, decided_as
from lrquiz.verify.audit.mutants import ExperimentMutant, ItemMutant, Mutant
from lrquiz.verify.audit.outcomes import Argument, Fate, Outcome
from lrquiz.verify.deciding import observed
from lrquiz.verify.lock.entries import LockedVariant
from lrquiz.verify.proofs import ProofStore
from lrquiz.verify.proving import prove
from lrquiz.verify.rejection import wording_rejection
from lrquiz.verify.valuing import is_accepted
from lrquiz.verify.verification import verified_by, verify_variant

_MUTATED = "mutated"
"""stands in a mutated proof where the digest of its inputs would: it is evidence of nothing"""


@dataclass(frozen=True, slots=True)
class Baseline:
    """The item without mutation, and what mutants are verified with."""

    verified: VerifiedVariant
    laboratory: Laboratory
    proofs: ProofStore | None = None
    locked: LockedVariant | None = None
    """what the lock of its bank says of it"""


def judge(mutant: Mutant, base: Baseline) -> Outcome:
    """Say whether verification notices a mutant.

    Raises:
        RecipeError: an experiment cannot be run.
        OutputError: a store cannot be written.
    """
    if isinstance(mutant, ItemMutant):
        return _judge_item(mutant, base)
    return _judge_experiment(mutant, base)


def _judge_item(mutant: ItemMutant, base: Baseline) -> Outcome:
    if mutant.variant == base.verified.variant:
        reason = "the claims are equal, so that this is the same item"
        return _survived(mutant, reason, Argument.SAME_ITEM)
    lint = next(faults_of_claims(mutant.variant.item), "")
    if lint:
        return _killed(mutant, "lint", lint)
    wording = wording_rejection(mutant.variant)
    if wording is not None:
        return _killed(mutant, str(wording.code), wording.reason)
    verified = verify_variant(mutant.variant, base.laboratory, LOOKS, base.proofs)
    noticed = _noticed(mutant, verified, base)
    return noticed or _survived(mutant, f"the item still holds: {decided_as(verified)}", None)


def _judge_experiment(mutant: ExperimentMutant, base: Baseline) -> Outcome:
    try:
        verified = _verified(mutant, base)
    except ContradictionError as error:
        return _killed(mutant, "integrity", str(error))
    except DisagreementError as error:
        return _killed(mutant, "agreement", str(error))
    noticed = _noticed(mutant, verified, base)
    if noticed is not None:
        return noticed
    argument, reason = argue(mutant, base.verified, verified, base.laboratory)
    return _survived(mutant, reason, argument)


def _verified(mutant: ExperimentMutant, base: Baseline) -> VerifiedVariant:
    """Verify the item on mutated evidence; its proof is never kept, nor can it pass for one."""
    variant = base.verified.variant
    runs = MutatedRuns(base.laboratory, mutant.arms, mutant.without)
    if not recipe_info(variant.experiment.recipe).deterministic:
        observed(variant.experiment, runs, range(1))  # one trial shows most contradictions
    proof = prove(variant, runs, LOOKS[:1])
    return verified_by(variant, replace(proof, inputs=_MUTATED))


def _noticed(mutant: Mutant, verified: VerifiedVariant, base: Baseline) -> Outcome | None:
    """Return how verification noticed, or None where it did not."""
    if verified.rejection is not None:
        return _killed(mutant, str(verified.rejection.code), verified.rejection.reason)
    if verified.key != base.verified.key:
        return _of_another_key(mutant, verified, base)
    moved = _moved_value(verified, base)
    if moved:
        return _of_another_value(mutant, moved, base)
    gone = _locked_names(base) & (_names(base.verified) - _names(verified))
    if gone:
        reason = f"it still holds, but the lock has the {listed(sorted(gone))}"
        return Outcome(mutant.kind, mutant.what, Fate.LOCK_ONLY, "lock", reason)
    return None


def _moved_value(verified: VerifiedVariant, base: Baseline) -> str:
    """Return how the measured value moved out of the tolerance; empty where it did not."""
    value, before, now = verified.variant.value, base.verified.measured, verified.measured
    if value is None or before is None or now is None:
        return ""
    if before.median is None or now.median is None:
        return ""
    if is_accepted(now.median, before.median, value.tolerance):
        return ""
    return f"the value {before.median:g} became {now.median:g}"


def _of_another_value(mutant: Mutant, moved: str, base: Baseline) -> Outcome:
    """A wrong value that is measured is seen only where the right one was locked before."""
    if base.locked is not None and base.locked.measured[:1] == (base.verified.measured,):
        return Outcome(mutant.kind, mutant.what, Fate.LOCK_ONLY, "lock", moved)
    return _survived(mutant, f"{moved}, and no lock of its bank has that value", None)


def _of_another_key(mutant: Mutant, verified: VerifiedVariant, base: Baseline) -> Outcome:
    """A wrong key that holds is seen only where the right one was locked before."""
    words = f"it holds with the key {listed(verified.key)} in place of {listed(base.verified.key)}"
    if base.locked is not None and base.locked.key == base.verified.key:
        return Outcome(mutant.kind, mutant.what, Fate.LOCK_ONLY, "lock", words)
    return _survived(mutant, f"{words}, and no lock of its bank has that key", None)


def _locked_names(base: Baseline) -> set[str]:
    return {each.of for each in base.locked.claims} if base.locked else set()


def _names(verified: VerifiedVariant) -> set[str]:
    """Return the premises as a lock names them."""
    return {f"premise: {each.says}" for each in verified.variant.premises}


def _killed(mutant: Mutant, by: str, reason: str) -> Outcome:
    return Outcome(mutant.kind, mutant.what, Fate.KILLED, by, reason)


def _survived(mutant: Mutant, reason: str, argument: Argument | None) -> Outcome:
    return Outcome(mutant.kind, mutant.what, Fate.SURVIVED, "", reason, argument)
