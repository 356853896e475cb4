"""Climb out of the root through links, descriptors and relative paths."""

import os

root = os.stat("/")
ways = ["/..", "/../../..", "/proc/1/root", "/proc/1/cwd/../..", "/proc/self/root/.."]
out = [way for way in ways if os.path.exists(way) and os.stat(way).st_ino != root.st_ino]
numbers = [int(name) for name in os.listdir("/proc/self/fd")]
for number in numbers:
    try:
        os.stat("..", dir_fd=number)
    except OSError:
        continue
    out.append(os.readlink(f"/proc/self/fd/{number}"))
os.symlink("/", "link")
if os.stat("link/../../..").st_ino != root.st_ino:
    out.append("link")
result = out
