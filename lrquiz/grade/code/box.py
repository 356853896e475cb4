"""Where student code runs, as grading sees it."""

from __future__ import annotations

from typing import Protocol

from lrquiz.model.run import Limits, Run

HARNESS = "lrquiz.recorder.harness:serve"
"""the function that runs inside the box"""


class Box(Protocol):
    """`lrquiz.sandbox.Sandbox`, or a stand-in for code that is trusted."""

    def run(self, request: bytes, limits: Limits) -> Run:
        """Answer one request of the harness; the result is a value, whatever the code does."""
        ...
