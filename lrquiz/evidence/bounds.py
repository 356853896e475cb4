"""One-sided Clopper-Pearson bounds on a rate, from k of n.

Clopper and Pearson (1934), "The use of confidence or fiducial limits illustrated in the case of the
binomial", doi:10.1093/biomet/26.4.404. The bounds are quantiles of a beta distribution; with n of a
few hundred they follow as well from bisection on the exact binomial tail, which needs no SciPy.
"""

from __future__ import annotations

import math
from functools import lru_cache

_BISECTIONS = 60  # halves [0, 1] to below the spacing of doubles


def tail(k: int, n: int, rate: float) -> float:
    """Return the probability of k or more successes in n trials at `rate`."""
    if k <= 0:
        return 1.0
    if rate in (0.0, 1.0):
        return rate
    log_p, log_q = math.log(rate), math.log1p(-rate)
    terms = (
        math.lgamma(n + 1)
        - math.lgamma(i + 1)
        - math.lgamma(n - i + 1)
        + i * log_p
        + (n - i) * log_q
        for i in range(k, n + 1)
    )
    return min(1.0, math.fsum(math.exp(term) for term in terms))


@lru_cache(maxsize=4096)
def lower_bound(k: int, n: int, error: float) -> float:
    """Return the rate below which k or more of n would be seen with probability under `error`.

    Raises:
        ValueError: not 0 <= k <= n, n < 1, or `error` outside (0, 1).
    """
    _check(k, n, error)
    if k == 0:
        return 0.0
    low, high = 0.0, 1.0
    for _ in range(_BISECTIONS):
        middle = (low + high) / 2
        low, high = (middle, high) if tail(k, n, middle) < error else (low, middle)
    return low


def upper_bound(k: int, n: int, error: float) -> float:
    """Return the rate above which k or fewer of n would be seen with probability under `error`."""
    return 1.0 - lower_bound(n - k, n, error)


def _check(k: int, n: int, error: float) -> None:
    if not (0 <= k <= n and n >= 1 and 0 < error < 1):
        message = f"no bounds for {k} of {n} at error {error}"
        raise ValueError(message)
