"""Make a sparse file of a pebibyte."""

import os

os.truncate(os.open("hole", os.O_CREAT | os.O_RDWR), 1 << 50)
