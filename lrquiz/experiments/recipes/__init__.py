"""One readable file per experiment. Each has `Arm`, its settings, and `run(arm, seed, epochs)`.

What a recipe takes and records is listed, torch-free, in `lrquiz.bank.catalogue`.

A recipe of your own is such a file beside an item, which names it `recipe = "./mine.py"`. It is
executed only with `--allow-local-recipes`; what it declares is read without executing it, so that
must be literals:

- `Arm`, a frozen dataclass, here or over `Training` or `Schedule` (import these from
  `lrquiz.experiments.recipes.training` and `.schedules`). Each setting is `name: type = default`
  with a type of `int`, `float`, `str`, `float | None`, `tuple[str, ...]` or `Literal["a", "b"]`; a
  string under it is its meaning. Numbers called `lr`, `lr_...` or `learning_rate` are taken for
  learning rates, which an audit changes.
- Either `run(arm, seed, epochs)`, which returns the `Trace` of a
  `lrquiz.recorder.builder.TraceBuilder`, with `RECORDS = {"epoch.loss", ...}`, what it records; or
  the parts `make_split`, `make_model`, `row_losses` and `are_correct`, as in `mlp_classifier`, with
  an `Arm(Training)`: these are trained by the reference loop and by the batched engine, which must
  agree. `BATCHED = False` leaves them to the loop alone, for layers that cannot be stacked.
- Where they apply: `DETERMINISTIC = True` (the same for every seed), `FACTS = (800, 10)` (further
  numbers that a stem may say) and `READS = ("rows.csv",)` (files it reads, relative to it).

A complete one::

    from dataclasses import dataclass

    import torch

    from lrquiz.model.trace import Trace
    from lrquiz.recorder.builder import TraceBuilder

    RECORDS = {"epoch.loss"}


    @dataclass(frozen=True)
    class Arm:
        lr: float = 0.1
        \"\"\"learning rate\"\"\"


    def run(arm: Arm, seed: int, epochs: int) -> Trace:
        torch.manual_seed(seed)
        x = torch.randn((), requires_grad=True)
        optimizer = torch.optim.SGD([x], lr=arm.lr)
        trace = TraceBuilder(epochs)
        for _ in range(epochs):
            optimizer.zero_grad()
            loss = x**2
            loss.backward()
            optimizer.step()
            trace.epoch(loss=loss.item())
        return trace.build()

Take all randomness from `seed`. Evidence is kept under the content of the file and of what it
`READS`: edit either, and it is trained anew; move both, and nothing is. So the file stands alone:
it may import what is installed and nothing that lies beside it, and of what lies beside it, it may
read nothing but that. What it takes from elsewhere, nobody watches.

Predicates of your own stand in a file as well, and a claim names one of them as
`predicate = "./mine_predicates.py:stalls"`. They are written like those in
`lrquiz.evidence.predicates`: functions over traces, decorated by
`lrquiz.evidence.predicates.predicate.predicate`. Reading an item that claims one executes its file,
so that needs `--allow-local-recipes` too.

A recipe for fill-in items declares the code that its stems show as `{{ code }}`: a text `CODE` that
defines `train(model, batches, epochs)` and has one blank, `___`. Its one setting, `response`, is
what an arm writes there, and `run_filled` runs the two::

    from dataclasses import dataclass

    from lrquiz.experiments.recipes.filled import run_filled
    from lrquiz.model.trace import Trace

    RECORDS = {"epoch.loss", "epoch.lr", "epoch.lr_after", "epoch.weight_change"}
    CODE = '''
    import torch
    from torch.nn.functional import cross_entropy

    def train(model, batches, epochs):
        optimizer = torch.optim.SGD(model.parameters(), lr=___)
        for epoch in range(epochs):
            for inputs, targets in batches:
                optimizer.zero_grad()
                cross_entropy(model(inputs), targets).backward()
                optimizer.step()
    '''


    @dataclass(frozen=True)
    class Arm:
        response: str = "0.1"
        \"\"\"what is written in the blank\"\"\"


    def run(arm: Arm, seed: int, epochs: int) -> Trace:
        return run_filled(CODE, arm.response, seed, epochs)

A recipe for order items declares such a `CODE` with movable lines, each marked by `#: ` and its id,
and no blank. It defines `train(model, batches, epochs, losses)` and appends the losses that it
reports, as many in each epoch. Its one setting, `order`, is the ids in the order in which an arm
runs them, and `run_ordered` runs the two, with the same data and weights each time::

    from dataclasses import dataclass

    from lrquiz.experiments.recipes.ordered import run_ordered
    from lrquiz.model.trace import Trace

    RECORDS = {"step.loss", "epoch.loss", "epoch.weights", "epoch.weight_change"}
    DETERMINISTIC = True
    CODE = '''
    import torch
    from torch.nn.functional import cross_entropy

    def train(model, batches, epochs, losses):
        optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
        for epoch in range(epochs):
            for inputs, targets in batches:
                loss = cross_entropy(model(inputs), targets)  #: loss
                loss.backward()  #: backward
                optimizer.step()  #: step
                optimizer.zero_grad()
                losses.append(loss.item())
    '''


    @dataclass(frozen=True)
    class Arm:
        order: tuple[str, ...] = ("loss", "backward", "step")
        \"\"\"ids of the lines, in the order in which they run\"\"\"


    def run(arm: Arm, seed: int, epochs: int) -> Trace:
        return run_ordered(CODE, arm.order, epochs)
"""
