"""Write ten megabytes to stderr at once."""

import sys

sys.stderr.write("y" * 10_000_000)
