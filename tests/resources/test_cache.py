"""The cache keeps what it is given, within its limit, whatever becomes of its writers."""

from __future__ import annotations

import hashlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from lrquiz.errors import CacheError, OutputError
from lrquiz.resources import journal
from lrquiz.resources.cache import ContentCache

_TICK = 0.02  # seconds; the clock of files is coarser than ours
_AGES = 7200.0  # seconds; longer than any writer is at work

WRITER = """
import hashlib, random, sys
from pathlib import Path
from lrquiz.resources.cache import ContentCache
cache = ContentCache(Path(sys.argv[1]), int(sys.argv[2]))
rng = random.Random(int(sys.argv[3]))
def entry():
    number = rng.randrange(40)
    key = hashlib.sha256(b"%d" % number).hexdigest()
    return key, key.encode() * (number + 1)
for turn in range(int(sys.argv[4])):
    cache.put(*entry())
    key, content = entry()
    if cache.get(key) not in (None, content):
        sys.exit(f"a wrong entry {key}")
    if turn == 0:
        print("started", flush=True)
"""
"""Puts and gets entries that its seed draws: the folder, the limit, the seed, the turns."""

DIES_IN_THE_MIDDLE = """
import resource, signal, sys
from pathlib import Path
from lrquiz.resources.cache import ContentCache
signal.signal(signal.SIGXFSZ, signal.SIG_DFL)  # the kernel ends us in the middle of the file
resource.setrlimit(resource.RLIMIT_FSIZE, (5000, 5000))
resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
ContentCache(Path(sys.argv[1])).put("dead" * 16, bytes(9000))
"""

NO_ROOM = """
import resource, sys
from pathlib import Path
from lrquiz.errors import OutputError
from lrquiz.resources.cache import ContentCache
resource.setrlimit(resource.RLIMIT_FSIZE, (5000, 5000))
cache = ContentCache(Path(sys.argv[1]))
try:
    cache.put(sys.argv[2], bytes(9000))
except OutputError as error:
    print(error)
"""

READS_ONLY = """
import os, sys
from pathlib import Path
from lrquiz.errors import OutputError
from lrquiz.resources.cache import ContentCache
cache, key = ContentCache(Path("cache")), sys.argv[1]
os.chdir(sys.argv[2])
if os.geteuid() == 0:  # root may write everywhere
    os.setegid(65534)
    os.seteuid(65534)
print(cache.get(key), cache.info().entries)
for change in (lambda: cache.put("cd" * 32, b"x"), cache.clear):
    try:
        change()
    except OutputError as error:
        print(str(error).splitlines()[0])
"""


def key_of(number: int) -> str:
    return hashlib.sha256(b"%d" % number).hexdigest()


def size_of(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def files_in(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def started(code: str, *arguments: object) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", code, *map(str, arguments)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def ended(code: str, *arguments: object) -> tuple[int, str, str]:
    running = started(code, *arguments)
    stdout, stderr = running.communicate(timeout=60)
    return running.returncode, stdout, stderr


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "cache"


keys = st.text("0123456789abcdef", min_size=8, max_size=128)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(entries=st.dictionaries(keys, st.binary(max_size=200), max_size=5), other=keys)
def test_what_is_put_comes_back(folder: Path, entries: dict[str, bytes], other: str) -> None:
    """Every entry comes back byte for byte, another key holds nothing, and a new value counts."""
    cache = ContentCache(folder)
    cache.clear()
    for key, content in entries.items():
        cache.put(key, b"older")
        cache.put(key, content)
    assert {key: cache.get(key) for key in entries} == entries
    assert other in entries or cache.get(other) is None
    assert (cache.info().entries, cache.info().folder) == (len(entries), folder)


@pytest.mark.parametrize(
    "key", ["", "abc", "../../etc/passwd", "AB" * 32, "ab" * 100, "a" * 8 + "\n"]
)
def test_a_key_is_a_hex_digest(folder: Path, key: str) -> None:
    """Anything else is refused, so that no key leads out of the folder."""
    for use in (ContentCache(folder).get, lambda key: ContentCache(folder).put(key, b"")):
        with pytest.raises(ValueError, match="not a hex digest"):
            use(key)
    assert not folder.exists()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data(), content=st.binary(max_size=100))
def test_a_changed_file_is_no_entry(folder: Path, data: st.DataObject, content: bytes) -> None:
    """A flipped byte, a cut, bytes too many, or another key's file: nothing is there."""
    cache = ContentCache(folder)
    cache.put(key_of(1), content)
    path = next(folder.rglob(f"{key_of(1)}*"))
    whole = path.read_bytes()
    place = data.draw(st.integers(0, len(whole) - 1))
    flipped = bytearray(whole)
    flipped[place] ^= data.draw(st.integers(1, 255))
    for damaged in (bytes(flipped), whole[:place], whole + b"\0"):
        path.write_bytes(damaged)
        assert cache.get(key_of(1)) is None
    cache.put(key_of(2), content)
    next(folder.rglob(f"{key_of(2)}*")).write_bytes(whole)
    assert cache.get(key_of(2)) is None
    cache.put(key_of(2), content)
    assert cache.get(key_of(2)) == content


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=20)
@given(
    limit=st.integers(1000, 40_000),
    sizes=st.lists(st.integers(0, 6000), min_size=1, max_size=60),
)
@example(limit=40_000, sizes=[5900] * 40)
def test_the_files_stay_under_the_limit(folder: Path, limit: int, sizes: list[int]) -> None:
    """After every write, by however many processes, and also when the limit has become smaller."""
    ContentCache(folder).clear()
    for number, size in enumerate(sizes):
        cache = ContentCache(folder, limit)  # as a process of its own would: nothing is remembered
        cache.put(key_of(number), bytes(size))
        assert size_of(folder) <= limit
        assert cache.get(key_of(number)) in (bytes(size), None)
    ContentCache(folder, limit // 2).put(key_of(0), b"x")
    assert size_of(folder) <= limit // 2


def test_a_folder_that_was_filled_before_is_brought_under_the_limit(folder: Path) -> None:
    """Entries that no journal speaks of count from the first write on."""
    for number in range(30):
        ContentCache(folder).put(key_of(number), bytes(1000))
    (folder / journal.NAME).unlink()
    ContentCache(folder, 10_000).put(key_of(99), b"x")
    assert 5000 < size_of(folder) <= 10_000


def test_a_smaller_limit_counts_at_once(folder: Path) -> None:
    """What one process may keep under its limit is too much for the next with a smaller one."""
    for number in range(40):
        ContentCache(folder).put(key_of(number), bytes(1000))
    (folder / journal.NAME).unlink()
    ContentCache(folder).put(key_of(40), b"x")
    assert size_of(folder) > 40_000
    ContentCache(folder, 20_000).put(key_of(41), b"x")
    assert size_of(folder) <= 20_000


def test_what_was_used_least_recently_goes_first(folder: Path) -> None:
    """Reading an entry keeps it; of the others the oldest are removed."""
    cache = ContentCache(folder, 20_000)
    for number in range(12):
        cache.put(key_of(number), bytes(1000))
        time.sleep(_TICK)
    assert cache.info().entries == 12
    assert cache.get(key_of(0)) is not None
    for number in range(12, 20):
        time.sleep(_TICK)
        cache.put(key_of(number), bytes(1000))
    there = [n for n in range(20) if any(folder.rglob(f"{key_of(n)}*"))]
    assert there[0] == 0
    assert there[1:] == list(range(20 - len(there[1:]), 20))
    assert 8 < len(there) < 20


def test_an_entry_larger_than_the_cache_is_not_kept(folder: Path) -> None:
    """It would push out everything else and itself; the others stay."""
    cache = ContentCache(folder, 10_000)
    cache.put(key_of(1), b"small")
    cache.put(key_of(2), bytes(9000))
    assert (cache.get(key_of(1)), cache.get(key_of(2))) == (b"small", None)


def quiet_sizes(folder: Path, limit: int, running: list[subprocess.Popen[str]]) -> Iterator[int]:
    """Yield the size of the folder at moments when no writer is at work."""
    while any(each.poll() is None for each in running):
        with journal.opened(folder, alone=True, patience=1.0) as notes:
            if notes.locked:
                yield size_of(folder)
        time.sleep(_TICK)
    yield size_of(folder)
    assert ContentCache(folder, limit).info().bytes <= limit


def test_many_writers_and_readers_agree(folder: Path) -> None:
    """Several processes write, read and sweep at once: no wrong entry, no error, no overflow."""
    folder.mkdir()
    limit = 15_000
    running = [started(WRITER, folder, limit, seed, 250) for seed in range(4)]
    sizes = list(quiet_sizes(folder, limit, running))
    assert [each.communicate(timeout=60)[1] for each in running] == [""] * 4
    assert [each.returncode for each in running] == [0] * 4
    assert max(sizes) <= limit
    assert not [name for name in files_in(folder) if "/." in name]


def test_killed_writers_leave_a_sound_cache(folder: Path) -> None:
    """After kill -9 at any moment every entry is whole, the bound holds, and no lock stays."""
    limit = 15_000
    for seed in range(8):
        running = [started(WRITER, folder, limit, 2 * seed + each, 10**6) for each in range(2)]
        for each in running:
            assert each.stdout is not None
            assert each.stdout.readline() == "started\n"
        time.sleep(0.007 * seed)
        for each in running:
            each.kill()
            assert each.communicate(timeout=60) == ("", "")
        assert size_of(folder) <= limit
    cache = ContentCache(folder, limit)
    names = {name.split("/")[1] for name in files_in(folder) if name.endswith(".blob")}
    assert names
    for number in range(40):
        wanted = key_of(number).encode() * (number + 1)
        assert cache.get(key_of(number)) == (wanted if f"{key_of(number)}.blob" in names else None)
    assert cache.clear()[0] == len(names)
    assert files_in(folder) == {journal.NAME}


def test_what_a_dead_writer_left_is_removed(folder: Path) -> None:
    """A half-written file is no entry, counts as size, and goes with the next sweep or clearing."""
    for remove in (
        ContentCache(folder).clear,
        lambda: ContentCache(folder, 9000).put("ab" * 9, b"x"),
    ):
        code, _, _ = ended(DIES_IN_THE_MIDDLE, folder)
        assert code == -signal.SIGXFSZ
        assert ContentCache(folder).info().entries == 0
        assert ContentCache(folder).info().bytes >= 4096
        assert ContentCache(folder).get("dead" * 16) is None
        remove()
        assert not list(folder.rglob(".dead*"))


def test_the_file_of_a_writer_at_work_stays(folder: Path) -> None:
    """While a writer holds the lock only old strays are removed, and nobody waits without end."""
    ended(DIES_IN_THE_MIDDLE, folder)
    (young,) = folder.rglob(".dead*")
    old = young.with_name(young.name[:-8] + "abcdefgh")
    old.write_bytes(b"x")
    os.utime(old, (time.time() - _AGES,) * 2)
    cache = ContentCache(folder, 9000, patience=0.05)
    with journal.opened(folder, alone=False, patience=1.0) as writer:
        assert writer.locked
        cache.put(key_of(1), bytes(900))
        assert cache.get(key_of(1)) == bytes(900)
        assert cache.clear()[0] == 1
        assert (young.exists(), old.exists()) == (True, False)
    cache.clear()
    assert not young.exists()


def test_a_folder_that_may_only_be_read_is_read(folder: Path) -> None:
    """Entries come back, and writing or clearing is told as an error of output."""
    ContentCache(folder).put(key_of(1), b"kept")
    places = [folder, *folder.rglob("*")]
    for place in places:
        place.chmod(0o555 if place.is_dir() else 0o444)
    folder.parent.chmod(0o755)
    try:
        code, stdout, stderr = ended(READS_ONLY, key_of(1), folder.parent)
    finally:
        for place in places:
            place.chmod(0o755)
    assert (code, stderr) == (0, "")
    assert stdout.splitlines() == ["b'kept' 1", *["cannot write cache: permission denied"] * 2]


def test_a_full_disk_is_told_and_spoils_nothing(folder: Path) -> None:
    """The error says what to do, what was there stays, and no part file is left."""
    ContentCache(folder).put(key_of(1), b"kept")
    before = files_in(folder)
    code, stdout, stderr = ended(NO_ROOM, folder, key_of(1))
    assert (code, stderr) == (0, "")
    assert stdout.startswith(f"cannot write {folder}: file too large")
    assert "set LRQUIZ_CACHE" in stdout
    assert files_in(folder) == before
    assert ContentCache(folder).get(key_of(1)) == b"kept"


def test_clearing_removes_what_the_cache_wrote_and_nothing_else(
    folder: Path, tmp_path: Path
) -> None:
    """Entries go, those of older releases too; foreign files and links stay."""
    cache = ContentCache(folder)
    for number in range(3):
        cache.put(key_of(number), bytes(100))
    older = folder / "ab" / f"{'ab' * 32}.json.gz"
    older.parent.mkdir(exist_ok=True)
    older.touch()
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    target = elsewhere / f"{'cd' * 32}.blob"
    target.write_bytes(b"x")
    (folder / "cd").symlink_to(elsewhere)
    foreign = {"notes.txt", "ab/notes.txt", f"ab/{'cd' * 32}.blob", f"{'ab' * 32}.blob", "a/b.blob"}
    for name in foreign:
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text("mine")
    entries, size = cache.clear()
    assert entries == 4
    assert size > 300
    assert files_in(folder) == foreign | {journal.NAME}
    assert target.exists()
    assert cache.info().entries == 0
    cache.put(key_of(1), b"again")
    assert cache.get(key_of(1)) == b"again"


def test_clearing_nothing_is_fine(folder: Path) -> None:
    """A cache that was never used, or was cleared already, holds nothing."""
    cache = ContentCache(folder)
    assert cache.clear() == (0, 0)
    assert not folder.exists()
    folder.mkdir()
    assert cache.clear() == (0, 0)
    cache.put(key_of(1), b"x")
    assert cache.clear()[0] == 1
    assert cache.clear() == (0, 0)


def test_a_foreign_folder_is_not_cleared(folder: Path, tmp_path: Path) -> None:
    """A folder or link that shows no sign of a cache is refused as it is; so is a file."""
    folder.mkdir()
    (folder / "thesis.tex").write_text("mine")
    link = tmp_path / "link"
    link.symlink_to(folder)
    for place in (folder, link):
        with pytest.raises(CacheError, match="nothing was removed"):
            ContentCache(place).clear()
    (folder / "ab").mkdir()
    (folder / "ab" / f"{'ab' * 32}.blob").touch()  # looks like ours, but why the link?
    with pytest.raises(CacheError, match="is a link to a folder"):
        ContentCache(link).clear()
    with pytest.raises(CacheError, match="not a directory"):
        ContentCache(folder / "thesis.tex").clear()
    with pytest.raises(CacheError, match="not a directory"):
        ContentCache(folder / "thesis.tex").info()
    with pytest.raises(OutputError, match="set LRQUIZ_CACHE"):
        ContentCache(folder / "thesis.tex").put(key_of(1), b"x")
    assert files_in(folder) == {"thesis.tex", f"ab/{'ab' * 32}.blob"}
    assert ContentCache(folder).clear() == (1, 0)
    assert files_in(folder) == {"thesis.tex", journal.NAME}


def test_a_link_to_a_cache_is_a_cache(folder: Path, tmp_path: Path) -> None:
    """Who keeps the cache on another disk behind a link can clear it."""
    ContentCache(folder).put(key_of(1), b"x")
    link = tmp_path / "link"
    link.symlink_to(folder)
    assert ContentCache(link).get(key_of(1)) == b"x"
    assert ContentCache(link).clear()[0] == 1
