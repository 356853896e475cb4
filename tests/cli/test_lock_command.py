"""`bank lock` and what relies on it, as processes: quizzes without torch, and changes noticed."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from lrquiz.bank.bank import load_bank
from lrquiz.bank.variants import variants_of
from lrquiz.resources.cache import ContentCache
from lrquiz.verify.inputs import inputs_of
from lrquiz.verify.proofs import ProofStore
from tests.conftest import Command
from tests.verify.banks import ITEM, change, item_file, small_bank


@pytest.fixture(scope="module")
def locked(lrquiz: Command, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small bank, locked once for all tests."""
    folder = small_bank(tmp_path_factory.mktemp("locked") / "bank")
    done = lrquiz("bank", "lock", "--bank", folder)
    assert (done.code, done.stdout) == (0, ""), done.stderr
    assert "3 variants locked, 0 of them rejected" in done.stderr
    return folder


@pytest.fixture
def bank(tmp_path: Path, locked: Path) -> Path:
    """A copy of the locked bank, to be changed."""
    return shutil.copytree(locked, tmp_path / "bank")


def without_torch(
    bank: Path, environment: dict[str, str], folder: Path, *arguments: object
) -> subprocess.CompletedProcess[str]:
    """Run `generate` where importing torch raises and nothing is cached."""
    (folder / "no").mkdir(exist_ok=True)
    (folder / "no" / "torch.py").write_text("raise SystemExit('torch was imported')\n")
    command = [sys.executable, "-m", "lrquiz", "generate", "--bank", bank, *arguments]
    places = f"{folder / 'no'}:{environment['PYTHONPATH']}"
    return subprocess.run(
        [*map(str, command)],
        env={**environment, "PYTHONPATH": places, "LRQUIZ_CACHE": str(folder / "empty")},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_fresh_lock_needs_no_torch(
    bank: Path, lrquiz: Command, environment: dict[str, str], tmp_path: Path
) -> None:
    """Without torch and with an empty cache, the quiz is the one that training gives, in bytes."""
    done = without_torch(bank, environment, tmp_path, "--out", tmp_path / "locked")
    assert done.returncode == 0, done.stderr
    assert "1 items, every key proved; variants from the lock: 2, proved now: 0." in done.stderr
    assert not (tmp_path / "empty").exists()
    (bank / "verdicts.lock.json").unlink()
    trained = lrquiz("generate", "--bank", bank, "--out", tmp_path / "proved")
    assert "variants from the lock: 0, proved now: 2" in trained.stderr
    for file in ("quiz.json", "practice.html"):
        locked = (tmp_path / "locked" / file).read_bytes()
        assert locked == (tmp_path / "proved" / file).read_bytes()


def test_without_a_lock_torch_is_needed(
    bank: Path, environment: dict[str, str], tmp_path: Path
) -> None:
    """What shows above that nothing trains would fail if something did."""
    (bank / "verdicts.lock.json").unlink()
    done = without_torch(bank, environment, tmp_path, "--out", tmp_path / "out")
    assert done.returncode != 0


def test_what_is_not_fresh_is_proved_now(bank: Path, lrquiz: Command, tmp_path: Path) -> None:
    """A changed item is proved as without a lock, and the closing line says so."""
    change(item_file(bank), "epochs = 12", "epochs = 14")
    done = lrquiz("generate", "--bank", bank, "--out", tmp_path / "out", "--json")
    assert done.code == 0
    assert done.json()["variants"] == {"from_lock": 0, "proved_now": 2}


def test_locked_trains_nothing(
    bank: Path, environment: dict[str, str], lrquiz: Command, tmp_path: Path
) -> None:
    """With --locked a stale variant is rejected, with the reason, the lock and the remedy."""
    out = ("--locked", "--out", tmp_path / "out")
    assert without_torch(bank, environment, tmp_path, *out).returncode == 0
    change(item_file(bank), "epochs = 12", "epochs = 14")
    done = without_torch(bank, environment, tmp_path, *out)
    assert done.returncode == 2
    assert done.stderr.count("stale: its settings or its claims changed") == 3
    assert str(bank / "verdicts.lock.json") in done.stderr
    assert f"lrquiz bank lock --bank {bank}" in done.stderr
    assert lrquiz("bank", "lock", "--bank", bank).code == 0
    assert without_torch(bank, environment, tmp_path, *out).returncode == 0


def test_locked_needs_a_lock(lrquiz: Command, tmp_path: Path) -> None:
    """Without any lock, --locked says where it would be and how to write it."""
    bank = small_bank(tmp_path / "bank")
    done = lrquiz("generate", "--locked", "--bank", bank, "--out", tmp_path / "out")
    assert done.code == 2
    assert "there is no lock" in done.stderr
    assert not (tmp_path / "out").exists()


def test_a_check_without_a_lock_or_a_bank_says_so(lrquiz: Command, tmp_path: Path) -> None:
    """No lock is one difference, found without training; no bank is wrong input."""
    bank = small_bank(tmp_path / "bank")
    done = lrquiz("bank", "lock", "--check", "--bank", bank, "--json")
    assert (done.code, done.json()["differences"]) == (1, ["there is no lock"])
    for command in (["lock"], ["lock", "--check"]):
        none = lrquiz("bank", *command, "--bank", tmp_path / "none")
        assert none.code == 2
        assert "no such bank folder" in none.stderr


def test_a_damaged_lock_is_told(bank: Path, lrquiz: Command, tmp_path: Path) -> None:
    """A torn or merged lock stops generate and the check with a sentence; locking mends it."""
    lock = bank / "verdicts.lock.json"
    lock.write_text(lock.read_text().replace('"items"', "<<<<<<< HEAD", 1))
    for command in (["generate", "--out", tmp_path / "out"], ["bank", "lock", "--check"]):
        done = lrquiz(*command, "--bank", bank)
        assert (done.code, done.stdout) == (2, "")
        assert f"{lock}: the lock is damaged" in done.stderr
    assert lrquiz("bank", "lock", "--bank", bank).code == 0
    assert lrquiz("bank", "lock", "--check", "--bank", bank).code == 0


def test_the_check_answers_with_its_exit_code(bank: Path, lrquiz: Command) -> None:
    """0 when all is as locked; 1 with each difference, and nothing is written."""
    done = lrquiz("bank", "lock", "--check", "--bank", bank)
    assert done.code == 0
    assert "all 3 variants are as locked" in done.stderr
    change(item_file(bank), "gamma = 0.5", "gamma = 0.25")
    before = (bank / "verdicts.lock.json").read_bytes()
    done = lrquiz("bank", "lock", "--check", "--bank", bank)
    assert done.code == 1
    name = f"{ITEM} arms.step.lr=0.1: "
    assert f"{name}its settings or its claims changed" in done.stderr
    assert f"{name}it was keyed half and is rejected (no key) now" in done.stderr
    told = f"{name}option half was supported (1 of 1) and is refuted (0 of 1) now"
    assert told in done.stderr
    assert told in lrquiz("bank", "lock", "--check", "--json", "--bank", bank).json()["differences"]
    assert (bank / "verdicts.lock.json").read_bytes() == before


def test_a_rejected_variant_is_locked_as_rejected(bank: Path, lrquiz: Command) -> None:
    """A lock says of every variant what it is, also that it does not hold, and exits with 0."""
    change(item_file(bank), "gamma = 0.5", "gamma = 0.25")
    done = lrquiz("bank", "lock", "--json", "--bank", bank)
    assert done.code == 0
    assert done.json()["rejected"] == 3
    (entry, *_) = json.loads((bank / "verdicts.lock.json").read_text())["items"][ITEM].values()
    assert entry["rejected"] == "no key"
    assert "key" not in entry


def test_a_bank_that_cannot_be_proved_leaves_the_lock_alone(bank: Path, lrquiz: Command) -> None:
    """A faulty item file stops locking before anything is written."""
    before = (bank / "verdicts.lock.json").read_bytes()
    change(item_file(bank), 'bloom = "apply"', 'blom = "apply"')
    assert lrquiz("bank", "lock", "--bank", bank).code == 2
    assert (bank / "verdicts.lock.json").read_bytes() == before


def test_what_was_verified_is_not_proved_again(bank: Path, lrquiz: Command) -> None:
    """A second verification rests on kept proofs and looks at no trial."""
    done = lrquiz("verify", "--bank", bank, "--json")
    assert done.code == 0
    document = done.json()
    assert document["proofs"] == {"kept": 3}
    assert document["trials"] == {"trained": 0, "kept": 0}


def falsify_proofs(store: Path, bank: Path) -> None:
    """Keep, under the inputs of each variant, a proof that makes another option the key."""
    proofs = ProofStore(ContentCache(store))
    for variant in [each for item in load_bank(bank).items for each in variants_of(item)]:
        proof = proofs.get(inputs_of(variant))
        assert proof is not None
        half, same, *rest = proof.options
        proofs.put(replace(proof, options=(same, half, *rest)))


def test_the_check_takes_no_kept_proof(
    lrquiz: Command, environment: dict[str, str], tmp_path: Path
) -> None:
    """A false proof in the cache deceives verify, not the check, which counts trials again."""
    bank = small_bank(tmp_path / "bank")
    change(item_file(bank), "epochs = 12", "epochs = 13")  # so that no other test meets the proof
    assert lrquiz("bank", "lock", "--bank", bank).code == 0
    falsify_proofs(Path(environment["LRQUIZ_CACHE"]), bank)
    assert "key: half" not in lrquiz("verify", "--bank", bank).stderr
    done = lrquiz("bank", "lock", "--check", "--bank", bank)
    assert done.code == 0, done.stderr
    assert "all 3 variants are as locked (0 trials trained now, 6 from the" in done.stderr
    assert "key: half" in lrquiz("verify", "--bank", bank).stderr


@pytest.mark.parametrize("command", ["verify", "bank lock", "bank lock --check"])
def test_fresh_takes_nothing_from_the_cache(command: str, bank: Path, lrquiz: Command) -> None:
    """All is trained anew, though the cache holds all; what it then holds serves the next run."""
    done = lrquiz(*command.split(), "--fresh", "--bank", bank)
    assert done.code == 0
    assert "proofs kept" not in done.stderr
    assert "6 trials trained now, 0 from the evidence store" in done.stderr
    again = lrquiz("verify", "--bank", bank)
    assert "3 proofs kept from before, 0 trials trained now" in again.stderr


def test_help_says_what_is_done_again(lrquiz: Command) -> None:
    """Help tells which of proofs and trials each option takes from the cache."""
    text = " ".join(lrquiz("bank", "lock", "--help").stdout.split())
    assert "With --check no kept proof is taken" in text
    assert "Trials that the cache holds are not trained again, unless --fresh is given too" in text
    assert "With --fresh neither proofs nor trials are taken" in text


def test_an_edited_lock_stops_whoever_relies_on_it(
    bank: Path, lrquiz: Command, tmp_path: Path
) -> None:
    """A key that was changed by hand reaches no quiz: exit code 2, and the remedy."""
    change(bank / "verdicts.lock.json", '"key": ["half"]', '"key": ["zero"]')
    done = lrquiz("generate", "--locked", "--bank", bank, "--out", tmp_path / "out")
    assert done.code == 2
    assert "does not fit its seal" in done.stderr
    assert f"lrquiz bank lock --bank {bank}" in done.stderr


@pytest.mark.longest
def test_the_shipped_bank_is_as_locked(lrquiz: Command, repository: Path) -> None:
    """Proved again here, every shipped verdict is the one in the committed lock."""
    command = ("bank", "lock", "--check", "--bank", repository / "question_bank")
    done = lrquiz(*command, timeout=900)
    assert done.code == 0, done.stderr
