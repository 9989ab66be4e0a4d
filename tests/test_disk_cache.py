"""What is kept is whole, or made again; a folder that cannot be used is no error."""

from __future__ import annotations

import os
import shutil
import signal
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from voicecoach.disk_cache import DiskCache, digest

KEY = digest("a").hex()
LIMIT = 10**6


def the_file(folder: Path) -> Path:
    return next(path for path in folder.rglob("*") if path.is_file())


def test_what_was_stored_is_found_by_another_process(tmp_path: Path) -> None:
    DiskCache(tmp_path, LIMIT).store(KEY, b"data")
    assert DiskCache(tmp_path, LIMIT).load(KEY) == b"data"
    assert DiskCache(tmp_path, LIMIT).load(digest("b").hex()) is None


def test_something_is_made_once(tmp_path: Path) -> None:
    calls: list[int] = []

    def make() -> bytes:
        calls.append(1)
        return b""

    for _ in range(3):
        assert DiskCache(tmp_path, LIMIT).made(KEY, make) == b""
    assert len(calls) == 1


@pytest.mark.parametrize("harm", [lambda data: data[:-1], lambda data: b"", lambda data: data[:-1] + b"?"])
def test_what_is_damaged_is_deleted(harm: object, tmp_path: Path) -> None:
    DiskCache(tmp_path, LIMIT).store(KEY, b"data")
    path = the_file(tmp_path)
    path.write_bytes(harm(path.read_bytes()))  # type: ignore[operator]
    assert DiskCache(tmp_path, LIMIT).load(KEY) is None
    assert not path.exists()


def test_a_folder_that_cannot_be_made_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    cache = DiskCache(tmp_path / "file" / "below", LIMIT)
    cache.store(KEY, b"data")
    assert cache.load(KEY) == b"data"  # in memory
    assert DiskCache(tmp_path / "file" / "below", LIMIT).load(KEY) is None


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_may_not_be_written_is_no_error(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    DiskCache(tmp_path, LIMIT).store(KEY, b"data")


def test_without_room_nothing_is_kept(tmp_path: Path) -> None:
    DiskCache(tmp_path, 0).store(KEY, b"data")
    assert list(tmp_path.iterdir()) == []


def test_the_folder_stays_within_its_limit(tmp_path: Path) -> None:
    cache = DiskCache(tmp_path, 10_000)
    for number in range(100):
        cache.store(digest(number).hex(), bytes(500))
    kept = [path.stat().st_size for path in tmp_path.rglob("*") if path.is_file()]
    assert 5_000 < sum(kept) <= 10_500


def test_what_killed_writers_left_goes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "ab").mkdir()
    left = tmp_path / "ab" / "x.1-0.part"
    left.write_bytes(b"")
    DiskCache(tmp_path, LIMIT).store(KEY, b"data")
    assert left.exists()  # its writer may live
    os.utime(left, (0, 0))
    DiskCache(tmp_path, LIMIT).store(digest("b").hex(), b"data")
    assert not left.exists()


def test_threads_may_store_the_same(tmp_path: Path) -> None:
    cache = DiskCache(tmp_path, LIMIT)
    threads = [threading.Thread(target=cache.store, args=(KEY, bytes(10_000))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert DiskCache(tmp_path, LIMIT).load(KEY) == bytes(10_000)
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 1


def test_memory_is_bounded(tmp_path: Path) -> None:
    cache = DiskCache(tmp_path, LIMIT, memory_bytes=1000)
    for number in range(10):
        cache.store(digest(number).hex(), bytes(300))
    assert sum(len(kept.data) for kept in cache._memory.values()) <= 1000
    assert all(cache.load(digest(number).hex()) == bytes(300) for number in range(10))


def test_a_digest_tells_parts_apart() -> None:
    assert digest("a", "b") == digest("a", "b")
    assert (
        len({digest(*parts) for parts in [("a", "b"), ("ab",), (b"ab",), ("b", "a"), (("a", "b"),), ("a", None)]})
        == 6
    )


# --- what goes when room is short ---


def flood(cache: DiskCache, start: int = 1000) -> None:
    """Twice as much as there is room for."""
    for number in range(start, start + 40):
        cache.store(digest(number).hex(), bytes(500))


def age(cache: DiskCache, key: str, days: float) -> None:
    path = next(cache.folder.glob(f"??/{key}*"))
    ns = int((int(time.time()) - days * 86_400) * 1_000_000_000) + path.stat().st_mtime_ns % 1_000_000_000
    os.utime(path, ns=(ns, ns))


@pytest.mark.parametrize("read", ["label", "load", "use"])
def test_what_is_read_counts_as_used(read: str, tmp_path: Path) -> None:
    """Its label alone, too, and what is in memory."""
    cache = DiskCache(tmp_path, 10_000)
    keys = [digest(number).hex() for number in range(2)]
    for key in keys:
        cache.store(key, bytes(500))
        age(cache, key, days=20)
    getattr(cache, read)(keys[0])
    flood(cache)
    assert [DiskCache(tmp_path, 10_000).load(key) is not None for key in keys] == [True, False]


def test_what_many_use_outlives_what_one_used(tmp_path: Path) -> None:
    """Each of these is another run of the program; both were last used on the same day."""
    often, once = digest("often").hex(), digest("once").hex()
    for key in (often, once):
        DiskCache(tmp_path, 10_000).store(key, bytes(500))
    for _ in range(7):
        assert DiskCache(tmp_path, 10_000).label(often)
    for key in (often, once):
        age(DiskCache(tmp_path, 10_000), key, days=10)
    flood(DiskCache(tmp_path, 10_000))
    assert DiskCache(tmp_path, 10_000).load(often) is not None
    assert DiskCache(tmp_path, 10_000).load(once) is None


def test_what_one_process_uses_often_counts_too(tmp_path: Path) -> None:
    cache = DiskCache(tmp_path, 10_000)
    for key in ("aa", "bb"):
        cache.store(key, bytes(500))
    for _ in range(64):
        cache.use("aa")
    for key in ("aa", "bb"):
        age(cache, key, days=10)
    flood(cache)
    assert DiskCache(tmp_path, 10_000).load("aa") is not None
    assert DiskCache(tmp_path, 10_000).load("bb") is None


def test_what_was_used_often_long_ago_goes(tmp_path: Path) -> None:
    cache = DiskCache(tmp_path, 10_000)
    cache.store("aa", bytes(500))
    for _ in range(5000):
        cache.use("aa")
    age(cache, "aa", days=100)
    flood(cache)
    assert DiskCache(tmp_path, 10_000).load("aa") is None


# --- at any moment ---


def test_a_folder_that_goes_away_is_made_again(tmp_path: Path) -> None:
    cache = DiskCache(tmp_path / "cache", LIMIT, memory_bytes=0)
    for _ in range(3):
        assert cache.load(KEY) is None
        assert cache.store(KEY, b"data", b"label")
        assert cache.load_labelled(KEY) == (b"label", b"data")
        shutil.rmtree(tmp_path / "cache")
        cache.use(KEY)
        assert cache.label(KEY) is None


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
@pytest.mark.parametrize("make", [os.mkfifo, lambda path: os.symlink("/dev/zero", path), os.mkdir], ids="pcd")
def test_what_is_no_plain_file_is_neither_waited_for_nor_read(make: Callable[[Path], None], tmp_path: Path) -> None:
    cache = DiskCache(tmp_path, LIMIT, memory_bytes=0)
    cache.store(KEY, b"data")
    path = the_file(tmp_path)
    path.unlink()
    make(path)
    assert cache.load(KEY) is None
    assert cache.label(KEY) is None


def test_a_label_is_whole_or_not_there(tmp_path: Path) -> None:
    DiskCache(tmp_path, LIMIT).store(KEY, b"data", b"label")
    path = the_file(tmp_path)
    whole = path.read_bytes()
    for place in range(len(whole) - 4):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        assert DiskCache(tmp_path, LIMIT).label(KEY) is None, place
        path.write_bytes(whole)
        assert DiskCache(tmp_path, LIMIT).label(KEY) is not None


@pytest.mark.skipif(not hasattr(os, "fork"), reason="nothing forks here")
def test_a_lock_that_was_held_while_it_forked_is_free(tmp_path: Path) -> None:
    cache = DiskCache(tmp_path, LIMIT)
    with cache._lock:
        child = os.fork()
        if child == 0:
            signal.alarm(10)
            os._exit(0 if cache.store(KEY, b"data") else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert DiskCache(tmp_path, LIMIT).load(KEY) == b"data"
