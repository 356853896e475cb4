"""What a diagnosis takes: programs of the corpus, against running each bare in a warm process.

The bare run forks from a process that has imported torch and made an optimizer, as the zygote of
the box has, so that imports are in neither of both. A correct program is run once; of a faulty one
the runs that prove the finding and its fix are counted too.
"""

from __future__ import annotations

import os
import statistics
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import torch

from lrquiz.diagnosis.examine import examine
from lrquiz.diagnosis.program import read_program
from lrquiz.diagnosis.running import ENTRY, Script
from lrquiz.sandbox import Sandbox

PROGRAMS = Path(__file__).resolve().parent.parent / "tests" / "programs"
EACH, ROUNDS = 12, 3


def sample(folder: str) -> list[Path]:
    """Return programs from all over the alphabet."""
    found = sorted((PROGRAMS / folder).glob("*.py"))
    return found[:: len(found) // EACH][:EACH]


def bare(path: Path) -> float:
    """Return the seconds that a program takes in a fork of this process, without any recorder."""
    start = time.perf_counter()
    pid = os.fork()
    if pid == 0:
        silent = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(silent, stream)
        code = compile(path.read_text(encoding="utf-8"), str(path), "exec")
        try:
            exec(code, {"__name__": "__main__", "__file__": str(path)})  # noqa: S102 - our corpus
        finally:
            os._exit(0)
    os.waitpid(pid, 0)
    return time.perf_counter() - start


def diagnosed(box: Sandbox, path: Path) -> float:
    """Return the seconds that a diagnosis takes, its replays and fixes included."""
    program = read_program(path)
    start = time.perf_counter()
    examine(box, program, Script(program.source, program.name, program.modules))
    return time.perf_counter() - start


def tell(name: str, box: Sandbox, paths: Sequence[Path]) -> None:
    ratios, plain, whole = [], [], []
    for path in paths:
        one = min(bare(path) for _ in range(ROUNDS))
        other = min(diagnosed(box, path) for _ in range(ROUNDS))
        ratios.append(other / one)
        plain.append(one)
        whole.append(other)
    middle, worst = statistics.median(ratios), max(ratios)
    print(
        f"{name}: bare {statistics.median(plain):.2f} s, diagnosed {statistics.median(whole):.2f}"
    )
    print(f"  {middle:.2f} times as long (median of {len(paths)} programs), {worst:.2f} at most")


def main() -> None:
    torch.set_num_threads(1)
    torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=0.1).step()
    sys.argv = ["program.py"]
    with Sandbox(ENTRY) as box:
        diagnosed(box, sample("correct")[0])  # the zygote starts with the first
        tell("correct programs", box, sample("correct"))
        tell("faulty programs, with every replay", box, sample("mistakes"))


if __name__ == "__main__":
    main()
