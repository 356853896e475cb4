"""The words of the interface: all of them collected, all translated, parts kept, counts right."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hypothesis import given
from hypothesis import strategies as st

from lrquiz.resources.locate import shipped_templates
from lrquiz.resources.texts import DOMAIN, joined, languages, said, said_of, texts_of

ROOT = Path(__file__).resolve().parents[2]
LOCALE = shipped_templates() / "locale"
KEYWORDS = {**DEFAULT_KEYWORDS, "said": None, "said_of": (2, 3)}
"""as the Makefile has them"""
PART = re.compile(r"%\((\w+)\)s")
GERMAN = texts_of("de")
TEXT = st.text(max_size=20)


def file_of(language: str, suffix: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / f"{DOMAIN}{suffix}"


def catalogue(language: str) -> Catalog:
    with file_of(language, ".po").open("rb") as file:
        return read_po(file, locale=language)


def said_by(message: Message) -> tuple[str, ...]:
    return (message.id,) if isinstance(message.id, str) else tuple(message.id)


def told_by(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ())


@pytest.fixture(scope="module")
def collected() -> set[tuple[str, ...]]:
    """Every message of code, templates and scripts, as `make texts` collects them."""
    with (LOCALE / "babel.cfg").open() as file:
        methods, options = parse_mapping_cfg(file)  # type: ignore[no-untyped-call]
    found = extract_from_dir(ROOT, methods, options, keywords=KEYWORDS)
    return {(each[2],) if isinstance(each[2], str) else tuple(each[2]) for each in found}


@pytest.mark.parametrize("language", languages())
def test_the_catalogue_holds_what_is_said(language: str, collected: set[tuple[str, ...]]) -> None:
    """No text of the interface is missing from a catalogue, and none in it is said nowhere."""
    known = {said_by(each) for each in catalogue(language) if each.id}
    assert collected - known == set(), "run: make texts"
    assert known - collected == set(), "run: make texts"


@pytest.mark.parametrize("language", languages())
def test_every_message_is_translated_with_its_parts(language: str) -> None:
    """A translation is settled, not empty, and names the parts of its message and no others."""
    for message in catalogue(language):
        parts = [set(PART.findall(each)) for each in said_by(message)]
        shown = [set(PART.findall(each)) for each in told_by(message)]
        assert all(told_by(message)), message.id
        assert not (message.id and message.fuzzy), message.id
        assert shown[-1] == parts[-1], message.id
        assert shown[0] <= set().union(*parts), message.id
        for each in told_by(message) if message.id else ():
            assert each % dict.fromkeys(set().union(*parts), "x")


@pytest.mark.parametrize("language", languages())
def test_the_compiled_catalogue_is_that_of_its_source(language: str) -> None:
    """Pages read the compiled file: it says what the file that people edit says."""
    made = io.BytesIO()
    write_mo(made, catalogue(language))
    assert made.getvalue() == file_of(language, ".mo").read_bytes(), "run: make texts"


def test_scripts_say_plain_literals() -> None:
    """A script's text is one double-quoted literal, which alone is found when a page is made."""
    for path in (shipped_templates() / "static").glob("*.js"):
        text = path.read_text(encoding="utf-8")
        calls = re.findall(r"(?<![\w$.])_\(\s*(.)", text)
        assert set(calls) <= {'"'}, path.name


def test_what_is_said_stays_english_until_a_page_says_it() -> None:
    """A text is plain English in itself; another language looks up the message and its parts."""
    text = said("%(given)s of %(full)s", given=said("no points"), full=3)
    assert text == "no points of 3"
    assert GERMAN.say(text) == "keine Punkte von 3"
    assert texts_of("en").say(text) == text
    assert GERMAN.say("no points") == "no points"


@given(st.integers(0, 50))
def test_counts_choose_their_form(count: int) -> None:
    """One is told as one, and every other number as several."""
    text = said_of(count, "%(count)s day", "%(count)s days")
    assert text == (f"{count} day" if count == 1 else f"{count} days")
    assert GERMAN.say(text) == (f"{count} Tag" if count == 1 else f"{count} Tage")


@given(st.lists(TEXT, max_size=4), TEXT)
def test_joined_texts_are_translated_one_by_one(texts: list[str], separator: str) -> None:
    """Texts that are joined stay what they are, percent signs and all; ours are translated."""
    both = joined([*texts, said("Check")], separator)
    assert both == separator.join([*texts, "Check"])
    assert GERMAN.say(both) == separator.join([*texts, "Pr\u00fcfen"])


@given(TEXT)
def test_parts_are_not_read_as_messages(part: str) -> None:
    """What a student or an author wrote comes out as it is, whatever signs are in it."""
    assert GERMAN.say(said("Item %(number)s", number=part)) == f"Aufgabe {part}"


@pytest.mark.parametrize("name", ["de", "DE", "de-AT", "de_CH"])
def test_a_language_is_known_by_its_first_part(name: str) -> None:
    """A country changes nothing; a language without a catalogue is told in English."""
    assert texts_of(name).language == "de"
    assert texts_of(f"x{name}").language == "en"
