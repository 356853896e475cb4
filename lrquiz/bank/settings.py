"""Settings and records that several recipes share; `catalogue` lists the recipes themselves."""

from __future__ import annotations

from types import MappingProxyType

from lrquiz.bank.recipe import Field

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

SCHEDULERS = (
    "none",
    "StepLR",
    "ExponentialLR",
    "CosineAnnealingLR",
    "LinearLR",
    "OneCycleLR",
)

DATA = (1000, 10, 800, 200, 2)  # rows, columns, training rows, test rows, classes

HIDDEN = Field(16, "width of the hidden layer", at_least=1)
BATCH_SIZE = Field(32, "rows per batch", at_least=1)
OPTIMIZER = Field("SGD", "class in torch.optim", choices=_OPTIMIZERS)
MOMENTUM = Field(
    None, "SGD: share of the last step that the next keeps", at_least=0.0, per_trial=True
)

SCHEDULE = {
    "lr": Field(0.1, "learning rate", at_least=0.0, per_trial=True, is_rate=True),
    "schedule": Field(
        "none", "class in torch.optim.lr_scheduler", choices=SCHEDULERS, per_trial=True
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
    "optimizer": OPTIMIZER,
    "momentum": MOMENTUM,
    "weight_decay": Field(
        None, "share of each weight that a step of rate 1 takes", at_least=0.0, per_trial=True
    ),
    "clip_norm": Field(
        None, "longest gradient; longer ones are scaled down", at_least=0.0, per_trial=True
    ),
    "batch_size": BATCH_SIZE,
}

TRAINED = frozenset(
    f"epoch.{column}" for column in ("loss", "accuracy", "lr", "lr_after", "weight_change")
)

VALLEY = {
    **SCHEDULE,
    "momentum": MOMENTUM,
    "shape": Field(
        "parabola",
        "loss: parabola, curvature * w**2 / 2; line, w",
        choices=("parabola", "line"),
    ),
    "curvature": Field(1.0, "how fast the parabola's slope changes", at_least=0.0),
    "start": Field(1.0, "weight that training begins with"),
}

DESCENT = frozenset(
    f"epoch.{column}"
    for column in ("loss", "gradient", "weight", "step", "weight_change", "lr", "lr_after")
)
