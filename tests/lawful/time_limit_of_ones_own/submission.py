"""Stop training by an alarm."""

import signal


class Over(Exception):
    pass


def stop(number, frame):
    raise Over


signal.signal(signal.SIGALRM, stop)
signal.setitimer(signal.ITIMER_REAL, 0.05)
try:
    while True:
        pass
except Over:
    result = "stopped"
