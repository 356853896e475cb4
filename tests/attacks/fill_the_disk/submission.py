"""Write until the disk is full."""

import os
import tempfile

with open(os.path.join(tempfile.gettempdir(), "big"), "wb") as file:
    file.write(bytes(1 << 20))
for number in range(100):
    with open(f"{number}", "wb") as file:
        file.write(bytes(1 << 20))
