"""The evidence store: what is kept comes back, and what is broken counts as missing."""

from __future__ import annotations

import gzip
import json
import math
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lrquiz.errors import OutputError
from lrquiz.evidence.store import EvidenceStore, default_store, digest
from tests.evidence.made_traces import trace_of

KEY = "ab" + "0" * 62
TRACES = (trace_of([1.0, 0.5]), trace_of([1.0, math.inf], stopped="ValueError: no"))


@pytest.fixture
def store(tmp_path: Path) -> EvidenceStore:
    return EvidenceStore(tmp_path / "evidence")


def entry_of(store: EvidenceStore) -> Path:
    (found,) = (path for path in store.folder.rglob("*") if path.is_file())
    return found


def test_what_is_put_comes_back(store: EvidenceStore) -> None:
    """Traces come back in order and equal; another key holds nothing."""
    store.put(KEY, TRACES)
    assert store.get(KEY) == TRACES
    assert store.get("cd" + KEY[2:]) is None


def test_the_same_traces_are_the_same_bytes(store: EvidenceStore, tmp_path: Path) -> None:
    """An entry holds no time and no name of a machine."""
    other = EvidenceStore(tmp_path / "other")
    store.put(KEY, TRACES)
    other.put(KEY, TRACES)
    assert entry_of(store).read_bytes() == entry_of(other).read_bytes()


def test_an_entry_cut_anywhere_counts_as_missing(store: EvidenceStore) -> None:
    """A torn file is no error: it is missing, and putting it again mends it."""
    store.put(KEY, TRACES)
    path = entry_of(store)
    whole = path.read_bytes()
    for length in range(len(whole)):
        path.write_bytes(whole[:length])
        assert store.get(KEY) is None, length
    store.put(KEY, TRACES)
    assert store.get(KEY) == TRACES


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=60) | st.binary(max_size=60).map(gzip.compress))
def test_any_bytes_count_as_missing(store: EvidenceStore, content: bytes) -> None:
    """A foreign file, compressed or not, is never read as evidence and never an error."""
    store.put(KEY, TRACES)
    entry_of(store).write_bytes(content)
    assert store.get(KEY) is None


@pytest.mark.parametrize(
    "change",
    [
        lambda data: {**data, "version": 2},
        lambda data: {**data, "schema": "lrquiz/quiz"},
        lambda data: {**data, "key": "cd" + KEY[2:]},
        lambda data: {**data, "traces": None},
        lambda data: {**data, "traces": [1]},
        lambda data: {**data, "traces": {"epochs": 1}},
        lambda data: [data],
    ],
)
def test_a_foreign_entry_counts_as_missing(
    store: EvidenceStore, change: Callable[[dict[str, object]], object]
) -> None:
    """Another schema, version or key, or traces that are none: nothing is there."""
    store.put(KEY, TRACES)
    path = entry_of(store)
    data = json.loads(gzip.decompress(path.read_bytes()))
    path.write_bytes(gzip.compress(json.dumps(change(data)).encode()))
    assert store.get(KEY) is None


def test_an_entry_nested_beyond_reading_counts_as_missing(store: EvidenceStore) -> None:
    """JSON too deep to read is as foreign as any other."""
    store.put(KEY, TRACES)
    entry_of(store).write_bytes(gzip.compress(b"[" * 100_000))
    assert store.get(KEY) is None


def test_a_store_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    """A file where the folder should be is told as an error of output."""
    (tmp_path / "evidence").write_text("in the way")
    with pytest.raises(OutputError, match="cannot write"):
        EvidenceStore(tmp_path / "evidence").put(KEY, TRACES)


def test_the_digest_depends_on_values_and_not_on_their_order() -> None:
    """Inputs in another order are the same inputs; another number is not."""
    assert digest({"a": 1, "b": {"c": 2, "d": 3}}) == digest({"b": {"d": 3, "c": 2}, "a": 1})
    assert digest({"a": 1}) != digest({"a": 2})
    assert digest({"a": [1, 2]}) != digest({"a": [2, 1]})
    with pytest.raises(ValueError, match="JSON"):
        digest({"a": math.nan})


def test_the_default_store_follows_the_environment(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """LRQUIZ_CACHE comes first, then the XDG cache folder, then the home folder."""
    monkeypatch.setenv("LRQUIZ_CACHE", str(tmp_path / "mine"))
    assert default_store() == tmp_path / "mine"
    monkeypatch.delenv("LRQUIZ_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert default_store() == tmp_path / "lrquiz" / "evidence"
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    assert default_store() == tmp_path / "home" / ".cache" / "lrquiz" / "evidence"
