"""Replace the functions that any Python code relies on."""

import builtins

result = "done"
for name in ("len", "isinstance", "bytes", "memoryview", "int", "type", "print", "open", "repr"):
    setattr(builtins, name, lambda *_, **__: None)
for name in ("abs", "max", "min", "sorted", "all", "any", "sum", "round"):
    setattr(builtins, name, lambda *_, **__: True)
