"""Explore an experiment: every claim that can be made on it, decided."""
