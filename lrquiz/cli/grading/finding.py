"""From what was named on the command line to what is graded."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from lrquiz.cli.common import bank_folder

if TYPE_CHECKING:
    from lrquiz.grade.subjects import QuizSubject, Subject
    from lrquiz.model.paper import Papers
    from lrquiz.model.quiz import Quiz
    from lrquiz.model.task import Task


def find_subject(name: str) -> Subject:
    """Return the quiz in the file `name`, or the task of this name.

    Raises:
        QuizError: it is a file, and no quiz; or its papers are not its own.
        TaskError: there is no such task.
    """
    from lrquiz.grade.subjects import TaskSubject

    path = Path(name)
    if path.is_file() or path.suffix == ".json":
        return find_quiz(path)
    return TaskSubject(find_task(name))


def find_quiz(path: Path) -> QuizSubject:
    """Return the quiz in a file, with the papers that lie beside it.

    Raises:
        QuizError: it cannot be read, or the papers are not its own.
    """
    from lrquiz.grade.responses.reading import Exam
    from lrquiz.grade.subjects import QuizSubject
    from lrquiz.quiz import read_quiz

    quiz = read_quiz(path)
    return QuizSubject(Exam(quiz, _papers(path, quiz)), path)


def find_task(name: str) -> Task:
    """Return the task in the folder `name`, or the shipped task of this id.

    Raises:
        TaskError: there is none.
    """
    from lrquiz.bank.tasks import load_task

    shipped = bank_folder(None) / "tasks" / name
    return load_task(shipped if os.sep not in name and shipped.is_dir() else Path(name))


def _papers(quiz_file: Path, quiz: Quiz) -> Papers | None:
    from lrquiz.errors import QuizError
    from lrquiz.quiz.papersfile import PAPERS_FILE, read_papers

    path = quiz_file.with_name(PAPERS_FILE)
    if not path.exists():
        return None
    papers = read_papers(path)
    asked = {(it.item, it.variant) for each in papers.papers for it in each.items}
    if papers.quiz != quiz.id or asked - {(each.id, each.variant) for each in quiz.items}:
        message = (
            f"{path}: holds the papers of the quiz {papers.quiz}, not of {quiz_file.name} beside "
            "it; generate the exam again, or take them apart"
        )
        raise QuizError(message)
    return papers
