"""Hand the compiler expressions that grow while it simplifies them."""

try:
    compile("x = " + "-" * 2_000_000 + "1", "bomb", "exec")
except (MemoryError, RecursionError, SyntaxError):  # which of them depends on Python's release
    result = "refused"
