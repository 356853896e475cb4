"""Catch everything and go on."""

import os
import signal
import time

for number in (signal.SIGTERM, signal.SIGINT, signal.SIGALRM, signal.SIGXCPU):
    signal.signal(number, lambda *_: None)
while True:
    try:
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(0.01)
        raise KeyboardInterrupt
    except BaseException:
        continue
