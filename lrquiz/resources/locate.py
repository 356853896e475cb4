"""Find `question_bank/` and `templates/` in a wheel and in a checkout alike, and the digits."""

from __future__ import annotations

import os
from pathlib import Path

from lrquiz.errors import InternalError

DATA_ROOT = "LRQUIZ_DATA_ROOT"
"""the environment variable that names another root of digits; workers inherit it"""

_PACKAGE = Path(__file__).resolve().parent.parent


def shipped(name: str) -> Path:
    """Return the folder `name` that ships with lrquiz.

    In a wheel the folder lies inside the package, under `shipped/`; in a checkout, beside it.

    Raises:
        InternalError: the installation lacks the folder.
    """
    for base in (_PACKAGE / "shipped", _PACKAGE.parent):
        if (base / name).is_dir():
            return base / name
    message = f"this installation of lrquiz lacks its {name}/ folder; install it again"
    raise InternalError(message)


def shipped_bank() -> Path:
    """Return the question bank that ships with lrquiz."""
    return shipped("question_bank")


def shipped_templates() -> Path:
    """Return the page templates that ship with lrquiz."""
    return shipped("templates")


def digits_root() -> Path:
    """Return the root for `torchvision.datasets.MNIST`: LRQUIZ_DATA_ROOT, or what ships with us."""
    chosen = os.environ.get(DATA_ROOT)
    return Path(chosen).absolute() if chosen else shipped_bank() / "digits"
