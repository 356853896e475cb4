"""Every attack of tests/attacks ends as its folder says, and the next run notices nothing."""

from __future__ import annotations

import json
import tomllib
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

# pytest puts this folder on the path; mypy does not know that.
from boxes import LIMITS, assert_clean, run_source  # type: ignore[import-not-found]

from lrquiz.model.run import Ending

if TYPE_CHECKING:
    from lrquiz.sandbox import Sandbox

ATTACKS = sorted(Path(__file__).parents[1].joinpath("attacks").glob("*/submission.py"))


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda path: path.parent.name)
def test_attack_is_contained(sandbox: Sandbox, attack: Path) -> None:
    """An attack has the ending that its folder names, leaves no process, and harms no later run."""
    expected = tomllib.loads((attack.parent / "expected.toml").read_text(encoding="utf-8"))
    limits = replace(LIMITS, **expected.get("limits", {}))
    run = run_source(sandbox, attack.read_text(encoding="utf-8"), limits)
    assert run.ending is Ending(expected["ending"]), run
    assert expected.get("detail", "") in run.detail
    assert expected.get("stdout", "") in run.stdout
    if "result" in expected:
        assert json.loads(run.reply or b"null") == json.loads(expected["result"]), run
    assert_clean(sandbox)


def test_there_are_attacks() -> None:
    """The folder of attacks is found: an empty one would let everything pass."""
    assert len(ATTACKS) >= 20
