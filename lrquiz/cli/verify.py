"""`lrquiz verify`: run items' experiments and derive their keys."""

from __future__ import annotations

import time
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from lrquiz.cli.common import (
    FILE,
    TrialCount,
    allow_local_option,
    bank_folder,
    bank_option,
    data_root_option,
    fresh_option,
    json_option,
    laboratory,
    people,
    print_json,
    progress_bar,
    proof_store,
    require_permissions,
)
from lrquiz.cli.verify_json import document

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import Console
    from rich.progress import Progress, TaskID

    from lrquiz.model.item import Item, Variant
    from lrquiz.model.proof import OrderGroup
    from lrquiz.model.verdict import VerifiedVariant
    from lrquiz.verify.nearby import Neighbour


@click.command("verify")
@click.argument("items", nargs=-1, metavar="[ITEM]...")
@bank_option
@fresh_option
@data_root_option
@allow_local_option
@click.option(
    "--html",
    "page",
    type=FILE,
    default=None,
    help="Write the verification report, every item with its evidence, as one page.",
)
@json_option
def verify_command(  # noqa: PLR0913 - one for each option
    items: tuple[str, ...],
    bank: Path | None,
    page: Path | None,
    *,
    fresh: bool,
    allow_local: bool,
    as_json: bool,
) -> int:
    """Prove the keys of items by training runs.

    An ITEM is an id or a file; without any, every item of the bank is verified. What the cache
    holds is not done again: proofs whose inputs are the same, else single trials. With --fresh
    neither is taken from it: whatever is needed is trained in this run, and replaces what the
    cache holds. Exits with 1 when a variant of an item is rejected.
    """
    console, count, start = people(), TrialCount(), time.monotonic()
    found = find_items(items, bank_folder(bank), allow_local=allow_local)
    checked = verify_all(found, console, count, allow_local=allow_local, fresh=fresh)
    seconds = time.monotonic() - start
    if page is not None:
        _write_page(checked, bank_folder(bank), page)
    if as_json:
        print_json("lrquiz/verification", document(checked, count, seconds))
    else:
        show(checked, console)
        console.print(f"{len(checked)} variants in {seconds:.1f} s: {count}.")
        if page is not None:
            console.print(f"verification report: {page}")
    return 0 if all(each.result.holds for each in checked) else 1


def _write_page(checked: Sequence[Checked], bank: Path, page: Path) -> None:
    from lrquiz.report.verification_view import Checked as Shown
    from lrquiz.report.write import write_verification
    from lrquiz.verify.nearby import where_it_holds

    shown = [Shown(each.result, where_it_holds(each.neighbours)) for each in checked]
    write_verification(shown, f"Bank {bank.resolve().name}", page)


@dataclass(frozen=True, slots=True)
class Checked:
    """One variant verified, how long that took, and where it would hold if it does not."""

    result: VerifiedVariant
    seconds: float
    neighbours: tuple[Neighbour, ...]


def find_items(names: Sequence[str], folder: Path, *, allow_local: bool = False) -> list[Item]:
    """Return the items that these ids and files name; every item of the bank when none is named."""
    from lrquiz.bank.bank import load_bank
    from lrquiz.bank.items import load_item

    files = [name for name in names if name.endswith(".toml")]
    ids = [name for name in names if name not in files]
    found = [load_item(Path(name), allow_local=allow_local) for name in files]
    if ids or not files:
        found.extend(load_bank(folder, allow_local=allow_local).select(ids))
    return found


def verify_all(
    items: Sequence[Item],
    console: Console,
    count: TrialCount,
    *,
    allow_local: bool = False,
    fresh: bool = False,
) -> list[Checked]:
    """Verify every variant of `items` under a progress bar, and look around rejected ones."""
    from lrquiz.bank.variants import variants_of
    from lrquiz.verify import verify_variant
    from lrquiz.verify.nearby import neighbours_of

    variants = [variant for item in items for variant in variants_of(item)]
    verified, proofs = [], proof_store(count, fresh=fresh)
    require_permissions(items, allow_local=allow_local)
    opening = laboratory(count, allow_local=allow_local, fresh=fresh)
    with opening as opened, progress_bar(console) as bar:
        task = bar.add_task("verifying", total=len(variants))
        for variant in variants:
            start, name = time.monotonic(), variant.item.id
            count.changed = partial(_say, bar, task, name, count)
            result = verify_variant(variant, opened, proofs=proofs)
            near = neighbours_of(result, opened, proofs)
            verified.append(Checked(result, time.monotonic() - start, near))
            bar.advance(task)
    return verified


def _say(bar: Progress, task: TaskID, name: str, count: TrialCount) -> None:
    bar.update(task, description=f"verifying {name}, {count.trained} trials trained")


def show(checked: Sequence[Checked], console: Console) -> None:
    """Print what was found, a few lines per variant."""
    from lrquiz.verify.nearby import where_it_holds
    from lrquiz.verify.rejection import figures

    for entry in checked:
        each = entry.result
        name = " ".join(filter(None, [each.variant.item.id, each.variant.name]))
        if each.rejection is not None:
            console.print(f"rejected  {name}")
            console.print(f"          {each.rejection.code}: {each.rejection.reason}")
            if entry.neighbours:
                for line in where_it_holds(entry.neighbours):
                    console.print(f"          {line}")
            continue
        console.print(f"holds     {name}")
        for line in _proved(each):
            console.print(f"          {line}")
        for option, decision in zip(each.variant.options, each.options, strict=True):
            console.print(f"            {decision.verdict:9} {option.id:16} {figures(decision)}")


def _proved(each: VerifiedVariant) -> Iterator[str]:
    """Yield what was proved beside the options, which have lines of their own."""
    from lrquiz.verify.rejection import figures
    from lrquiz.verify.valuing import in_figures, mistaken_values

    if each.variant.item.type.has_options:
        yield f"key: {', '.join(each.key)}"
        return
    value = each.variant.value
    if value is not None and each.measured is not None and each.proof is not None:
        unit = f" {value.unit}" if value.unit else ""
        yield f"value: {in_figures(each.measured)}; tolerance {value.tolerance:g}{unit}"
        for mistake, number in mistaken_values(value, each.proof.measured):
            yield f"  mistake {number:.6g}: {mistake.says}"
    if each.variant.order is not None and each.proof is not None:
        yield from _orders(each.variant, each.proof.orders)
    for premise, decision in zip(each.variant.premises, each.premises, strict=True):
        yield f"  {decision.verdict:9} {premise.says}: {figures(decision)}"
    if not each.premises:
        yield "nothing is claimed and nothing was run: it is for self-assessment"


def _orders(variant: Variant, groups: Sequence[OrderGroup]) -> Iterator[str]:
    """Yield how many orders hold and which, and of how many wrong ones no mistake tells."""
    from lrquiz.bank.ordering import loop_ordered
    from lrquiz.verify.ordering import in_numbers, untold

    ids = loop_ordered(variant.experiment).ids
    yield in_numbers(groups)
    for order in (order for group in groups if group.holds for order in group.orders):
        yield f"  {', '.join(ids[int(place)] for place in order)}"
    if left := untold(variant, groups):
        yield f"  {left} of the wrong ones make no mistake that the item tells"


def brief(each: VerifiedVariant) -> str:
    """Return one line on what was found."""
    from lrquiz.model.verdict import Verdict

    name = " ".join(filter(None, [each.variant.item.id, each.variant.name]))
    if each.rejection is not None:
        return f"rejected  {name}: {each.rejection.code}: {each.rejection.reason}"
    if not each.options:
        return f"holds  {name}: {'; '.join(line.strip() for line in _proved(each))}"
    right = [d for d in each.options if d.verdict is Verdict.SUPPORTED]
    wrong = [d for d in each.options if d.verdict is Verdict.REFUTED]
    if all(decision.trials == 1 for decision in each.options):
        return f"holds  {name}: key {', '.join(each.key)}, read off PyTorch itself"
    return (
        f"holds  {name}: key {', '.join(each.key)}, true in "
        f"{min(d.held for d in right)} of {right[0].trials} seeds; the other options in "
        f"{max(d.held for d in wrong)} at most"
    )
