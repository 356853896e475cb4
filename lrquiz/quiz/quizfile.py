"""Quiz files: everything frozen, readable by nobody but their owner, since keys are inside."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from lrquiz.errors import QuizError
from lrquiz.model.quiz import Quiz
from lrquiz.resources.files import PRIVATE, write_bytes

_QUIZ = TypeAdapter(Quiz)


def digest_of(quiz: Quiz) -> str:
    """Return the digest of everything in `quiz` but its id.

    What is None is left out of it and of files: fields that items gained later change no older
    quiz.
    """
    return hashlib.sha256(_QUIZ.dump_json(replace(quiz, id=""), exclude_none=True)).hexdigest()[:16]


def write_quiz(quiz: Quiz, path: Path) -> None:
    """Write `quiz` for its owner's eyes only.

    Raises:
        OutputError: the file cannot be written.
    """
    write_bytes(path, quiz_bytes(quiz), PRIVATE)


def quiz_bytes(quiz: Quiz) -> bytes:
    """Return a quiz as its file holds it."""
    return _QUIZ.dump_json(quiz, indent=1, exclude_none=True) + b"\n"


def read_quiz(path: Path) -> Quiz:
    """Read a quiz file.

    Raises:
        QuizError: it is missing, no quiz, of another version, or was changed by hand.
    """
    try:
        quiz = _QUIZ.validate_json(path.read_bytes())
    except OSError as error:
        message = f"{path}: cannot be read: {(error.strerror or str(error)).lower()}"
        raise QuizError(message) from error
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"]))
        message = f"{path}: not a quiz of this version: {place} {first['msg'].lower()}"
        raise QuizError(message) from error
    if (quiz.schema, quiz.version) != ("lrquiz/quiz", 1):
        message = f"{path}: {quiz.schema} version {quiz.version} is not lrquiz/quiz version 1"
        raise QuizError(message)
    if quiz.id != digest_of(quiz):
        message = f"{path}: its contents do not match its id; generate it again"
        raise QuizError(message)
    return quiz
