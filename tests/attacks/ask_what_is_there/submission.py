"""Ask whether files and programs are there, without reading them."""

import os

result = [path for path in ("/sys/kernel", "/proc/sys/kernel/ostype") if os.path.exists(path)]
