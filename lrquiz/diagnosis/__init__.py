"""Name the mistake that a trace proves, its line, and what to change. It carries no points."""

from lrquiz.diagnosis.diagnose import diagnose

__all__ = ["diagnose"]
