"""A program as a syntax tree that keeps every space and comment, and can be asked."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst
from libcst.metadata import CodeRange, MetadataWrapper, ParentNodeProvider, PositionProvider

from lrquiz.diagnosis.fixes.edit import Edit, Small

Loop = cst.For | cst.While


class Code:
    """A program whose statements can be found by what the trace knows of them: their lines."""

    def __init__(self, source: str) -> None:
        wrapper = MetadataWrapper(cst.parse_module(source))
        self.module = wrapper.module
        self._at = wrapper.resolve(PositionProvider)
        self._above = wrapper.resolve(ParentNodeProvider)

    def range_of(self, node: cst.CSTNode) -> CodeRange:
        """Return where a node is."""
        return self._at[node]

    def text(self, node: cst.CSTNode) -> str:
        """Return a node as it is written."""
        return self.module.code_for_node(node)

    def nodes(self, kind: type[cst.CSTNode]) -> Iterator[cst.CSTNode]:
        """Yield all nodes of a kind, in the order of the source."""
        found = [each for each in self._at if isinstance(each, kind)]
        yield from sorted(found, key=lambda each: _begin(self.range_of(each)))

    def calls(self, *names: str, line: int | None = None) -> list[cst.Call]:
        """Return the calls of functions or methods of these names, the innermost first."""
        found = [
            each
            for each in self.nodes(cst.Call)
            if isinstance(each, cst.Call)
            and called(each) in names
            and (line is None or _covers(self.range_of(each), line))
        ]
        return sorted(found, key=lambda each: len(self.text(each))) if line else found

    def small(self, node: cst.CSTNode) -> Small | None:
        """Return the simple statement that a node is part of."""
        return next((each for each in self._way_up(node) if isinstance(each, Small)), None)

    def loops(self, node: cst.CSTNode) -> list[Loop]:
        """Return the loops around a node within its function, the innermost first."""
        found: list[Loop] = []
        for each in self._way_up(node):
            if isinstance(each, cst.FunctionDef | cst.Lambda):
                break
            if isinstance(each, Loop):
                found.append(each)
        return found

    def function(self, node: cst.CSTNode) -> cst.FunctionDef | None:
        """Return the function that a node is in."""
        return next(
            (each for each in self._way_up(node) if isinstance(each, cst.FunctionDef)), None
        )

    def parent(self, node: cst.CSTNode) -> cst.CSTNode | None:
        """Return what a node is directly part of."""
        return self._above.get(node)

    def _way_up(self, node: cst.CSTNode) -> Iterator[cst.CSTNode]:
        here: cst.CSTNode | None = node
        while here is not None:
            yield here
            here = self.parent(here)

    def assigned(self, line: int | None) -> str | None:
        """Return the name, or attribute, to which the statement at a line assigns its value."""
        if line is None:
            return None
        for each in self.nodes(cst.Assign):
            if isinstance(each, cst.Assign) and _covers(self.range_of(each), line):
                target = each.targets[0].target
                if isinstance(target, cst.Name | cst.Attribute):
                    return self.text(target)
        return self._returned(line)

    def _returned(self, line: int) -> str | None:
        """Return what the result of the function that returns at a line is assigned to."""
        for each in self.nodes(cst.Return):
            function = self.function(each) if _covers(self.range_of(each), line) else None
            calls = [] if function is None else self.calls(function.name.value)
            for call in calls:
                above = self.parent(call)
                if isinstance(above, cst.Assign):
                    return self.text(above.targets[0].target)
        return None

    def edited(self, edit: Edit) -> str:
        """Return the source with changes made."""
        return edit.of(self.module)


def called(call: cst.Call) -> str:
    """Return the last name of what is called, as `step` of `self.optimizer.step()`."""
    if isinstance(call.func, cst.Attribute):
        return call.func.attr.value
    return call.func.value if isinstance(call.func, cst.Name) else ""


def receiver(call: cst.Call) -> cst.BaseExpression | None:
    """Return what a method is called on."""
    return call.func.value if isinstance(call.func, cst.Attribute) else None


def statement(text: str) -> Small:
    """Return the simple statement that a text is."""
    parsed = cst.parse_statement(text)
    assert isinstance(parsed, cst.SimpleStatementLine)
    return parsed.body[0]


def _begin(place: CodeRange) -> tuple[int, int]:
    return place.start.line, place.start.column


def _covers(place: CodeRange, line: int) -> bool:
    return place.start.line <= line <= place.end.line
