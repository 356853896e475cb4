"""Replace the process by a fresh interpreter, which knows nothing of the box."""

import os
import sys

program = "import os\nfor number in range(3, 50):\n  try: os.write(number, b'R' + bytes(8))\n  except OSError: pass"
os.execv(sys.executable, [sys.executable, "-c", program])
