"""Grade code tasks: hidden data, runs in the box, a judge that recomputes every number."""
