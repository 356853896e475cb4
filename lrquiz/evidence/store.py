"""The evidence store: trials kept under a digest of everything their numbers depend on.

Each batch of traces is one entry of a bounded `ContentCache`, packed by `lrquiz.evidence.packed`. A
torn, foreign or older entry is not an error: it counts as missing and is written anew.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lrquiz.errors import CacheError
from lrquiz.evidence.packed import pack, unpack
from lrquiz.model.trace import Trace
from lrquiz.resources.cache import DEFAULT_LIMIT, ContentCache

_UNITS = {"": 1, "K": 1 << 10, "M": 1 << 20, "G": 1 << 30, "T": 1 << 40}
_SIZE = re.compile(r"(\d{1,15})\s*([KMGT]?)(?:i?B)?", re.IGNORECASE | re.ASCII)


def default_store() -> Path:
    """Return the user's cache folder for evidence (`LRQUIZ_CACHE`, else the XDG cache folder)."""
    chosen = os.environ.get("LRQUIZ_CACHE")
    if chosen:
        return Path(chosen)
    base = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(base) / "lrquiz" / "evidence"


def default_limit() -> int:
    """Return how many bytes the user's cache may hold (`LRQUIZ_CACHE_LIMIT`, else 1 GiB).

    Units are powers of 1024: `500M`, `2G`, `1 GiB`; a number alone counts bytes.

    Raises:
        CacheError: the limit is no size above zero.
    """
    chosen = os.environ.get("LRQUIZ_CACHE_LIMIT", "").strip()
    if not chosen:
        return DEFAULT_LIMIT
    match = _SIZE.fullmatch(chosen)
    limit = int(match[1]) * _UNITS[match[2].upper()] if match else 0
    if not limit:
        message = f"LRQUIZ_CACHE_LIMIT = {chosen!r} is no size; write 500M, 2G or a number of bytes"
        raise CacheError(message)
    return limit


def digest(inputs: Mapping[str, Any]) -> str:
    """Return the SHA-256 digest of JSON-ready inputs, independent of their order."""
    canonical = json.dumps(inputs, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(canonical.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class EvidenceStore:
    """A folder of recorded traces, addressed by content.

    Raises:
        CacheError: no `limit` is given, and the environment's is no size.
    """

    folder: Path
    limit: int = field(default_factory=default_limit)

    def get(self, key: str) -> tuple[Trace, ...] | None:
        """Return the traces kept under `key`, or None when there is no sound entry."""
        content = self._cache.get(key)
        if content is None:
            return None
        try:
            return unpack(content)
        except ValueError:
            return None

    def put(self, key: str, traces: Sequence[Trace]) -> None:
        """Keep `traces` under `key`.

        Raises:
            OutputError: the store's folder cannot be written.
        """
        self._cache.put(key, pack(traces))

    @property
    def _cache(self) -> ContentCache:
        return ContentCache(self.folder, self.limit)
