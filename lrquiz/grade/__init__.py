"""Grade submissions: run them in the box, recompute in a trusted judge, record as they finish."""
