"""`lrquiz check`: a response or a file of one's own, run, with a reason and an exit code."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.bank.local_files import bank_with_a_blank
from tests.conftest import Command

TASK = "train-with-schedule"
CLASS = Path("question_bank/demo/class")


def test_a_right_response_is_confirmed(lrquiz: Command) -> None:
    """Exit code 0; what was foreseen gets its feedback, and stdout is left alone."""
    done = lrquiz("check", "fill-in-the-rate", " 1/100 ")
    assert (done.code, done.stdout) == (0, ""), done.stderr
    assert "right:  1/100 \n" in done.stderr
    assert "Python computes 0.01 from it before `SGD` sees anything." in done.stderr
    assert "distance to a correct loop's weights: 0 of the way" in done.stderr


def test_a_wrong_response_is_told_to_programs(lrquiz: Command) -> None:
    """Exit code 1 and one JSON document; a response may begin with a minus sign."""
    done = lrquiz("check", "fill-in-gamma", "-0.5", "--json")
    assert done.code == 1, done.stderr
    told = done.json()
    assert (told["schema"], told["checked"]) == ("lrquiz/check", "fill-in-gamma")
    assert (told["right"], told["score"], told["points"]) == (False, 0, 1)
    failed = [each["check"] for each in told["checks"] if each["outcome"] == "failed"]
    assert failed == ["follows_the_reference"]


def test_a_response_that_ends_its_process_is_told(lrquiz: Command) -> None:
    """What a response does to its process is a reason, and no fault of ours."""
    done = lrquiz("check", "fill-in-backward", "__import__('os')._exit(0)")
    assert done.code == 1
    assert "not right: __import__" in done.stderr
    assert "runtime error: ended without a result (did it call exit?)" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(("student", "code"), [("ada", 0), ("barbara", 1)])
def test_a_file_is_checked_as_its_task_grades_it(
    lrquiz: Command, repository: Path, student: str, code: int
) -> None:
    """The points, each check that failed, what to change, and the mistake with its line."""
    done = lrquiz("check", TASK, repository / CLASS / f"{student}.py")
    assert done.code == code, done.stderr
    told = " ".join(done.stderr.split())
    if code:
        assert "7 of 10 points" in told
        assert "S1" in told
        assert "check the order of the calls" in told
    else:
        assert "10 of 10 points" in told


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["fill-in-the-rates", "0.01"], "did you mean fill-in-the-rate?"),
        (["lr-too-high-effect", "0.01"], "only fill_in items and tasks are run"),
        (["fill-in-the-rate", ""], "is one line of 1 to 200 characters"),
        (["fill-in-the-rate", "0.01\n"], "is one line of 1 to 200 characters"),
        (["fill-in-the-rate", "x" * 201], "is one line of 1 to 200 characters"),
        (["fill-in-the-rate"], "Missing argument 'RESPONSE|FILE'"),
        (["fill-in-the-rate", "0.01", "--jsn"], "unexpected extra argument"),
        ([TASK, "none.py"], "none.py cannot be read: no such file or directory"),
        ([TASK, "large.py"], "large.py is larger than the 200000 bytes"),
        ([TASK, "notes.txt"], "notes.txt is not a Python file"),
        (["empty", "large.py"], "not a task folder"),
    ],
)
def test_wrong_input_gets_a_sentence(
    lrquiz: Command, tmp_path: Path, arguments: list[str], sentence: str
) -> None:
    """Exit code 2, one sentence, no traceback, before anything is run."""
    (tmp_path / "large.py").write_text("#" * 300_000)
    (tmp_path / "notes.txt").touch()
    (tmp_path / "empty").mkdir()
    text = "two\nlines" if arguments[-1] == "0.01\n" else arguments[-1]
    done = lrquiz("check", *arguments[:-1], text, cwd=tmp_path)
    assert (done.code, done.stdout) == (2, "")
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr


def test_without_a_box_it_runs_as_an_ordinary_program(
    environment: dict[str, str], repository: Path
) -> None:
    """Where the kernel allows no namespaces, a line says so, and the result is what a box gives."""
    alone = ["unshare", "--user", "--map-root-user"]
    if not shutil.which(alone[0]) or subprocess.run([*alone, "true"], check=False).returncode:
        pytest.skip("this machine gives nobody a namespace to forbid namespaces in")
    without = [*alone, "/bin/sh", "-c", 'echo 0 >/proc/sys/user/max_user_namespaces; exec "$@"']
    check = [sys.executable, "-m", "lrquiz", "check", TASK, str(repository / CLASS / "donald.py")]
    done = subprocess.run(
        [*without, "sh", *check], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "note: there is no box here, so your code runs as an ordinary program" in done.stderr
    assert "0 of 10 points" in done.stderr
    assert "H1 The learning rate is too high" in done.stderr


def test_code_of_the_bank_needs_permission(lrquiz: Command, tmp_path: Path) -> None:
    """A fill-in over a recipe of the bank's own is checked with the flag, and refused without."""
    bank = bank_with_a_blank(tmp_path / "bank")
    arguments = ("check", "fill-in-locally", "1/10", "--bank", bank)
    refused = lrquiz(*arguments)
    assert (refused.code, refused.stdout) == (2, "")
    assert "read it, then allow it by --allow-local-recipes" in refused.stderr
    allowed = lrquiz(*arguments, "--allow-local-recipes")
    assert allowed.code == 0, allowed.stderr
    assert "right: 1/10" in allowed.stderr


def test_no_text_of_an_item_is_executed(lrquiz: Command, repository: Path, tmp_path: Path) -> None:
    """A response of an item file that would do more than train is refused as the file is read."""
    (source,) = (repository / "question_bank" / "items").rglob("fill-in-the-rate.toml")
    marker = tmp_path / "marker"
    text = source.read_text()
    assert 'text = "0.01"' in text
    attack = f'''text = "open('{marker}', 'w').close() or 0.01"'''
    (tmp_path / source.name).write_text(text.replace('text = "0.01"', attack))
    done = lrquiz("check", "fill-in-the-rate", "0.01", "--bank", tmp_path)
    assert (done.code, done.stdout) == (2, "")
    assert "is not run outside of a box" in done.stderr
    assert not marker.exists()


def test_ctrl_c_ends_it(environment: dict[str, str], tmp_path: Path) -> None:
    """Ctrl-C ends a check with 130 and one line, whatever the code waits for."""
    file = tmp_path / "mine.py"
    file.write_text("import time\ndef train(*_, **__): time.sleep(60)")
    running = subprocess.Popen(
        [sys.executable, "-m", "lrquiz", "check", TASK, str(file)],
        env=environment,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    children = Path(f"/proc/{running.pid}/task/{running.pid}/children")
    while running.poll() is None and not children.read_text().split():
        time.sleep(0.05)
    running.send_signal(signal.SIGINT)
    _, told = running.communicate(timeout=60)
    assert running.returncode == 130
    assert told.strip() == "lrquiz: interrupted; what was finished is kept"
