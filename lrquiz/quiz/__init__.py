"""From verified items and a blueprint to a quiz that is frozen in one file."""

from lrquiz.quiz.generate import generate_quiz
from lrquiz.quiz.quizfile import read_quiz, write_quiz

__all__ = ["generate_quiz", "read_quiz", "write_quiz"]
