"""Watch the calls that matter to training, in any PyTorch code, without changing its results.

`watching` notes losses, `backward`, optimizer steps, zeroing and scheduler steps: what experiments
need. `recording` notes more, of a whole program: which objects there are, in which mode models are
called, what losses are given, norms of gradients and updates, clipping, scaling, passes over data.

Torch has hooks for optimizer steps and gradients; the rest is patched while the watch lasts. Known
traps, each measured:

* a subclass whose `step` calls `super().step()` fires step hooks twice: a depth counter;
* `LRScheduler.step` runs once during construction, and composite schedulers call their children's:
  only the outermost call outside construction counts;
* global backward hooks break correct code (`nn.ReLU(inplace=True)`): never used;
* versions of tensors lie (fused optimizers, `.data`): whether a weight changed is told by values.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from lrquiz.recorder.builder import TraceBuilder
from lrquiz.recorder.watch import (
    dropping,
    endings,
    gradients,
    inputs,
    losses,
    making,
    mixing,
    modes,
    optimizers,
    parameters,
    scaling,
    schedules,
    written,
)
from lrquiz.recorder.watch import steps as optimizer_steps
from lrquiz.recorder.watch.state import Watch

__all__ = ["recording", "watching"]


@contextmanager
def watching(builder: TraceBuilder, filename: str | None = None) -> Iterator[None]:
    """Record into `builder` what training code does while the context lasts.

    Args:
        builder: receives events and the step columns `lr` and `loss`.
        filename: the code's file name, as its frames report it; lines are noted for it alone.
    """
    with ExitStack() as stack:
        _watch_training(stack, Watch(builder, filename))
        yield


@contextmanager
def recording(builder: TraceBuilder, filename: str) -> Iterator[None]:
    """Record into `builder` all that a whole program does to train, while the context lasts.

    Norms, and what a loss is given, are looked at in the first steps and then now and then, so that
    a program takes hardly longer than without.

    Args:
        builder: receives events, things, and the step columns `lr` and `loss`.
        filename: of the program, as its frames report it.
    """
    watch = Watch(builder, filename, detailed=True)
    with ExitStack() as stack:
        last = mixing.LastCall()
        stack.callback(last.note_mixing, watch)  # the last of all: it runs the model once more
        parameters.watch_parameters(stack, watch)
        optimizers.watch_optimizers(stack, watch)
        _watch_training(stack, watch)
        modes.watch_modes(stack, watch, last)
        dropping.watch_dropping(stack, watch)
        making.watch_making(stack, watch)
        written.watch_written_rates(stack, watch)
        inputs.watch_data(stack, watch)
        scaling.watch_scaling(stack, watch)
        stack.callback(endings.note_ends, watch)
        yield


def _watch_training(stack: ExitStack, watch: Watch) -> None:
    watch.builder.watch_events()
    losses.watch_losses(stack, watch)
    gradients.watch_gradients(stack, watch)
    schedules.watch_schedulers(stack, watch)
    optimizer_steps.watch_steps(stack, watch)
