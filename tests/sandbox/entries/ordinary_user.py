"""Run a few attacks and print their endings as JSON; the tests start it as an ordinary user."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

from lrquiz.model.run import Limits
from lrquiz.sandbox import Sandbox


def main(attacks: str, entries: str, names: list[str]) -> None:
    """Run the named attacks of a folder in one sandbox."""
    limits = Limits(wall_seconds=5.0, cpu_seconds=1, memory_mib=512, disk_mib=16)
    told: dict[str, list[object]] = {}
    with Sandbox("box_entry:exec_source", path=[entries]) as sandbox:
        for name in names:
            run = sandbox.run(Path(attacks, name, "submission.py").read_bytes(), limits)
            told[name] = [run.ending, run.detail, (run.reply or b"null").decode()]
    told["user"] = [os.geteuid()]
    print(json.dumps(told))  # noqa: T201 - a script


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3:])
