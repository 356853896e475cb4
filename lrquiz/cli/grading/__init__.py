"""Commands that grade, and that show what grading found."""
