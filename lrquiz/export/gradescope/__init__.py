"""Gradescope: what it shows of a result, and the bundle with which it grades by itself."""

from lrquiz.export.gradescope.bundle import Bundle, make_bundle
from lrquiz.export.gradescope.results import results_json

__all__ = ["Bundle", "make_bundle", "results_json"]
