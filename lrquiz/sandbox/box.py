"""Where code that is not ours runs, as those see it who want it run."""

from __future__ import annotations

from typing import Protocol

from lrquiz.model.run import Limits, Run


class Box(Protocol):
    """`lrquiz.sandbox.Sandbox`, or a stand-in for code that is trusted."""

    def run(self, request: bytes, limits: Limits) -> Run:
        """Answer one request of the entry; the result is a value, whatever the code does."""
        ...
