"""Warn, and log to stderr and to a file."""

import logging
import warnings

logging.basicConfig(level=logging.INFO, force=True)
logging.getLogger().addHandler(logging.FileHandler("train.log"))
logging.info("epoch %d", 1)
warnings.warn("the rate is high", stacklevel=1)
print("epoch 1", end="\r", flush=True)
result = open("train.log").read()
