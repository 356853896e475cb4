"""Have tracebacks written without end, from outside the interpreter's own loop."""

import faulthandler
import time

faulthandler.dump_traceback_later(0.001, repeat=True)
time.sleep(1000)
