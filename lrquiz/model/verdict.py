"""What evidence says of a claim, and what that makes of an item."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from lrquiz.model.item import Claim, Variant
from lrquiz.model.proof import Proof, Spread


class Verdict(StrEnum):
    """What evidence says of one claim."""

    SUPPORTED = "supported"
    REFUTED = "refuted"
    UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True)
class Decision:
    """One claim decided: it held in `held` of `trials` trials.

    `lower` and `upper` are one-sided Clopper-Pearson bounds on the rate at which it holds.
    A deterministic fact has one trial and bounds equal to what it showed.
    """

    claim: Claim
    verdict: Verdict
    held: int
    trials: int
    lower: float
    upper: float


class RejectionCode(StrEnum):
    """Why an item does not reach a student."""

    PREMISE_FAILED = "premise failed"
    NO_KEY = "no key"
    TWO_KEYS = "two keys"
    UNDECIDED = "undecided"
    AMBIGUOUS = "ambiguous"
    WORDING = "wording"
    """an option's words are not the words its claim stands for"""
    STALE = "stale"
    """its inputs changed since it was proved, and nothing may be trained now"""


@dataclass(frozen=True, slots=True)
class Rejection:
    """A rejected variant's reason, with the figures."""

    code: RejectionCode
    reason: str


@dataclass(frozen=True, slots=True)
class VerifiedVariant:
    """One variant with everything its evidence says.

    `key` holds the ids of the supported options; it may be used only when `rejection` is None.
    """

    variant: Variant
    premises: tuple[Decision, ...]
    options: tuple[Decision, ...]
    """in the order of the variant's options"""
    key: tuple[str, ...]
    rejection: Rejection | None
    proof: Proof | None
    """what the runs showed; None when the variant was rejected without any"""

    @property
    def holds(self) -> bool:
        """Whether exactly the right options are supported and every other is refuted."""
        return self.rejection is None

    @property
    def measured(self) -> Spread | None:
        """What was measured of the number that the item asks for; None where it asks for none."""
        return self.proof.measured[0] if self.proof and self.proof.measured else None
