"""Training loops whose lines can be put in order, for order items: code with marked lines.

A movable line ends with `#: ` and its id. Marked lines stand together, all indented alike, so that
any order of them can be run. Each code defines `train(model, batches, epochs, losses)`, which
trains a classifier in place and appends every loss that it reports.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import permutations

FEWEST, MOST = 3, 6
"""movable lines: of fewer there is little to ask, of more there are too many orders to run all"""

ORDERED = frozenset({"step.loss", "epoch.loss", "epoch.weights", "epoch.weight_change"})
"""what the recipes of such loops record"""

_MARK = re.compile(r"(?P<indent> *)(?P<text>\S.*?) +#: (?P<id>[a-z][a-z0-9-]*)")
_PLACE = "# your lines, in order"

BATCH_LOOP = """\
import torch
from torch.nn.functional import cross_entropy

def train(model, batches, epochs, losses):
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    for epoch in range(epochs):
        for inputs, targets in batches:
            optimizer.zero_grad()  #: clear
            outputs = model(inputs)  #: forward
            loss = cross_entropy(outputs, targets)  #: loss
            loss.backward()  #: backward
            optimizer.step()  #: step
            losses.append(loss.item())
"""
CLIPPED_LOOP = """\
import torch
from torch.nn.functional import cross_entropy
from torch.nn.utils import clip_grad_norm_

def train(model, batches, epochs, losses):
    optimizer = torch.optim.SGD(model.parameters(), lr=0.5)
    scheduler = torch.optim.lr_scheduler.ExponentialLR(optimizer, gamma=0.9)
    for epoch in range(epochs):
        for inputs, targets in batches:
            optimizer.zero_grad()  #: clear
            loss = cross_entropy(model(inputs), targets)  #: loss
            loss.backward()  #: backward
            clip_grad_norm_(model.parameters(), max_norm=0.1)  #: clip
            optimizer.step()  #: step
            scheduler.step()  #: decay
            losses.append(loss.item())
"""
EPOCH_LOOP = """\
import torch
from torch.nn.functional import cross_entropy

def train_one_epoch(model, optimizer, batches):
    for inputs, targets in batches:
        optimizer.zero_grad()
        cross_entropy(model(inputs), targets).backward()
        optimizer.step()

def mean_loss(model, batches):
    with torch.no_grad():
        return sum(cross_entropy(model(x), y).item() for x, y in batches) / len(batches)

def train(model, batches, epochs, losses):
    training, held_out = batches[:-2], batches[-2:]
    optimizer = torch.optim.SGD(model.parameters(), lr=0.5)
    scheduler = torch.optim.lr_scheduler.StepLR(optimizer, step_size=2, gamma=0.5)
    for epoch in range(epochs):
        model.train()  #: train-mode
        train_one_epoch(model, optimizer, training)  #: train
        model.eval()  #: eval-mode
        losses.append(mean_loss(model, held_out))  #: measure
        scheduler.step()  #: decay
"""


@dataclass(frozen=True, slots=True)
class LoopLine:
    """One movable line."""

    id: str
    text: str
    """without its indentation"""


@dataclass(frozen=True, slots=True)
class Loop:
    """Code with lines that can be put in order."""

    before: str
    lines: tuple[LoopLine, ...]
    """in the order in which the code has them"""
    after: str
    indent: int
    """columns in front of each movable line"""

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of its lines, in the order in which the code has them."""
        return tuple(each.id for each in self.lines)

    @property
    def frame(self) -> str:
        """The code with a comment in the place of its movable lines."""
        return f"{self.before}{' ' * self.indent}{_PLACE}\n{self.after}"

    def source(self, order: Sequence[str]) -> str:
        """Return the code with its lines in an order of their ids.

        Raises:
            ValueError: that is no order of all of its lines.
        """
        texts = {each.id: each.text for each in self.lines}
        if sorted(order) != sorted(texts):
            message = f"{', '.join(order) or 'nothing'} is no order of {', '.join(texts)}"
            raise ValueError(message)
        moved = "".join(f"{' ' * self.indent}{texts[each]}\n" for each in order)
        return f"{self.before}{moved}{self.after}"

    def orders(self) -> Iterator[tuple[str, ...]]:
        """Yield every order of its lines, that of the code first."""
        yield from permutations(self.ids)


def loop_of(code: str) -> Loop | None:
    """Return the loop that a code with marked lines is; None where no line is marked.

    Raises:
        ValueError: its marked lines cannot be put in any order; the message says why.
    """
    lines = code.splitlines(keepends=True)
    marks = [_MARK.fullmatch(line.rstrip("\n")) for line in lines]
    places = [place for place, mark in enumerate(marks) if mark]
    if not places:
        return None
    found = [mark for mark in marks if mark]
    indents = {len(mark["indent"]) for mark in found}
    fault = _fault([mark["id"] for mark in found], places, indents)
    if fault:
        raise ValueError(fault)
    return Loop(
        before="".join(lines[: places[0]]),
        lines=tuple(LoopLine(mark["id"], mark["text"]) for mark in found),
        after="".join(lines[places[-1] + 1 :]),
        indent=indents.pop(),
    )


def _fault(ids: Sequence[str], places: Sequence[int], indents: set[int]) -> str:
    if len(set(ids)) < len(ids):
        return "two marked lines have the same id"
    if not FEWEST <= len(ids) <= MOST:
        return f"{len(ids)} lines are marked; mark {FEWEST} to {MOST}"
    if places[-1] - places[0] >= len(places):
        return "a line without a mark stands among marked ones"
    return "" if len(indents) == 1 else "marked lines are not indented alike"
