"""Ask for the machine's name."""

import os

result = os.uname().nodename == "box"
