"""Ask which releases are installed, by their metadata as well."""

import importlib.metadata
import platform
import sys

import numpy
import torch

result = [
    importlib.metadata.version("torch").split("+")[0] == torch.__version__.split("+")[0],
    importlib.metadata.version("numpy") == numpy.__version__,
    platform.python_version_tuple()[0] == str(sys.version_info.major),
    torch.cuda.is_available(),
]
