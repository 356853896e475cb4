"""One function per mistake, in the order in which causes are looked for.

Codes are those of the project's catalogue of training mistakes. What comes first explains what
comes after: a missing call can look like a bad rate, never the other way round.
"""

from __future__ import annotations

from lrquiz.diagnosis.finding import Rule
from lrquiz.diagnosis.rules.structural import NUMERIC, STRUCTURAL
from lrquiz.diagnosis.rules.usual import RATES, SUSPICIONS, USUAL

RULES: tuple[Rule, ...] = (*STRUCTURAL, *USUAL, *NUMERIC, *RATES)
__all__ = ["RULES", "SUSPICIONS"]
