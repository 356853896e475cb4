"""Map shared memory without end, which children would share."""

import mmap

held = []
while True:
    held.append(mmap.mmap(-1, 8 << 20))
    held[-1][:: mmap.PAGESIZE] = b"x" * len(range(0, 8 << 20, mmap.PAGESIZE))
