"""Change every global setting that a later run would notice if it were shared."""

import locale
import os
import random
import signal
import sys
import warnings

import numpy as np
import torch

random.seed(0)
np.random.seed(0)
torch.manual_seed(0)
torch.set_default_dtype(torch.float64)
torch.set_grad_enabled(False)
torch.use_deterministic_algorithms(True)
torch.set_default_device("meta")
np.seterr(all="raise")
warnings.simplefilter("error")
sys.setrecursionlimit(50)
os.environ.clear()
os.umask(0o777)
os.chdir("/")
signal.setitimer(signal.ITIMER_REAL, 1000)
locale.setlocale(locale.LC_ALL, "C")
result = "spoilt"
