"""Fork, and let both processes return a result."""

import os

child = os.fork()
if child:
    os.waitpid(child, 0)
result = "child" if child == 0 else "parent"
