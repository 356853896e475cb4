"""Compute in children what the parent may not."""

import os

children = []
for _ in range(2):
    pid = os.fork()
    if pid == 0:
        while True:
            pass
    children.append(pid)
result = [os.WTERMSIG(os.waitpid(pid, 0)[1]) for pid in children]
