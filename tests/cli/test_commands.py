"""The commands as processes: what they print, what they exit with, what they leave behind."""

from __future__ import annotations

import os
import re
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from tests.conftest import Command

ITEM = "question_bank/items/learning-rate/lr-too-high-effect.toml"
UNSTEADY = 'claim = { predicate = "loss_is_unsteady", arm = "too_high", quantifier = "sometimes" }'
STEADY = 'claim = { predicate = "loss_falls_steadily", arm = "too_high" }'


@pytest.fixture
def item_file(repository: Path, tmp_path: Path) -> Path:
    """A copy of the headline item, to be changed."""
    path = tmp_path / "lr-too-high-effect.toml"
    path.write_text((repository / ITEM).read_text())
    return path


def change(path: Path, pattern: str, replacement: str) -> Path:
    text, count = re.subn(pattern, lambda _: replacement, path.read_text(), flags=re.DOTALL)
    assert count, f"nothing to change: {pattern}"
    path.write_text(text)
    return path


@pytest.mark.parametrize(
    "command",
    ["demo", "verify", "generate", "grade", "report", "bank list", "bank lint", "doctor"],
)
def test_every_command_has_help(lrquiz: Command, command: str) -> None:
    """Each command explains itself and exits with 0."""
    done = lrquiz(*command.split(), "--help")
    assert done.code == 0
    assert len(done.stdout.splitlines()) > 5


def test_help_imports_nothing_heavy(environment: dict[str, str]) -> None:
    """Help costs click and little more: no torch, pydantic, jinja2, matplotlib or rich."""
    code = (
        "import sys, lrquiz.cli.app as app\n"
        "try: app.lrquiz_group.main(['--help'], standalone_mode=False)\n"
        "finally: print(sorted({n.partition('.')[0] for n in sys.modules}), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True
    )
    for heavy in ("torch", "pydantic", "jinja2", "matplotlib", "numpy", "rich", "markdown_it"):
        assert f"'{heavy}'" not in done.stderr


def test_headline_items_hold(lrquiz: Command) -> None:
    """The headline items are proved; JSON tells k of n, bounds, verdicts, key and versions."""
    done = lrquiz("verify", "lr-too-high-effect", "missing-backward", "scheduler-halving", "--json")
    assert done.code == 0
    document = done.json()
    assert document["versions"]["torch"].startswith("2.")
    keys = {variant["item"]: variant["key"] for variant in document["variants"]}
    assert keys == {
        "lr-too-high-effect": ["bounces"],
        "missing-backward": ["no-backward"],
        "scheduler-halving": ["half"],
    }
    first = document["variants"][0]["options"][0]
    assert (first["verdict"], first["held"], first["trials"]) == ("supported", 64, 64)
    assert first["lower"] == pytest.approx(0.9106, abs=1e-4)


def test_swapped_claims_are_noticed(lrquiz: Command, item_file: Path) -> None:
    """An item whose options have exchanged claims is rejected: the words say something else."""
    text = item_file.read_text()
    item_file.write_text(text.replace(UNSTEADY, "@").replace(STEADY, UNSTEADY).replace("@", STEADY))
    done = lrquiz("verify", item_file)
    assert done.code == 1
    assert "wording: option bounces" in done.stderr


def test_a_deleted_premise_is_noticed(lrquiz: Command, item_file: Path) -> None:
    """An item without premises, or with an arm that no premise covers, is malformed."""
    done = lrquiz("verify", change(item_file, r"\[\[premise\]\].*?(?=\[\[option)", ""))
    assert done.code == 2
    assert "needs at least one [[premise]]" in done.stderr


def test_a_deleted_half_of_the_premises_is_noticed(lrquiz: Command, item_file: Path) -> None:
    """Without the premise on the high rate, nothing says that it really is too high."""
    premise = r'\[\[premise\]\]\nsays = "at \{\{ arms.too_high.lr.*?(?=\[\[option)'
    done = lrquiz("verify", change(item_file, premise, ""))
    assert done.code == 2
    assert "arm 'too_high'" in done.stderr


def test_a_rate_that_is_not_too_high_is_noticed(lrquiz: Command, item_file: Path) -> None:
    """With 5 in front of the high rates the premise fails, and the figures are told."""
    change(item_file, r"too_high = \{ lr = 10.0 \}", "too_high = { lr = 5.0 }")
    done = lrquiz("verify", change(item_file, r"\[10\.0, 30\.0\]", "[5.0, 10.0, 30.0]"))
    assert done.code == 1
    assert "rejected  lr-too-high-effect arms.too_high.lr=5.0" in done.stderr
    assert re.search(r"premise failed: .* held in \d+ of 64 seeds", done.stderr)
    assert "it would hold at arms.too_high.lr = 10 and 50: there every premise and" in done.stderr
    assert re.search(r"at arms.too_high.lr = 2.5 the premise .* held in \d+ of 64 ", done.stderr)
    assert "holds     lr-too-high-effect arms.too_high.lr=30.0" in done.stderr
    nearby = lrquiz("verify", item_file, "--json").json()["variants"][0]["nearby"]
    told = {each["value"]: (each["holds"], each["trials"]) for each in nearby}
    assert (told[10.0], told[2.5]) == ((True, 64), (False, 64))
    assert all(0 <= each["held"] <= each["trials"] for each in nearby)


def test_all_faults_of_a_file_are_told_at_once(lrquiz: Command, item_file: Path) -> None:
    """Three independent faults give three lines, each with its place and what to do."""
    change(item_file, "accuracy_reaches", "acuracy_reaches")
    change(item_file, r"reference = \{ lr = 0.1 \}", 'reference = { lr = "0.1" }')
    done = lrquiz("verify", change(item_file, 'id = "smooth"', 'id = "smooth"\ncorrect = true'))
    assert done.code == 2
    assert "did you mean 'accuracy_reaches'?" in done.stderr
    assert "lr = '0.1' is not a number" in done.stderr
    assert "no key is ever declared" in done.stderr
    assert len(re.findall(r"lr-too-high-effect\.toml:\d+: ", done.stderr)) == 3


def test_same_seed_same_bytes(lrquiz: Command, tmp_path: Path) -> None:
    """Two quizzes of one seed are equal byte for byte; another seed gives another quiz."""
    for name, seed in (("a", 5), ("b", 5), ("c", 6)):
        assert lrquiz("generate", "--seed", seed, "--out", tmp_path / name).code == 0
    for file in ("quiz.json", "practice.html"):
        assert (tmp_path / "a" / file).read_bytes() == (tmp_path / "b" / file).read_bytes()
        assert (tmp_path / "a" / file).read_bytes() != (tmp_path / "c" / file).read_bytes()
    assert (tmp_path / "a" / "quiz.json").stat().st_mode & 0o777 == 0o600


def test_report_writes_the_same_page_again(lrquiz: Command, tmp_path: Path) -> None:
    """A page written again from quiz.json is the page that was generated."""
    lrquiz("generate", "--out", tmp_path)
    page = (tmp_path / "practice.html").read_bytes()
    (tmp_path / "practice.html").unlink()
    assert lrquiz("report", tmp_path / "quiz.json").code == 0
    assert (tmp_path / "practice.html").read_bytes() == page


def test_an_unfillable_blueprint_says_what_is_missing(lrquiz: Command, tmp_path: Path) -> None:
    """A blueprint that asks for more than there is fails with a sentence and writes nothing."""
    blueprint = tmp_path / "more.toml"
    blueprint.write_text('title = "t"\n[[pick]]\nitems = ["scheduler-halving"]\ncount = 3\n')
    done = lrquiz("generate", "--blueprint", blueprint, "--out", tmp_path / "out")
    assert done.code == 2
    assert "3 wanted (items scheduler-halving), 1 found" in done.stderr
    assert not list((tmp_path / "out").glob("*"))


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["verify", "no-such-item"], "there is no item 'no-such-item'"),
        (["verify", "missing-backwards"], "did you mean missing-backward?"),
        (["verify", "none.toml"], "none.toml: cannot be read"),
        (["verify", "--bank", "none"], "no such bank folder"),
        (["verify", "--bank", "empty"], "the bank is empty"),
        (["generate", "--out", "x", "--blueprint", "none.toml"], "none.toml: cannot be read"),
        (["generate", "--out", "file"], "file"),
        (["grade", "none", "empty", "--out", "x"], "not a task folder"),
        (["grade", "train-with-schedule", "none", "--out", "x"], "no such folder of submissions"),
        (["grade", "train-with-schedule", "empty", "--out", "x"], "holds no submissions"),
        (["report", "none.json"], "none.json: cannot be read"),
        (["report", "file"], "not a quiz"),
        (["report", "empty"], "there is no such gradebook; run lrquiz grade first"),
        (["bank", "lint", "--bank", "empty"], "the bank is empty"),
        (["nonsense"], "No such command"),
    ],
)
def test_wrong_input_gets_a_sentence(
    lrquiz: Command, tmp_path: Path, arguments: list[str], sentence: str
) -> None:
    """Whatever is wrong: exit code 2, one sentence, no traceback, nothing written."""
    (tmp_path / "empty").mkdir()
    (tmp_path / "file").write_text("a file")
    done = lrquiz(*arguments, cwd=tmp_path)
    assert (done.code, done.stdout) == (2, "")
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "x").exists() or not list((tmp_path / "x").glob("*.*"))


def test_lint_answers_with_its_exit_code(lrquiz: Command, item_file: Path) -> None:
    """The shipped bank has no faults; a bank with one exits with 1 and names it."""
    assert lrquiz("bank", "lint").code == 0
    change(item_file, "bloom =", "blom =")
    done = lrquiz("bank", "lint", "--json", "--bank", item_file.parent)
    assert done.code == 1
    assert any("unknown key 'blom'" in fault for fault in done.json()["faults"])


def test_list_and_doctor_speak_to_programs(lrquiz: Command) -> None:
    """`bank list --json` and `doctor --json` print one JSON document on stdout."""
    items = lrquiz("bank", "list", "--json").json()["items"]
    assert {item["id"] for item in items} >= {"missing-backward", "scheduler-halving"}
    assert lrquiz("doctor", "--json").json()["tier"] in ("full", "none")


def test_a_full_disk_is_told(lrquiz: Command, tmp_path: Path) -> None:
    """Writing to a full device ends with a sentence and exit code 2, and leaves no half file."""
    lrquiz("generate", "--out", tmp_path)
    if os.geteuid() != 0:
        pytest.skip("mounting a small file system needs root")
    full = tmp_path / "full"
    full.mkdir()
    mounted = subprocess.run(
        ["/bin/mount", "-t", "tmpfs", "-o", "size=16k", "tmpfs", full],
        check=False,
        capture_output=True,
    )
    if mounted.returncode:
        pytest.skip("this machine lets root mount nothing")
    try:
        done = lrquiz("generate", "--out", full)
        assert done.code == 2
        assert "no space left on device" in done.stderr
        assert not list(full.iterdir())
    finally:
        subprocess.run(["/bin/umount", full], check=True)


def graded_in(path: Path) -> list[str]:
    """Return who has a result in a gradebook, whoever is writing to it."""
    if not path.exists():
        return []
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as book:
            return [row[0] for row in book.execute("SELECT student FROM result ORDER BY id")]
    except sqlite3.OperationalError:  # its tables are not made yet
        return []


def test_interrupted_grading_goes_on(
    lrquiz: Command, tmp_path: Path, environment: dict[str, str]
) -> None:
    """Ctrl-C ends grading with 130, keeps what is finished, and the same command goes on."""
    if lrquiz("doctor").code:
        pytest.skip("no box here")
    submissions = tmp_path / "in"
    submissions.mkdir()
    (submissions / "ada.py").write_text("def train(*a, **k): pass")
    (submissions / "zed.py").write_text("import time\ndef train(*a, **k): time.sleep(9)")
    arguments = ["grade", "train-with-schedule", submissions, "--out", tmp_path / "out"]
    arguments += ["--jobs", "1"]
    running = subprocess.Popen(
        [sys.executable, "-m", "lrquiz", *map(str, arguments)],
        env=environment,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    path = tmp_path / "out" / "staff" / "gradebook.sqlite"
    while graded_in(path) == [] and running.poll() is None:
        time.sleep(0.05)
    running.send_signal(signal.SIGINT)
    _, stderr = running.communicate(timeout=60)
    assert running.returncode == 130, stderr
    assert "interrupted" in stderr
    assert "stopped: 1 of 2 are graded and kept; the same command grades the rest" in stderr
    assert graded_in(path) == ["ada"]
    (submissions / "zed.py").write_text("def train(*a, **k): pass")
    again = lrquiz(*arguments)
    assert again.code == 0
    assert "1 of 2 submissions are graded already" in again.stderr
    scores = (tmp_path / "out" / "scores.csv").read_text().splitlines()
    assert [line.split(",")[:2] for line in scores[1:]] == [["ada", "1"], ["zed", "1"]]


def children_of(pid: int) -> set[int]:
    """Return the living children of a process, as /proc knows them."""
    listed = Path(f"/proc/{pid}/task/{pid}/children")
    return {int(each) for each in listed.read_text().split()} if listed.exists() else set()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_ending_verify_ends_its_workers(
    number: signal.Signals, environment: dict[str, str], tmp_path: Path
) -> None:
    """However verify is ended, no worker goes on training for nobody."""
    running = subprocess.Popen(
        [sys.executable, "-m", "lrquiz", "verify", "missing-backward"],
        env={**environment, "LRQUIZ_CACHE": str(tmp_path)},
        stderr=subprocess.DEVNULL,
    )
    workers: set[int] = set()
    while len(workers) < 2 and running.poll() is None:
        time.sleep(0.05)
        workers = children_of(running.pid)
    time.sleep(4)  # workers watch for the parent's end once they have started
    running.send_signal(number)
    assert running.wait(timeout=30) in (130, -signal.SIGKILL)
    deadline = time.monotonic() + 20
    while any(Path(f"/proc/{each}").exists() for each in workers):
        assert time.monotonic() < deadline, "a worker survived"
        time.sleep(0.1)


def test_a_hang_up_that_nohup_ignores_stays_ignored(
    environment: dict[str, str], tmp_path: Path
) -> None:
    """A grading started with nohup outlives its terminal."""
    command = f"trap '' HUP; exec {sys.executable} -m lrquiz verify scheduler-halving"
    running = subprocess.Popen(
        ["/bin/sh", "-c", command],
        env={**environment, "LRQUIZ_CACHE": str(tmp_path)},
        stderr=subprocess.DEVNULL,
    )
    time.sleep(1.0)
    running.send_signal(signal.SIGHUP)
    assert running.wait(timeout=60) == 0


def test_output_that_cannot_be_written_is_told(environment: dict[str, str]) -> None:
    """A full device as standard output is the user's to mend: a sentence and exit code 2."""
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "lrquiz", "bank", "list"],
            env=environment,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
        assert done.returncode == 2
        assert done.stderr == "lrquiz: cannot write the output: No space left on device\n"
