"""What the parts of a watch share: whose lines count, how deep in which call we are, who is who."""

from __future__ import annotations

import functools
import math
import weakref
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from torch import Tensor, nn
from torch.optim import Optimizer

from lrquiz.model.trace import Thing
from lrquiz.recorder.builder import TraceBuilder
from lrquiz.recorder.watch.arrivals import Arrivals
from lrquiz.recorder.watch.lines import Lines
from lrquiz.recorder.watch.looks import NO_LOOKS, looks_after
from lrquiz.recorder.watch.prints import Pairs
from lrquiz.recorder.watch.starts import Starts

_MOST_FAULTS = 20
"""faults that are told"""
Wrapper = Callable[[Callable[..., Any]], Callable[..., Any]]


def _nothing() -> None:
    return None


class Watch:
    """The state of one watch.

    Args:
        builder: receives what is seen.
        filename: of the watched code; lines are noted for it alone.
        detailed: whether things and norms are noted too.
    """

    def __init__(
        self, builder: TraceBuilder, filename: str | None, *, detailed: bool = False
    ) -> None:
        self.builder = builder
        self.event = builder.event
        self.filename = filename
        self.line = Lines(filename).above
        """finds the line of the watched file that led here; see `Lines.above`"""
        self.detailed = detailed
        self.depth: dict[str, int] = {}
        self.last_loss = math.nan
        self.last_tensor: Callable[[], Tensor | None] = _nothing
        """what `last_loss` was read from, while it exists"""
        self.loss_line: int | None = None
        """where one of torch's losses was called that runs now"""
        self.optimizers: weakref.WeakSet[Optimizer] = weakref.WeakSet()
        self.parts: dict[int, frozenset[int]] = {}
        """by optimizer, the parameters that it holds; see `group`"""
        self.groupings = 0
        """how often an optimizer got parameters"""
        self.looks = looks_after(0) if detailed else NO_LOOKS
        """what is looked at in the present step"""
        self.arrivals = Arrivals()
        self.starts = Starts()
        self.pairs = Pairs()
        self.fresh_losses: deque[tuple[Any, int | None, float]] = deque(maxlen=8)
        """losses since the last `backward`: node, line and value, where that is looked at"""
        self.faults = 0
        """how often something could not be looked at"""
        self.backwards = self.backwards_at_step = 0
        """how many there were, and how many before the last step"""
        self.accumulates = False
        """whether there was more than one `backward` between two steps"""
        self.at_end: dict[int, dict[str, float]] = {}
        """what will be said of things at the end, by number"""
        self.chains: dict[int, tuple[tuple[int, weakref.ref[nn.Module]], ...]] = {}
        """by parameter, the methods of modules that made it; see `building`"""
        self.numbers: dict[int, int] = {}
        """by `id`, of the things that exist; for code that runs in every step, see `number_of`"""
        self._entered: list[tuple[weakref.ref[Any], int]] = []

    @contextmanager
    def outermost(self, kind: str) -> Iterator[bool]:
        """Yield whether this is the outermost call of its kind."""
        self.depth[kind] = self.depth.get(kind, 0) + 1
        try:
            yield self.depth[kind] == 1
        finally:
            self.depth[kind] -= 1

    def fault(self, where: str, error: Exception) -> None:
        """Note that something could not be looked at; of too many, the first are told."""
        self.faults += 1
        if self.faults <= _MOST_FAULTS:
            told = f"{where}: {type(error).__name__}: {error}"[:200]
            self.event("fault", None, words={"error": told})

    def group(self, optimizer: int, parameters: Iterable[int]) -> None:
        """Note which parameters an optimizer holds from now on."""
        self.parts[optimizer] = frozenset(parameters)
        self.groupings += 1

    def say_at_end(self, number: int, numbers: dict[str, float]) -> None:
        """Remember numbers that are to be said of a thing at the end."""
        if number:
            self.at_end.setdefault(number, {}).update(numbers)

    @property
    def done(self) -> int:
        """How many steps were taken; where no optimizer takes any, how often gradients were."""
        return self.builder.steps_done or self.backwards

    def number_of(self, thing: object) -> int:
        """Return the number of a known thing; 0 of any other."""
        return self.numbers.get(id(thing), 0)

    def enter(self, thing: object, told: Thing) -> int:
        """Give a thing a number, if it has none yet, and return it."""
        if not self.detailed:
            return 0
        known = self.number_of(thing)
        if not known:
            known = self.builder.thing(told)
        if known and id(thing) not in self.numbers:
            self.numbers[id(thing)] = known
            forget = functools.partial(_forget, self.numbers, id(thing))
            self._entered.append((weakref.ref(thing, forget), known))
        return known

    def known(self) -> list[tuple[Any, int]]:
        """Return the things that still exist, with their numbers."""
        found = [(ref(), number) for ref, number in self._entered]
        return [(thing, number) for thing, number in found if thing is not None]


def _forget(numbers: dict[int, int], key: int, _: object) -> None:
    """Forget a thing that is gone, whose `id` another may have from now on."""
    numbers.pop(key, None)


def patch(stack: ExitStack, owner: Any, name: str, wrapper: Wrapper) -> None:  # noqa: ANN401
    """Replace a function of a module or class by its wrapper while the stack is open."""
    original = getattr(owner, name)
    setattr(owner, name, functools.wraps(original)(wrapper(original)))
    stack.callback(setattr, owner, name, original)
