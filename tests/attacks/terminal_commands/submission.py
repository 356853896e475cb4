"""Print commands to the terminal, bytes that are no text, and nothing that ends a line."""

import os

os.write(1, b"\x1b]52;c;cHduZWQ=\x07\x1b]0;title\x07\x1b[2J\x1b[?1049h\x00\xff\xfe\xed\xa0\x80")
result = "printed"
