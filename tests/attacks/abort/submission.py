"""Abort the process."""

import os

os.abort()
