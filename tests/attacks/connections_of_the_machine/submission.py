"""Read the machine's connections, sockets and interfaces from one's own /proc."""

import os

shown = []
for name in ("tcp", "tcp6", "udp", "udp6", "unix", "route", "arp", "dev", "packet", "raw"):
    for start in ("/proc/self/net", f"/proc/self/task/{os.getpid()}/net", "/proc/net"):
        try:
            lines = open(f"{start}/{name}").read().splitlines()
        except OSError:
            continue
        lines = lines[1 + (name == "dev"):]
        if name == "unix":  # those of the box's own namespace have no names
            lines = [line for line in lines if len(line.split()) > 7]
        if [line for line in lines if not line.split()[0].startswith("lo:")]:
            shown.append(f"{start}/{name}")
result = shown
