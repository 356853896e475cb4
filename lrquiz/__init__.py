"""lrquiz: quizzes on learning rates and training loops whose keys are proved by running them."""

__version__ = "0.1.0"
