"""The same program under other names, and without a comment."""

from __future__ import annotations

import ast
import builtins

_KEPT = frozenset(dir(builtins)) | {
    *("param_groups", "state", "defaults", "training", "weight", "bias", "grad", "data"),
    *("opt", "base", "forward", "step", "self"),
}


def plain(source: str) -> str:
    """Return a program as Python would write it down: no comments, no docstrings."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.Module):
            first = node.body[0] if node.body else None
            if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
                node.body[0] = ast.copy_location(ast.Pass(), first)
    return ast.unparse(tree)


def renamed(source: str) -> str:
    """Return a program with every variable, function, class and attribute of its own renamed.

    Names that calls use as keywords keep theirs: some are those of PyTorch's arguments.
    """
    tree = ast.parse(plain(source))
    names = _own_names(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            node.id = names.get(node.id, node.id)
        elif isinstance(node, ast.FunctionDef | ast.ClassDef):
            node.name = names.get(node.name, node.name)
        elif isinstance(node, ast.Attribute):
            node.attr = names.get(f".{node.attr}", node.attr)
        elif isinstance(node, ast.Global | ast.Nonlocal):
            node.names = [names.get(each, each) for each in node.names]
    return ast.unparse(tree)


def _own_names(tree: ast.Module) -> dict[str, str]:
    """Return the new name of each of a program's own; those of attributes begin with a dot."""
    nodes = list(ast.walk(tree))
    taken = {each.arg for each in nodes if isinstance(each, ast.keyword | ast.arg) and each.arg}
    taken |= {each.id for one in nodes if isinstance(one, ast.ClassDef) for each in _stored(one)}
    taken |= {a.asname or a.name for n in nodes if isinstance(n, _IMPORTS) for a in n.names}
    own = {each.id for each in nodes if isinstance(each, ast.Name) and _is_stored(each)}
    own |= {e.name for e in tree.body if isinstance(e, ast.FunctionDef | ast.ClassDef)}
    kept = taken | _KEPT
    attributes = {f".{e.attr}" for e in nodes if isinstance(e, ast.Attribute) and _is_of_self(e)}
    attributes -= {f".{each}" for each in kept | own | _methods(nodes)}
    named = sorted(own - kept - {each.name for each in _inner(nodes, tree)})
    return {name: f"q{i}" for i, name in enumerate([*named, *sorted(attributes)])}


_IMPORTS = (ast.Import, ast.ImportFrom)


def _is_stored(node: ast.Name | ast.Attribute) -> bool:
    return isinstance(node.ctx, ast.Store)


def _is_of_self(node: ast.Attribute) -> bool:
    return _is_stored(node) and isinstance(node.value, ast.Name) and node.value.id == "self"


def _stored(owner: ast.ClassDef) -> list[ast.Name]:
    """Return the names that a class's body stores, such as the fields of a dataclass."""
    nodes = (each for one in owner.body if isinstance(one, _FIELDS) for each in ast.walk(one))
    return [each for each in nodes if isinstance(each, ast.Name) and _is_stored(each)]


_FIELDS = (ast.Assign, ast.AnnAssign)


def _methods(nodes: list[ast.AST]) -> set[str]:
    return {each.name for each in nodes if isinstance(each, ast.FunctionDef)}


def _inner(nodes: list[ast.AST], tree: ast.Module) -> list[ast.FunctionDef]:
    """Return the functions that are not at the top: methods, whose names others may ask for."""
    return [e for e in nodes if isinstance(e, ast.FunctionDef) and e not in tree.body]
