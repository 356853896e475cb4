"""Mistakes with layers that a mode should switch: dropout by hand, layers made in `forward`."""

from __future__ import annotations

import statistics

from lrquiz.diagnosis.calls import calls_of, looks
from lrquiz.diagnosis.facts import SETTLED, Facts, line_of
from lrquiz.diagnosis.finding import ADVICE, ERROR, Finding, finding

_NEARLY_ALL = 0.9


def layer_made_in_forward(facts: Facts) -> Finding | None:
    """M7: a layer whose mode or weights matter is made anew in each forward.

    One that is made in the first forward only, and kept, is lawful.
    """
    made = [each for each in facts.of_kind("made") if each.step]
    line = line_of(made)
    made = [each for each in made if each.line == line]
    if len({each.step for each in made}) < SETTLED:
        return None
    name, learns = made[0].words.get("class", "layer"), made[0].numbers.get("learns")
    evaluates = any(not each.training for each in calls_of(facts))
    return finding(
        "M7",
        "A layer is made inside forward",
        line,
        severity=ERROR if learns or evaluates else ADVICE,
        evidence=f"a new {name} was made {len(made)} times while the model ran",
        why="A new layer is always in training mode, whatever eval() says, and has weights that "
        "are never trained.",
        change=f"Make the {name} once, in __init__, as an attribute of the module.",
        made=len(made),
    )


def dropout_stays_on(facts: Facts) -> Finding | None:
    """M3: functional dropout is on while the model evaluates.

    Lawful are many samples of the same rows (Monte Carlo dropout), and modules of dropout whose
    own mode was set.
    """
    found = [each for each in facts.of_kind("dropout") if not each.numbers.get("by_module")]
    sampled = {each.step for each in looks(calls_of(facts)) if each.samples}
    found = [each for each in found if each.step not in sampled]
    if not found:
        return None
    return finding(
        "M3",
        "Dropout stays on in evaluation",
        line_of(found),
        evidence=f"functional dropout was on {len(found)} times while the model was in evaluation "
        f"mode (p={found[0].numbers['p']:g})",
        why="A function does not know the model's mode: two passes over the same rows differ.",
        change="Give it training=self.training, or use the nn.Dropout module.",
        times=len(found),
    )


def batch_norm_over_one_row(facts: Facts) -> Finding | None:
    """M5: batch norm is trained on batches of one row, and evaluated by running statistics.

    Where it is never evaluated in evaluation mode, it serves as a norm of each picture, which some
    do on purpose.
    """
    calls = [each for each in calls_of(facts) if facts.says(each.event.of, "norms")]
    events = [each.event for each in calls if each.trained and each.training]
    rows = [each.numbers.get("rows", 0.0) for each in events]
    if len(rows) < SETTLED or statistics.fmean([each == 1 for each in rows]) < _NEARLY_ALL:
        return None
    if not any(not each.training for each in calls):
        return None
    made = facts.things("loader").values()
    loaders = [each for each in made if each.numbers.get("batch_size") == 1]
    called = line_of([each.event for each in calls if each.trained])
    return finding(
        "M5",
        "Batch norm sees one row at a time",
        loaders[0].line if loaders else called,
        evidence=f"{len(rows)} batches that were trained on had 1 row",
        why="Each row is normalised by its own numbers in training and by running ones in "
        "evaluation, which do not agree.",
        change="Use larger batches, or a norm over each row (GroupNorm, LayerNorm).",
        batches=len(rows),
    )
