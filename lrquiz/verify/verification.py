"""From a proof to verdicts, a key or a rejection, by the bands and rules of today."""

from __future__ import annotations

from collections.abc import Sequence

from lrquiz.bank.finding import recipe_info
from lrquiz.evidence.bands import LOOKS, decide, decide_fact
from lrquiz.experiments.laboratory import Laboratory
from lrquiz.model.item import Claim, Variant
from lrquiz.model.proof import Count, Proof
from lrquiz.model.verdict import Decision, Rejection, VerifiedVariant
from lrquiz.verify.proofs import ProofStore, kept_or_proved
from lrquiz.verify.proving import counted, stated
from lrquiz.verify.rejection import key_of, rejection_of, wording_rejection


def verify_variant(
    variant: Variant,
    laboratory: Laboratory,
    looks: Sequence[int] = LOOKS,
    proofs: ProofStore | None = None,
) -> VerifiedVariant:
    """Train the variant's arms, decide its premises and claims, and derive its key.

    Args:
        variant: what to verify.
        laboratory: where trials come from.
        looks: fewer looks give a quick answer; what is not decided by then is undecided.
        proofs: where proofs are kept, so that none is made twice.

    Raises:
        RecipeError: its experiment cannot be run.
        OutputError: the store of proofs cannot be written.
    """
    wording = wording_rejection(variant)
    if wording is not None:
        return without_proof(variant, wording)
    return verified_by(variant, kept_or_proved(variant, laboratory, looks, proofs))


def without_proof(variant: Variant, rejection: Rejection) -> VerifiedVariant:
    """Return a variant that was rejected before any run was looked at."""
    return VerifiedVariant(variant, (), (), (), rejection, None)


def verified_by(variant: Variant, proof: Proof) -> VerifiedVariant:
    """Derive verdicts, key and rejection from what runs showed; a pure function of the two.

    The wording is not looked at here: it depends on no run (see `verify_variant`).
    """
    decided = decisions_on(variant, (*proof.premises, *proof.options))
    premises, options = decided[: len(proof.premises)], decided[len(proof.premises) :]
    counts = zip(stated(variant), (*proof.premises, *proof.options), strict=True)
    ambiguous = [claim for claim, count in counts if count.ambiguous]
    return VerifiedVariant(
        variant,
        premises,
        options,
        key_of(variant, options),
        rejection_of(variant, premises, options, ambiguous, proof),
        proof,
    )


def decisions_on(variant: Variant, counts: Sequence[Count]) -> tuple[Decision, ...]:
    """Return what these counts, of premises and then of options, say of the variant's claims."""
    is_fact = recipe_info(variant.experiment.recipe).deterministic
    pairs = zip(stated(variant), counts, strict=True)
    return tuple(_decision(counted(claim), count, is_fact=is_fact) for claim, count in pairs)


def _decision(claim: Claim, count: Count, *, is_fact: bool) -> Decision:
    if is_fact:
        return decide_fact(claim, holds=count.held == 1)
    return decide(claim, count.held, count.trials)
