"""Fixes for losses: leave out what stands between the scores and the loss, or in its graph.

Only names of PyTorch are looked for. Where several calls fit, each is tried alone; a run decides.
"""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from lrquiz.diagnosis.fixes.calls import Scene
from lrquiz.diagnosis.fixes.code import called, receiver
from lrquiz.diagnosis.fixes.edit import Edit

_LAYERS = {"softmax": "Softmax", "sigmoid": "Sigmoid", "relu": "ReLU"}


def drop_softmax(scene: Scene) -> Iterator[str]:
    """Leave out a softmax."""
    yield from _dropped(scene, "softmax")


def drop_sigmoid(scene: Scene) -> Iterator[str]:
    """Leave out a sigmoid."""
    yield from _dropped(scene, "sigmoid")


def drop_relu(scene: Scene) -> Iterator[str]:
    """Leave out a ReLU that is the last layer, or that a function ends with."""
    yield from _last_layers(scene, "ReLU")
    for call in scene.code.calls("relu"):
        if isinstance(scene.code.small(call), cst.Return):
            yield from _replaced(scene, call)


def _dropped(scene: Scene, name: str) -> Iterator[str]:
    """Yield the program without a call of a function, or without the layer of that kind."""
    yield from _last_layers(scene, _LAYERS[name])
    for call in scene.code.calls(name):
        yield from _replaced(scene, call)
    for attribute in _attributes(scene, _LAYERS[name]):
        for call in scene.code.calls(attribute):
            yield from _replaced(scene, call)


def _replaced(scene: Scene, call: cst.Call) -> Iterator[str]:
    """Yield the program with what a function is given in the place of its call."""
    given = _given(call)
    if given is not None:
        yield scene.code.edited(Edit(replaced={call: given}))


def _given(call: cst.Call) -> cst.BaseExpression | None:
    """Return what `F.softmax(x, dim=1)`, `self.softmax(x)` or `x.softmax(1)` is applied to."""
    first = next((each for each in call.args if each.keyword is None), None)
    if first is not None and not isinstance(first.value, cst.Integer | cst.UnaryOperation):
        return first.value
    return receiver(call)


def _attributes(scene: Scene, layer: str) -> Iterator[str]:
    """Yield the names of what is assigned a layer of a kind: `softmax` of `self.softmax = ...`."""
    for each in scene.code.nodes(cst.Assign):
        made = isinstance(each, cst.Assign) and isinstance(each.value, cst.Call)
        if isinstance(each, cst.Assign) and made and _is_call_of(each.value, layer):
            target = each.targets[0].target
            if isinstance(target, cst.Attribute):
                yield target.attr.value
            elif isinstance(target, cst.Name):
                yield target.value


def _is_call_of(value: cst.BaseExpression, name: str) -> bool:
    return isinstance(value, cst.Call) and called(value) == name


def _last_layers(scene: Scene, layer: str) -> Iterator[str]:
    """Yield the program without the last layer of a Sequential, where it is of a kind."""
    for call in scene.code.calls("Sequential"):
        if len(call.args) > 1 and _is_call_of(call.args[-1].value, layer):
            before = call.args[-2].with_changes(comma=call.args[-1].comma)
            yield scene.code.edited(
                Edit(replaced={call: call.with_changes(args=[*call.args[:-2], before])})
            )


def keep_graph(scene: Scene) -> Iterator[str]:
    """Leave out a `.detach()`, `.item()` or `.data`."""
    calls = [
        each for each in scene.code.calls("detach", "item") if not each.args and receiver(each)
    ]
    for call in calls:
        owner = receiver(call)
        if owner is not None and not _is_shown(scene, call):
            yield _without(scene, call, owner)
    for each in scene.code.nodes(cst.Attribute):
        if isinstance(each, cst.Attribute) and each.attr.value == "data":
            yield _without(scene, each, each.value)


def _without(scene: Scene, node: cst.CSTNode, value: cst.BaseExpression) -> str:
    """Return the program with a value in the place of what is made of it; not with `x = x`."""
    above = scene.code.parent(node)
    if isinstance(above, cst.Assign):
        names = {scene.code.text(each.target) for each in above.targets}
        if names == {scene.code.text(value)}:
            return scene.code.edited(Edit(dropped={above}))
    return scene.code.edited(Edit(replaced={node: value}))


def _is_shown(scene: Scene, call: cst.Call) -> bool:
    """Say whether a number is taken only to be printed or summed up: then it changes no graph."""
    small = scene.code.small(call)
    return isinstance(small, cst.AugAssign | cst.Expr)


def log_of_softmax(scene: Scene) -> Iterator[str]:
    """Give a negative log likelihood the logarithms that it wants."""
    changes = {"softmax": "log_softmax", "Softmax": "LogSoftmax"}
    losses = {"nll_loss": "cross_entropy", "NLLLoss": "CrossEntropyLoss"}
    for old, new in (changes | losses).items():
        for call in scene.code.calls(old):
            if isinstance(call.func, cst.Attribute):
                name: cst.CSTNode = call.func.attr
                yield scene.code.edited(Edit(replaced={name: cst.Name(new)}))


def minimise(scene: Scene) -> Iterator[str]:
    """Leave out `maximize=True`, or the minus sign of what the statement at the line holds."""
    for call in scene.code.nodes(cst.Call):
        if isinstance(call, cst.Call) and any(map(_maximises, call.args)):
            kept = [each for each in call.args if not _maximises(each)]
            last = kept[-1].with_changes(comma=call.args[-1].comma)
            changed = call.with_changes(args=[*kept[:-1], last])
            yield scene.code.edited(Edit(replaced={call: changed}))
    yield from _positive(scene)


def _positive(scene: Scene) -> Iterator[str]:
    for each in scene.code.nodes(cst.UnaryOperation):
        here = scene.code.range_of(each).start.line == scene.finding.line
        if here and isinstance(each, cst.UnaryOperation) and isinstance(each.operator, cst.Minus):
            yield scene.code.edited(Edit(replaced={each: each.expression}))


def _maximises(argument: cst.Arg) -> bool:
    return argument.keyword is not None and argument.keyword.value == "maximize"
