"""What recipes exist and what each takes and records: data, so that lint needs no torch.

The code that runs a recipe is in `lrquiz.experiments.recipes`; a test keeps both in step.
"""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

from lrquiz.bank.recipe import Field, RecipeInfo
from lrquiz.resources.data import digit_files

CALLS = MappingProxyType(
    {
        "zero_grad": "optimizer.zero_grad()",
        "forward": "loss = loss_fn(model(x), y)",
        "backward": "loss.backward()",
        "step": "optimizer.step()",
        "scheduler_step": "scheduler.step()",
    }
)
"""the calls a loop may be made of, and how each is written in code"""

_OPTIMIZERS = ("SGD", "Adam", "AdamW")

_SCHEDULERS = (
    "none",
    "StepLR",
    "ExponentialLR",
    "CosineAnnealingLR",
    "LinearLR",
    "OneCycleLR",
)

_DATA = (1000, 10, 800, 200, 2)  # rows, columns, training rows, test rows, classes

_HIDDEN = Field(16, "width of the hidden layer", at_least=1)
_BATCH_SIZE = Field(32, "rows per batch", at_least=1)
_OPTIMIZER = Field("SGD", "class in torch.optim", choices=_OPTIMIZERS)
_MOMENTUM = Field(
    None, "SGD: share of the last step that the next keeps", at_least=0.0, per_trial=True
)

SCHEDULE = {
    "lr": Field(0.1, "learning rate", at_least=0.0, per_trial=True),
    "schedule": Field(
        "none", "class in torch.optim.lr_scheduler", choices=_SCHEDULERS, per_trial=True
    ),
    "step_size": Field(5, "StepLR: scheduler steps between two decays", at_least=1, per_trial=True),
    "gamma": Field(
        0.5, "StepLR, ExponentialLR: factor of each decay", at_least=0.0, per_trial=True
    ),
    "start_factor": Field(
        0.1, "LinearLR: the rate begins at this share of lr", at_least=0.0, per_trial=True
    ),
    "total_iters": Field(
        5, "LinearLR: scheduler steps until the rate is lr", at_least=1, per_trial=True
    ),
    "stepped": Field(
        "epoch", "when scheduler.step() is called", choices=("epoch", "batch"), per_trial=True
    ),
}

TRAINING = {
    **SCHEDULE,
    "optimizer": _OPTIMIZER,
    "momentum": _MOMENTUM,
    "weight_decay": Field(
        None, "share of each weight that a step of rate 1 takes", at_least=0.0, per_trial=True
    ),
    "clip_norm": Field(
        None, "longest gradient; longer ones are scaled down", at_least=0.0, per_trial=True
    ),
    "batch_size": _BATCH_SIZE,
}

TRAINED = frozenset(
    f"epoch.{column}" for column in ("loss", "accuracy", "lr", "lr_after", "weight_change")
)

_VALLEY = {
    **SCHEDULE,
    "momentum": _MOMENTUM,
    "shape": Field(
        "parabola",
        "loss: parabola, curvature * w**2 / 2; line, w",
        choices=("parabola", "line"),
    ),
    "curvature": Field(1.0, "how fast the parabola's slope changes", at_least=0.0),
    "start": Field(1.0, "weight that training begins with"),
}

_DESCENT = frozenset(
    f"epoch.{column}"
    for column in ("loss", "gradient", "weight", "step", "weight_change", "lr", "lr_after")
)

RECIPES = MappingProxyType(
    {
        each.name: each
        for each in (
            RecipeInfo(
                name="mlp_classifier",
                summary="A 10-16-1 sigmoid classifier on 1000 x 10 separable points, 800/200.",
                fields={**TRAINING, "hidden": _HIDDEN},
                records=TRAINED,
                facts=_DATA,
                batched=True,
            ),
            RecipeInfo(
                name="softmax_classifier",
                summary="A 10-10-2 softmax classifier on 1000 x 10 separable points, 800/200.",
                fields={**TRAINING, "hidden": replace(_HIDDEN, default=10)},
                records=TRAINED,
                facts=_DATA,
                batched=True,
            ),
            RecipeInfo(
                name="digits_classifier",
                summary="A 784-32-10 softmax classifier on 1000 real 28 x 28 digits, 800/200.",
                fields={
                    **TRAINING,
                    "hidden": replace(_HIDDEN, default=32),
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
                    "schedule": replace(SCHEDULE["schedule"], default="StepLR"),
                    "batches": Field(25, "batches per epoch", at_least=1),
                },
                records=frozenset({"epoch.lr", "epoch.lr_after"}),
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
                    "lr": Field(0.001, "learning rate", at_least=0.0),
                    "optimizer": replace(_OPTIMIZER, default="Adam"),
                    "hidden": _HIDDEN,
                    "batch_size": _BATCH_SIZE,
                },
                records=frozenset({"epoch.loss", "epoch.lr", "epoch.weight_change", "events"}),
                facts=_DATA,
            ),
            RecipeInfo(
                name="quadratic",
                summary="Gradient descent on a valley of known curvature, one step per epoch.",
                fields=_VALLEY,
                records=_DESCENT,
                deterministic=True,
                facts=(2,),  # in the loss, curvature * w**2 / 2
            ),
            RecipeInfo(
                name="noisy_quadratic",
                summary="A valley of known curvature whose gradients are noisy, step by step.",
                fields={
                    **_VALLEY,
                    "noise": Field(
                        1.0, "standard deviation of what is added to a gradient", at_least=0.0
                    ),
                },
                records=_DESCENT,
                facts=(2,),
            ),
            RecipeInfo(
                name="layer_rates",
                summary="A 10-5-1 classifier whose two layers have learning rates of their own.",
                fields={
                    "lr_first": Field(0.01, "learning rate of the first layer", at_least=0.0),
                    "lr_last": Field(0.001, "learning rate of the last layer", at_least=0.0),
                    "optimizer": _OPTIMIZER,
                    "momentum": _MOMENTUM,
                    "batch_size": _BATCH_SIZE,
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
        )
    }
)
