"""Whether an item's texts show the setting that a mutant changed: in figures, by name, in words.

Words are looked for generously. One that stands for something else costs a survivor its argument,
so that it is told as open; one that is missed would hide a weakness.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from lrquiz.bank.finding import recipe_info
from lrquiz.bank.variants import variants_of
from lrquiz.model.item import Variant
from lrquiz.verify.audit.mutants import ExperimentMutant

_DECAY = r"decay\w*|factors?|multipl\w*|divid\w*|shr[aiu]nk\w*|halv\w*|annealed|percent"
_RATE = r"rates?|lr|step[ -]?sizes?|strides?"
_WORDS = {
    "gamma": rf"{_DECAY}|drops?|lower(?:s|ed)",
    "step_size": r"every \w+(?: scheduler)? (?:steps?|epochs?)|intervals?|period\w*|milestones?",
    "start_factor": rf"{_DECAY}|warm\w*|ramp\w*|fractions?",
    "patience": r"patien\w*|plateaus?|wait\w*|toler\w*|bad epochs?|stand\w* still",
    "total_iters": r"warm\w*|ramp\w*|iterations?",
    "momentum": r"momentum|inertia|heavy[ -]ball",
    "weight_decay": r"decay\w*|regulari[sz]\w*|penal\w*",
    "clip_norm": r"clip\w*",
    "batch_size": r"batch\w*",
}
"""what a text may call a setting, beside the name of its field"""
_MAGNITUDES = (
    r"(?:half|thirds?|quarters?|(?:\w+-)?(?:ten|hundred|thousand|million|billion)ths?)"
    r"|(?:ten|hundred|thousand|million|billion)(?:fold|[ -]times)"
    r"|orders? of magnitude|tiny|huge|enormous|gigantic"
    r"|(?:extremely|very|too|far too) (?:small|large|high|low|big)"
)
"""values in words: whichever setting they are said of, the reader may take them for this one's"""


def shown_setting(mutant: ExperimentMutant, changed: tuple[str, str], variant: Variant) -> str:
    """Return how the item's texts show the changed setting; empty if they do not."""
    arm, field = changed
    mutated = replace(variant.experiment, arms=mutant.arms)
    (other, *_) = variants_of(replace(variant.item, experiment=mutated, variants={}))
    if list(_texts(other)) != list(_texts(variant)):
        return f"{arm}.{field}"
    info = recipe_info(variant.experiment.recipe)
    value = info.complete(variant.experiment.arms[arm])[field]
    pattern = _shows(field, value, _RATE if info.fields[field].is_rate else _WORDS.get(field))
    found = re.search(pattern, "\n".join(_texts(variant)), re.IGNORECASE)
    return f'"{found[0].lower()}"' if found else ""


def _shows(field: str, value: float, called: str | None) -> str:
    """Return what finds a setting in a text: its name, its value, or words for either."""
    named = [re.escape(each) for each in (field, field.replace("_", " "), f"{value:g}")]
    words = [*named, *filter(None, [called]), _MAGNITUDES]
    return rf"(?<![\w.])(?:{'|'.join(words)})(?!\w|\.\d)"


def _texts(variant: Variant) -> Iterator[str]:
    """Yield every text of an item that a student reads."""
    yield variant.item.title
    yield from (variant.stem, variant.hint, *variant.solution, *variant.common_mistakes)
    yield from (variant.back, *variant.checklist)
    yield from (premise.says for premise in variant.premises)
    if variant.value is not None:
        yield variant.value.feedback
        yield from (text for each in variant.value.mistakes for text in (each.says, each.feedback))
    for option in variant.options:
        yield from (option.text, option.feedback)
