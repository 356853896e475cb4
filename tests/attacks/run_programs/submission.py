"""Start programs of the machine, and one brought along."""

import os
import subprocess

started = []
os.makedirs("bin")
with open("bin/mine", "w") as file:
    file.write("#!/bin/sh\n")
try:
    os.chmod("bin/mine", 0o755)
except OSError:
    pass
for program in ("/bin/sh", "/usr/bin/id", "/bin/su", "/usr/bin/sudo", "./bin/mine"):
    try:
        subprocess.run([program], check=False)
    except OSError:
        continue
    started.append(program)
result = started
