"""Many boxes in a row, one in ten hostile: memory of the parent, survivors, and time per box.

The hostile ones fork for ever, leave a daemon, take all memory, or never end. Flat memory and equal
times for each quarter say that nothing piles up.
"""

from __future__ import annotations

import os
import resource
import sys
import time
from pathlib import Path

from lrquiz.model.run import Limits
from lrquiz.sandbox import Sandbox

ENTRY, ENTRIES = "box_entry:exec_source", str(Path(__file__).parents[1] / "tests/sandbox/entries")
BOXES, QUARTERS = 2000, 4
LIMITS = Limits(wall_seconds=0.5, cpu_seconds=1, memory_mib=256, processes=8)
HONEST = b"import torch\nresult = torch.ones(3).sum().item()"
HOSTILE = (
    b"import os\nwhile True: os.fork()",
    b"import os, time\nif os.fork() == 0:\n    os.setsid()\n    time.sleep(600)\nresult = 1",
    b"kept = []\nwhile True: kept.append(bytearray(1 << 20))",
    b"while True: pass",
)


def descendants() -> int:
    parents = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            number, rest = stat.read_text(errors="replace").rsplit(")", 1)
        except OSError:
            continue
        parents[int(number.split()[0])] = int(rest.split()[1])
    found, grown = {os.getpid()}, True
    while grown:
        new = {pid for pid, parent in parents.items() if parent in found} - found
        found, grown = found | new, bool(new)
    return len(found) - 1


def memory_mib() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / (1 << 20)


def main() -> None:
    boxes = int(sys.argv[1]) if len(sys.argv) > 1 else BOXES
    with Sandbox(ENTRY, path=[ENTRIES]) as box:
        box.run(HONEST, LIMITS)
        for quarter in range(QUARTERS):
            honest = 0.0
            for index in range(boxes // QUARTERS):
                is_hostile = index % 10 == 0
                source = HOSTILE[index // 10 % len(HOSTILE)] if is_hostile else HONEST
                start = time.perf_counter()
                box.run(source, LIMITS)
                honest += 0.0 if is_hostile else time.perf_counter() - start
            each = 1000 * honest / (0.9 * boxes / QUARTERS)
            time.sleep(0.2)  # the last supervisor ends after its report
            print(
                f"boxes {boxes // QUARTERS * (quarter + 1)}: honest ones {each:.0f} ms each, "
                f"parent {memory_mib():.1f} MiB, processes beside the zygote {descendants() - 1}"
            )


if __name__ == "__main__":
    main()
