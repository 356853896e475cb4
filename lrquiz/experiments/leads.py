"""What the real optimizers and schedulers say, laid out for a stack of trials.

For each distinct arm one *lead* is made: the optimizer and the scheduler that its plain loop would
make, over a network that never trains. Its scheduler is stepped when the plain loop would step it,
and every rate and option of the stacked program is read from its parameter groups. So a schedule is
never restated here, and an option that torch.optim would refuse is refused.
"""

from __future__ import annotations

import math
import warnings
from collections.abc import Sequence
from typing import Any

import torch
from torch import Tensor
from torch.optim.lr_scheduler import LRScheduler

from lrquiz.experiments.recipes.plain_loop import Supervised
from lrquiz.experiments.recipes.schedules import make_scheduler
from lrquiz.experiments.recipes.training import Training, make_optimizer


class Leads:
    """The optimizers and schedulers of all arms of a stack, and which trial follows which."""

    def __init__(
        self, recipe: Supervised, arms: Sequence[Training], rows: int, epochs: int
    ) -> None:
        places = {arm: place for place, arm in enumerate(dict.fromkeys(arms))}
        self._place = torch.tensor([places[arm] for arm in arms])
        self._optimizers = [make_optimizer(recipe.make_model(arm), arm) for arm in places]
        batches = [math.ceil(rows / arm.batch_size) for arm in places]
        schedulers = [
            make_scheduler(optimizer, arm, epochs, count)
            for optimizer, arm, count in zip(self._optimizers, places, batches, strict=True)
        ]
        self._after: dict[str, list[LRScheduler]] = {"batch": [], "epoch": []}
        for arm, scheduler in zip(places, schedulers, strict=True):
            self._after[arm.stepped].append(scheduler)

    @property
    def options(self) -> dict[str, Any]:
        """The options of the first lead's optimizer, for what all trials must share."""
        return self._optimizers[0].param_groups[0]

    def column(self, option: str) -> Tensor:
        """Return one value per trial of a numeric option, as it is now, in float64."""
        values = [each.param_groups[0][option] for each in self._optimizers]
        return torch.tensor(values, dtype=torch.float64)[self._place]

    def step_schedulers(self, moment: str) -> bool:
        """Step those that are due after each `batch` or each `epoch`; say whether there are any."""
        due = self._after[moment]
        if not due:  # every batch comes by here, and to change filters costs every later warning
            return False
        with warnings.catch_warnings():
            # A lead's optimizer takes no step, since its network never trains.
            warnings.filterwarnings("ignore", message=".*lr_scheduler.step.*before.*")
            for scheduler in due:
                scheduler.step()
        return True
