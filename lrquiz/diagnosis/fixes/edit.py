"""Edits to a program: statements before, after and in the place of others; all else stays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import libcst as cst

Small = cst.BaseSmallStatement
_LINES = (cst.SimpleStatementLine, cst.SimpleStatementSuite)


@dataclass(slots=True)
class Edit:
    """Changes to make to a program at once."""

    before: dict[cst.CSTNode, list[Small]] = field(default_factory=dict)
    after: dict[cst.CSTNode, list[Small]] = field(default_factory=dict)
    dropped: set[cst.CSTNode] = field(default_factory=set)
    replaced: dict[cst.CSTNode, cst.CSTNode] = field(default_factory=dict)

    def of(self, module: cst.Module) -> str:
        """Return the source of a program with these changes made."""
        return module.visit(_Editor(self)).code


class _Editor(cst.CSTTransformer):
    """Makes the changes of an `Edit`."""

    def __init__(self, edit: Edit) -> None:
        super().__init__()
        self._edit = edit

    def on_leave(  # type: ignore[override] # one function for every kind of node
        self, original: cst.CSTNode, updated: cst.CSTNode
    ) -> cst.CSTNode | cst.FlattenSentinel[cst.CSTNode] | cst.RemovalSentinel:
        if original in self._edit.replaced:
            return self._edit.replaced[original]
        if isinstance(original, _LINES) and isinstance(updated, _LINES):
            return self._line(original, updated)
        touched = original in self._edit.before or original in self._edit.after
        if touched and isinstance(original, cst.BaseCompoundStatement):
            return cst.FlattenSentinel(
                [*self._new(self._edit.before, original), updated, *self._after(original)]
            )
        return updated

    def _new(self, where: dict[cst.CSTNode, list[Small]], node: cst.CSTNode) -> list[cst.CSTNode]:
        return [cst.SimpleStatementLine([_plain(each)]) for each in where.get(node, ())]

    def _after(self, node: cst.CSTNode) -> list[cst.CSTNode]:
        return self._new(self._edit.after, node)

    def _line(
        self,
        original: cst.SimpleStatementLine | cst.SimpleStatementSuite,
        updated: cst.SimpleStatementLine | cst.SimpleStatementSuite,
    ) -> cst.CSTNode | cst.FlattenSentinel[cst.CSTNode] | cst.RemovalSentinel:
        edit, touched = self._edit, (original, *original.body)
        if not any(each in {*edit.before, *edit.after, *edit.dropped} for each in touched):
            return updated
        if isinstance(original, cst.SimpleStatementLine) and len(original.body) == 1:
            (only,) = original.body
            kept = [] if only in edit.dropped else [updated]
            before = [*self._new(edit.before, original), *self._new(edit.before, only)]
            after = [*self._after(only), *self._after(original)]
            lines = [*before, *kept, *after]
            return cst.FlattenSentinel(lines) if lines else cst.RemoveFromParent()
        return self._several(original, updated)

    def _several(
        self,
        original: cst.SimpleStatementLine | cst.SimpleStatementSuite,
        updated: cst.SimpleStatementLine | cst.SimpleStatementSuite,
    ) -> cst.CSTNode | cst.RemovalSentinel:
        body: list[Small] = []
        for old, new in zip(original.body, updated.body, strict=True):
            body += self._edit.before.get(old, [])
            body += [] if old in self._edit.dropped else [new]
            body += self._edit.after.get(old, [])
        if not body and isinstance(original, cst.SimpleStatementLine):
            return cst.RemoveFromParent()
        return updated.with_changes(body=_separated(body or [cst.Pass()]))


def _separated(body: Sequence[Small]) -> list[Small]:
    return [_plain(each) for each in body]


def _plain(each: Small) -> Small:
    """Return a statement without the semicolon that it may have had."""
    return each.with_changes(semicolon=cst.MaybeSentinel.DEFAULT)
