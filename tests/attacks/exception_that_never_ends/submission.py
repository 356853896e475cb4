"""Raise an exception that waits forever when it is asked for its words."""

import time


class Slow(Exception):
    def __str__(self):
        while True:
            time.sleep(1)


raise Slow
