"""Help with a rejection: which nearby settings would make the item hold."""

from __future__ import annotations

from pathlib import Path

from lrquiz.bank.items import load_item
from lrquiz.bank.variants import variants_of
from lrquiz.evidence.store import EvidenceStore
from lrquiz.experiments.laboratory import Laboratory
from lrquiz.resources.locate import shipped_bank
from lrquiz.verify import verify_variant
from lrquiz.verify.nearby import neighbours_of, where_it_holds


def changed_item(folder: Path, old: str, new: str) -> Path:
    """Write the scheduler item with one change; return its file."""
    text = (shipped_bank() / "items" / "schedulers" / "scheduler-halving.toml").read_text()
    assert old in text
    path = folder / "scheduler-halving.toml"
    path.write_text(text.replace(old, new))
    return path


def test_a_setting_that_would_hold_is_found(tmp_path: Path) -> None:
    """With gamma 0.25 no option is right; with 0.5 the rate is halved, and with 2.5 it grows."""
    path = changed_item(tmp_path, "step_size = 5, gamma = 0.5", "step_size = 5, gamma = 0.25")
    variant = variants_of(load_item(path))[0]
    with Laboratory(EvidenceStore(tmp_path / "store"), workers=1) as laboratory:
        rejected = verify_variant(variant, laboratory)
        neighbours = neighbours_of(rejected, laboratory)
    assert rejected.rejection is not None
    assert rejected.rejection.code == "no key"
    assert [each.value for each in neighbours if each.verified.holds] == [0.5, 2.5]
    assert where_it_holds(neighbours).endswith("arms.step.gamma = 0.5, or at arms.step.gamma = 2.5")


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
    path = changed_item(tmp_path, "start of epoch 5?", "start of epoch 7?")
    variant = variants_of(load_item(path))[0]
    with Laboratory(EvidenceStore(tmp_path / "store"), workers=1) as laboratory:
        rejected = verify_variant(variant, laboratory)
        assert rejected.rejection is not None
        assert neighbours_of(rejected, laboratory) == ()
    assert not (tmp_path / "store").exists()
    assert where_it_holds(()) == ""
