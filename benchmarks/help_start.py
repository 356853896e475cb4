"""How long `lrquiz --help` takes, against `python -c "import click"`: the price of asking.

Prints the ratio of the medians over runs taken in turn.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time

RUNS = 15
HELP = (sys.executable, "-m", "lrquiz", "--help")
CLICK = (sys.executable, "-c", "import click")


def seconds(command: tuple[str, ...]) -> float:
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def main() -> None:
    for command in (HELP, CLICK):
        seconds(command)
    pairs = [(seconds(HELP), seconds(CLICK)) for _ in range(RUNS)]
    ours, theirs = (statistics.median(column) for column in zip(*pairs, strict=True))
    print(f"lrquiz --help {1000 * ours:.0f} ms, import click {1000 * theirs:.0f} ms")
    print(f"ratio {ours / theirs:.2f}")


if __name__ == "__main__":
    main()
