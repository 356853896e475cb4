"""The rules on losses, schedules, modes, data and rates, in the order in which causes count."""

from __future__ import annotations

from lrquiz.diagnosis.finding import Rule
from lrquiz.diagnosis.rules import (
    data,
    decays,
    held_out,
    labels,
    layers,
    losses,
    modes,
    orders,
    plateaus,
    rates,
    schedules,
    stepping,
    sums,
    targets,
    zeros,
)

LOSSES: tuple[Rule, ...] = (
    losses.softmax_over_the_batch,
    losses.softmax_before_cross_entropy,
    losses.sigmoid_before_logits,
    losses.no_logarithm_before_nll,
    targets.shapes_broadcast,
    labels.classes_do_not_fit_the_loss,
    labels.binary_loss_on_classes,
    targets.targets_are_not_of_the_batch,
    labels.distance_between_classes,
    losses.relu_on_scores,
)
SCHEDULES: tuple[Rule, ...] = (
    stepping.scheduler_has_another_optimizer,
    stepping.two_schedulers_fight,
    schedules.schedule_runs_per_epoch,
    plateaus.plateau_watches_the_wrong_way,
    schedules.schedule_runs_per_batch,
    schedules.schedule_comes_back,
    stepping.scheduler_never_steps,
    decays.rate_is_cut_repeatedly,
    zeros.rate_is_driven_to_zero,
    zeros.first_epoch_has_no_rate,
    stepping.scheduler_goes_first,
)
MODES: tuple[Rule, ...] = (
    layers.layer_made_in_forward,
    modes.training_in_evaluation_mode,
    layers.batch_norm_over_one_row,
    modes.evaluating_in_training_mode,
    modes.validation_computes_gradients,
    layers.dropout_stays_on,
)
DATA: tuple[Rule, ...] = (
    orders.batches_of_one_class,
    data.targets_of_other_rows,
    held_out.evaluation_rows_are_trained_on,
    data.rows_are_mixed,
    orders.same_order_again,
    data.inputs_are_not_scaled,
)
USUAL: tuple[Rule, ...] = (*LOSSES, *SCHEDULES, *MODES, *DATA)
RATES: tuple[Rule, ...] = (
    sums.sum_at_a_rate_for_means,
    rates.loss_is_not_finite,
    rates.loss_rises,
)
"""the last of all, since so much else looks like them"""
SUSPICIONS: tuple[Rule, ...] = (rates.loss_does_not_fall, rates.loss_stands_still)
"""what only a run at other rates can bear out"""
