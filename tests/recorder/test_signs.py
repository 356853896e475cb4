"""Which way a loss goes, told by its form."""

from __future__ import annotations

import pytest
import torch
import torch.nn.functional as F  # noqa: N812 - as everybody calls it
from hypothesis import given
from hypothesis import strategies as st
from torch import Tensor
from torch.distributions import Categorical, Normal

from lrquiz.recorder.watch.signs import way_of

torch.manual_seed(0)
WEIGHTS = torch.randn(5, 3, requires_grad=True)
SCORES = torch.randn(8, 5) @ WEIGHTS
TARGETS, LABELS = torch.randn(8, 3), torch.randint(0, 3, (8,))
WIDTHS = F.softplus(SCORES) + 0.05
REWARDS = torch.randn(8)
MIXTURE = torch.logsumexp(F.log_softmax(SCORES, 1) + Normal(SCORES, 1.0).log_prob(TARGETS), 1)
DOWN = {
    "mean square": F.mse_loss(SCORES, TARGETS),
    "cross-entropy": F.cross_entropy(SCORES, LABELS),
    "binary": F.binary_cross_entropy_with_logits(SCORES, (TARGETS > 0).float()),
    "absolute": (SCORES - TARGETS).abs().sum(1).mean(),
    "normal": -Normal(SCORES, WIDTHS).log_prob(TARGETS).mean(),
    "fixed width": -Normal(SCORES, 1.0).log_prob(TARGETS).sum(),
    "categorical": -Categorical(logits=SCORES).log_prob(LABELS).mean(),
    "one of the row": -F.log_softmax(SCORES, 1).gather(1, LABELS[:, None]).mean(),
    "by a mask": -(F.log_softmax(SCORES, 1) * F.one_hot(LABELS, 3)).sum(1).mean(),
    "mixture": -MIXTURE.mean(),
}
"""losses that are less for a better model"""
UNTOLD = {
    "weighted by rewards": (Categorical(logits=SCORES).log_prob(LABELS) * REWARDS).mean(),
    "entropy": Categorical(logits=SCORES).entropy().mean(),
    "a critic's scores": SCORES.mean() - (SCORES * 2).mean(),
    "two ways": F.cross_entropy(SCORES, LABELS) - F.mse_loss(SCORES, TARGETS),
    "a margin": F.relu((SCORES[:4] - SCORES[4:]).pow(2).sum(1) + 1).mean(),
}


@pytest.mark.parametrize("name", DOWN)
def test_the_way_of_a_loss_and_of_its_negative_is_told(name: str) -> None:
    """To minimise a loss is the right way, and to minimise its negative the wrong one."""
    assert way_of(DOWN[name]) == {"way": 1.0, "partly": 1.0}
    assert way_of(-DOWN[name]) == {"way": -1.0, "partly": -1.0}


@pytest.mark.parametrize("name", UNTOLD)
def test_what_goes_either_way_is_not_told(name: str) -> None:
    """Rewards, entropies, critics and margins go either way by their form."""
    assert way_of(UNTOLD[name])["way"] == way_of(-UNTOLD[name])["way"] == 0.0


@given(st.lists(st.sampled_from([-2.0, -1.0, 0.5, 3.0]), min_size=1, max_size=6))
def test_factors_turn_the_way_by_their_signs(factors: list[float]) -> None:
    """An even number of negative factors leaves the way as it is."""
    loss: Tensor = DOWN["cross-entropy"]
    for each in factors:
        loss = loss * each + 1.0
    assert way_of(loss)["way"] == (-1.0) ** sum(each < 0 for each in factors)


def test_a_term_that_tells_nothing_leaves_the_rest_partly_told() -> None:
    """The volume that a flow takes up goes either way; the squares beside it do not."""
    assert way_of(SCORES.sum(1).mean() - F.mse_loss(SCORES, TARGETS)) == {
        "way": 0.0,
        "partly": -1.0,
    }


def test_a_deep_graph_is_not_followed_for_ever() -> None:
    """Beyond some operations nothing is told."""
    loss = DOWN["mean square"]
    for _ in range(200):
        loss = loss + 0.0
    assert way_of(loss)["way"] == 0.0
