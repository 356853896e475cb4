"""From verified items and a blueprint to a quiz, or an exam, that is frozen in files."""

from lrquiz.quiz.exam import DrawnExam, Sitting, draw_exam
from lrquiz.quiz.generate import generate_quiz
from lrquiz.quiz.papersfile import read_papers, write_papers
from lrquiz.quiz.quizfile import read_quiz, write_quiz

__all__ = [
    "DrawnExam",
    "Sitting",
    "draw_exam",
    "generate_quiz",
    "read_papers",
    "read_quiz",
    "write_papers",
    "write_quiz",
]
