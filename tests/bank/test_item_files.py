"""Item files: shipped ones load, every fault of a file is told at once, nothing else is raised."""

from __future__ import annotations

import math
import tomllib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lrquiz.bank.items import load_item
from lrquiz.bank.translations import is_translation
from lrquiz.errors import ItemError
from lrquiz.model.item import Item, ItemType, Quantifier
from lrquiz.resources.locate import shipped_bank

FILES = sorted((shipped_bank() / "items").rglob("*.toml"))
SHIPPED = [path for path in FILES if not is_translation(path)]
SHIPPED_TEXTS = [path.read_text(encoding="utf-8") for path in SHIPPED]
EXAMPLE = next(text for text in SHIPPED_TEXTS if 'id = "lr-too-high-effect"' in text)

QUIET = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def load(folder: Path, text: str, name: str = "lr-too-high-effect") -> Item:
    path = folder / f"{name}.toml"
    path.write_bytes(text.encode())
    return load_item(path)


def message_of(folder: Path, text: str) -> str:
    with pytest.raises(ItemError) as caught:
        load(folder, text)
    return str(caught.value)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_every_shipped_item_loads(path: Path) -> None:
    """Each item of the shipped bank is sound and carries what a student is shown."""
    item = load_item(path)
    assert item.id == path.stem
    assert item.hint
    if item.type.has_options:
        assert item.solution
        assert item.common_mistakes
        assert all(option.feedback for option in item.options)
    else:
        assert item.value or item.back or item.checklist or item.order


def test_an_item_holds_what_its_file_says(tmp_path: Path) -> None:
    """Texts, claims with their quantifiers, arms and variants come through as written."""
    item = load(tmp_path, EXAMPLE)
    assert item.type is ItemType.SINGLE_CHOICE
    assert [option.id for option in item.options] == ["bounces", "smooth", "slower", "perfect"]
    assert item.options[0].claim.quantifier is Quantifier.SOMETIMES
    assert item.options[1].claim.quantifier is Quantifier.USUALLY
    assert item.options[3].claim.parameters == {"arm": "too_high", "value": 1.0, "within": 1}
    assert item.experiment.arms == {"reference": {"lr": 0.1}, "too_high": {"lr": 10.0}}
    assert item.variants == {"arms.too_high.lr": (10.0, 30.0)}
    assert item.points == 1.0


def test_all_faults_of_a_file_are_told_at_once(tmp_path: Path) -> None:
    """Three independent faults give three messages, each with its own line, in file order."""
    text = (
        EXAMPLE.replace('difficulty = "easy"', 'difficulty = "simple"')
        .replace("{ lr = 0.1 }", '{ lr = "0.1" }')
        .replace('predicate = "is_slower_but_steadier_than"', 'predicate = "is_slower"')
    )
    lines = message_of(tmp_path, text).splitlines()
    assert len(lines) == 3
    wanted = ('difficulty = "simple"', 'lr = "0.1"', '"is_slower"')
    for told, fragment in zip(lines, wanted, strict=True):
        number = next(i for i, each in enumerate(text.splitlines(), 1) if fragment in each)
        assert f":{number}: " in told


@pytest.mark.parametrize("end", ["\u2028", "\x85", "\u2029"])
def test_lines_are_counted_as_toml_counts_them(tmp_path: Path, end: str) -> None:
    """Line separators that a word processor leaves in a text do not shift the line of a fault."""
    text = EXAMPLE.replace('hint = "', f'hint = "pasted{end}text ')
    text = text.replace("{ lr = 0.1 }", "{ lr = -1.0 }")
    number = next(i for i, each in enumerate(text.split("\n"), 1) if "-1.0" in each)
    assert f":{number}: experiment > arms > reference" in message_of(tmp_path, text)


def test_a_file_that_is_not_utf8_is_refused_with_the_place(tmp_path: Path) -> None:
    """Latin-1 is answered with the byte and what to do."""
    path = tmp_path / "lr-too-high-effect.toml"
    path.write_bytes(EXAMPLE.replace("Near", "N\u00e4her").encode("latin-1"))
    with pytest.raises(ItemError, match=r"not UTF-8 at byte \d+; save the file as UTF-8"):
        load_item(path)


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    """What cannot be read is an item error that says why."""
    with pytest.raises(ItemError, match="no such file"):
        load_item(tmp_path / "absent.toml")
    with pytest.raises(ItemError, match="is a directory"):
        load_item(tmp_path)


def test_toml_nested_beyond_reading_is_refused(tmp_path: Path) -> None:
    """Nesting too deep for the parser is a fault of the file, not of ours."""
    assert "not valid TOML" in message_of(tmp_path, "a = " + "[" * 5000 + "]" * 5000)


@pytest.mark.parametrize(
    "expression",
    [
        "{{ " + "(" * 3000 + "1" + ")" * 3000 + " }}",
        "{{ 'x' * 10 ** 15 }}",
        "{{ 1 / 0 }}",
        "{{ [].pop() }}",
        "{{ range(10 ** 9) | list }}",
        "{{ arms.reference.lr() }}",
        "{{ 3 | loop_code }}",
        "{{ ['sit', 'stay'] | loop_code }}",
        "{% for %}",
        "{{ lipsum.__globals__ }}",
        "{{ nobody }}",
    ],
)
def test_an_expression_that_fails_is_a_fault_of_its_file(tmp_path: Path, expression: str) -> None:
    """Whatever an expression raises, the author is told that a text cannot be rendered."""
    text = EXAMPLE.replace('hint = "', f'hint = "{expression} ')
    assert "a text cannot be rendered" in message_of(tmp_path, text)


def test_no_text_can_change_the_experiment(tmp_path: Path) -> None:
    """A stem that appends a call to an arm's list would alter what is run: it is refused."""
    text = next(text for text in SHIPPED_TEXTS if 'id = "missing-backward"' in text)
    altered = text.replace(
        "{{ arms.given.calls |", "{{ arms.given.calls.append('backward') }}{{ arms.given.calls |"
    )
    assert altered != text
    with pytest.raises(ItemError, match="unsafe"):
        load(tmp_path, altered, "missing-backward")


@QUIET
@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_any_bytes_are_an_item_or_an_item_error(tmp_path: Path, content: bytes) -> None:
    """Whatever stands in a file, reading it raises nothing but ItemError."""
    path = tmp_path / "any.toml"
    path.write_bytes(content)
    with pytest.raises(ItemError):
        load_item(path)


@QUIET
@given(st.sampled_from(SHIPPED_TEXTS), st.data())
def test_a_damaged_item_is_an_item_or_an_item_error(
    tmp_path: Path, text: str, data: st.DataObject
) -> None:
    """Any stretch of a sound file replaced by any other text gives an item or an ItemError."""
    start = data.draw(st.integers(0, len(text)))
    stop = data.draw(st.integers(start, min(len(text), start + 60)))
    marks = st.sampled_from(["[]", "{}", "nan", '""', "[[", "{{"])
    filling = data.draw(st.text(max_size=12) | marks)
    try:
        load(tmp_path, text[:start] + filling + text[stop:])
    except ItemError:
        return


VALUES = st.sampled_from(
    ["[]", "{}", "nan", "-inf", "true", '""', "[[1]]", "1979-05-27", "[{}]", "0"]
)


@QUIET
@given(st.sampled_from(SHIPPED_TEXTS), VALUES, st.data())
def test_a_value_of_another_type_is_an_item_or_an_item_error(
    tmp_path: Path, text: str, value: str, data: st.DataObject
) -> None:
    """Any value of a sound file replaced by one of another type never breaks the reader."""
    lines = text.split("\n")
    places = [
        (number, position + 2)
        for number, line in enumerate(lines)
        for position in range(len(line))
        if line.startswith("= ", position)
    ]
    number, position = data.draw(st.sampled_from(places))
    line = lines[number]
    ends = [line.find(mark, position) for mark in (", ", " }")]
    end = min([each for each in ends if each >= 0], default=len(line))
    lines[number] = line[:position] + value + line[end:]
    try:
        load(tmp_path, "\n".join(lines))
    except ItemError:
        return


@settings(deadline=None, max_examples=60)
@given(st.floats(0, 1e30))
def test_a_rate_is_the_number_that_was_written(value: float) -> None:
    """TOML reads 1e-3 as a number; nothing on the way to an arm turns it into text."""
    read = tomllib.loads(f"lr = {value!r}")["lr"]
    assert math.isclose(read, value)


def test_a_fault_of_a_text_points_to_that_text(tmp_path: Path) -> None:
    """An expression that fails in a feedback is told with the option's line, not the stem's."""
    shipped = Path("question_bank/items/learning-rate/lr-too-high-effect.toml").read_text()
    path = tmp_path / "lr-too-high-effect.toml"
    path.write_text(shipped.replace("Each step overshoots the minimum,", "{{ nobody }}"))
    with pytest.raises(ItemError, match=r":\d+: \[\[option\]\] 1 > feedback: .*'nobody'") as caught:
        load_item(path)
    line = int(str(caught.value).partition(".toml:")[2].partition(":")[0])
    assert "{{ nobody }}" in path.read_text().splitlines()[line - 1]


@pytest.mark.parametrize("expression", ["9 ** 99", "'x' * 10 ** 12", "[1] * 10 ** 12"])
def test_no_expression_computes_without_end(tmp_path: Path, expression: str) -> None:
    """Powers and repetitions that would hang or fill the memory are refused."""
    shipped = Path("question_bank/items/learning-rate/lr-too-high-effect.toml").read_text()
    path = tmp_path / "lr-too-high-effect.toml"
    path.write_text(shipped.replace("Each step overshoots", f"{{{{ {expression} }}}}"))
    with pytest.raises(ItemError, match="a text cannot be rendered"):
        load_item(path)


def test_too_many_variants_are_refused(tmp_path: Path) -> None:
    """Every variant is proved by training, so their number is bounded."""
    shipped = Path("question_bank/items/learning-rate/lr-too-high-effect.toml").read_text()
    path = tmp_path / "lr-too-high-effect.toml"
    rates = ", ".join(f"{rate}.0" for rate in range(10, 75))
    path.write_text(shipped.replace("[10.0, 30.0]", f"[{rates}]"))
    with pytest.raises(ItemError, match="these are 65 variants"):
        load_item(path)
