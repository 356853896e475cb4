"""The predicates that claims may name, each a pure function over traces.

To add one: write the function in the module of its subject, decorate it with `predicate`, and list
it in `PREDICATES`. Its parameters of type `Trace` are arms; the others are numbers and words that
the item file gives. Its docstring says what it means and what it makes of NaN, infinity and a run
that stopped early.
"""

from __future__ import annotations

from types import MappingProxyType

from lrquiz.evidence.predicates.accuracy import accuracy_ends_higher_than, accuracy_reaches
from lrquiz.evidence.predicates.curves import loss_looks_like, rate_looks_like
from lrquiz.evidence.predicates.given import (
    call_raises,
    has_more_parameters_than,
    inputs_are_larger_than,
    rate_given_is,
)
from lrquiz.evidence.predicates.levels import (
    late_loss_is_lower_than,
    loss_ends_above,
    loss_ends_below,
    loss_settles,
    reaches_later_than,
)
from lrquiz.evidence.predicates.local import decide_local, local_predicate, unspeakable
from lrquiz.evidence.predicates.loss import (
    ends_worse_than,
    is_slower_but_steadier_than,
    loss_falls_steadily,
    loss_is_unsteady,
    training_learns,
)
from lrquiz.evidence.predicates.predicate import Predicate
from lrquiz.evidence.predicates.rate import (
    rate_changes,
    rate_is_above_start,
    rate_is_multiple_of_start,
    trains_at_rate,
)
from lrquiz.evidence.predicates.steps import (
    first_layer_moves_more,
    gradient_is_multiple_of,
    iterate_alternates,
    step_is_multiple_of,
    wanders_more_than,
)
from lrquiz.evidence.predicates.trajectories import trains_as
from lrquiz.evidence.predicates.weights import weights_never_change
from lrquiz.model.item import Code, LocalCode

PREDICATES = MappingProxyType(
    {
        each.name: each
        for each in (
            accuracy_ends_higher_than,
            accuracy_reaches,
            call_raises,
            ends_worse_than,
            first_layer_moves_more,
            gradient_is_multiple_of,
            has_more_parameters_than,
            inputs_are_larger_than,
            is_slower_but_steadier_than,
            iterate_alternates,
            late_loss_is_lower_than,
            loss_ends_above,
            loss_ends_below,
            loss_falls_steadily,
            loss_is_unsteady,
            loss_settles,
            rate_changes,
            rate_given_is,
            rate_is_above_start,
            rate_is_multiple_of_start,
            reaches_later_than,
            step_is_multiple_of,
            training_learns,
            trains_as,
            trains_at_rate,
            wanders_more_than,
            weights_never_change,
        )
    }
)

COMPARED_WITH_DRAWN = MappingProxyType(
    {each.name: each for each in (loss_looks_like, rate_looks_like)}
)
"""what options that are curves claim; no file writes these, as only such options draw a trial"""


def find(predicate: Code) -> Predicate:
    """Return a predicate that claims may name.

    Raises:
        LocalCodeError: the file of a bank's own predicate changed or fails.
        KeyError: there is none of this name.
    """
    if isinstance(predicate, LocalCode):
        return local_predicate(predicate)
    return PREDICATES.get(predicate) or COMPARED_WITH_DRAWN[predicate]


__all__ = ["COMPARED_WITH_DRAWN", "PREDICATES", "Predicate", "decide_local", "find", "unspeakable"]
