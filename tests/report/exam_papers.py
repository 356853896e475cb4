"""An exam with an item of every type, made by hand."""

from __future__ import annotations

from dataclasses import replace

from lrquiz.model.paper import Paper, PaperItem, Papers
from lrquiz.model.quiz import Evidence, Quiz, QuizItem, QuizOption, QuizValue
from lrquiz.model.verdict import Verdict
from lrquiz.report.exam import exam_page
from lrquiz.report.exam_view import ExamPages

SHOWN = Evidence("zqclaim", Verdict.SUPPORTED, 64, 64, 0.9, 1.0)
OPTIONS = tuple(
    QuizOption(f"zq{each}", f"Option *{each}* <script>", "zqfeedback", SHOWN) for each in "abcd"
)
VALUE = QuizValue("zqmeasured", 0.025, 0.025, 0.025, 1, 0.0005, "volts", "zqfeedback", ())
STEM = "What does this print?\n\n```python\nfor epoch in range(5):\n    print(epoch)\n```\n"


def item(name: str, kind: str, key: tuple[str, ...] = ()) -> QuizItem:
    texts = ("zqhint", ("zqsolution",), ("zqmistake",))
    options = OPTIONS if key else ()
    shown = ("zqtitle", "zqobjective", "easy", 1.5, STEM, options, key, (SHOWN,), "lr", (), *texts)
    return QuizItem(name, "zqvariant", kind, *shown)


ITEMS = (
    item("zqone", "single_choice", ("zqb",)),
    item("zqsome", "multiple_choice", ("zqa", "zqc")),
    item("zqerror", "find_error", ("zqc",)),
    replace(item("zqnumber", "numeric"), value=VALUE),
    item("zqblank", "fill_in", ("zqa",)),
    replace(item("zqprompt", "open_prompt"), checklist=("zqconcept",)),
)
QUIZ = Quiz("zqquiz", "Midterm", 0, ITEMS, {})
CHOICES = ("single_choice", "multiple_choice", "find_error")
ASKED = tuple(
    PaperItem(e.id, e.variant, ("zqc", "zqa", "zqd", "zqb") if e.type in CHOICES else ())
    for e in ITEMS
)
PAPER = Paper("p1", "ada", ASKED, 90.0)
PAPERS = Papers(QUIZ.id, "label", "zqprint", (PAPER,))


def page_of(paper: Paper = PAPER, name: str = "Ada <i>") -> str:
    return exam_page(ExamPages(QUIZ, PAPERS.label).view(paper, name))
