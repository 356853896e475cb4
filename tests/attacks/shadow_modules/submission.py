"""Leave modules and start-up files that somebody may import instead of the real ones."""

import os
import sys

evil = "raise SystemExit('evil')"
home = os.path.expanduser("~")
site = f".local/lib/python3.{sys.version_info.minor}/site-packages"
names = ("torch.py", "random.py", "json.py", "os.py", "sitecustomize.py", "usercustomize.py")
names += ("conftest.py", "pytest.ini", "setup.cfg", "__init__.py", "evil.pth", "pyvenv.cfg")
for folder in (home, os.path.join(home, site), os.path.join(home, "numpy")):
    os.makedirs(folder, exist_ok=True)
    for name in names:
        with open(os.path.join(folder, name), "w") as file:
            file.write(evil)
    sys.path.insert(0, folder)
sys.path_importer_cache.clear()
import json
import numpy
import torch

result = [torch.ones(2).sum().item(), numpy.ones(2).sum(), json.dumps([])]
