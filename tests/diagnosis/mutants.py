"""Mistakes made on purpose in correct programs: what is edited, which code follows, and where.

Every operator reads the syntax tree and edits the text in place, so that all other lines stay as
they were. It yields nothing where the edit does not apply.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tests.diagnosis.splices import Splices, is_call, method_statements, statement_lists


@dataclass(frozen=True, slots=True)
class Mutant:
    """A correct program with one mistake."""

    operator: str
    source: str
    codes: tuple[str, ...]
    """what may be told first; the first of them is what is expected"""
    lines: frozenset[int]
    """where it may be told: the line that was changed, or that needs the call that is gone"""


Maker = Callable[[ast.Module, str], "Made | None"]


@dataclass(frozen=True, slots=True)
class Made:
    """What an operator did."""

    splices: Splices
    codes: tuple[str, ...]
    at: tuple[int, ...]
    """right lines, counted in the program as it was"""


def mutants(source: str, *operators: str) -> Iterator[Mutant]:
    """Yield what some operators, or all, make of a program, where they apply."""
    for name in operators or OPERATORS:
        maker = OPERATORS[name]
        made = maker(ast.parse(source), source)
        if made is not None and (made.splices.edits):
            changed = made.splices.applied(source)
            lines = frozenset(made.splices.line_after(source, each) for each in made.at)
            ast.parse(changed)
            yield Mutant(name, changed, made.codes, lines)


_MAKERS = (
    "SGD",
    "Adam",
    "AdamW",
    "RMSprop",
    "Adagrad",
    "NAdam",
    "RAdam",
    "Adamax",
    "Adadelta",
    "SparseAdam",
)
_OF_EPOCHS = ("StepLR", "MultiStepLR", "ExponentialLR", "CosineAnnealingLR")


def _optimizers(tree: ast.AST) -> list[tuple[ast.Assign, ast.Call]]:
    """Return the statements `name = SGD(...)` and what they call."""
    return _assigned(tree, _MAKERS)


def _assigned(tree: ast.AST, makers: tuple[str, ...]) -> list[tuple[ast.Assign, ast.Call]]:
    return [
        (each, each.value)
        for each in ast.walk(tree)
        if isinstance(each, ast.Assign)
        and isinstance(each.value, ast.Call)
        and is_call(each.value, *makers)
    ]


def _receivers(tree: ast.AST) -> frozenset[str]:
    """Return what a program calls its optimizers: what is assigned, or cleared and stepped."""
    cleared = {ast.unparse(_on(each)) for each in method_statements(tree, "zero_grad")}
    stepped = {ast.unparse(_on(each)) for each in method_statements(tree, "step")}
    return frozenset(ast.unparse(each.targets[0]) for each, _ in _optimizers(tree)) | (
        cleared & stepped
    )


def _on(statement: ast.Expr) -> ast.expr:
    call = statement.value
    assert isinstance(call, ast.Call)
    assert isinstance(call.func, ast.Attribute)
    return call.func.value


def _steps(tree: ast.AST) -> list[ast.Expr]:
    names = _receivers(tree)
    found = method_statements(tree, "step")
    return [e for e in found if ast.unparse(_on(e)) in names and not _arguments(e)]


def _arguments(statement: ast.Expr) -> bool:
    call = statement.value
    return isinstance(call, ast.Call) and bool(call.args or call.keywords)


def _lines(nodes: list[ast.Expr]) -> tuple[int, ...]:
    return tuple(each.lineno for each in nodes)


def _by_hand(tree: ast.AST) -> bool:
    """Say whether gradients are set by hand anywhere."""
    return any(
        isinstance(each, ast.Attribute) and each.attr == "grad" and isinstance(each.ctx, ast.Store)
        for each in ast.walk(tree)
    )


def no_zero_grad(tree: ast.Module, source: str) -> Made | None:
    """Remove every `zero_grad()`; the line is that of `backward`."""
    gone, backwards = method_statements(tree, "zero_grad"), method_statements(tree, "backward")
    if not gone or not backwards or _by_hand(tree):
        return None
    return Made(Splices().without(source, gone), ("G1", "G5"), _lines(backwards))


def no_zero_grad_of_one(tree: ast.Module, source: str) -> Made | None:
    """Remove the first `zero_grad()` of several, each of another optimizer's."""
    gone, backwards = method_statements(tree, "zero_grad"), method_statements(tree, "backward")
    names = [ast.unparse(_on(each)) for each in gone]
    if len(names) != 2 or len(set(names)) != 2 or set(names) - _receivers(tree) or not backwards:
        return None
    return Made(Splices().without(source, gone[:1]), ("G5", "G1"), _lines(backwards))


def no_backward(tree: ast.Module, source: str) -> Made | None:
    """Remove every `backward()`; the line is that of `step`, or of what is gone."""
    gone, steps = method_statements(tree, "backward"), _steps(tree)
    if not gone or not steps:
        return None
    return Made(Splices().without(source, gone), ("G6",), _lines([*steps, *gone]))


def no_step(tree: ast.Module, source: str) -> Made | None:
    """Remove every `step()` of the optimizers; the line is that of `backward`."""
    gone, backwards = _steps(tree), method_statements(tree, "backward")
    if not gone or not backwards:
        return None
    return Made(Splices().without(source, gone), ("O1",), _lines(backwards))


def no_step_of_one(tree: ast.Module, source: str) -> Made | None:
    """Remove the `step()` of one of two optimizers; the line is where it is made or trained."""
    gone = _steps(tree)
    names = [ast.unparse(_on(each)) for each in gone]
    if len(names) != 2 or len(set(names)) != 2:
        return None
    made = [e.lineno for e, _ in _optimizers(tree) if ast.unparse(e.targets[0]) == names[0]]
    backwards = method_statements(tree, "backward")
    return Made(Splices().without(source, gone[:1]), ("O2",), (*made, *_lines(backwards)))


def _in_order(tree: ast.Module, *methods: str) -> tuple[list[ast.Expr], list[ast.stmt]] | None:
    """Return the first statements of one block that call these methods, in this order."""
    names = _receivers(tree)
    for block in statement_lists(tree):
        found = [method_statements(block, m) for m in methods]
        kept = list(zip(*found, strict=False))
        if len(kept) == 1 and all(
            m == "backward" or ast.unparse(_on(e)) in names
            for m, e in zip(methods, kept[0], strict=True)
        ):
            statements = list(kept[0])
            if _lines(statements) == tuple(sorted(_lines(statements))):
                return statements, block
    return None


def zero_between(tree: ast.Module, source: str) -> Made | None:
    """Move `zero_grad` between `backward` and `step`."""
    found = _in_order(tree, "zero_grad", "backward", "step")
    if found is None:
        return None
    zero, _, step = found[0]
    splices = Splices().without(source, [zero]).before(source, step, ast.unparse(zero) + "; ")
    return Made(splices, ("G3",), (step.lineno,))


def step_before_backward(tree: ast.Module, source: str) -> Made | None:
    """Swap `step` and `backward`."""
    found = _in_order(tree, "zero_grad", "backward", "step")
    if found is None:
        return None
    _, back, step = found[0]
    splices = Splices().replaced(source, back, ast.unparse(step))
    splices = splices.replaced(source, step, ast.unparse(back))
    return Made(splices, ("G14", "G3"), (back.lineno, step.lineno))


def zero_once_per_loop(tree: ast.Module, source: str) -> Made | None:
    """Move `zero_grad` out of the innermost loop, to the line above it."""
    found = _in_order(tree, "zero_grad", "backward", "step")
    if found is None:
        return None
    zero, back, _ = found[0]
    loops = [e for e in ast.walk(tree) if isinstance(e, ast.For) and _within(e, zero)]
    if len(loops) < 2:
        return None
    inner = max(loops, key=lambda each: each.lineno)
    splices = Splices().without(source, [zero]).line_above(source, inner, ast.unparse(zero))
    return Made(splices, ("G2", "G1"), (back.lineno, inner.lineno))


def _within(outer: ast.stmt, inner: ast.stmt) -> bool:
    return any(each is inner for each in ast.walk(outer))


def step_twice(tree: ast.Module, source: str) -> Made | None:
    """Write `step()` twice."""
    found = _in_order(tree, "zero_grad", "backward", "step")
    if found is None:
        return None
    step = found[0][2]
    splices = Splices().before(source, step, ast.unparse(step) + "; ")
    return Made(splices, ("G13",), (step.lineno,))


def rebuilt_each_step(tree: ast.Module, source: str) -> Made | None:
    """Make the optimizer anew in every batch, where it keeps a state."""
    found, made = _in_order(tree, "zero_grad", "backward", "step"), _optimizers(tree)
    if found is None or len(made) != 1 or is_call(made[0][1], "SGD"):
        return None
    statement, zero = made[0][0], found[0][0]
    if _scope(tree, statement) is not _scope(tree, zero):
        return None
    text = ast.unparse(statement)
    return Made(Splices().before(source, zero, text + "; "), ("O7",), (zero.lineno,))


def _scope(tree: ast.Module, node: ast.stmt) -> ast.AST:
    """Return the innermost function that a statement is in, or the module."""
    held = [e for e in ast.walk(tree) if isinstance(e, ast.FunctionDef) and _within(e, node)]
    return max(held, key=lambda each: each.lineno, default=tree)


def no_eval(tree: ast.Module, source: str) -> Made | None:
    """Remove every `eval()`; the line is that of a call of the model without training."""
    gone = method_statements(tree, "eval")
    if not gone:
        return None
    near = {
        each.lineno
        for statement in gone
        for each in ast.walk(_scope(tree, statement))
        if isinstance(each, ast.Call) and each.lineno >= statement.lineno
    }
    return Made(Splices().without(source, gone), ("M2",), tuple(near))


def no_train(tree: ast.Module, source: str) -> Made | None:
    """Remove every `train()` where there is an `eval()`; the line is that of the last."""
    gone, evals = method_statements(tree, "train"), method_statements(tree, "eval")
    if not gone or not evals:
        return None
    return Made(Splices().without(source, gone), ("M1",), _lines([*evals, *gone]))


def _loss_calls(tree: ast.Module, function: str, maker: str) -> list[ast.Call]:
    """Return the calls of a loss as a function, or by a name that such a module was given."""
    names = {ast.unparse(each.targets[0]) for each, _ in _assigned(tree, (maker,))}
    return [
        each
        for each in ast.walk(tree)
        if isinstance(each, ast.Call)
        and len(each.args) >= 2
        and (is_call(each, function) or ast.unparse(each.func) in names)
    ]


def _wrapped(calls: list[ast.Call], source: str, form: str, code: str) -> Made | None:
    if not calls:
        return None
    splices = Splices()
    for each in calls:
        splices = splices.around(source, each.args[0], *form.split("#"))
    return Made(splices, (code,), tuple(each.lineno for each in calls))


def softmax_first(tree: ast.Module, source: str) -> Made | None:
    """Give cross_entropy probabilities."""
    calls = _loss_calls(tree, "cross_entropy", "CrossEntropyLoss")
    return _wrapped(calls, source, "(#).softmax(1)", "L1")


def sigmoid_first(tree: ast.Module, source: str) -> Made | None:
    """Give binary_cross_entropy_with_logits probabilities."""
    calls = _loss_calls(tree, "binary_cross_entropy_with_logits", "BCEWithLogitsLoss")
    return _wrapped(calls, source, "(#).sigmoid()", "L2")


def relu_first(tree: ast.Module, source: str) -> Made | None:
    """Cut off the scores of cross_entropy."""
    calls = _loss_calls(tree, "cross_entropy", "CrossEntropyLoss")
    return _wrapped(calls, source, "(#).relu()", "L5")


def column_of_targets(tree: ast.Module, source: str) -> Made | None:
    """Give mse_loss targets of one column more, where it is given rows of one number."""
    calls = _loss_calls(tree, "mse_loss", "MSELoss")
    calls = [each for each in calls if "squeeze" in ast.unparse(each.args[0])]
    if not calls:
        return None
    splices = Splices()
    for each in calls:
        splices = splices.around(source, each.args[1], "(", ").unsqueeze(1)")
    return Made(splices, ("L4",), tuple(each.lineno for each in calls))


def negated_loss(tree: ast.Module, source: str) -> Made | None:
    """Go down the negative of the loss; the line is that of `backward` or of the loss."""
    backwards = method_statements(tree, "backward")
    if len(backwards) != 1 or isinstance(_on(backwards[0]), ast.Call):
        return None
    loss = ast.unparse(_on(backwards[0]))
    splices = Splices().around(source, _on(backwards[0]), "(-", ")")
    return Made(splices, ("O11",), (backwards[0].lineno, *_given(tree, loss)))


def _given(tree: ast.Module, name: str) -> tuple[int, ...]:
    return tuple(
        each.lineno
        for each in ast.walk(tree)
        if isinstance(each, ast.Assign) and name in {ast.unparse(e) for e in each.targets}
    )


def detached_loss(tree: ast.Module, source: str) -> Made | None:
    """Cut the loss off its graph, and make it a leaf."""
    backwards = method_statements(tree, "backward")
    if len(backwards) != 1 or not _steps(tree):
        return None
    splices = Splices().around(source, _on(backwards[0]), "(", ").detach().requires_grad_()")
    lines = (backwards[0].lineno, *_given(tree, ast.unparse(_on(backwards[0]))))
    return Made(splices, ("A1",), lines)


def detached_layer(tree: ast.Module, source: str) -> Made | None:
    """Cut the graph behind the first layer of a model that `forward` calls by itself."""
    for function in _functions(tree, "forward"):
        calls = [
            each
            for each in ast.walk(function)
            if isinstance(each, ast.Call) and ast.unparse(each.func).startswith("self.")
        ]
        calls.sort(key=lambda each: (each.end_lineno or 0, each.end_col_offset or 0))
        if len(calls) >= 2 and _made_as(tree, calls[0], "Linear", "Conv2d", "Embedding"):
            splices = Splices().around(source, calls[0], "", ".detach()")
            return Made(splices, ("A1",), (calls[0].lineno,))
    return None


def _functions(tree: ast.Module, name: str) -> list[ast.FunctionDef]:
    return [e for e in ast.walk(tree) if isinstance(e, ast.FunctionDef) and e.name == name]


def _made_as(tree: ast.Module, call: ast.Call, *layers: str) -> bool:
    """Say whether what is called was assigned a layer of these classes, by itself."""
    return any(
        ast.unparse(each.targets[0]) == ast.unparse(call.func)
        for each, _ in _assigned(tree, layers)
    )


def _rate(tree: ast.Module, source: str, factor: float, code: str) -> Made | None:
    made = _optimizers(tree)
    rates = [
        (each.lineno, word.value)
        for each, call in made
        for word in call.keywords
        if word.arg == "lr" and isinstance(word.value, ast.Constant)
    ]
    if len(rates) != 1 or len(made) != 1:
        return None
    line, value = rates[0]
    assert isinstance(value, ast.Constant)
    new = f"{float(str(value.value)) * factor:g}"
    return Made(Splices().replaced(source, value, new), (code,), (line, value.lineno))


def rate_times_1000(tree: ast.Module, source: str) -> Made | None:
    """Multiply the rate by a thousand."""
    return _rate(tree, source, 1e3, "H1")


def rate_over_100000(tree: ast.Module, source: str) -> Made | None:
    """Divide the rate by a hundred thousand."""
    return _rate(tree, source, 1e-5, "H2")


def _scheduled(tree: ast.Module) -> tuple[ast.Assign, ast.Expr] | None:
    """Return where the one schedule of epochs is made, and where it is stepped."""
    made = _assigned(tree, _OF_EPOCHS)
    if len(made) != 1:
        return None
    name = ast.unparse(made[0][0].targets[0])
    calls = [e for e in method_statements(tree, "step") if ast.unparse(_on(e)) == name]
    return (made[0][0], calls[0]) if len(calls) == 1 and not _arguments(calls[0]) else None


def schedule_per_batch(tree: ast.Module, source: str) -> Made | None:
    """Step a schedule of epochs after every step of the optimizer."""
    found, steps = _scheduled(tree), _steps(tree)
    if found is None or len(steps) != 1 or _scope(tree, found[1]) is not _scope(tree, steps[0]):
        return None
    made, call = found
    if not _is_deeper(tree, steps[0], call):
        return None
    splices = Splices().without(source, [call]).after(source, steps[0], "; " + ast.unparse(call))
    return Made(splices, ("S1", "S4"), (steps[0].lineno, made.lineno))


def _is_deeper(tree: ast.Module, one: ast.stmt, other: ast.stmt) -> bool:
    loops = [each for each in ast.walk(tree) if isinstance(each, ast.For)]
    return sum(_within(e, one) for e in loops) > sum(_within(e, other) for e in loops)


def no_schedule(tree: ast.Module, source: str) -> Made | None:
    """Make a schedule and never step it; the line is where it is made."""
    found = _scheduled(tree)
    if found is None:
        return None
    return Made(Splices().without(source, [found[1]]), ("S6",), (found[0].lineno,))


def schedule_first(tree: ast.Module, source: str) -> Made | None:
    """Step the schedule at the head of its loop."""
    found, steps = _scheduled(tree), _steps(tree)
    if found is None or not steps:
        return None
    call = found[1]
    loops = [e for e in ast.walk(tree) if isinstance(e, ast.For) and call in e.body]
    if not loops or not _within(loops[0], steps[0]):
        return None
    head = loops[0].body[0]
    splices = Splices().without(source, [call]).line_above(source, head, ast.unparse(call))
    return Made(splices, ("S3",), (-head.lineno, head.lineno, steps[0].lineno))


def _parameters(tree: ast.Module) -> tuple[ast.Assign, ast.Call, ast.Call] | None:
    """Return the one optimizer of `model.parameters()`: statement, call, first argument."""
    made = _optimizers(tree)
    if len(made) != 1 or not made[0][1].args:
        return None
    first = made[0][1].args[0]
    if isinstance(first, ast.Call) and is_call(first, "parameters") and not first.args:
        return (*made[0], first)
    return None


def other_model(tree: ast.Module, source: str) -> Made | None:
    """Give the optimizer a copy of the model."""
    found = _parameters(tree)
    if found is None or not isinstance(found[2].func, ast.Attribute):
        return None
    model = found[2].func.value
    splices = Splices().around(source, model, '__import__("copy").deepcopy(', ")")
    return Made(splices, ("O3",), (found[0].lineno, found[2].lineno))


def model_made_anew(tree: ast.Module, source: str) -> Made | None:
    """Copy the model after the optimizer got its parameters; O4 where it got but a part of them."""
    found = _parameters(tree)
    if found is None or not isinstance(found[2].func, ast.Attribute):
        return None
    if not isinstance(found[2].func.value, ast.Name | ast.Attribute):
        return None
    model = ast.unparse(found[2].func.value)
    text = f'; {model} = __import__("copy").deepcopy({model})'
    return Made(Splices().after(source, found[0], text), ("O3", "O4"), (found[0].lineno,))


def half_the_parameters(tree: ast.Module, source: str) -> Made | None:
    """Leave the first two parameters out of the optimizer."""
    found = _parameters(tree)
    if found is None:
        return None
    splices = Splices().around(source, found[2], "list(", ")[2:]")
    return Made(splices, ("O4",), (found[0].lineno, found[2].lineno))


def kept_history(tree: ast.Module, source: str) -> Made | None:
    """Add up losses with their graphs: `.item()` is left out of sums."""
    sums = [
        each
        for each in ast.walk(tree)
        if isinstance(each, ast.AugAssign)
        and isinstance(each.value, ast.Call)
        and is_call(each.value, "item")
        and isinstance(each.value.func, ast.Attribute)
        and isinstance(each.value.func.value, ast.Name)
    ]
    backwards = {ast.unparse(_on(each)) for each in method_statements(tree, "backward")}
    splices, lines = Splices(), []
    for each in sums:
        assert isinstance(each.value, ast.Call)
        assert isinstance(each.value.func, ast.Attribute)
        if ast.unparse(each.value.func.value) in backwards:
            splices = splices.replaced(source, each.value, ast.unparse(each.value.func.value))
            lines.append(each.lineno)
    return Made(splices, ("A3",), tuple(lines)) if lines else None


def clip_moved(tree: ast.Module, source: str, *, after: bool) -> Made | None:
    """Move the clipping out of its place between `backward` and `step`."""
    clips = [
        each
        for each in ast.walk(tree)
        if isinstance(each, ast.Expr)
        and isinstance(each.value, ast.Call)
        and is_call(each.value, "clip_grad_norm_")
    ]
    found = _in_order(tree, "backward", "step")
    if len(clips) != 1 or found is None or clips[0] not in found[1]:
        return None
    back, step = found[0]
    splices = Splices().without(source, clips)
    text = ast.unparse(clips[0])
    if after:
        return Made(splices.after(source, step, "; " + text), ("G7",), (step.lineno,))
    return Made(splices.before(source, back, text + "; "), ("G8",), (back.lineno,))


def clip_after_step(tree: ast.Module, source: str) -> Made | None:
    """Clip when the step is done."""
    return clip_moved(tree, source, after=True)


def clip_before_backward(tree: ast.Module, source: str) -> Made | None:
    """Clip before there are gradients."""
    return clip_moved(tree, source, after=False)


OPERATORS: dict[str, Maker] = {
    each.__name__: each
    for each in (
        *(no_zero_grad, no_zero_grad_of_one, no_backward, no_step, no_step_of_one, zero_between),
        *(step_before_backward, zero_once_per_loop, step_twice, rebuilt_each_step),
        *(no_eval, no_train, softmax_first, sigmoid_first, relu_first, column_of_targets),
        *(negated_loss, detached_loss, detached_layer, rate_times_1000, rate_over_100000),
        *(schedule_per_batch, no_schedule, schedule_first, other_model, model_made_anew),
        *(half_the_parameters, kept_history, clip_after_step, clip_before_backward),
    )
}
