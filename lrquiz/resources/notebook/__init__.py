"""Notebooks as Python: the code of their cells, for grading and for diagnosis alike."""
