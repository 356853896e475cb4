"""Replace what the next run will import."""

import os
import sys

import torch

written = []
folders = ["/", "/etc", "/usr", "/lib64", "/proc/sys", os.path.dirname(torch.__file__), os.path.dirname(os.__file__)]
for folder in folders:
    for attempt in (
        lambda: open(f"{folder}/evil.py", "w"),
        lambda: os.chmod(folder, 0o777),
        lambda: os.rename(folder, "/tmp/moved"),
        lambda: os.mknod(f"{folder}/null", 0o600 | 0o020000, os.makedev(1, 3)),
    ):
        try:
            attempt()
        except OSError:
            continue
        written.append(folder)
for path in (torch.__file__, os.__file__, sys.executable, "/etc/passwd"):
    try:
        open(path, "r+b")
    except OSError:
        continue
    written.append(path)
result = written
