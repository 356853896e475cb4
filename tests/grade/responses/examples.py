"""A small quiz with an item of every type, its papers, and files of responses to it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime

from lrquiz.bank.blanks import RATE
from lrquiz.grade.intake import ResponseFile
from lrquiz.grade.intake.found import MatchedBy
from lrquiz.model.decision import Decision, DecisionKind
from lrquiz.model.paper import Given, Paper, PaperItem, Papers
from lrquiz.model.quiz import Evidence, Quiz, QuizBlank, QuizItem, QuizOption, QuizValue
from lrquiz.model.verdict import Verdict

EVIDENCE = Evidence("it holds", Verdict.SUPPORTED, 64, 64, 0.91, 1.0)


def item(id_: str, kind: str, texts: Mapping[str, str], key: tuple[str, ...]) -> QuizItem:
    return QuizItem(
        id=id_,
        variant="",
        type=kind,
        title=f"About {id_}",
        objective="o",
        difficulty="easy",
        points=1.0,
        stem="Why?",
        options=tuple(QuizOption(name, text, "", EVIDENCE) for name, text in texts.items()),
        key=key,
        premises=(),
        quantity="loss",
        curves=(),
        hint="",
        solution=(),
        common_mistakes=(),
    )


SINGLE = item("single", "single_choice", {"a": "A", "b": "B", "c": "C"}, ("b",))
MULTIPLE = replace(
    item("multiple", "multiple_choice", dict(zip("pqrst", "PQRST", strict=True)), ("p", "q", "r")),
    points=3.0,
)
ERROR = item("error", "find_error", {"x": "X", "y": "Y"}, ("x",))
NUMERIC = replace(
    item("number", "numeric", {}, ()),
    points=2.0,
    value=QuizValue("the rate", 0.04, 0.05, 0.06, 64, 0.005, "", "", ()),
)
BLANK = replace(
    item("blank", "fill_in", {"right": "0.01", "large": "10.0", "text": "'0.01'"}, ("right",)),
    blank=QuizBlank(RATE, 2),
)
OPEN = replace(item("open", "open_prompt", {}, ()), points=4.0, checklist=("one", "two"))
CARD = replace(item("card", "flashcard", {}, ()), points=0.0, back="back")
QUIZ = Quiz("q1", "Quiz", 0, (SINGLE, MULTIPLE, ERROR, NUMERIC, BLANK, OPEN, CARD), {"lrquiz": "0"})

PAPER_ITEMS = (
    PaperItem("number", ""),
    PaperItem("single", "", ("c", "b", "a")),
    PaperItem("blank", ""),
    PaperItem("multiple", "", ("t", "s", "r", "q", "p")),
)
ADAS = Paper("paper-of-ada", "Ada", PAPER_ITEMS)
BOBS = Paper("paper-of-bob", "bob", PAPER_ITEMS[:2])
PAPERS = Papers("q1", "label", "secret", (ADAS, BOBS))
RIGHT: Mapping[str, Given] = {"1": "0,05", "2": ["2"], "3": "1e-2", "4": ["3", "4", "5"]}  # type: ignore[dict-item]  # lists, as JSON has them


def written(quiz: str, paper: str, responses: Mapping[str, object]) -> bytes:
    """Return a file of responses as pages write it."""
    known = {"schema": "lrquiz/responses", "version": 1, "quiz": quiz, "paper": paper}
    return json.dumps({**known, "responses": responses}).encode()


def file_of(student: str, content: bytes) -> ResponseFile:
    return ResponseFile(student, f"{student}.json", MatchedBy.PLACE, content)


def decision(
    kind: DecisionKind, part: str, option: str = "", points: float | None = None
) -> Decision:
    return Decision(
        kind, QUIZ.id, part, "why", "me", datetime(2026, 1, 1, tzinfo=UTC), option, points
    )
