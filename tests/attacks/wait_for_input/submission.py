"""Wait for somebody to type."""

input()
