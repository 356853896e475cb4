"""Leave a process in the background that outlives the run."""

import os
import time

if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        for number in range(3, 50):
            try:
                os.close(number)
            except OSError:
                pass
        time.sleep(1000)
    os._exit(0)
os.wait()
result = "left"
