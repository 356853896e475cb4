"""Characters that no page can hold, or that deceive: told by their codes; others stay."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lrquiz.render.chart import Chart, Series
from lrquiz.render.charts import draw
from lrquiz.render.unseen import marked


@given(st.text(st.characters(codec=None, exclude_categories=())))
def test_every_text_can_be_held(text: str) -> None:
    """Whatever characters it has, a page can hold it, once marked, and marking again adds none."""
    made = marked(text)
    made.encode("utf-8")
    assert marked(made) == made
    assert not re.search("[\u202a-\u202e\u2066-\u2069\u200b\ufeff\x00-\x08\x7f-\x9f]", made)


@given(st.text(st.characters(categories=["L", "M", "N", "P", "S"])))
def test_words_of_every_language_stay_as_they_are(text: str) -> None:
    """Letters, accents, numbers and signs of any script are not touched."""
    assert marked(text) == text
    assert marked(f"{text}\u200d\u200c\u200e\t\r\n") == f"{text}\u200d\u200c\u200e\t\r\n"


@pytest.mark.parametrize("hidden", ["\ud800", "\x00", "\u202e", "\U000e0041"])
def test_a_chart_is_drawn_whatever_its_labels_hold(hidden: str) -> None:
    """The same characters are told by their codes in the words of a chart."""
    label = f"rate{hidden}"
    drawn = draw(Chart("c", "title", "loss", (Series(label, ((1.0, 0.5),)),)))
    assert marked(label) in drawn
    assert marked(label) != label
