"""Grade response files: what was responded to each item of a quiz, and what it gives."""
