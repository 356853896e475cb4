"""Print one line that never ends, one byte at a time."""

import os

while True:
    os.write(1, b"x")
