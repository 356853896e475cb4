"""Hand the compiler more nesting than it can take."""

exec("(" * 100_000 + ")" * 100_000)
