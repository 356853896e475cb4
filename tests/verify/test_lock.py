"""The lock of a bank: relied on while fresh, never copied blindly, refused when damaged.

Nothing is trained here: a fixture returns traces that were recorded by hand (see RecordedRuns).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from lrquiz.bank.bank import load_bank
from lrquiz.bank.variants import variants_of
from lrquiz.errors import BankError, OutputError
from lrquiz.model.item import Variant
from lrquiz.model.trace import Trace
from lrquiz.model.verdict import VerifiedVariant
from lrquiz.resources.locate import shipped_bank
from lrquiz.verify import verify_variant
from lrquiz.verify.lock.check import differences
from lrquiz.verify.lock.entries import LockedVariant, curves_of, lock_of
from lrquiz.verify.lock.file import lock_path, read_curves, read_lock, write_lock
from lrquiz.verify.lock.reliance import LockedBank
from lrquiz.verify.lock.seals import digest_of_curves, seal_of
from tests.verify.banks import ITEM, change, item_file, small_bank
from tests.verify.recorded_runs import RecordedRuns, rates

STEP_LR = rates((0.1,) * 5 + (0.05,) * 5 + (0.025,) * 2, (0.1,) * 4 + (0.05,) * 5 + (0.025,) * 3)
CONSTANT = rates((0.1,) * 12, (0.1,) * 12)


def variants(bank: Path) -> list[Variant]:
    return [variant for item in load_bank(bank).items for variant in variants_of(item)]


def proved(bank: Path, trace: Any = STEP_LR) -> list[VerifiedVariant]:  # noqa: ANN401
    def verified(variant: Variant) -> VerifiedVariant:
        begun = at_rate(trace, variant.experiment.arms["step"]["lr"])
        return verify_variant(variant, RecordedRuns(lambda *_: begun).as_laboratory)

    return [verified(variant) for variant in variants(bank)]


def at_rate(trace: Trace, rate: float) -> Trace:
    """Return the trace as it would be had training begun at this rate."""
    times = rate / trace.epoch("lr")[0]
    columns = {name: tuple(times * each for each in trace.epoch(name)) for name in trace.epochs}
    return replace(trace, epochs=columns)


def write(bank: Path, verified: Sequence[VerifiedVariant]) -> None:
    write_lock(bank, lock_of(verified), curves_of(verified))


@pytest.fixture
def bank(tmp_path: Path) -> Path:
    """A small bank with a lock; its rate follows no formula of epochs, so that it may be any."""
    folder = small_bank(tmp_path / "bank")
    change(item_file(folder), "gamma = 0.5 }", 'gamma = 0.5, stepped = "batch", batches = 1 }')
    write(folder, proved(folder))
    return folder


def locked(bank: Path) -> LockedBank:
    lock = read_lock(bank)
    assert lock is not None
    return LockedBank(bank, lock)


def found(bank: Path, trace: Any = STEP_LR) -> list[str]:  # noqa: ANN401
    return list(differences(bank, locked(bank).lock, proved(bank, trace)))


def edit(path: Path, change: Callable[[dict[str, Any]], None]) -> None:
    data = json.loads(path.read_text())
    change(data)
    path.write_text(json.dumps(data))


def test_what_is_locked_comes_back_whole(bank: Path) -> None:
    """A variant verified from the lock equals the one that was proved: verdicts, key and curves."""
    again = [locked(bank).verified(variant) for variant in variants(bank)]
    assert again == proved(bank)
    assert len(again) == 3
    assert found(bank) == []


def test_a_lock_is_the_same_bytes_for_the_same_proofs(bank: Path) -> None:
    """Locking again changes nothing that a diff would show."""
    files = [lock_path(bank), bank / "curves" / f"{ITEM}.json"]
    before = [path.read_bytes() for path in files]
    write(bank, proved(bank))
    assert [path.read_bytes() for path in files] == before


def test_a_claim_is_one_line_of_the_lock(bank: Path) -> None:
    """A diff shows a verdict that changed as one line, with whose it is and its k of n."""
    lines = lock_path(bank).read_text().splitlines()
    claims = [json.loads(line.strip().rstrip(",")) for line in lines if '"of"' in line]
    assert len(claims) == 3 * 5
    assert {"of": "option half", "verdict": "supported", "held": 1, "trials": 1} in claims


def test_a_bank_without_a_lock_has_none(tmp_path: Path) -> None:
    """No file is no lock and no error."""
    assert read_lock(small_bank(tmp_path / "bank")) is None
    assert read_curves(tmp_path / "bank", ITEM) == {}


def test_a_lock_is_no_item(bank: Path) -> None:
    """The bank reads as before, also where items lie beside the lock."""
    assert [item.id for item in load_bank(bank).select([])] == [ITEM]
    item_file(bank).rename(bank / f"{ITEM}.toml")
    (bank / "items").rmdir()
    (bank / "blueprints" / "headline.toml").unlink()
    assert [item.id for item in load_bank(bank).select([])] == [ITEM]


def test_a_changed_setting_makes_its_variants_stale(bank: Path) -> None:
    """What was not proved is not relied on; what did not change still is."""
    change(item_file(bank), "[0.1, 0.4, 0.02]", "[0.1, 0.8, 0.02]")
    first, second, third = variants(bank)
    assert locked(bank).verified(first) is not None
    assert locked(bank).verified(second) is None
    assert locked(bank).verified(third) is not None
    rejection = locked(bank).stale(second).rejection
    assert rejection is not None
    assert rejection.code == "stale"
    assert "it is not in the lock" in rejection.reason
    assert f"lrquiz bank lock --bank {bank}" in rejection.reason
    assert found(bank) == [
        f"{ITEM} arms.step.lr=0.8: it is not in the lock",
        f"{ITEM} arms.step.lr=0.4: it is in the lock, but no longer in the bank",
    ]


def reseal(data: dict[str, Any]) -> None:
    """Give each entry the seal of what it holds now, as if it had been locked so."""
    for name, values in data["items"][ITEM].items():
        entry = TypeAdapter(LockedVariant).validate_python(values)
        values["seal"] = seal_of(ITEM, name, entry)


def older_torch(data: dict[str, Any]) -> None:
    for entry in data["items"][ITEM].values():
        entry.update(torch="2.1.0+cpu", inputs="0" * 64)
    reseal(data)


def older_code(data: dict[str, Any]) -> None:
    data["sources"] = "0" * 64
    other_claims(data)


def other_claims(data: dict[str, Any]) -> None:
    for entry in data["items"][ITEM].values():
        entry.update(inputs="0" * 64)
    reseal(data)


def before_seals(data: dict[str, Any]) -> None:
    for entry in data["items"][ITEM].values():
        del entry["seal"], entry["curves"]


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        (older_torch, "it was proved with torch 2.1.0, and torch is 2."),
        (older_code, "the code that proves it changed"),
        (other_claims, "its settings or its claims changed"),
        (before_seals, "it was locked before entries had seals"),
    ],
)
def test_a_stale_variant_says_what_changed(
    bank: Path, changed: Callable[[dict[str, Any]], None], reason: str
) -> None:
    """Torch, the code that proves, or the item itself: each is told apart."""
    edit(lock_path(bank), changed)
    assert locked(bank).verified(variants(bank)[0]) is None
    sentences = found(bank)
    assert len(sentences) == 3
    assert all(reason in each for each in sentences)


def test_a_lock_without_curves_is_not_relied_on(bank: Path) -> None:
    """A variant whose curves are missing, or of other inputs, is proved anew, and told."""
    curves = bank / "curves" / f"{ITEM}.json"
    edit(curves, lambda data: data["variants"].pop("arms.step.lr=0.1"))
    edit(curves, lambda data: data["variants"]["arms.step.lr=0.4"].update(inputs="0" * 64))
    verified = [locked(bank).verified(variant) for variant in variants(bank)]
    assert [each is None for each in verified] == [True, True, False]
    assert len(found(bank)) == 2
    assert "curves are missing" in found(bank)[0]


def test_a_verdict_that_changed_is_told_from_what_to_what(bank: Path) -> None:
    """When runs show something else from the same inputs, every change is one sentence."""
    sentences = found(bank, CONSTANT)
    name = f"{ITEM} arms.step.lr=0.1: "
    assert [each.removeprefix(name) for each in sentences if each.startswith(name)] == [
        "it was keyed half and is keyed same now",
        "option half was supported (1 of 1) and is refuted (0 of 1) now",
        "option same was refuted (0 of 1) and is supported (1 of 1) now",
    ]


def test_wording_is_looked_at_live(bank: Path) -> None:
    """A text that no longer says what its claim says rejects a variant whose proof is fresh."""
    change(item_file(bank), '"It is half the initial value"', '"It is a third of that value"')
    verified = locked(bank).verified(variants(bank)[0])
    assert verified is not None
    assert verified.rejection is not None
    assert verified.rejection.code == "wording"
    assert f"{ITEM} arms.step.lr=0.1: it was keyed half and is rejected (wording) now" in found(
        bank
    )


def test_a_text_that_was_mended_is_proved(bank: Path) -> None:
    """What was locked as rejected for its words has no proof, so mending them is not enough."""
    change(item_file(bank), '"It is half the initial value"', '"It is a third of that value"')
    write(bank, proved(bank))
    assert "wording" in lock_path(bank).read_text()
    change(item_file(bank), '"It is a third of that value"', '"It is half the initial value"')
    assert locked(bank).verified(variants(bank)[0]) is None
    rejection = locked(bank).stale(variants(bank)[0]).rejection
    assert rejection is not None
    assert rejection.code == "stale"


def test_a_renamed_option_is_told(bank: Path) -> None:
    """Counts are of options by their names, so what is named otherwise is proved again."""
    change(item_file(bank), 'id = "half"', 'id = "halved"')
    assert "'option half' is called 'option halved' now" in "\n".join(found(bank))
    assert locked(bank).verified(variants(bank)[0]) is None


def test_exchanged_names_of_options_are_noticed(bank: Path) -> None:
    """Neither the key's name nor its count passes to an option with another claim."""
    change(item_file(bank), 'id = "half"', 'id = "spare"')
    change(item_file(bank), 'id = "zero"', 'id = "half"')
    change(item_file(bank), 'id = "spare"', 'id = "zero"')
    assert [locked(bank).verified(variant) for variant in variants(bank)] == [None] * 3
    rejection = locked(bank).stale(variants(bank)[0]).rejection
    assert rejection is not None
    assert "'option half' is called 'option zero' now" in rejection.reason


def test_a_premise_said_otherwise_is_noticed(bank: Path) -> None:
    """The words of a premise are part of what is locked, though no run depends on them."""
    change(item_file(bank), 'says = "', 'says = "surely, ')
    (stale, *_) = [locked(bank).verified(variant) for variant in variants(bank)]
    assert stale is None
    assert any("is called 'premise: surely, " in each for each in found(bank))


def test_an_item_marked_otherwise_is_not_relied_on(bank: Path) -> None:
    """Where the same counts lead to another outcome by the item of now, the lock is not fresh."""
    edit(lock_path(bank), marked_otherwise)
    assert locked(bank).verified(variants(bank)[0]) is None
    rejection = locked(bank).stale(variants(bank)[0]).rejection
    assert rejection is not None
    assert "lead to another outcome" in rejection.reason


def marked_otherwise(data: dict[str, Any]) -> None:
    entry = data["items"][ITEM]["arms.step.lr=0.1"]
    entry["rejected"] = "two keys"
    del entry["key"]
    reseal(data)


def exchange_curves(data: dict[str, Any]) -> None:
    first, second = (data["variants"][f"arms.step.lr={rate}"] for rate in (0.1, 0.4))
    first["lines"], second["lines"] = second["lines"], first["lines"]


def draw_another_line(data: dict[str, Any]) -> None:
    data["variants"]["arms.step.lr=0.1"]["lines"]["step"][0][-1] = 0.0


def name_another_quantity(data: dict[str, Any]) -> None:
    data["variants"]["arms.step.lr=0.1"]["quantity"] = "loss"


@pytest.mark.parametrize("damage", [exchange_curves, draw_another_line, name_another_quantity])
def test_other_curves_than_were_locked_are_refused(
    bank: Path, damage: Callable[[dict[str, Any]], None]
) -> None:
    """What is drawn of an item is what was proved: lines, whose they are, and what they show."""
    path = bank / "curves" / f"{ITEM}.json"
    edit(path, damage)
    with pytest.raises(BankError, match="the lock is damaged") as caught:
        locked(bank).verified(variants(bank)[0])
    assert str(path) in str(caught.value)
    assert f"lrquiz bank lock --bank {bank}" in str(caught.value)
    assert f"{ITEM} arms.step.lr=0.1: its curves are not those that were locked" in found(bank)


def test_exchanged_arms_of_curves_are_refused() -> None:
    """The digest of curves holds which arm has which lines."""
    falling, steady = ((0.2, 0.1),), ((0.2, 0.2), (None, 0.2))
    assert digest_of_curves("lr", {"a": falling, "b": steady}) != digest_of_curves(
        "lr", {"a": steady, "b": falling}
    )


def claims_of(data: dict[str, Any]) -> list[dict[str, Any]]:
    claims: list[dict[str, Any]] = data["items"][ITEM]["arms.step.lr=0.1"]["claims"]
    return claims


def turn_a_verdict(data: dict[str, Any]) -> None:
    claims_of(data)[2]["verdict"] = "supported"


def make_an_impossible_count(data: dict[str, Any]) -> None:
    claims_of(data)[2]["held"] = 2


def drop_a_claim(data: dict[str, Any]) -> None:
    del claims_of(data)[2]


def count_what_nobody_looks_at(data: dict[str, Any]) -> None:
    claims_of(data)[2]["trials"] = 999


def edit_consistently(data: dict[str, Any]) -> None:
    """Make another option the key, in counts, verdicts and key alike."""
    _, half, same, *_ = claims_of(data)
    half.update(held=0, verdict="refuted")
    same.update(held=1, verdict="supported")
    data["items"][ITEM]["arms.step.lr=0.1"]["key"] = [same["of"].removeprefix("option ")]


def name_another_key(data: dict[str, Any]) -> None:
    data["items"][ITEM]["arms.step.lr=0.1"]["key"] = ["zero"]


def exchange_entries(data: dict[str, Any]) -> None:
    entries = data["items"][ITEM]
    one, other = "arms.step.lr=0.1", "arms.step.lr=0.4"
    entries[one], entries[other] = entries[other], entries[one]


@pytest.mark.parametrize(
    "change_by_hand",
    [
        turn_a_verdict,
        make_an_impossible_count,
        drop_a_claim,
        count_what_nobody_looks_at,
        edit_consistently,
        name_another_key,
        exchange_entries,
    ],
)
def test_an_edited_entry_is_refused(
    bank: Path, change_by_hand: Callable[[dict[str, Any]], None]
) -> None:
    """An entry that was changed by hand or merged does not fit its seal, consistent or not."""
    edit(lock_path(bank), change_by_hand)
    with pytest.raises(BankError, match="the lock is damaged") as caught:
        read_lock(bank)
    assert f"{ITEM} arms.step.lr=0.1 does not fit its seal" in str(caught.value)
    assert f"lrquiz bank lock --bank {bank}" in str(caught.value)


def test_the_shipped_lock_can_be_read() -> None:
    """Of whatever format it is, it is a lock or is stale, and stops nobody."""
    lock = read_lock(shipped_bank())
    assert lock is not None
    assert lock.items


@pytest.mark.parametrize(
    "damage", [turn_a_verdict, make_an_impossible_count, drop_a_claim, count_what_nobody_looks_at]
)
def test_a_lock_that_contradicts_itself_is_refused(
    bank: Path, damage: Callable[[dict[str, Any]], None]
) -> None:
    """Also under sound seals: verdicts follow from counts of what there is, looked at as we do."""
    edit(lock_path(bank), damage)
    edit(lock_path(bank), reseal)
    with pytest.raises(BankError, match="the lock is damaged") as caught:
        locked(bank).verified(variants(bank)[0])
    assert "arms.step.lr=0.1" in str(caught.value)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "not JSON"),
        (b"\xff\xfe", "not JSON"),
        (b"[" * 100_000, "not JSON"),
        (b"<<<<<<< HEAD\n{}", "not JSON"),
        (b"[]", "not lrquiz/"),
        (b"{}", "not lrquiz/"),
        (b'{"schema": "lrquiz/lock", "version": 2}', "not lrquiz/"),
        (b'{"schema": "lrquiz/lock", "version": 1, "sources": ""}', "damaged: "),
    ],
)
@pytest.mark.parametrize("name", ["verdicts.lock.json", f"curves/{ITEM}.json"])
def test_a_damaged_file_is_refused_with_its_name_and_the_remedy(
    bank: Path, content: bytes, says: str, name: str
) -> None:
    """Whatever it holds: one sentence that names the file and the command that writes it."""
    (bank / name).write_bytes(content)
    with pytest.raises(BankError, match=says) as caught:
        locked(bank).verified(variants(bank)[0])
    assert str(bank / name) in str(caught.value)
    assert f"lrquiz bank lock --bank {bank}" in str(caught.value)


@given(data=st.data())
def test_a_torn_lock_is_refused_or_whole(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Cut anywhere, a lock is refused; only the end of its last line may be missing."""
    bank = small_bank(tmp_path_factory.mktemp("torn") / "bank")
    write(bank, proved(bank))
    whole = lock_path(bank).read_bytes()
    length = data.draw(st.integers(0, len(whole) - 2))
    lock_path(bank).write_bytes(whole[:length])
    with pytest.raises(BankError, match="the lock is damaged"):
        read_lock(bank)


def test_curves_of_items_that_left_are_removed_and_other_files_stay(bank: Path) -> None:
    """What an item left behind is told, and goes with the next lock; foreign files do not."""
    curves = bank / "curves"
    (curves / "gone.json").write_bytes((curves / f"{ITEM}.json").read_bytes())
    (curves / "mine.json").write_text("{}")
    assert [each.partition(":")[0] for each in found(bank)] == ["gone.json"]
    write(bank, proved(bank))
    assert sorted(path.name for path in curves.iterdir()) == ["mine.json", f"{ITEM}.json"]


def test_a_lock_that_cannot_be_written_whole_is_not_written(bank: Path) -> None:
    """When curves cannot be written, the old lock stays and is still what it was."""
    before = lock_path(bank).read_bytes()
    curves = bank / "curves" / f"{ITEM}.json"
    curves.unlink()
    curves.mkdir()
    with pytest.raises(OutputError):
        write(bank, proved(bank, CONSTANT))
    assert lock_path(bank).read_bytes() == before
