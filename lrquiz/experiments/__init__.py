"""Training experiments: recipes in plain PyTorch, and the laboratory that runs them by the hundred.

Torch is imported by the workers only; asking the laboratory for cached evidence imports none.
"""
