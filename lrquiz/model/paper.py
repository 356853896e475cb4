"""Exam papers: which items a student gets, in which order, under numbers that say nothing.

What a page shows of a quiz is opaque: items and options are numbered as they stand on the page, and
only the papers, which staff keep, say what a number stands for.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

Given = tuple[str, ...] | str
"""one response as a file holds it: numbers or ids of options, or a text"""


@dataclass(frozen=True, slots=True)
class PaperItem:
    """One item of a paper. Its number on the page is its place among the paper's items, from 1."""

    item: str
    variant: str
    options: tuple[str, ...] = ()
    """ids in the order shown; an option's number on the page is its place here, from 1"""


@dataclass(frozen=True, slots=True)
class Paper:
    """What one student is asked."""

    id: str
    """opaque; the only thing of a paper that a response file names"""
    student: str
    """from the roster; empty where one paper is for everybody"""
    items: tuple[PaperItem, ...]
    minutes: float | None = None
    """of this student's countdown, extra time included; None where there is none"""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Papers:
    """All papers of an exam, beside its quiz.json and as private."""

    quiz: str
    """id of the quiz file"""
    label: str
    """what pages and response files call the quiz; opaque"""
    secret: str
    """fingerprint of the secret that drew them"""
    papers: tuple[Paper, ...]
    schema: str = "lrquiz/papers"
    version: int = 1

    def of(self, student: str) -> Paper | None:
        """Return a student's own paper, or the one that is for everybody; None if there is none."""
        own = next((each for each in self.papers if each.student == student), None)
        return own or next((each for each in self.papers if not each.student), None)


@dataclass(frozen=True, slots=True)
class Responses:
    """A response file as it was read. Who answered is never taken from inside it."""

    quiz: str
    """label of the exam, or id of a quiz without papers"""
    paper: str
    """id of the paper; empty for a quiz without papers"""
    responses: Mapping[str, Given] = field(default_factory=dict)
    """by number of the item on the paper; without papers, by item id"""
    schema: str = "lrquiz/responses"
    version: int = 1
