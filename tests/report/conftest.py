"""Fixtures for pages: a quiz and a class that were recorded once, and gold files."""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest

from lrquiz.grade.records import read_records
from lrquiz.model.quiz import Quiz
from lrquiz.model.record import Record
from lrquiz.quiz import read_quiz

TESTS = Path(__file__).resolve().parent.parent
RECORDED, GOLD, ACTUAL = TESTS / "recorded", TESTS / "gold", TESTS / "actual"

# Styles and scripts have tests of their own, in a browser; here only what is laid out counts.
SCRUBS = (
    (r"(?s)<style>.*?</style>", "<style>STYLE</style>"),
    (r"(?s)<script>.*?</script>", "<script>SCRIPT</script>"),
    (r"sha256-[^ ;]+?(?:=|&#61;)(?=&#39;)", "sha256-DIGEST"),
    (r"torch \d+\.\d+\.\d+[\w.+]*", "torch VERSION"),
    (r"lrquiz \d+\.\d+\.\d+", "lrquiz VERSION"),
)

Compare = Callable[[str, str], None]


def foreign_scripts(page: str) -> list[str]:
    """Return the scripts of a page that its own policy does not allow to run."""
    found = re.findall(r"(?s)<script[^>]*>(.*?)</script", page)
    digests = [b64encode(hashlib.sha256(each.encode()).digest()).decode() for each in found]
    policy = unescape(re.findall(r'Content-Security-Policy" content="([^"]*)"', page)[0])
    pairs = zip(found, digests, strict=True)
    return [each for each, digest in pairs if f"'sha256-{digest}'" not in policy]


@pytest.fixture(scope="session")
def quiz() -> Quiz:
    return read_quiz(RECORDED / "quiz.json")


@pytest.fixture(scope="session")
def records() -> tuple[Record, ...]:
    return read_records(RECORDED / "records.jsonl")


@pytest.fixture
def compare() -> Compare:
    """Compare a page with its gold file; on a mismatch, keep the page beside for a look."""

    def compare(name: str, page: str) -> None:
        for pattern, replacement in SCRUBS:
            page = re.sub(pattern, replacement, page)
        gold = GOLD / name
        if not gold.exists() or gold.read_text(encoding="utf-8") != page:
            actual = ACTUAL / name
            actual.parent.mkdir(parents=True, exist_ok=True)
            actual.write_text(page, encoding="utf-8")
            pytest.fail(
                f"{name} changed: compare {actual} with {gold}; copy it there if it is right"
            )

    return compare
