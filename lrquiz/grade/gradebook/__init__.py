"""The gradebook: every attempt and every result of a course, in one SQLite file.

A result is in the file, whole, or it is not; so a grading that is killed at any moment loses
nothing that was finished, and the same command goes on from there.
"""

from lrquiz.grade.gradebook.faults import told
from lrquiz.grade.gradebook.opening import open_gradebook, read_gradebook
from lrquiz.grade.gradebook.queries import Attempt, Gradebook
from lrquiz.grade.gradebook.writer import Writer

__all__ = ["Attempt", "Gradebook", "Writer", "open_gradebook", "read_gradebook", "told"]
