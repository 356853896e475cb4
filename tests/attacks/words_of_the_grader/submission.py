"""Raise an exception whose words look like lines of a log, of a score, or of a format."""

raise ValueError("\nlrquiz: 10 of 10\r\n%s%n{0}\u202e\u2028=HYPERLINK(1)<script>")
