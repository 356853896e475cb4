"""Pages in German: every word of the interface that the English page shows is translated."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from html.parser import HTMLParser

import pytest
from babel.messages.pofile import read_po

from lrquiz.bank.items import load_item
from lrquiz.bank.variants import translations_of, variants_of
from lrquiz.grade.records import read_records
from lrquiz.model.decision import Level
from lrquiz.model.paper import Paper, PaperItem
from lrquiz.model.quiz import ItemTexts, OptionTexts, Quiz, QuizItem
from lrquiz.quiz import read_quiz
from lrquiz.quiz.pipeline import read_pipeline
from lrquiz.report.class_view import class_view
from lrquiz.report.diagnosis_view import diagnosis_view
from lrquiz.report.exam_view import ExamPages
from lrquiz.report.feedback_view import feedback_view
from lrquiz.report.kinds import CLASS, DIAGNOSIS, EXAM, FEEDBACK, PIPELINE, PRACTICE, STAFF
from lrquiz.report.page import Page, render_page
from lrquiz.report.pipeline_view import pipeline_view
from lrquiz.report.quiz_view import quiz_view
from lrquiz.report.staff_view import staff_view
from lrquiz.report.told import Told
from lrquiz.resources.locate import shipped_bank, shipped_templates
from tests.report.conftest import RECORDED
from tests.report.test_diagnosis_page import report

GERMAN, TRANSLATED = "de", "lr-too-high-effect"
SPOKEN = ("aria-label", "placeholder", "title", "alt")
UNSEEN = {"style", "script", "code", "pre"}
PART = r"%\(\w+\)s"
EXAM_QUIZ = read_quiz(RECORDED / "exam.json")
RECORDS = {each.student: each for each in read_records(RECORDED / "exam-records.jsonl")}
CODE = {each.student: each for each in read_records(RECORDED / "records.jsonl")}


@dataclass
class Reader(HTMLParser):
    """What a page says to a reader, piece by piece; what a program printed is nobody's words."""

    said: set[str] = field(default_factory=set)
    inside: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.inside.append(tag)
        self.said |= {" ".join((value or "").split()) for name, value in attrs if name in SPOKEN}

    def handle_endtag(self, tag: str) -> None:
        if tag in self.inside:
            del self.inside[len(self.inside) - 1 - self.inside[::-1].index(tag) :]

    def handle_data(self, data: str) -> None:
        if not UNSEEN & set(self.inside):
            self.said.add(" ".join(data.split()))


def said_on(page: str) -> set[str]:
    reader = Reader()
    reader.feed(page)
    return reader.said - {""}


def forms(texts: object) -> tuple[str, ...]:
    """Return a message's one form, or its two."""
    assert isinstance(texts, (str, tuple))
    return (texts,) if isinstance(texts, str) else texts


def messages() -> Iterator[tuple[str, str]]:
    """Yield each form of each English message with its translation, where that differs."""
    path = shipped_templates() / "locale" / GERMAN / "LC_MESSAGES" / "lrquiz.po"
    with path.open("rb") as file:
        found = [(forms(each.id), forms(each.string)) for each in read_po(file) if each.id]
    for said, told in found:
        yield from (pair for pair in zip(said, told, strict=True) if pair[0] != pair[1])


def look_of(message: str) -> re.Pattern[str]:
    """Return what a message looks like on a page, whatever its parts are."""
    return re.compile(".+".join(map(re.escape, re.split(PART, message.replace("%%", "%")))))


PAIRS = tuple(messages())
LOOKS = tuple(look_of(message) for message, _ in PAIRS)
FIXED = {message for message, _ in PAIRS if not re.search(PART, message)} - {e for _, e in PAIRS}


def in_english(pieces: set[str]) -> set[str]:
    """Return what looks like an English message of the interface."""
    return {piece for piece in pieces if any(look.fullmatch(piece) for look in LOOKS)}


def pages(page: Page, english: object, german: object) -> tuple[set[str], set[str]]:
    """Return what a page says in English and in German."""
    shown, other = render_page(page, english), render_page(page, german, GERMAN)
    assert '<html lang="en">' in shown
    assert f'<html lang="{GERMAN}">' in other
    return said_on(shown), said_on(other)


def words_of(page: str) -> dict[str, str]:
    found = re.findall(r'<script type="application/json" id="words">(.*?)</script>', page)
    return json.loads(found[0]) if found else {}


def plain(text: str) -> str:
    return " ".join(re.sub(r"[`*]", "", text).split())


def stored(value: object) -> Iterator[str]:
    """Yield every text of a quiz, a record or a page's data, without the signs of Markdown."""
    if isinstance(value, str):
        yield plain(value)
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from stored(each)
    elif isinstance(value, (tuple, list)):
        for each in value:
            yield from stored(each)


def texts_in_german(item: QuizItem) -> ItemTexts:
    path = shipped_bank() / "items" / "learning-rate" / f"{item.id}.toml"
    variant = next(each for each in variants_of(load_item(path)) if each.name == item.variant)
    ((translation, told),) = translations_of(variant)
    return ItemTexts(
        title=translation.item.title,
        stem=told.stem,
        options={
            each.id: OptionTexts(each.text, each.feedback, translation.measured[each.id])
            for each in told.options
        },
        premises=tuple(each.says for each in told.premises),
        hint=told.hint,
        solution=told.solution,
        common_mistakes=told.common_mistakes,
        back=told.back,
        checklist=told.checklist,
    )


def in_both(quiz: Quiz) -> Quiz:
    """Return the quiz with its translated item alone, and that item's texts in German."""
    (item,) = (each for each in quiz.items if each.id == TRANSLATED)
    return replace(quiz, items=(replace(item, translations={GERMAN: texts_in_german(item)}),))


def german(quiz: Quiz) -> Quiz:
    return replace(quiz, title="Lernraten", items=tuple(e.spoken(GERMAN) for e in quiz.items))


def paper_of(quiz: Quiz) -> Paper:
    asked = (PaperItem(e.id, e.variant, tuple(o.id for o in e.options)) for e in quiz.items)
    return Paper("p1", "ada", tuple(asked), 90.0)


def test_a_practice_page_is_german_throughout(quiz: Quiz) -> None:
    """With an item that is translated, no English word of the interface is left on the page."""
    both = in_both(quiz)
    english, other = pages(PRACTICE, quiz_view(both), quiz_view(german(both)))
    assert {"Check", "What the measurements say", "Keys", "easy"} <= in_english(english)
    assert not in_english(other)
    assert {"Pr\u00fcfen", "Was die Messungen sagen", "Tasten", "leicht"} <= other


def test_an_exam_page_is_german_throughout() -> None:
    """The rules, the fields and what hands the responses in are German, and so is the time."""
    both = in_both(EXAM_QUIZ)
    views = [ExamPages(each, "label").view(paper_of(both), "Ada") for each in (both, german(both))]
    english, other = pages(EXAM, *views)
    assert {"Save my responses", "90 minutes", "Choose one"} <= in_english(english)
    assert not in_english(other)
    assert {"Meine Antworten speichern", "90 Minuten"} <= other


QUIZ_TOLDS = [Told(each, quiz=EXAM_QUIZ, level=Level.SOLUTIONS) for each in RECORDS.values()]
CODE_TOLDS = [Told(each) for each in CODE.values()]
PIPELINE_PAGE = read_pipeline(RECORDED / "pipeline.json")
SHOWN: Mapping[str, tuple[Page, object, object]] = {
    **{f"feedback {e.shown}": (FEEDBACK, feedback_view(e), (e,)) for e in QUIZ_TOLDS},
    **{f"code {e.shown}": (FEEDBACK, feedback_view(e), (e,)) for e in CODE_TOLDS},
    **{f"staff {e.shown}": (STAFF, staff_view(e), (e,)) for e in (QUIZ_TOLDS[0], CODE_TOLDS[0])},
    "class": (CLASS, class_view(QUIZ_TOLDS), QUIZ_TOLDS),
    "class of code": (CLASS, class_view(CODE_TOLDS), CODE_TOLDS),
    "pipeline": (PIPELINE, pipeline_view(PIPELINE_PAGE), (PIPELINE_PAGE,)),
    "diagnosis": (DIAGNOSIS, diagnosis_view(report("ValueError: no")), ()),
}


@pytest.mark.parametrize("name", SHOWN)
def test_only_stored_texts_stay_english(name: str) -> None:
    """What a page says in both languages alike stands so in the item, the record or the run."""
    page, view, sources = SHOWN[name]
    english, other = pages(page, view, view)
    assert english & FIXED
    assert not other & FIXED
    texts = "\n".join(stored([asdict(each) for each in sources]))  # type: ignore[attr-defined]
    assert not {
        each for each in in_english(english & other) if plain(each).rstrip(".") not in texts
    }


@pytest.mark.parametrize("page", [PRACTICE, EXAM, PIPELINE, CLASS], ids=lambda page: page.template)
def test_scripts_get_their_words(page: Page, quiz: Quiz) -> None:
    """Every text that a page's script says comes with the page in German; in English none does."""
    views: Mapping[Page, object] = {
        PRACTICE: quiz_view(quiz),
        EXAM: ExamPages(quiz, "label").view(paper_of(quiz), ""),
        PIPELINE: pipeline_view(PIPELINE_PAGE),
        CLASS: class_view(CODE_TOLDS),
    }
    view = views[page]
    calls = set(re.findall(r'(?<![\w$])_\(\s*"(.*?)"[,)]', render_page(page, view)))
    words = words_of(render_page(page, view, GERMAN))
    assert calls
    assert {json.loads(f'"{each}"') for each in calls} == set(words)
    assert all(words[each] != each for each in words)
    assert not words_of(render_page(page, view))


def test_the_look_of_an_outcome_is_of_no_language() -> None:
    """Colours hang on the outcome itself, which a translation must not change."""
    told = next(each for each in CODE_TOLDS if each.record.checks)
    view = feedback_view(told)
    looks = [
        re.findall(r'<li class="(\w*)">', render_page(FEEDBACK, view, each))
        for each in ("en", GERMAN)
    ]
    assert looks[0] == looks[1] == [str(each.outcome) for each in told.record.checks]
