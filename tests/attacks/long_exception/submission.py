"""Raise an exception with a message of ten megabytes and terminal commands in it."""

raise ValueError("\x1b]0;pwned\x07\x1b[2J" + "x" * 10_000_000)
