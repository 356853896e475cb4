"""Banks that lie over one another: an item in front hides the one of its id behind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from lrquiz.bank.bank import Bank, load_bank, no_item
from lrquiz.errors import BankError
from lrquiz.model.item import Item


@dataclass(frozen=True, slots=True)
class Overlay:
    """Several banks as one, the one in front first."""

    banks: tuple[Bank, ...]

    @property
    def items(self) -> tuple[Item, ...]:
        """Every item that none in front of it hides, in order of their ids.

        Raises:
            ItemError: a file of any of the banks could not be read.
        """
        found: dict[str, Item] = {}
        for bank in self.banks:
            for item in bank.select([]):
                found.setdefault(item.id, item)
        return tuple(found[name] for name in sorted(found))

    def require(self, names: Sequence[str]) -> None:
        """Refuse ids that name no item.

        Raises:
            BankError: one does; the message says which is near.
            ItemError: a file of any of the banks could not be read.
        """
        known = {each.id for each in self.items}
        for name in names:
            if name not in known:
                raise BankError(no_item(name, known))


def load_banks(folders: Sequence[Path], *, allow_local: bool = False) -> Overlay:
    """Read every bank, the one in front first. For `allow_local` see `load_item`.

    Raises:
        BankError: a folder is missing or holds no item file, or two files of it share an id.
    """
    return Overlay(tuple(load_bank(each, allow_local=allow_local) for each in folders))
