"""Decide about a class again and again, as `lrquiz regrade` does.

A program of its own, so that a test can kill it: `python regrade_a_class.py GRADEBOOK`.
"""

from __future__ import annotations

import sys
from itertools import count
from pathlib import Path

from lrquiz.grade.gradebook import open_gradebook
from lrquiz.grade.marks import Rules
from lrquiz.grade.people.regrading import keep, regrade
from lrquiz.grade.responses.scoring import rescored
from lrquiz.model.decision import Decision, DecisionKind
from tests.grade.people.exam_made import NOW, QUIZ


def main(path: Path) -> None:
    with open_gradebook(path) as book:
        for number in count(1):
            worth = 1.0 + number % 5
            one = Decision(DecisionKind.POINTS, QUIZ.id, "rate", "r", "me", NOW, points=worth)
            made = regrade(
                book,
                Rules(QUIZ.id),
                one,
                lambda records, decisions: [rescored(each, QUIZ, decisions) for each in records],
            )
            keep(made, book)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
