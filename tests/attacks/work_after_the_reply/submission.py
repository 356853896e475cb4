"""Return at once, and go on computing in threads and processes."""

import os
import threading
import time


def work():
    while True:
        time.sleep(0.01)


for _ in range(4):
    threading.Thread(target=work, daemon=False).start()
if os.fork() == 0:
    time.sleep(0.3)
    while True:
        for number in range(1, 10):
            try:
                os.write(number, b"late" * 1000)
            except OSError:
                pass
result = "early"
