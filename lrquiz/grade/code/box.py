"""Where student code runs, as grading sees it."""

from __future__ import annotations

from lrquiz.sandbox.box import Box

HARNESS = "lrquiz.recorder.harness:serve"
"""the function that runs inside the box"""

__all__ = ["HARNESS", "Box"]
