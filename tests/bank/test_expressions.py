"""Expressions of item files: those that are evaluated end at once, and reach nothing."""

from __future__ import annotations

import ast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lrquiz.bank.blanks import LONGEST_RESPONSE, response_fault
from lrquiz.bank.expressions import safe_expression

METHODS = ("backward", "item")

ATTACKS = (
    "__import__('os')",
    "().__class__",
    "().__class__.__base__.__subclasses__()",
    "loss.__class__",
    "loss.__class__()",
    "loss.backward.__globals__",
    "loss.backward().item()",
    "loss.data.item()",
    "loss.backward(1)",
    "loss.backward(*x)",
    "loss.backward(**x)",
    "loss.backward(retain_graph=True)",
    "exit()",
    "open('/etc/passwd')",
    "eval('1')",
    "float(open('x'))",
    "float(x='1')",
    "float('1', 2)",
    "getattr(loss, 'item')()",
    "(lambda: 1)()",
    "lambda: 1",
    "[x for x in y]",
    "{x: 1}",
    "{1}",
    "[1]",
    "(1, 2)",
    "x[0]",
    "*x",
    "(x := 1)",
    "x = 1",
    "f'{x}'",
    "f'{exit()}'",
    "1 if x else 2",
    "x and y",
    "not x",
    "~1",
    "1 < 2",
    "1 << 999",
    "7 % 2",
    "7 // 2",
    "x @ y",
    "await x",
    "(yield)",
    "1000**1000**1000",
    "(1000**1000)**1000",
    "1000**(-(-(1000**1000)))",
    "1000**+(1000**1000)",
    "1000**1001",
    "1e999",
    "10000**999",
    "'a' * 999",
    "999 * 'a'",
    "-'a' * 999",
    "b'a' * 999",
    "'%s' + x",
    "1j**999",
    "import os",
    "1; import os",
    "1)\nimport os\n(1",
    "0.01); exit(",
    "0.01, momentum=0.9",
    "",
    "   ",
    "1\0",
    "(" * 190 + "1" + ")" * 190,
    "-" * 5000 + "1",
)

SPELLINGS = (
    "0.01",
    " 1e-2 ",
    "10**-2",
    "10 ** -2",
    "1/100",
    "-0.5",
    '"0.01"',
    "float('0.01')",
    "float('nan')",
    "True",
    "None",
    "learning_rate",
    "epochs * 2",
    "loss.backward()",
    "loss.backward",
    "loss.item() ** 2",
)


@pytest.mark.parametrize("text", ATTACKS)
def test_attacks_are_not_evaluated(text: str) -> None:
    """No attribute but a listed method, no call with arguments, no statement, no endless power."""
    assert safe_expression(text, LONGEST_RESPONSE, METHODS) is None


@pytest.mark.parametrize("text", SPELLINGS)
def test_what_learners_write_is_evaluated(text: str) -> None:
    """Numbers in any spelling, texts, names, and the listed methods, called or only named."""
    found = safe_expression(text, LONGEST_RESPONSE, METHODS)
    assert found is not None
    assert ast.unparse(found) == ast.unparse(ast.parse(text.strip(), mode="eval"))


def test_a_text_that_is_too_long_is_not_looked_at() -> None:
    """The length that a recipe allows is the last that is evaluated."""
    assert safe_expression("1" + " " * 8, 1)
    assert safe_expression("'" + "a" * 198 + "'", 200)
    assert safe_expression("'" + "a" * 199 + "'", 200) is None


_ATOMS = st.sampled_from(["1000", "-999.5", "0.01", "'ab'", "None", "x", "float('9')", "m.item()"])
_TEXTS = st.recursive(
    _ATOMS,
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from(["**", "*", "+", "-", "/"]), inner).map(" ".join),
        st.tuples(st.sampled_from(["-", "+", "("]), inner).map("".join),
        inner.map(lambda text: f"({text})"),
        inner.map(lambda text: f"-({text})"),
    ),
    max_leaves=6,
)


@given(_TEXTS)
def test_what_is_evaluated_ends_at_once(text: str) -> None:
    """Whatever is let through is small: numbers of a few thousand digits, texts as typed."""
    expression = safe_expression(text, LONGEST_RESPONSE, METHODS)
    if expression is None:
        return
    module = type("Module", (), {"item": staticmethod(lambda: 999.0)})
    names = {"__builtins__": {}, "float": float, "x": 1000, "m": module}
    try:
        value = eval(compile(expression, "<text>", "eval"), names)  # noqa: S307 - what is tested
    except (ArithmeticError, TypeError):
        return
    assert not isinstance(value, int) or value.bit_length() < 20_000
    assert not isinstance(value, str) or len(value) <= LONGEST_RESPONSE


@given(st.text(max_size=40))
def test_any_text_is_judged(text: str) -> None:
    """Whatever a file holds, it is an expression or none; nothing is raised."""
    assert safe_expression(text, len(text.strip()) - 1) is None
    fault = response_fault(text)
    assert fault.startswith(f"the response {text!r}") or (not fault and text.strip())


def test_a_fault_says_what_may_be_written() -> None:
    """The message names the response and what would be run in its place."""
    assert response_fault("loss.backward()") == ""
    assert response_fault("exit()").startswith("the response 'exit()' is not run outside of a box;")
    assert "or the call of backward, detach" in response_fault("exit()")
