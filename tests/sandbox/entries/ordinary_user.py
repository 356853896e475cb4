"""Run programs of tests/attacks and tests/lawful in one tier; the tests start it as another user.

Prints, as JSON, what went wrong by name, and who ran it.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from boxes import ENTRIES, ENTRY, programs, run_program  # type: ignore[import-not-found]

from lrquiz.sandbox import Sandbox, cgroup


def main(tier: str, folders: list[str]) -> None:
    """Run everything in these folders of tests/ in one sandbox."""
    wrong: dict[str, str] = {}
    count = 0
    with Sandbox(ENTRY, path=[ENTRIES], tier=tier) as sandbox:
        for program in (each for folder in folders for each in programs(folder)):
            count += 1
            try:
                run_program(sandbox, program, ordinary=True)
            except AssertionError as error:
                wrong[program.name] = str(error)
    told = {"user": os.geteuid(), "groups": cgroup.find() is not None}
    print(json.dumps({**told, "count": count, "wrong": wrong}))  # noqa: T201 - a script


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
