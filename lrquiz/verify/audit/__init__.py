"""Audit a bank: change its items and its experiments, and require verification to notice."""
