"""Every kind of page, made of recorded data: for checks that hold of all of them.

A new kind of page goes in here; a test fails until it does.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import TypeVar

from lrquiz.bank.items import load_item
from lrquiz.bank.tasks import load_task
from lrquiz.bank.variants import variants_of
from lrquiz.grade.records import read_records
from lrquiz.model.decision import Level
from lrquiz.model.item import Variant
from lrquiz.model.paper import PaperItem
from lrquiz.model.proof import Count, Proof, Spread
from lrquiz.model.quiz import Quiz
from lrquiz.quiz import read_quiz
from lrquiz.quiz.pipeline import read_pipeline
from lrquiz.report import kinds
from lrquiz.report.class_view import Link, class_view, index_view
from lrquiz.report.diagnosis_view import diagnosis_view
from lrquiz.report.exam_view import ExamPages
from lrquiz.report.feedback_view import feedback_view
from lrquiz.report.page import Page, render_page
from lrquiz.report.pipeline_view import pipeline_view
from lrquiz.report.quiz_view import quiz_view
from lrquiz.report.staff_view import staff_view
from lrquiz.report.told import Told
from lrquiz.report.verification_view import Checked, verification_view
from lrquiz.resources.locate import shipped_bank
from lrquiz.resources.texts import ENGLISH
from lrquiz.verify.verification import verified_by
from tests.report import exam_papers, test_diagnosis_page, test_order_page
from tests.report.conftest import RECORDED
from tests.report.test_quiz_pages import ADA, CLASS, DONALD
from tests.verify.predicted import quiz_of_curves

T = TypeVar("T")
LINES = (((0.9, 0.5, None), (0.8, 0.4, 0.2)),)
TASK = "train-with-schedule"


@dataclass(frozen=True)
class Sample:
    """One page: its kind and what it lays out."""

    page: Page
    view: object
    language: str = ENGLISH

    def html(self) -> str:
        return render_page(self.page, self.view, self.language)


class Changed:
    """What changes nothing; heirs change texts before pages are made of them."""

    def of(self, value: T) -> T:
        return value


def samples(change: Changed | None = None) -> Mapping[str, Sample]:
    """Return every kind of page by a name of its own, after a change of the data behind them."""
    changed = change or Changed()
    return {name: make(changed) for name, make in MAKERS.items()}


def practice(change: Changed) -> Sample:
    """Every type of item that a page scores at once."""
    recorded = read_quiz(RECORDED / "exam.json")
    items = tuple(each for each in recorded.items if each.type != "open_prompt")
    return Sample(kinds.PRACTICE, quiz_view(change.of(replace(recorded, items=items))))


def practice_of_runs(change: Changed) -> Sample:
    """Lines to put in order, and curves to choose from."""
    return Sample(kinds.PRACTICE, quiz_view(change.of(_of_runs())))


def _of_runs() -> Quiz:
    order = test_order_page.QUIZ
    return replace(order, items=(*order.items, *quiz_of_curves().items))


def exam_of_runs(change: Changed) -> Sample:
    """The same items on paper, the lines as the paper of their own tests has them."""
    quiz, (ordered,) = change.of(_of_runs()), test_order_page.EXAM_PAPER.items
    curves = quiz.items[-1]
    asked = PaperItem(curves.id, curves.variant, tuple(each.id for each in curves.options))
    first = replace(ordered, item=quiz.items[0].id, variant=quiz.items[0].variant)
    paper = replace(test_order_page.EXAM_PAPER, items=(first, asked))
    return Sample(kinds.EXAM, ExamPages(quiz, "label").view(paper, "Ada"))


def recap(change: Changed) -> Sample:
    """Cards, with and without evidence, and prompts."""
    quiz = change.of(_recap())
    return Sample(kinds.PRACTICE, quiz_view(quiz))


def _recap() -> Quiz:
    quiz = read_quiz(RECORDED / "quiz.json")
    made = replace(quiz.items[0], options=(), key=())
    card = replace(made, type="flashcard", back="The **back**: $a_1$", difficulty="easy")
    prompt = replace(made, type="open_prompt", premises=(), curves=(), checklist=("one", "two"))
    return replace(quiz, items=(card, replace(card, curves=(), hint=""), prompt))


def exam(change: Changed) -> Sample:
    pages = ExamPages(change.of(exam_papers.QUIZ), "label")
    student = change.of(replace(ADA.record, student="Ada")).student
    return Sample(kinds.EXAM, pages.view(replace(exam_papers.PAPER, language="en"), student))


def pipeline(change: Changed) -> Sample:
    page = change.of(read_pipeline(RECORDED / "pipeline.json"))
    return Sample(kinds.PIPELINE, pipeline_view(page))


@cache
def task_class() -> tuple[Told, ...]:
    return tuple(map(Told, read_records(RECORDED / "records.jsonl")))


def _told(student: str, change: Changed) -> Told:
    (found,) = (each for each in task_class() if each.record.student == student)
    return change.of(found)


def feedback_task(change: Changed) -> Sample:
    """A page with findings, a curve, a source, and the reference."""
    told = replace(_told("barbara", change), level=Level.SOLUTIONS)
    told = replace(told, task=load_task(shipped_bank() / "tasks" / TASK))
    return Sample(kinds.FEEDBACK, feedback_view(told))


def feedback_quiz(level: Level) -> Callable[[Changed], Sample]:
    def made(change: Changed) -> Sample:
        return Sample(kinds.FEEDBACK, feedback_view(change.of(replace(ADA, level=level))))

    return made


def staff_task(change: Changed) -> Sample:
    return Sample(kinds.STAFF, staff_view(_told("alan", change)))


def staff_quiz(change: Changed) -> Sample:
    return Sample(kinds.STAFF, staff_view(change.of(DONALD)))


def class_task(change: Changed) -> Sample:
    return Sample(kinds.CLASS, class_view([change.of(each) for each in task_class()]))


def class_quiz(change: Changed) -> Sample:
    tolds = [change.of(each) for each in CLASS]
    return Sample(kinds.CLASS, class_view(tolds, missing=[tolds[0].shown]))


def index(change: Changed) -> Sample:
    link = Link("class.html", "Class page", "scores, items, endings, mistakes")
    return Sample(kinds.INDEX, index_view([change.of(each) for each in CLASS], [link]))


def diagnosis(change: Changed) -> Sample:
    """Findings, a fix, an error, curves and the source of a program."""
    report = test_diagnosis_page.report("ValueError: what stopped it")
    return Sample(kinds.DIAGNOSIS, diagnosis_view(change.of(report)))


def verification(change: Changed) -> Sample:
    """A variant that holds, one that is rejected, and a number."""
    choice, number = shipped("lr-too-high-effect"), shipped("rate-at-epoch-10")
    arms = dict.fromkeys(choice.experiment.arms, *LINES)
    premises = (Count(512, 512),) * len(choice.premises)
    right = [Count(512 if n == 0 else 0, 512) for n in range(len(choice.options))]
    wrong = (Count(200, 512), *right[1:])
    proofs = [Proof("i", premises, tuple(each), "loss", arms, "2.13.0") for each in (right, wrong)]
    spreads = tuple(Spread(low, low, low, 1) for low in (0.025, 0.05, 0.1))
    facts = (Count(1, 1),) * len(number.premises)
    measured = Proof("i", facts, (), "lr", dict.fromkeys(number.experiment.arms, ()), "0", spreads)
    found = [verified_by(choice, each) for each in proofs] + [verified_by(number, measured)]
    checked = [Checked(each, () if each.holds else ("It holds at 30.",)) for each in found]
    return Sample(kinds.VERIFICATION, verification_view(list(map(change.of, checked)), "the bank"))


def shipped(name: str) -> Variant:
    """Return the first variant of a shipped item."""
    (path,) = (shipped_bank() / "items").rglob(f"{name}.toml")
    return variants_of(load_item(path))[0]


MAKERS: Mapping[str, Callable[[Changed], Sample]] = {
    "practice": practice,
    "practice_of_runs": practice_of_runs,
    "exam_of_runs": exam_of_runs,
    "recap": recap,
    "exam": exam,
    "pipeline": pipeline,
    "feedback_task": feedback_task,
    **{f"feedback_quiz_{level}": feedback_quiz(level) for level in Level},
    "staff_task": staff_task,
    "staff_quiz": staff_quiz,
    "class_task": class_task,
    "class_quiz": class_quiz,
    "index": index,
    "diagnosis": diagnosis,
    "verification": verification,
}


def all_kinds() -> list[Page]:
    """Return every kind of page that there is."""
    return [each for each in vars(kinds).values() if isinstance(each, Page)]
