"""The audit: what it changes, what must notice, and what it says where nothing does."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from lrquiz.bank.catalogue import RECIPES
from lrquiz.bank.items import load_item
from lrquiz.bank.variants import variants_of
from lrquiz.cli.audit_text import lines_of
from lrquiz.evidence.bands import LOOKS
from lrquiz.evidence.store import EvidenceStore
from lrquiz.experiments.laboratory import Laboratory
from lrquiz.model.item import Claim, Experiment, Item, Option, Premise, Quantifier, Variant
from lrquiz.model.verdict import VerifiedVariant
from lrquiz.resources.cache import ContentCache
from lrquiz.verify import verify_variant
from lrquiz.verify.audit.audit import audit, plan
from lrquiz.verify.audit.experiment_mutants import experiment_mutants
from lrquiz.verify.audit.item_mutants import item_mutants
from lrquiz.verify.audit.judging import Baseline, judge
from lrquiz.verify.audit.mutants import Kind
from lrquiz.verify.audit.outcomes import Argument, Fate, ItemAudit, Outcome, tally
from lrquiz.verify.audit.showing import shown_setting
from lrquiz.verify.inputs import inputs_of
from lrquiz.verify.lock.entries import lock_of
from lrquiz.verify.proofs import ProofStore
from tests.verify.banks import change, item_file, small_bank
from tests.verify.recorded_runs import shipped, shipped_items

TRAINING = [name for name, info in RECIPES.items() if "epoch.weight_change" in info.records]


@pytest.fixture(scope="module")
def laboratory(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Laboratory]:
    """One warm laboratory for all tests: what one has trained, another finds."""
    folder = tmp_path_factory.mktemp("evidence")
    with Laboratory(EvidenceStore(folder), workers=1) as opened:
        yield opened


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A copy of the scheduler item, to be changed."""
    file = item_file(small_bank(tmp_path / "bank"))
    # Stepped by batches, for which no formula of epochs holds evidence to the arm.
    change(file, "gamma = 0.5 }", 'gamma = 0.5, stepped = "batch", batches = 1 }')
    return file


def audited(item: Item, laboratory: Laboratory, *, locked: bool = True) -> ItemAudit:
    """Audit an item, as it would be with a lock written just before."""
    planned = plan(item)
    lock = lock_of([verify_variant(planned.variant, laboratory)]) if locked else None
    return audit(planned, laboratory, lock=lock)


def only(found: ItemAudit, what: str) -> Outcome:
    (outcome,) = (each for each in found.outcomes if each.what == what)
    return outcome


def untrained(variant: Variant) -> VerifiedVariant:
    """Return a variant taken to hold; for mutants that must be noticed before any run."""
    return VerifiedVariant(variant, (), (), (), None, None)


@pytest.mark.parametrize(
    "item", [each for each in shipped_items() if each.options], ids=lambda item: item.id
)
def test_exchanged_claims_of_shipped_items_are_noticed(item: Item, laboratory: Laboratory) -> None:
    """Whichever claims are exchanged, also under quotes that stay, the words do not fit them."""
    (variant, *_) = variants_of(item)
    base = Baseline(untrained(variant), laboratory)
    kinds = (Kind.SWAPPED, Kind.SWAPPED_UNDER_QUOTES)
    outcomes = [judge(each, base) for each in item_mutants(variant) if each.kind in kinds]
    assert len(outcomes) >= 10
    assert {(each.fate, each.by) for each in outcomes} <= {
        (Fate.KILLED, "wording"),
        (Fate.KILLED, "lint"),
    }


def test_every_place_is_mutated() -> None:
    """Each pair of options, each premise with each option, each clock, epoch and quantifier."""
    found = [each.kind for each in item_mutants(shipped("scheduler-halving"))]
    counts = {kind: found.count(kind) for kind in found}
    options, premises = 4, 1
    assert counts == {
        Kind.SWAPPED: 6 + premises * options,
        Kind.CLOCK: 2 * (premises + options),
        Kind.EPOCH: 2 * (premises + options),
        Kind.NEGATED: premises + options,
        Kind.DELETED: premises,
    }


def test_mutants_of_experiments() -> None:
    """Rates, the numbers of a schedule that an arm names, and every call of its loop."""
    experiment = Experiment("scheduler_trace", 4, {"a": {"gamma": 0.5, "step_size": 1}, "b": {}})
    found = {(each.kind, each.what) for each in experiment_mutants(experiment)}
    assert found == {
        (Kind.RATE, "a: lr = 0.01 in place of 0.1"),
        (Kind.RATE, "a: lr = 1 in place of 0.1"),
        (Kind.RATE, "b: lr = 0.01 in place of 0.1"),
        (Kind.RATE, "b: lr = 1 in place of 0.1"),
        (Kind.SCHEDULE, "a: gamma = 0.25 in place of 0.5"),
        (Kind.SCHEDULE, "a: gamma = 1 in place of 0.5"),
        (Kind.SCHEDULE, "a: step_size = 2 in place of 1"),
        *((Kind.DROPPED, f"all arms: {call}") for call in ("zero_grad", "backward", "step")),
        (Kind.DROPPED, "all arms: scheduler_step"),
    }


def test_every_learning_rate_is_mutated_whatever_its_name() -> None:
    """A recipe with a rate for each layer has each of them changed, beside no other number."""
    arms = {"a": {"lr_first": 0.5, "momentum": 0.9}}
    found = experiment_mutants(Experiment("layer_rates", 4, arms))
    assert [each.what for each in found if each.changed] == [
        "a: lr_first = 0.05 in place of 0.5",
        "a: lr_first = 5 in place of 0.5",
        "a: lr_last = 0.0001 in place of 0.001",
        "a: lr_last = 0.01 in place of 0.001",
    ]


@pytest.mark.parametrize("recipe", RECIPES)
def test_a_setting_that_sets_a_recorded_rate_is_known_as_one(recipe: str) -> None:
    """What a recipe records as a rate under a setting's own name is a rate that audits change."""
    info = RECIPES[recipe]
    recorded = {name for name in info.fields if f"epoch.{name}" in info.records}
    assert {name for name, field in info.fields.items() if field.is_rate} == recorded


def test_a_plateau_is_mutated_as_far_as_torch_takes_it() -> None:
    """Its patience is changed; a factor of 1, which torch refuses, is no mutant."""
    arms = {"a": {"schedule": "ReduceLROnPlateau", "gamma": 0.5, "patience": 2}}
    found = experiment_mutants(Experiment("scheduler_trace", 4, arms))
    assert [each.what for each in found if each.kind is Kind.SCHEDULE] == [
        "a: gamma = 0.25 in place of 0.5",
        "a: patience = 1 in place of 2",
        "a: patience = 3 in place of 2",
    ]


def test_the_scheduler_item_is_clean(laboratory: Laboratory) -> None:
    """Nothing survives but what leaves every rate as it was, bit for bit, and says so."""
    found = audited(load_item(Path(shipped("scheduler-halving").item.path)), laboratory)
    assert found.is_clean
    survived = [each for each in found.outcomes if each.fate is Fate.SURVIVED]
    assert {each.what for each in survived} == {
        f"all arms: {call}" for call in ("zero_grad", "backward", "step")
    }
    assert {each.argument for each in survived} == {Argument.SAME_EVIDENCE}
    assert "epoch.lr and epoch.lr_after, is the same in each of 2 trials" in survived[0].reason
    assert only(found, "step: lr = 1 in place of 0.1").by == "integrity"
    assert only(found, "step: step_size = 4 in place of 5").by == "integrity"
    counted = tally(found.outcomes)
    assert (counted.open, counted.argued, counted.kill_rate) == (0, 3, 1.0)


def test_a_wrong_key_that_holds_needs_a_lock_to_be_seen(
    small: Path, laboratory: Laboratory
) -> None:
    """Another key counts as noticed where a lock has the right one, and survives without."""
    what = "step: gamma = 1 in place of 0.5"
    locked = only(audited(load_item(small), laboratory), what)
    assert (locked.fate, locked.by) == (Fate.LOCK_ONLY, "lock")
    alone = only(audited(load_item(small), laboratory, locked=False), what)
    assert (alone.fate, alone.is_open) == (Fate.SURVIVED, True)
    assert "the key same in place of half, and no lock" in alone.reason


def test_a_weak_premise_and_claims_alike_are_told(small: Path, laboratory: Laboratory) -> None:
    """A premise that another schedule meets too lets one survive, with its reason and k of n."""
    change(small, "start of epoch 4", "start of epoch 1")
    change(small, "epoch = 4", "epoch = 1")
    text = small.read_text()
    (zero,) = re.findall(r'\[\[option\]\]\nid = "zero".*', text, re.DOTALL)
    twin = zero.replace('id = "zero"', 'id = "nil"').replace("It is zero, so", "It is zero, hence")
    small.write_text(text + "\n" + twin)
    found = audited(load_item(small), laboratory)
    weak = only(found, "step: step_size = 4 in place of 5")
    assert weak.is_open
    assert weak.reason.startswith("its texts show step.step_size, yet all is decided as before")
    assert "option half supported, rate_is_multiple_of_start holds" in weak.reason
    alike = only(found, "option zero and option nil")
    assert (alike.fate, alike.argument) == (Fate.SURVIVED, Argument.SAME_ITEM)
    assert not found.is_clean
    assert tally(found.outcomes).open == 1


def test_a_deleted_premise_is_shown_by_the_lock(small: Path, laboratory: Laboratory) -> None:
    """Of two premises on one arm either can go unnoticed, but for the lock that names it."""
    (premise,) = re.findall(r"\[\[premise\]\].*?\n\n", small.read_text(), re.DOTALL)
    other = premise.replace("epoch 4", "epoch 3").replace("epoch = 4", "epoch = 3")
    change(small, premise, premise + other)
    locked = only(audited(load_item(small), laboratory), "premise 2")
    assert locked.fate is Fate.LOCK_ONLY
    assert "the lock has the premise: the rate has not changed at the start of" in locked.reason
    assert only(audited(load_item(small), laboratory, locked=False), "premise 2").is_open


def hidden_schedule(stem: str) -> Item:
    """Return an item on a decaying rate that says no more of it than its stem does."""
    clock = {"arm": "given", "epoch": 3, "clock": "0-based, start of epoch"}
    still = {**clock, "times": 1.0}
    return replace(
        shipped("scheduler-halving").item,
        stem=stem,
        hint="",
        solution=(),
        common_mistakes=(),
        variants={},
        premises=(
            Premise(
                "the rate is the same at the start of epoch 0",
                Claim("rate_is_multiple_of_start", {**still, "epoch": 0}),
            ),
        ),
        options=(
            Option(
                "other",
                "It is not the same",
                Claim("rate_is_multiple_of_start", still, Quantifier.NEVER),
            ),
            Option("more", "It has increased", Claim("rate_is_above_start", clock)),
        ),
        experiment=Experiment("scheduler_trace", 5, {"given": HIDDEN}),
    )


# Stepped by batches, for which no formula of epochs holds evidence to the arm.
HIDDEN = {"schedule": "ExponentialLR", "gamma": 0.6, "stepped": "batch", "batches": 1}

STEM = "With arms.given, counting from 0: what is the rate at the start of epoch 3?"


@pytest.mark.parametrize(
    ("more", "argument", "reason"),
    [
        ("", Argument.TRUE_TO_THE_WORDS, "no text shows given.gamma, and every premise"),
        (" Gamma is below one.", None, 'its texts show "gamma", yet all is decided as before'),
        (" It shrinks by {{ arms.given.gamma }}.", None, "its texts show given.gamma, yet all"),
        (" It decays by three fifths.", None, 'its texts show "decays", yet all'),
        (" Each is a tenth of the last.", None, 'its texts show "tenth", yet all'),
        (" Each is multiplied by 3/5.", None, 'its texts show "multiplied", yet all'),
    ],
)
def test_what_no_text_shows_may_be_otherwise(
    laboratory: Laboratory, more: str, argument: Argument | None, reason: str
) -> None:
    """A claim that holds for any decay is true of another one, unless the words fix which."""
    found = audited(hidden_schedule(STEM + more), laboratory)
    outcome = only(found, "given: gamma = 0.3 in place of 0.6")
    assert (outcome.fate, outcome.argument) == (Fate.SURVIVED, argument)
    assert outcome.reason.startswith(reason)


@pytest.mark.parametrize(
    ("stem", "shown"),
    [
        ("What happens in the end?", ""),
        ("With a peak learning rate of one ten-millionth, what happens?", '"rate"'),
        ("With steps of one ten-millionth, what happens?", '"ten-millionth"'),
        ("With extremely small steps, what happens?", '"extremely small"'),
        ("With steps a hundred times as long, what happens?", '"hundred times"'),
        ("With Lr at its best, what happens?", '"lr"'),
    ],
)
def test_a_rate_in_words_is_shown(stem: str, shown: str) -> None:
    """A text shows a rate by its name, by a number or by words that stand for either."""
    item = replace(hidden_schedule(stem), premises=(), options=(), title="")
    (variant, *_) = variants_of(item)
    mutants = experiment_mutants(variant.experiment)
    (rate, *_) = (each for each in mutants if each.kind is Kind.RATE and each.changed)
    assert rate.changed is not None
    assert shown_setting(rate, rate.changed, variant) == shown


def test_what_evidence_gives_away_is_counted_apart(laboratory: Laboratory) -> None:
    """Kills by what runs say of their arm are told, and the items' kill rate is without them."""
    found = audited(load_item(Path(shipped("scheduler-halving").item.path)), laboratory)
    counted = tally(found.outcomes)
    by_evidence = [each for each in found.outcomes if each.by == "integrity"]
    assert counted.by_evidence == len(by_evidence) == 7
    weak = replace(by_evidence[0], fate=Fate.SURVIVED, by="")
    rates = tally([weak, weak, *by_evidence[:2]])
    assert (rates.kill_rate, rates.items_kill_rate) == (0.5, 0.0)
    (told,) = (line for line in lines_of([found]) if "mutants:" in line)
    assert "of which 7 by what the evidence itself says of its arm" in told


def test_an_item_that_does_not_hold_is_not_audited(small: Path, laboratory: Laboratory) -> None:
    """There is no key to lose: the rejection is told, and no mutant is judged."""
    change(small, "gamma = 0.5,", "gamma = 0.25,")
    found = audit(plan(load_item(small)), laboratory)
    assert found.rejection is not None
    assert (found.outcomes, found.is_clean) == ((), False)


def learning(recipe: str) -> Variant:
    """Return a variant whose premise is that training learns: something that must be trained."""
    learns = Claim("training_learns", {"arm": "given"})
    never = replace(learns, quantifier=Quantifier.NEVER)
    return replace(
        shipped("lr-too-high-effect"),
        premises=(Premise("it learns", learns),),
        options=(Option("falls", "", learns), Option("stays", "", never)),
        experiment=Experiment(recipe, 2, {"given": {"lr": 0.1, "optimizer": "SGD"}}),
    )


@pytest.mark.parametrize("recipe", TRAINING)
def test_a_dropped_backward_is_noticed_in_every_recipe_that_trains(
    recipe: str, laboratory: Laboratory, tmp_path: Path
) -> None:
    """No recipe can lose its backward() unseen; and no mutated proof is kept, under any inputs."""
    variant = learning(recipe)
    base = Baseline(
        replace(untrained(variant), key=("falls",)),
        laboratory,
        proofs := ProofStore(ContentCache(tmp_path / "proofs", 1 << 20)),
    )
    wanted = [each for each in experiment_mutants(variant.experiment) if "backward" in each.what]
    (outcome,) = (judge(each, base) for each in wanted)
    assert outcome.fate is Fate.KILLED
    assert outcome.by == ("integrity" if recipe == "training_loop" else "premise failed")
    assert proofs.get(inputs_of(variant)) is None
    assert proofs.get(inputs_of(variant, LOOKS[:1])) is None
    assert not list((tmp_path / "proofs").rglob("*.blob"))
