"""Proofs kept from before, so that what was proved once is not proved again."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pydantic import TypeAdapter, ValidationError

from lrquiz.bank.ordering import loop_ordered
from lrquiz.experiments.laboratory import Laboratory
from lrquiz.model.item import Variant
from lrquiz.model.proof import Proof
from lrquiz.resources.cache import ContentCache
from lrquiz.verify.inputs import inputs_of
from lrquiz.verify.measuring import measurements_of
from lrquiz.verify.ordering import is_every_order
from lrquiz.verify.proving import prove

_PROOF = TypeAdapter(Proof)
_KIND = "lrquiz/proof 2"
"""keeps proofs apart from whatever else shares the folder; the number is that of their format"""


@dataclass(frozen=True, slots=True)
class ProofStore:
    """A cache of proofs under the digests of their inputs; what is damaged counts as missing."""

    cache: ContentCache
    found: Callable[[], None] = lambda: None
    """called whenever a proof was found"""
    only_keeps: bool = False
    """whether it finds nothing, so that all is proved anew and kept from then on"""

    def get(self, inputs: str) -> Proof | None:
        """Return the proof from these inputs, or None when there is no sound one."""
        content = None if self.only_keeps else self.cache.get(_key(inputs))
        if content is None:
            return None
        try:
            proof = _PROOF.validate_json(content)
        except ValidationError:
            return None
        return proof if proof.inputs == inputs else None

    def put(self, proof: Proof) -> None:
        """Keep a proof.

        Raises:
            OutputError: the cache cannot be written.
        """
        self.cache.put(_key(proof.inputs), _PROOF.dump_json(proof))


def kept_or_proved(
    variant: Variant, laboratory: Laboratory, looks: Sequence[int], proofs: ProofStore | None
) -> Proof:
    """Return the variant's proof: one that is kept, or else a new one, which is kept from then on.

    Raises:
        RecipeError: its experiment cannot be run.
        OutputError: the store cannot be written.
    """
    kept = proofs.get(inputs_of(variant, looks)) if proofs else None
    if kept is not None and fits(kept, variant):
        assert proofs is not None, "what is kept came from there"
        proofs.found()
        return kept
    proof = prove(variant, laboratory, looks)
    if proofs is not None:
        proofs.put(proof)
    return proof


def fits(proof: Proof, variant: Variant) -> bool:
    """Say whether the proof speaks of as many claims and numbers and of the variant's arms."""
    return (
        len(proof.premises) == len(variant.premises)
        and len(proof.options) == len(variant.options)
        and len(proof.measured) == len(measurements_of(variant))
        and set(proof.lines) == set(variant.experiment.arms)
        and _fits_order(proof, variant)
    )


def _fits_order(proof: Proof, variant: Variant) -> bool:
    """Say whether it holds every order of the variant's lines, or none where it asks for none."""
    if variant.order is None:
        return not proof.orders
    return is_every_order(proof.orders, len(loop_ordered(variant.experiment).lines))


def _key(inputs: str) -> str:
    return hashlib.sha256(f"{_KIND} {inputs}".encode()).hexdigest()
