"""Sleep for thirty years."""

import time

print("good night", flush=True)
time.sleep(1e9)
