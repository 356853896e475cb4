"""The rules on gradients, optimizers and the autograd graph, in the order in which causes count."""

from __future__ import annotations

from lrquiz.diagnosis.finding import Rule
from lrquiz.diagnosis.rules import (
    accumulation,
    clearing,
    clipping,
    crashed,
    cuts,
    depth,
    directions,
    discarding,
    gradients,
    histories,
    likelihoods,
    manual,
    membership,
    optimizers,
    owners,
    penalties,
)

STRUCTURAL: tuple[Rule, ...] = (
    gradients.backward_is_missing,
    optimizers.step_is_missing,
    manual.update_misses_the_weights,
    owners.frozen_in_the_optimizer,
    owners.nearly_all_is_frozen,
    owners.holds_other_objects,
    optimizers.one_is_never_stepped,
    membership.layers_are_not_registered,
    membership.left_out_of_the_optimizer,
    optimizers.rebuilt_in_the_loop,
    discarding.cleared_before_use,
    gradients.steps_before_backward,
    discarding.cleared_per_micro_batch,
    clearing.gradients_are_never_cleared,
    clearing.one_optimizer_is_never_cleared,
    clearing.gradients_are_cleared_too_seldom,
    gradients.steps_twice,
    histories.carried_state_crashes,
    cuts.attribute_is_misspelt,
    crashed.backward_has_no_graph,
    cuts.loss_is_cut_off,
    cuts.graph_is_cut,
    cuts.loss_term_is_a_number,
    penalties.penalty_is_a_number,
    histories.graph_grows,
    histories.history_accumulates,
    optimizers.group_key_is_unread,
    clipping.clips_scaled_gradients,
    clipping.clips_before_backward,
    clipping.clips_after_step,
    accumulation.accumulation_is_not_divided,
    accumulation.last_batches_are_lost,
)
"""what comes before any look at losses, modes, schedules and data"""

NUMERIC: tuple[Rule, ...] = (
    directions.climbs_the_loss,
    likelihoods.lowers_a_likelihood,
    directions.steps_up_the_gradient,
    directions.decay_drives_the_weights,
    depth.gradients_fade_with_depth,
)
"""what is read off sizes, and so comes after all that can change them"""
