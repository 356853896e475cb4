"""An evidence store that takes nothing from before, so that everything is trained anew."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from lrquiz.evidence.store import EvidenceStore
from lrquiz.model.trace import Trace


@dataclass(frozen=True, slots=True)
class FreshStore(EvidenceStore):
    """A store that returns only what was kept in it since it was opened; that it keeps for all."""

    kept: set[str] = field(default_factory=set)
    """keys of what was kept since it was opened"""

    def get(self, key: str) -> tuple[Trace, ...] | None:
        """Return the traces kept under `key` since the store was opened, or None."""
        return EvidenceStore.get(self, key) if key in self.kept else None

    def put(self, key: str, traces: Sequence[Trace]) -> None:
        """Keep `traces` under `key`, in place of what was there.

        Raises:
            OutputError: the store's folder cannot be written.
        """
        EvidenceStore.put(self, key, traces)
        self.kept.add(key)
