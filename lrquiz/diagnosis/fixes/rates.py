"""Fixes for the rate itself: another number where the optimizer is made."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from lrquiz.diagnosis.fixes.calls import Scene
from lrquiz.diagnosis.fixes.code import Code, called
from lrquiz.diagnosis.fixes.edit import Edit

Number = cst.Float | cst.Integer
_DIGITS = 6


def change_rate(scene: Scene) -> Iterator[str]:
    """Multiply the number that the optimizer gets as `lr` by the factor that a replay found."""
    factor = scene.finding.numbers.get("factor") or (0.1 if scene.finding.code == "H1" else 100.0)
    for number in _numbers(scene):
        rate = float(number.evaluated_value) * factor
        yield scene.code.edited(Edit(replaced={number: cst.parse_expression(_written(rate))}))


def _written(rate: float) -> str:
    text = f"{rate:.{_DIGITS}g}"
    return f"{float(text):g}" if "e" not in text else text


def _numbers(scene: Scene) -> Iterator[Number]:
    """Yield the numbers that optimizers get as rates, written in the call or elsewhere."""
    made = [each for each in scene.trace.things.values() if each.kind == "optimizer"]
    names = {each.name for each in made}
    found: dict[cst.CSTNode, Number] = {}
    for line in sorted({each.line for each in made if each.line}):
        values = map(_rate, scene.code.calls(*names, line=line))
        numbers = [one for each in values if each is not None for one in _literals(scene, each)]
        found |= {each: each for each in numbers}
    yield from found.values()


def _rate(call: cst.Call) -> cst.BaseExpression | None:
    """Return what an optimizer is given as its rate."""
    for each in call.args:
        if each.keyword is not None and each.keyword.value == "lr":
            return each.value
    plain = [each for each in call.args if each.keyword is None and not each.star]
    return plain[1].value if len(plain) > 1 and called(call) else None


def _literals(scene: Scene, value: cst.BaseExpression) -> Iterator[Number]:
    """Yield the number that a value is, or the only one that its name is given anywhere."""
    if isinstance(value, Number):
        yield value
        return
    name = _last_name(value)
    for given in (_assigned, _passed, _defaults) if name else ():
        found = [each for each in given(scene.code, name) if isinstance(each, Number)]
        if found:
            yield from found[:1] if len(found) == 1 else ()
            return


def _last_name(value: cst.BaseExpression) -> str:
    """Return `lr` of `lr`, `config.lr` and `config["lr"]`."""
    if isinstance(value, cst.Name):
        return value.value
    if isinstance(value, cst.Attribute):
        return value.attr.value
    if isinstance(value, cst.Subscript) and isinstance(value.slice[0].slice, cst.Index):
        key = value.slice[0].slice.value
        return str(key.evaluated_value) if isinstance(key, cst.SimpleString) else ""
    return ""


def _assigned(code: Code, name: str) -> Iterator[cst.BaseExpression | None]:
    """Yield what is assigned to a name, in a module, class or dictionary."""
    for each in code.nodes(cst.Assign):
        if isinstance(each, cst.Assign) and _last_name(each.targets[0].target) == name:
            yield each.value
    for each in code.nodes(cst.AnnAssign):
        if isinstance(each, cst.AnnAssign) and _last_name(each.target) == name:
            yield each.value
    for each in code.nodes(cst.DictElement):
        if isinstance(each, cst.DictElement) and isinstance(each.key, cst.SimpleString):
            yield each.value if each.key.evaluated_value == name else None


def _passed(code: Code, name: str) -> Iterator[cst.BaseExpression | None]:
    """Yield what is given to a function by that name: `fit(model, lr=0.1)`."""
    for each in code.nodes(cst.Arg):
        if isinstance(each, cst.Arg) and each.keyword is not None and each.keyword.value == name:
            yield each.value


def _defaults(code: Code, name: str) -> Iterator[cst.BaseExpression | None]:
    """Yield the defaults of parameters and of options of the command line of that name."""
    for each in code.nodes(cst.Param):
        if isinstance(each, cst.Param) and each.name.value == name:
            yield each.default
    for call in code.calls("add_argument"):
        options = {
            arg.value.evaluated_value
            for arg in call.args
            if arg.keyword is None and isinstance(arg.value, cst.SimpleString)
        }
        if f"--{name.replace('_', '-')}" in options or f"--{name}" in options:
            found = (
                arg.value for arg in call.args if arg.keyword and arg.keyword.value == "default"
            )
            yield next(found, None)
