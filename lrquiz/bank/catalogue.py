"""What recipes exist and what each takes and records: data, so that lint needs no torch.

The code that runs a recipe is in `lrquiz.experiments.recipes`; a test keeps both in step.
"""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

from lrquiz.bank.blanks import BACKWARD, GAMMA, RATE
from lrquiz.bank.loops import BATCH_LOOP, CLIPPED_LOOP, EPOCH_LOOP, ORDERED, loop_of
from lrquiz.bank.recipe import Field, RecipeInfo
from lrquiz.bank.settings import (
    BATCH_SIZE,
    CALLS,
    DATA,
    DESCENT,
    HIDDEN,
    MOMENTUM,
    OPTIMIZER,
    SCHEDULE,
    SCHEDULERS,
    TRAINED,
    TRAINING,
    VALLEY,
)
from lrquiz.resources.data import digit_files


def _filled(name: str, summary: str, code: str, response: str) -> RecipeInfo:
    """Return the entry of a recipe that fills in a blank."""
    return RecipeInfo(
        name,
        summary,
        fields={"response": Field(response, "what is written in the blank")},
        records=frozenset(
            f"epoch.{column}" for column in ("loss", "lr", "lr_after", "weight_change")
        ),
        facts=(10, 320, 32, 2),  # columns, rows, rows of a batch, classes
        code=code,
    )


def _ordered(name: str, summary: str, code: str) -> RecipeInfo:
    """Return the entry of a recipe that runs a loop's lines in an order."""
    loop = loop_of(code)
    assert loop is not None, "its lines are marked"
    meaning = "the loop's lines, in the order in which they run"
    return RecipeInfo(
        name,
        summary,
        fields={"order": Field(loop.ids, meaning, choices=loop.ids)},
        records=ORDERED,
        deterministic=True,
        facts=(10, 128, 32, 4, 2),  # columns, rows, rows of a batch, batches, classes
        code=code,
    )


RECIPES = MappingProxyType(
    {
        each.name: each
        for each in (
            RecipeInfo(
                name="mlp_classifier",
                summary="A 10-16-1 sigmoid classifier on 1000 x 10 separable points, 800/200.",
                fields={**TRAINING, "hidden": HIDDEN},
                records=TRAINED,
                facts=DATA,
                batched=True,
            ),
            RecipeInfo(
                name="softmax_classifier",
                summary="A 10-10-2 softmax classifier on 1000 x 10 separable points, 800/200.",
                fields={**TRAINING, "hidden": replace(HIDDEN, default=10)},
                records=TRAINED,
                facts=DATA,
                batched=True,
            ),
            RecipeInfo(
                name="digits_classifier",
                summary="A 784-32-10 softmax classifier on 1000 real 28 x 28 digits, 800/200.",
                fields={
                    **TRAINING,
                    "hidden": replace(HIDDEN, default=32),
                    "scale": Field(
                        1.0, "factor on every grey value; 1 leaves them in 0-1", at_least=0.0
                    ),
                },
                records=TRAINED,
                facts=(
                    1000,
                    28,
                    784,
                    800,
                    200,
                    10,
                ),  # images, side, pixels, training, test, classes
                batched=True,
                data_files=digit_files,
            ),
            RecipeInfo(
                name="scheduler_trace",
                summary="The rate a torch.optim.lr_scheduler sets, epoch by epoch.",
                fields={
                    **SCHEDULE,
                    "schedule": replace(
                        SCHEDULE["schedule"],
                        default="StepLR",
                        choices=(*SCHEDULERS, "ReduceLROnPlateau"),
                    ),
                    "batches": Field(25, "batches per epoch", at_least=1),
                    "patience": Field(
                        10,
                        "ReduceLROnPlateau: epochs without a better metric that it lets pass",
                        at_least=0,
                    ),
                    "best_epoch": Field(
                        0, "epoch, from 0, until which the metric falls; then it stays", at_least=0
                    ),
                },
                records=frozenset({"epoch.lr", "epoch.lr_after", "epoch.metric"}),
                deterministic=True,
            ),
            RecipeInfo(
                name="training_loop",
                summary="A training loop made of an ordered list of calls, run as it stands.",
                fields={
                    "calls": Field(
                        ("zero_grad", "forward", "backward", "step"),
                        "calls made for each batch, in order",
                        choices=tuple(CALLS),
                    ),
                    "lr": Field(0.001, "learning rate", at_least=0.0, is_rate=True),
                    "optimizer": replace(OPTIMIZER, default="Adam"),
                    "hidden": HIDDEN,
                    "batch_size": BATCH_SIZE,
                },
                records=frozenset({"epoch.loss", "epoch.lr", "epoch.weight_change", "events"}),
                facts=DATA,
            ),
            RecipeInfo(
                name="quadratic",
                summary="Gradient descent on a valley of known curvature, one step per epoch.",
                fields=VALLEY,
                records=DESCENT,
                deterministic=True,
                facts=(2,),  # in the loss, curvature * w**2 / 2
            ),
            RecipeInfo(
                name="noisy_quadratic",
                summary="A valley of known curvature whose gradients are noisy, step by step.",
                fields={
                    **VALLEY,
                    "noise": Field(
                        1.0, "standard deviation of what is added to a gradient", at_least=0.0
                    ),
                },
                records=DESCENT,
                facts=(2,),
            ),
            RecipeInfo(
                name="layer_rates",
                summary="A 10-5-1 classifier whose two layers have learning rates of their own.",
                fields={
                    "lr_first": Field(
                        0.01, "learning rate of the first layer", at_least=0.0, is_rate=True
                    ),
                    "lr_last": Field(
                        0.001, "learning rate of the last layer", at_least=0.0, is_rate=True
                    ),
                    "optimizer": OPTIMIZER,
                    "momentum": MOMENTUM,
                    "batch_size": BATCH_SIZE,
                    "rows": Field(800, "training rows", at_least=1),
                    "label_noise": Field(
                        0.0, "share of training labels that are turned around", at_least=0.0
                    ),
                    "start": Field(
                        "fresh",
                        "weights that training begins with",
                        choices=("fresh", "pretrained"),
                    ),
                },
                records=frozenset(
                    f"epoch.{column}"
                    for column in (
                        *("loss", "accuracy", "lr_first", "lr_last", "weight_change"),
                        *("parameters", "input_norm", "step", "step_first", "step_last"),
                        *("gradient", "gradient_first", "gradient_last"),
                    )
                ),
                facts=(10, 5, 61, 1000, 20, 0.5),  # widths, weights, clean rows, pretraining
            ),
            RecipeInfo(
                name="optimizer_call",
                summary="What torch.optim.SGD makes of an argument lr, given as it is typed.",
                fields={
                    "argument": Field("0.01", "what is written after lr=; empty: it is left out")
                },
                records=frozenset({"epoch.rate_given", "epoch.lr"}),
                deterministic=True,
            ),
            _filled("fill_rate", "A training loop whose learning rate is left blank.", RATE, "0.1"),
            _filled(
                "fill_backward",
                "A training loop with one call left blank.",
                BACKWARD,
                "loss.backward()",
            ),
            _ordered("order_batch", "The calls of a batch, in any order.", BATCH_LOOP),
            _ordered(
                "order_clipped",
                "The calls of a batch with clipping and a scheduler, in any order.",
                CLIPPED_LOOP,
            ),
            _ordered(
                "order_epoch",
                "The calls of an epoch with dropout and evaluation, in any order.",
                EPOCH_LOOP,
            ),
            _filled("fill_gamma", "A training loop whose StepLR lacks its factor.", GAMMA, "0.5"),
        )
    }
)
