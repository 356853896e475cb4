"""Take away every module."""

import sys

result = "done"
sys.modules.clear()
sys.meta_path.clear()
sys.path.clear()
