"""One readable file per experiment. Each has `Arm`, its settings, and `run(arm, seed, epochs)`.

What a recipe takes and records is listed, torch-free, in `lrquiz.bank.catalogue`.
"""
