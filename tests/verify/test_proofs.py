"""Proofs that are kept: what was proved once is derived again, and never proved again.

Nothing is trained here: a fixture returns traces that were recorded by hand (see RecordedRuns).
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

import lrquiz
from lrquiz.evidence.bands import LOOKS
from lrquiz.model.item import Quantifier, Variant
from lrquiz.model.proof import Count, Proof
from lrquiz.model.verdict import VerifiedVariant
from lrquiz.resources.cache import ContentCache
from lrquiz.verify import verify_variant
from lrquiz.verify.inputs import PROVING, inputs_of, public_version
from lrquiz.verify.proofs import ProofStore
from lrquiz.verify.proving import prove
from lrquiz.verify.verification import verified_by
from tests.verify.recorded_runs import RecordedRuns, losses, rates, shipped, without_clock

FALLING, BOUNCING = losses(1.0, 0.5, 0.123456789, 0.1), losses(0.7, 3.1, float("nan"), 2.0)
HIGH = shipped("lr-too-high-effect")


def runs() -> RecordedRuns:
    return RecordedRuns(lambda arm, _: FALLING if arm == "reference" else BOUNCING)


@pytest.fixture
def proofs(tmp_path: Path) -> ProofStore:
    return ProofStore(ContentCache(tmp_path / "cache"))


def test_a_variant_is_proved_once(proofs: ProofStore) -> None:
    """Verified a second time, a variant asks for no runs and comes out the same."""
    first, second = runs(), runs()
    one = verify_variant(HIGH, first.as_laboratory, proofs=proofs)
    two = verify_variant(HIGH, second.as_laboratory, proofs=proofs)
    assert one == two
    assert one.holds
    assert (first.asked, second.asked) == (list(map(range, [0], [64])), [])


def test_a_rejected_variant_is_proved_once_too(proofs: ProofStore) -> None:
    """A rejection is kept with its figures, ambiguous clocks included."""
    variant = shipped("scheduler-halving")
    options = list(variant.options)
    options[0] = replace(options[0], claim=without_clock(options[0].claim))
    variant = replace(variant, options=tuple(options))
    falling = rates(
        (0.1,) * 5 + (0.05,) * 5 + (0.025,) * 2, (0.1,) * 4 + (0.05,) * 5 + (0.025,) * 3
    )
    again = RecordedRuns(lambda *_: falling)
    laboratory = RecordedRuns(lambda *_: falling).as_laboratory
    one = verify_variant(variant, laboratory, proofs=proofs)
    assert one.rejection is not None
    assert one.rejection.code == "ambiguous"
    assert verify_variant(variant, again.as_laboratory, proofs=proofs) == one
    assert not again.asked


def test_a_quick_look_is_not_taken_for_a_whole_one(proofs: ProofStore) -> None:
    """What fewer looks left undecided is looked at again when all looks are asked for."""

    def trace(arm: str, seed: int) -> Any:  # noqa: ANN401
        return FALLING if arm == "reference" or seed % 11 == 0 else BOUNCING

    quick = verify_variant(HIGH, RecordedRuns(trace).as_laboratory, LOOKS[:1], proofs)
    whole = verify_variant(HIGH, RecordedRuns(trace).as_laboratory, proofs=proofs)
    assert quick.proof is not None
    assert whole.proof is not None
    assert quick.proof.inputs != whole.proof.inputs
    assert max(count.trials for count in whole.proof.options + whole.proof.premises) > 64


def test_what_is_kept_of_curves_is_what_is_drawn(proofs: ProofStore) -> None:
    """Eight lines per arm in six digits, gaps where a value is not finite, survive being kept."""
    verify_variant(HIGH, runs().as_laboratory, proofs=proofs)
    kept = proofs.get(inputs_of(HIGH))
    assert kept is not None
    assert kept.quantity == "loss"
    assert kept.lines == {
        "reference": ((1.0, 0.5, 0.123457, 0.1),) * 8,
        "too_high": ((0.7, 3.1, None, 2.0),) * 8,
    }


@pytest.mark.parametrize(
    "content", [b"", b"{}", b"[" * 100_000, b"\xff", b'{"inputs": 1}', b"null"]
)
def test_a_proof_that_cannot_be_read_counts_as_missing(proofs: ProofStore, content: bytes) -> None:
    """Whatever lies under a proof's key, it is proved anew, and kept."""
    proofs.put(prove(HIGH, runs().as_laboratory))
    (entry,) = proofs.cache.folder.rglob("*.blob")
    proofs.cache.put(entry.stem, content)
    assert proofs.get(inputs_of(HIGH)) is None
    assert verify_variant(HIGH, runs().as_laboratory, proofs=proofs).holds
    assert proofs.get(inputs_of(HIGH)) is not None


def test_a_proof_of_something_else_counts_as_missing(proofs: ProofStore) -> None:
    """A sound proof under another's key is not taken for it, nor one that lacks a claim."""
    proof = prove(HIGH, runs().as_laboratory)
    proofs.put(proof)
    (entry,) = proofs.cache.folder.rglob("*.blob")
    other = TypeAdapter(Proof).dump_json(replace(proof, inputs="0" * 64))
    proofs.cache.put(entry.stem, other)
    assert proofs.get(proof.inputs) is None
    proofs.put(replace(proof, options=proof.options[1:]))
    asked = runs()
    assert verify_variant(HIGH, asked.as_laboratory, proofs=proofs).holds
    assert asked.asked


def derived(counts: list[Count]) -> VerifiedVariant:
    premises, options = tuple(counts[:2]), tuple(counts[2:])
    proof = Proof(inputs_of(HIGH), premises, options, "loss", {}, "2.0")
    return verified_by(HIGH, proof)


@given(st.lists(st.integers(0, 64), min_size=6, max_size=6))
def test_verdicts_follow_from_the_counts(held: list[int]) -> None:
    """A variant holds just when its premises and one option are shown and the others refuted."""
    verified = derived([Count(each, 64) for each in held])
    shown = [decision.verdict for decision in (*verified.premises, *verified.options)]
    right = ["supported"] * 2, sorted(["supported"] + ["refuted"] * 3)
    assert verified.holds is ((shown[:2], sorted(shown[2:])) == right)
    assert [decision.held for decision in verified.options] == held[2:]


@pytest.mark.parametrize(("held", "trials"), [(-1, 64), (65, 64), (0, 0)])
def test_impossible_counts_are_refused(held: int, trials: int) -> None:
    """No runs show them, in memory or in a file."""
    with pytest.raises(ValueError, match="is no count"):
        Count(held, trials)
    with pytest.raises(ValidationError, match="is no count"):
        TypeAdapter(Count).validate_python({"held": held, "trials": trials})


def other_rate(variant: Variant) -> Variant:
    arms = {**variant.experiment.arms, "too_high": {"lr": 11.0}}
    return replace(variant, experiment=replace(variant.experiment, arms=arms))


def other_epochs(variant: Variant) -> Variant:
    return replace(variant, experiment=replace(variant.experiment, epochs=21))


def other_quantifier(variant: Variant) -> Variant:
    first, *rest = variant.options
    claim = replace(first.claim, quantifier=Quantifier.NEVER)
    return replace(variant, options=(replace(first, claim=claim), *rest))


def other_parameter(variant: Variant) -> Variant:
    first, *rest = variant.premises
    claim = replace(first.claim, parameters={"arm": "too_high"})
    return replace(variant, premises=(replace(first, claim=claim), *rest))


def other_order(variant: Variant) -> Variant:
    return replace(variant, options=variant.options[::-1])


def another_name(variant: Variant) -> Variant:
    """Counts are of options by their names."""
    first, *rest = variant.options
    return replace(variant, options=(replace(first, id="another"), *rest))


@pytest.mark.parametrize(
    "change",
    [other_rate, other_epochs, other_quantifier, other_parameter, other_order, another_name],
)
def test_what_a_verdict_depends_on_is_in_the_digest(change: Callable[[Variant], Variant]) -> None:
    """A proof is not used again once a setting, the epochs, a claim or whose it is has changed."""
    assert inputs_of(change(HIGH)) != inputs_of(HIGH)


def test_texts_and_spelled_out_defaults_are_not_in_the_digest() -> None:
    """Rewording trains nothing again, and neither does writing a default into the file."""
    first, *rest = HIGH.options
    reworded = replace(first, text="another", feedback="another")
    changed = replace(HIGH, options=(reworded, *rest), stem="another", name="another")
    assert inputs_of(changed) == inputs_of(HIGH)
    arms = {name: {"optimizer": "SGD", **given} for name, given in HIGH.experiment.arms.items()}
    spelled = replace(HIGH, experiment=replace(HIGH.experiment, arms=arms))
    assert inputs_of(spelled) == inputs_of(HIGH)


def test_builds_of_one_torch_release_share_proofs() -> None:
    """The local part of torch's version names a build, not what it computes."""
    assert public_version("2.13.0+cpu") == public_version("2.13.0+cu130") == "2.13.0"


def test_all_code_that_proves_is_in_the_digest() -> None:
    """Whatever module of verify the proving modules import is itself among them."""
    folder = Path(lrquiz.__file__).parent
    for name in PROVING:
        assert (folder / name).exists(), name
    for name in (each for each in PROVING if each.startswith("verify/")):
        for node in ast.walk(ast.parse((folder / name).read_text())):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("lrquiz.verify"):
                module = str(node.module).removeprefix("lrquiz.").replace(".", "/") + ".py"
                assert module in {*PROVING, "verify/inputs.py"}, f"{name} imports {module}"
