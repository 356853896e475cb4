"""Programs that ended because `backward` was called on what has no graph."""

from __future__ import annotations

from lrquiz.diagnosis.facts import Facts
from lrquiz.diagnosis.finding import Finding, finding
from lrquiz.model.trace import Event


def backward_has_no_graph(facts: Facts) -> Finding | None:
    """M6 and A1: `backward` ended the program, since the loss was computed without a graph.

    M6 where gradients were off, then or as the model was called; else the graph was cut between the
    model and the loss.
    """
    calls = facts.of_kind("backward")
    if "does not require grad" not in (facts.trace.stopped or "") or not calls:
        return None
    last = calls[-1]
    if last.numbers.get("graph", 1.0):
        return None
    at = facts.trace.events.index(last)
    off = [each for each in facts.trace.events[:at] if _is_off(each) and each.step == last.step]
    if off or not last.numbers.get("grad", 1.0):
        return _training_without_gradients(off[-1] if off else last)
    return finding(
        "A1",
        "The loss is cut off from the model",
        last.line,
        evidence="the loss that backward() was called on has no graph, though gradients were on",
        why="detach(), .item(), torch.tensor(), argmax or numpy between the model and the loss "
        "ends the graph there.",
        change="Compute the loss from what the model returns, by operations that have gradients.",
        whole=1,
    )


def _is_off(event: Event) -> bool:
    return event.kind in {"module", "forward"} and event.numbers.get("grad") == 0


def _training_without_gradients(at: Event) -> Finding:
    return finding(
        "M6",
        "Training runs without gradients",
        at.line,
        evidence="no_grad(), inference_mode() or set_grad_enabled(False) was in force as the loss "
        "was computed, so it has no graph",
        why="Without a graph backward() has nothing to go through.",
        change="Leave no_grad() to validation, as a context that ends where validation does.",
    )
