"""Proving the shipped bank: from an empty cache, and again from what that left behind.

Each is a fresh `lrquiz verify`, start of the interpreter included. The second must not import
torch: it is run under `-X importtime`, which names every module.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import time


def verify(folder: str) -> tuple[float, str]:
    """Return the seconds that `lrquiz verify` takes, and what it prints for people."""
    environment = {**os.environ, "LRQUIZ_CACHE": folder}
    command = [sys.executable, "-X", "importtime", "-m", "lrquiz", "verify"]
    start = time.perf_counter()
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    return time.perf_counter() - start, done.stderr


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        empty, said = verify(folder)
        again = [verify(folder) for _ in range(5)]
    full = min(seconds for seconds, _ in again)
    torch = any(re.search(r"\| +torch$", text, re.MULTILINE) for _, text in again)
    print(f"from an empty cache: {empty:6.2f} s  ({said.splitlines()[-1]})")
    print(f"from a full one:     {full:6.2f} s  (imports torch: {'yes' if torch else 'no'})")
    print(f"ratio: {empty / full:.0f}")


if __name__ == "__main__":
    main()
