"""Hang in everything that runs when an interpreter ends."""

import atexit
import threading
import time
import weakref


class Last:
    def __del__(self):
        time.sleep(1000)


def forever():
    while True:
        time.sleep(1)


kept = Last()
weakref.finalize(kept, forever)
atexit.register(forever)
threading._register_atexit(forever)
threading._shutdown = forever
threading.Thread(target=forever).start()
result = "done"
