"""Find what item files name: recipes and predicates of lrquiz, or a bank's own in files beside."""

from __future__ import annotations

from pathlib import Path

from lrquiz.bank.catalogue import RECIPES
from lrquiz.bank.local_recipe import pinned, read_info
from lrquiz.bank.recipe import RecipeInfo
from lrquiz.errors import LocalCodeError, RecipeError
from lrquiz.evidence.predicates import find
from lrquiz.model.item import NO_EXPERIMENT, Code, LocalCode
from lrquiz.resources.local_code import FLAG, is_path, read_source, resolved

_NO_RECIPE = RecipeInfo("", "nothing is run", {}, frozenset(), deterministic=True)
"""of an item that claims nothing"""


def recipe_info(recipe: Code) -> RecipeInfo:
    """Return what is known of a recipe, without executing anything.

    Raises:
        LocalCodeError: the file of a local recipe changed since it was found.
    """
    if recipe == NO_EXPERIMENT.recipe:
        return _NO_RECIPE
    return read_info(recipe) if isinstance(recipe, LocalCode) else RECIPES[recipe]


def find_recipe(text: str, folder: Path) -> Code:
    """Return the recipe that an item file in `folder`, or a command line there, names.

    Raises:
        RecipeError: there is no such recipe.
        LocalCodeError: it names a file that cannot be read or is no recipe.
    """
    if is_path(text):
        return pinned(resolved(text, folder))
    if text not in RECIPES:
        raise RecipeError(f"there is no recipe {text!r}; there are: {', '.join(RECIPES)}")
    return text


def find_predicate(text: str, folder: Path, *, allow_local: bool) -> Code:
    """Return the predicate that an item file in `folder` names; one of lrquiz is not looked up.

    Raises:
        LocalCodeError: it names a file, and that is not allowed, or holds no such predicate.
    """
    if not is_path(text):
        return text
    file, _, function = text.rpartition(":")
    if not (file.endswith(".py") and function.isidentifier()):
        raise LocalCodeError(f'{text!r} names no predicate; write "./FILE.py:NAME"')
    path = resolved(file, folder)
    if not allow_local:
        message = (
            f"loading the predicate {text} executes the Python code in {path}; read it, then "
            f"allow it by {FLAG}"
        )
        raise LocalCodeError(message)
    code = LocalCode(str(path), read_source(path).digest, function)
    find(code)
    return code
