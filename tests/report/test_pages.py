"""Pages: gold files, nothing remote, nothing executable from a submission."""

from __future__ import annotations

import base64
import hashlib
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote

import pytest

from lrquiz.model.quiz import Quiz
from lrquiz.model.record import Record
from lrquiz.model.run import Ending
from lrquiz.report.class_view import class_view
from lrquiz.report.feedback_view import feedback_view
from lrquiz.report.kinds import CLASS, FEEDBACK, PRACTICE, STAFF, without_unneeded
from lrquiz.report.page import render_page
from lrquiz.report.quiz_view import quiz_view
from lrquiz.report.staff_view import staff_view
from lrquiz.report.told import Told
from lrquiz.report.write import write_class_pages
from tests.report.conftest import Compare, foreign_scripts

HOSTILE = (
    "</pre><script>alert(1)</script><img src=x onerror=alert(2)>{{ 7 * 7 }} javascript:alert(3)"
)


def feedback(record: Record) -> str:
    return render_page(FEEDBACK, feedback_view(Told(record)))


def practice(quiz: Quiz) -> str:
    view = quiz_view(quiz)
    return render_page(without_unneeded(PRACTICE, {each.kind for each in view.items}), view)


def class_page(tolds: Sequence[Told]) -> str:
    return render_page(CLASS, class_view(tolds))


def record_of(records: tuple[Record, ...], student: str) -> Record:
    return next(record for record in records if record.student == student)


def test_practice_page(quiz: Quiz, compare: Compare) -> None:
    """The practice page of a recorded quiz is the one that somebody has looked at."""
    compare("practice.html", practice(quiz))


def test_a_practice_page_of_ten_items_is_small(quiz: Quiz) -> None:
    """Ten items, each with another variant and its curves, come to less than 300 kB."""
    items = [replace(each, others=(replace(each, variant="other"),)) for each in quiz.items]
    page = practice(replace(quiz, items=tuple((items * 4)[:10])))
    assert page.count("<svg ") == 20
    assert len(page.encode()) < 300_000
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("student", ["ada", "alan", "barbara", "donald", "mallory", "trudy"])
def test_feedback_page(records: tuple[Record, ...], student: str, compare: Compare) -> None:
    """The feedback page of a recorded submission is the one that somebody has looked at."""
    compare(f"feedback/{student}.html", feedback(record_of(records, student)))


def test_class_page(records: tuple[Record, ...], compare: Compare) -> None:
    """The class page of a recorded class is the one that somebody has looked at."""
    compare("class.html", class_page(list(map(Told, records))))


def test_pages_hold_nothing_remote(quiz: Quiz, records: tuple[Record, ...]) -> None:
    """No page refers to anything outside itself; XML namespaces are names, not references."""
    pages = [practice(quiz), *map(feedback, records)]
    for page in pages:
        bare = re.sub(r'xmlns(:\w+)?="[^"]*"', "", page)
        assert not re.search(r"""(src|href|url)\s*[=(]\s*["']?(https?:)?//""", bare)
        assert "Content-Security-Policy" in page


def test_scripts_run_by_hash_only(quiz: Quiz) -> None:
    """The policy allows exactly the script that the page holds."""
    page = practice(quiz)
    (script,) = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert f"script-src &#39;sha256-{digest}&#39;" in page


def test_ids_are_unique(quiz: Quiz, records: tuple[Record, ...]) -> None:
    """Charts that share a page share no id."""
    for page in (practice(quiz), feedback(record_of(records, "barbara"))):
        ids = Counter(re.findall(r'\bid="([^"]+)"', page))
        assert max(ids.values()) == 1


def test_a_submission_cannot_write_the_page(records: tuple[Record, ...]) -> None:
    """Markup in the code, its output, its errors or a student's name comes out as text."""
    record = replace(
        record_of(records, "barbara"),
        student=HOSTILE,
        source=f"x = '{HOSTILE}'\n# {HOSTILE}",
        detail=HOSTILE,
        stdout=HOSTILE,
        stderr=HOSTILE,
    )
    pages = [
        feedback(record),
        class_page([Told(record)]),
        render_page(STAFF, staff_view(Told(record))),
    ]
    for page in pages:
        assert not foreign_scripts(page)
        assert "<script>alert" not in page
        assert "<img" not in page
        assert "{{ 7 * 7 }}" in page
        assert 'href="javascript:' not in page


def test_students_see_no_other_student(records: tuple[Record, ...]) -> None:
    """A feedback page names and links nobody else."""
    names = {record.student for record in records}
    for record in records:
        page = feedback(record)
        links = re.findall(r'href="([^"]*)"', page)
        assert all(link.startswith("#") for link in links)
        others = names - {record.student}
        assert not any(re.search(rf"\b{name}\b", page) for name in others)


def test_a_fault_of_ours_is_told_kindly(records: tuple[Record, ...]) -> None:
    """After an internal error the student reads that no points are lost, and no inner detail."""
    record = replace(
        record_of(records, "ada"),
        ending=Ending.INTERNAL_ERROR,
        score=None,
        checks=(),
        detail="/secret/path.py: broken",
    )
    page = feedback(record)
    assert "costs you no points" in page
    assert "/secret/path.py" not in page


def test_the_index_leads_to_every_page(records: tuple[Record, ...], tmp_path: Path) -> None:
    """Following the index's links reaches the class page and each student's two pages on disk."""
    odd = replace(record_of(records, "ada"), student="Zoë #1 ? 100%")
    index = write_class_pages([Told(each) for each in (*records, odd)], tmp_path)
    links = re.findall(r'href="([^"]*)"', index.read_text())
    assert len(links) == 2 * len(records) + 3
    for link in links:
        assert (index.parent / unquote(link)).is_file(), link
