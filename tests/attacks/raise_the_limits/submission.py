"""Raise one's own limits and rights again."""

import os
import resource

raised = []
for name in dir(resource):
    if name.startswith("RLIMIT_") and name not in ("RLIMIT_DATA", "RLIMIT_RSS", "RLIMIT_STACK"):
        soft, hard = resource.getrlimit(getattr(resource, name))
        if hard == resource.RLIM_INFINITY:
            continue
        try:
            resource.setrlimit(getattr(resource, name), (hard + 1, hard + 1))
        except (ValueError, OSError):
            continue
        raised.append(name)
for attempt in (
    lambda: os.setuid(0),
    lambda: os.setgid(0),
    lambda: os.nice(-5),
    lambda: os.setgroups([0]),
    lambda: os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(1)),
    lambda: os.sched_setscheduler(0, os.SCHED_RR, os.sched_param(99)),
):
    try:
        attempt()
    except OSError:
        continue
    raised.append("rights")
status = dict(line.split(":", 1) for line in open("/proc/self/status").read().splitlines())
names = ("CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb")
sets = {name: int(status[name], 16) for name in names}
print("capabilities", *sets.values())
reading = 1 << 2  # CAP_DAC_READ_SEARCH: see `reduced.become`
real = [name for name in ("CapInh", "CapPrm", "CapEff", "CapAmb") if sets[name] & ~reading]
result = [raised, real, status["NoNewPrivs"].strip(), status["Seccomp"].strip()]
