"""The evidence store: what is kept comes back, and what is broken counts as missing."""

from __future__ import annotations

import gzip
import json
import math
import zlib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lrquiz.errors import CacheError, OutputError
from lrquiz.evidence.fresh import FreshStore
from lrquiz.evidence.store import EvidenceStore, default_limit, default_store, digest
from lrquiz.resources.cache import ContentCache
from tests.evidence.made_traces import trace_of

KEY = "ab" + "0" * 62
TRACES = (trace_of([1.0, 0.5]), trace_of([1.0, math.inf], stopped="ValueError: no"))


@pytest.fixture
def store(tmp_path: Path) -> EvidenceStore:
    return EvidenceStore(tmp_path / "evidence")


def entry_of(store: EvidenceStore) -> Path:
    (found,) = store.folder.rglob("*.blob")
    return found


def test_what_is_put_comes_back(store: EvidenceStore) -> None:
    """Traces come back in order and equal; another key holds nothing."""
    store.put(KEY, TRACES)
    assert store.get(KEY) == TRACES
    assert store.get("cd" + KEY[2:]) is None


def test_a_fresh_store_returns_only_its_own(store: EvidenceStore) -> None:
    """What lay there before is not seen, and is replaced by what is put, for all to find."""
    store.put(KEY, TRACES)
    fresh = FreshStore(store.folder)
    assert fresh.get(KEY) is None
    fresh.put(KEY, TRACES[:1])
    assert fresh.get(KEY) == store.get(KEY) == TRACES[:1]


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


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=60) | st.binary(max_size=60).map(zlib.compress))
def test_any_bytes_count_as_missing(store: EvidenceStore, content: bytes) -> None:
    """A foreign file, or a foreign blob in the cache, is never read as evidence nor an error."""
    store.put(KEY, TRACES)
    entry_of(store).write_bytes(content)
    assert store.get(KEY) is None
    ContentCache(store.folder).put(KEY, content)
    assert store.get(KEY) is None


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_flipped_byte_counts_as_missing(store: EvidenceStore, data: st.DataObject) -> None:
    """Whatever byte of an entry changes, nothing is there."""
    store.put(KEY, TRACES)
    content = bytearray(entry_of(store).read_bytes())
    content[data.draw(st.integers(0, len(content) - 1))] ^= data.draw(st.integers(1, 255))
    entry_of(store).write_bytes(content)
    assert store.get(KEY) is None


def test_an_entry_of_an_older_release_counts_as_missing(store: EvidenceStore) -> None:
    """What was kept as JSON before is ignored, and removed when the cache is cleared."""
    older = store.folder / KEY[:2] / f"{KEY}.json.gz"
    older.parent.mkdir(parents=True)
    data = {"schema": "lrquiz/evidence", "version": 1, "key": KEY, "traces": []}
    older.write_bytes(gzip.compress(json.dumps(data).encode()))
    assert store.get(KEY) is None
    assert ContentCache(store.folder).clear()[0] == 1
    assert not older.exists()


def test_the_store_stays_under_its_limit(tmp_path: Path) -> None:
    """A store is a bounded cache: what was used least recently makes room."""
    store = EvidenceStore(tmp_path, limit=20_000)
    traces = [trace_of(math.sin(n) for n in range(400 * m, 400 * m + 400)) for m in range(9)]
    for number, trace in enumerate(traces):
        store.put(f"{number:064x}", [trace])
        assert ContentCache(tmp_path).info().bytes <= 20_000
    kept = [store.get(f"{number:064x}") for number in range(9)]
    assert kept[-1] == (traces[-1],)
    assert None in kept


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


@pytest.mark.parametrize(
    ("chosen", "limit"),
    [
        ("1", 1),
        ("500M", 500 << 20),
        (" 2g ", 2 << 30),
        ("3 KiB", 3 << 10),
        ("4TB", 4 << 40),
        ("", 1 << 30),
    ],
)
def test_the_limit_follows_the_environment(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, chosen: str, limit: int
) -> None:
    """LRQUIZ_CACHE_LIMIT is bytes, or a number with a unit; without it the limit is 1 GiB."""
    monkeypatch.setenv("LRQUIZ_CACHE_LIMIT", chosen)
    assert default_limit() == limit
    assert EvidenceStore(tmp_path).limit == limit
    assert EvidenceStore(tmp_path, limit=7).limit == 7
    monkeypatch.delenv("LRQUIZ_CACHE_LIMIT")
    assert default_limit() == 1 << 30


@pytest.mark.parametrize("chosen", ["0", "-1", "lots", "1.5G", "1GG", "nan", "1e9", "9" * 99, "G"])
def test_a_limit_that_is_no_size_is_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, chosen: str
) -> None:
    """The message quotes what was given and says what to write."""
    monkeypatch.setenv("LRQUIZ_CACHE_LIMIT", chosen)
    for read in (default_limit, lambda: EvidenceStore(tmp_path)):
        with pytest.raises(CacheError, match=f"'{chosen}' is no size; write 500M"):
            read()
