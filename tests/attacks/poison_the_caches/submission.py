"""Write what later runs would load from caches."""

import os

import matplotlib
import torch
import torch._inductor.runtime.cache_dir_utils as inductor

written = []
for folder in (
    os.path.join(os.path.dirname(torch.__file__), "__pycache__"),
    os.path.join(os.path.dirname(matplotlib.__file__), "mpl-data"),
    os.path.join(os.path.dirname(os.__file__), "__pycache__"),
    "/var/tmp", "/root/.cache", "/usr/share/fonts",
):
    try:
        open(os.path.join(folder, "evil"), "w").close()
    except OSError:
        continue
    written.append(folder)
for folder in ("~/.cache/torch", "~/.cache/huggingface", "~/.triton", "~/.config/matplotlib"):
    os.makedirs(os.path.expanduser(folder))
for folder in (matplotlib.get_cachedir(), inductor.cache_dir()):
    try:
        open(os.path.join(folder, "evil"), "w").close()
    except OSError:
        pass
result = written
