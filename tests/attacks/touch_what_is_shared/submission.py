"""Change times, modes, attributes or links of files that other programs use."""

import os
import sys

import torch

touched = []
for path in (torch.__file__, os.__file__, sys.executable, os.path.dirname(torch.__file__), "/usr"):
    for attempt in (
        lambda: os.utime(path),
        lambda: os.utime(path, (0, 0), follow_symlinks=False),
        lambda: os.chmod(path, 0o777),
        lambda: os.chown(path, os.getuid(), -1),
        lambda: os.setxattr(path, "user.seen", b"1"),
        lambda: os.truncate(path, 0),
        lambda: os.link(path, "mine"),
        lambda: os.rename(path, "mine"),
        lambda: os.unlink(path),
        lambda: os.fchmod(os.open(path, os.O_RDONLY), 0o777),
        lambda: os.utime(os.open(path, os.O_RDONLY)),
        lambda: os.setxattr(os.open(path, os.O_RDONLY), "user.seen", b"1"),
    ):
        try:
            attempt()
        except OSError:
            continue
        touched.append(path)
result = touched
