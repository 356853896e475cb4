"""Help with a rejection: which nearby settings would make the item hold."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from lrquiz.bank.items import load_item
from lrquiz.bank.variants import neighbour_of, variants_of
from lrquiz.evidence.store import EvidenceStore
from lrquiz.experiments.laboratory import Laboratory
from lrquiz.model.item import Experiment
from lrquiz.model.trace import Trace
from lrquiz.model.verdict import VerifiedVariant
from lrquiz.resources.locate import shipped_bank
from lrquiz.verify import verify_variant
from lrquiz.verify.nearby import neighbours_of, where_it_holds
from tests.verify.recorded_runs import RecordedRuns, losses, shipped


def changed_item(folder: Path, old: str, new: str) -> Path:
    """Write the scheduler item with one change; return its file."""
    text = (shipped_bank() / "items" / "schedulers" / "scheduler-halving.toml").read_text()
    assert old in text
    path = folder / "scheduler-halving.toml"
    path.write_text(text.replace(old, new))
    return path


def test_a_setting_that_would_hold_is_found(tmp_path: Path) -> None:
    """With gamma 0.25 no option is right; with 0.5 the rate is halved, and with 2.5 it grows.

    With a step size of 10 it is still the same at epoch 5.
    """
    path = changed_item(tmp_path, "step_size = 5, gamma = 0.5", "step_size = 5, gamma = 0.25")
    variant = variants_of(load_item(path))[0]
    with Laboratory(EvidenceStore(tmp_path / "store"), workers=1) as laboratory:
        rejected = verify_variant(variant, laboratory)
        neighbours = neighbours_of(rejected, laboratory)
    assert rejected.rejection is not None
    assert rejected.rejection.code == "no key"
    assert [each.value for each in neighbours if each.verified.holds] == [10, 0.5, 2.5]
    lines = where_it_holds(neighbours)
    every = "there every premise and option is decided"
    assert lines[0] == f"it would hold at arms.step.step_size = 10: {every}"
    assert lines[1] == f"it would hold at arms.step.gamma = 0.5 and 2.5: {every}"
    assert len(lines) == 2 + sum(not each.verified.holds for each in neighbours)


def test_code_in_a_stem_assigns_what_is_trained(tmp_path: Path) -> None:
    """A setting typed into the stem's code must be an arm's own, or the stem is false."""
    path = changed_item(tmp_path, "gamma={{ arms.step.gamma }}", "gamma=0.25")
    variant = variants_of(load_item(path))[0]
    with Laboratory(EvidenceStore(tmp_path / "store"), workers=1) as laboratory:
        rejected = verify_variant(variant, laboratory)
    assert rejected.rejection is not None
    assert "the stem says gamma=0.25" in rejected.rejection.reason


def test_wrong_words_are_not_mended_by_settings(tmp_path: Path) -> None:
    """A rejection for what the text says trains nothing to look around."""
    path = changed_item(tmp_path, "It is half the initial value", "It is a third of it")
    variant = variants_of(load_item(path))[0]
    with Laboratory(EvidenceStore(tmp_path / "store"), workers=1) as laboratory:
        rejected = verify_variant(variant, laboratory)
        assert rejected.rejection is not None
        assert neighbours_of(rejected, laboratory) == ()
    assert not (tmp_path / "store").exists()
    assert where_it_holds(()) == ()


def rejected_at(lr: float, trace: Callable[[str, int], Trace]) -> VerifiedVariant:
    """Return the headline item rejected with its high rate at `lr`."""
    variant = neighbour_of(shipped("lr-too-high-effect"), "arms.too_high.lr", lr)
    return verify_variant(variant, RecordedRuns(trace).as_laboratory)


def runs_of_reference(arm: str, _: int) -> Trace:
    return losses(1.0, 0.5, 0.2, 0.1 if arm == "reference" else 0.05)


@dataclass
class RatedRuns(RecordedRuns):
    """Runs whose traces depend on the arm's rate, as those of the laboratory do."""

    by_rate: Callable[[str, float, int], Trace] = lambda *_: losses(1.0)

    def trials(self, experiment: Experiment, seeds: range) -> dict[str, tuple[Trace, ...]]:
        self.asked.append(seeds)
        return {
            arm: tuple(self.by_rate(arm, float(settings["lr"]), seed) for seed in seeds)
            for arm, settings in experiment.arms.items()
        }


def by_rate(arm: str, lr: float, seed: int) -> Trace:
    """Below 8 the high rate ends better; from 8 on it bounces, at 50 in all seeds but three."""
    if arm == "reference":
        return losses(1.0, 0.5, 0.2, 0.1)
    if lr < 8:
        return losses(1.0, 0.5, 0.2, 0.05)
    return losses(1.0, 0.9, 0.8, 0.7) if lr > 20 and seed < 3 else losses(1.0, 3.0, 1.0, 2.0)


def test_each_neighbour_is_told_with_its_k_of_n() -> None:
    """Where it holds is told first, then why not elsewhere: each with held seeds and all seeds."""
    runs = RatedRuns(runs_of_reference, by_rate=by_rate).as_laboratory
    neighbours = neighbours_of(rejected_at(5.0, runs_of_reference), runs)
    lines = where_it_holds(neighbours)
    assert lines[0] == (
        "it would hold at arms.too_high.lr = 10: there every premise and option is decided, "
        "and the key held in 64 of 64 seeds"
    )
    assert (
        'at arms.too_high.lr = 0.5 the premise "at 0.5 training ends worse than at 0.1, or not '
        'finite" held in 0 of 64 seeds'
    ) in lines
    assert "at arms.too_high.lr = 50 option smooth is undecided: it held in 3 of 64 seeds" in lines
    assert len(lines) == len(neighbours) == 8
    told = {each.value: each.decision for each in neighbours if "too_high" in each.path}
    assert {rate: each and (each.held, each.trials) for rate, each in told.items()} == {
        0.5: (0, 64),
        2.5: (0, 64),
        10.0: (64, 64),
        50.0: (3, 64),
    }


def test_where_nothing_holds_the_reasons_are_told() -> None:
    """Without any place to go, an author still learns what was tried and what failed."""
    runs = RecordedRuns(runs_of_reference).as_laboratory
    lines = where_it_holds(neighbours_of(rejected_at(5.0, runs_of_reference), runs))
    assert lines[0] == "with one setting changed it would hold at none of these either:"
    assert len(lines) == 9
    assert all("held in 0 of 64 seeds" in line for line in lines[1:])


def with_settings(experiment: Experiment, **settings: float) -> Experiment:
    arms = {name: {**own, **settings} for name, own in experiment.arms.items()}
    return replace(experiment, arms=arms)


def test_whole_numbers_stay_whole_and_settings_within_bounds() -> None:
    """Half and double of a width, rounded; what the recipe refuses is not tried."""
    rejected = rejected_at(5.0, runs_of_reference)
    experiment = with_settings(rejected.variant.experiment, hidden=1, batch_size=25)
    variant = replace(rejected.variant, experiment=experiment)
    runs = RecordedRuns(runs_of_reference).as_laboratory
    neighbours = neighbours_of(replace(rejected, variant=variant), runs)
    moved: dict[str, list[float]] = {each.path: [] for each in neighbours}
    for each in neighbours:
        moved[each.path].append(each.value)
    assert moved["arms.too_high.hidden"] == [2]
    assert moved["arms.too_high.batch_size"] == [12, 50]
    assert len(neighbours) <= 16
