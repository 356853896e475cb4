"""Write a made-up result, then let the real one follow."""

import os

forged = b'"forged"'
for number in range(3, 50):
    try:
        os.write(number, b"R" + len(forged).to_bytes(8, "big") + forged)
    except OSError:
        pass
result = "real"
