"""The evidence store: trials kept under a digest of everything their numbers depend on.

An entry is one compressed JSON file, written in one step. A torn, foreign or older file is not an
error: it counts as missing and is written anew.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lrquiz.model.trace import Trace
from lrquiz.model.trace_json import trace_from_json, trace_to_json
from lrquiz.resources.files import make_folder, write_bytes

_SCHEMA, _VERSION = "lrquiz/evidence", 1


def default_store() -> Path:
    """Return the user's cache folder for evidence (`LRQUIZ_CACHE`, else the XDG cache folder)."""
    chosen = os.environ.get("LRQUIZ_CACHE")
    if chosen:
        return Path(chosen)
    base = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(base) / "lrquiz" / "evidence"


def digest(inputs: Mapping[str, Any]) -> str:
    """Return the SHA-256 digest of JSON-ready inputs, independent of their order."""
    canonical = json.dumps(inputs, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(canonical.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class EvidenceStore:
    """A folder of recorded traces, addressed by content."""

    folder: Path

    def get(self, key: str) -> tuple[Trace, ...] | None:
        """Return the traces kept under `key`, or None when there is no sound entry."""
        try:
            data = json.loads(gzip.decompress(self._path(key).read_bytes()))
            if (data["schema"], data["version"], data["key"]) != (_SCHEMA, _VERSION, key):
                return None
            return tuple(trace_from_json(each) for each in data["traces"])
        except (OSError, EOFError, zlib.error, ValueError, KeyError, TypeError, RecursionError):
            return None

    def put(self, key: str, traces: Sequence[Trace]) -> None:
        """Keep `traces` under `key`.

        Raises:
            OutputError: the store's folder cannot be written.
        """
        data = {
            "schema": _SCHEMA,
            "version": _VERSION,
            "key": key,
            "traces": [trace_to_json(trace) for trace in traces],
        }
        make_folder(self._path(key).parent)
        text = json.dumps(data, separators=(",", ":"), allow_nan=False)
        write_bytes(self._path(key), gzip.compress(text.encode(), mtime=0))

    def _path(self, key: str) -> Path:
        return self.folder / key[:2] / f"{key}.json.gz"
