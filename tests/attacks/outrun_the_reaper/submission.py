"""Leave a process that is gone before it can be killed, and has a child that is its like."""

import os

if os.fork() == 0:
    os.setsid()
    while True:
        try:
            if os.fork():
                os._exit(0)
        except OSError:
            pass
result = "left"
