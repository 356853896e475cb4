"""The item bank: files in, checked and typed items out. Nothing runs on load."""
