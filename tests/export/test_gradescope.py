"""What Gradescope is told, and the bundle with which it grades by itself."""

from __future__ import annotations

import io
import json
import os
import stat
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from lrquiz.errors import ExportError
from lrquiz.export.gradescope import make_bundle, results_json
from lrquiz.model.mark import Mark
from lrquiz.model.record import ItemResponse, Record
from lrquiz.model.run import Ending
from lrquiz.model.task import CheckResult, Outcome, Task
from lrquiz.sandbox import probe_tier
from tests.conftest import Command
from tests.export.graded_folders import Done, graded_folder, record

FIELDS = {"score", "execution_time", "output", "output_format", "visibility", "stdout_visibility"}
"""of the documented format, beside `tests`"""
TEST_FIELDS = {"score", "max_score", "status", "name", "output", "output_format", "visibility"}


def told(found: Record, score: float | None = 7.0) -> dict[str, Any]:
    mark = Mark(found.student, score, found.points, str(found.ending), found.detail, "digest")
    values: dict[str, Any] = json.loads(results_json(found, mark))
    return values


def failed(evidence: str) -> Record:
    says = "The loss falls. (case a: lr=0.123, gamma=1.0)"
    check = CheckResult("loss_falls", says, Outcome.FAILED, 0, 3, evidence, "Look.")
    done = CheckResult("weights_move", "Weights move.", Outcome.PASSED, 7, 7)
    return replace(
        record("ada"), checks=(check, done), seconds=3.6, stdout="SECRET", stderr="SECRET"
    )


def test_results_have_the_documented_fields() -> None:
    """Score, time and every check, visible; what was printed stays hidden."""
    values = told(failed("loss 2.0 before, 2.1 after"))
    assert values.keys() == FIELDS | {"tests"}
    assert (values["score"], values["execution_time"]) == (7.0, 4)
    assert values["stdout_visibility"] == "hidden"
    first, second = values["tests"]
    assert first.keys() == TEST_FIELDS
    assert (first["score"], first["max_score"], first["status"]) == (0, 3, "failed")
    assert first["output"] == "loss 2.0 before, 2.1 after\nLook."
    assert first["name"] == "The loss falls. (case a)"
    assert second["status"] == "passed"


def test_no_words_of_student_code_get_through() -> None:
    """Code could print hidden inputs, or raise them: of an exception only the kind is told."""
    found = replace(
        failed("runtime error: ValueError: SECRET"),
        ending=Ending.RUNTIME_ERROR,
        detail="SECRET: SECRET",
    )
    text = json.dumps(told(found))
    assert "SECRET" not in text
    assert "runtime error: ValueError" in text
    assert "runtime error: an exception" in text
    memory = replace(found, ending=Ending.MEMORY_LIMIT, detail="needs more than 9 MiB: SECRET")
    assert "SECRET" not in json.dumps(told(memory))
    assert "memory limit: needs more than 9 MiB" in told(memory)["output"]


def test_a_quiz_does_not_tell_what_would_have_been_right() -> None:
    """Of items only points are told: what was measured of them is their key."""
    found = replace(failed("KEY"), responses=(ItemResponse("loss_falls", "v"),))
    assert "KEY" not in json.dumps(told(found))


def test_without_a_score_there_are_no_results(lrquiz: Command, tmp_path: Path) -> None:
    """A fault of ours is never a 0 of the student's: nothing is written, staff see why."""
    with pytest.raises(ExportError, match="has no score yet"):
        told(record("ada", None), None)
    folder = graded_folder(tmp_path / "graded", [Done("ada", None)])
    done = lrquiz("export", "gradescope", folder, "--out", tmp_path / "results.json")
    assert done.code == 2
    assert not (tmp_path / "results.json").exists()


def test_one_of_several_students_has_to_be_named(lrquiz: Command, tmp_path: Path) -> None:
    """Ids are found however they are capitalised; without one nothing is guessed."""
    folder = graded_folder(tmp_path / "graded", [Done("ada", 7), Done("bob", 5)])
    out = tmp_path / "results.json"
    assert "name one of them" in lrquiz("export", "gradescope", folder, "--out", out).stderr
    assert (
        "no result of 'eve'" in lrquiz("export", "gradescope", folder, "eve", "--out", out).stderr
    )
    assert lrquiz("export", "gradescope", folder, "Bob", "--out", out).code == 0
    assert json.loads(out.read_text())["score"] == 5


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory, lrquiz: Command) -> Path:
    """A folder as Gradescope makes /autograder of the bundle that the command writes."""
    folder = tmp_path_factory.mktemp("autograder")
    done = lrquiz("export", "autograder", "train-with-schedule", "--out", folder / "it.zip")
    assert done.code == 0, done.stderr
    with zipfile.ZipFile(folder / "it.zip") as bundle:
        bundle.extractall(folder / "source")
        modes = {each.filename: each.external_attr >> 16 for each in bundle.infolist()}
    for name in ("setup.sh", "run_autograder"):
        assert modes[name] == stat.S_IFREG | 0o755
    (folder / "run_autograder").write_bytes((folder / "source" / "run_autograder").read_bytes())
    return folder


def run_autograder(root: Path, submission: str, environment: dict[str, str]) -> Path:
    """Do what Gradescope does for a submission; return where the results should be."""
    (root / "submission").mkdir(exist_ok=True)
    (root / "submission" / "train.py").write_text(submission, encoding="utf-8")
    users = {"users": [{"id": 42, "email": "ada@uni.example", "name": "Ada"}]}
    (root / "submission_metadata.json").write_text(json.dumps(users), encoding="utf-8")
    told = {"LRQUIZ_AUTOGRADER_ROOT": str(root), "LRQUIZ_AUTOGRADER_PYTHON": sys.executable}
    done = subprocess.run(
        ["/bin/bash", str(root / "run_autograder")],
        env={**environment, **told, "PYTHONPATH": ""},
        capture_output=True,
        text=True,
        cwd=root,
        timeout=300,
        check=False,
    )
    path = root / "results" / "results.json"
    assert (done.returncode == 0) == path.exists(), done.stderr
    return path


@pytest.mark.skipif(not probe_tier().reaches("reduced"), reason="no box here")
def test_the_bundle_grades_as_the_command_does(
    root: Path, repository: Path, lrquiz: Command, environment: dict[str, str], tmp_path: Path
) -> None:
    """Unpacked and run, it gives the points that `lrquiz grade` gives with the same secret."""
    source = (repository / "tests/submissions/wrong/constant_rate.py").read_text(encoding="utf-8")
    results = json.loads(run_autograder(root, source, environment).read_text(encoding="utf-8"))
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "user-42.py").write_text(source, encoding="utf-8")
    secret = root / "source" / "secret"
    here = lrquiz(
        *("grade", "train-with-schedule", tmp_path / "in", "--out", tmp_path / "out"),
        *("--secret", secret, "--tier", "reduced", "--json"),
    )
    (wanted,) = here.json()["records"]
    assert 0 < results["score"] < wanted["points"]
    assert results["score"] == wanted["score"]
    assert [each["score"] for each in results["tests"]] == [
        each["points"] for each in wanted["checks"]
    ]


def test_a_failure_of_ours_leaves_no_results(root: Path, environment: dict[str, str]) -> None:
    """With a broken bundle there is no results.json, so Gradescope shows staff a failure."""
    secret = root / "source" / "secret"
    held = secret.read_bytes()
    secret.chmod(0o600)
    secret.write_text("not a secret", encoding="ascii")
    try:
        assert not run_autograder(root, "x = 1", environment).exists()
    finally:
        secret.write_bytes(held)


def test_a_bundle_follows_from_what_is_in_it(task: Task) -> None:
    """Same task, same secret, same bytes; and nothing in it was compiled on this machine."""
    one, other = make_bundle(task, bytes(32)), make_bundle(task, bytes(32))
    assert one.content == other.content
    with zipfile.ZipFile(io.BytesIO(one.content)) as bundle:
        names = bundle.namelist()
    assert {"task/task.toml", "lib/lrquiz/__init__.py", "requirements.txt"} <= set(names)
    assert not [name for name in names if name.endswith(".pyc") or os.sep + "." in name]
    assert any(each.startswith("torch==") and "+" not in each for each in one.requirements)


def test_the_bundle_has_a_secret_of_its_own(lrquiz: Command, tmp_path: Path) -> None:
    """It is derived from the given one and is not it: that one draws exam papers as well."""
    given = tmp_path / "secret"
    given.write_text("ab" * 32, encoding="ascii")
    for name in ("one.zip", "two.zip"):
        options = ("--out", tmp_path / name, "--secret", given)
        assert lrquiz("export", "autograder", "train-with-schedule", *options).code == 0
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "one.zip") as bundle:
        assert bundle.read("secret").decode().strip() not in {"", "ab" * 32}
