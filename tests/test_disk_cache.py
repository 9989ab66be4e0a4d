"""What is kept is whole, or made again; a folder that cannot be used is no error."""

from __future__ import annotations

import os
import sys
import threading
from pathlib import Path

import pytest

from voicecoach import disk_cache
from voicecoach.disk_cache import DiskCache, code_digest, digest

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


def test_memory_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(disk_cache, "MEMORY_BYTES", 1000)
    cache = DiskCache(tmp_path, LIMIT)
    for number in range(10):
        cache.store(digest(number).hex(), bytes(300))
    assert sum(map(len, cache._memory.values())) <= 1000
    assert all(cache.load(digest(number).hex()) == bytes(300) for number in range(10))


def test_a_digest_tells_parts_apart() -> None:
    assert digest("a", "b") == digest("a", "b")
    assert (
        len({digest(*parts) for parts in [("a", "b"), ("ab",), (b"ab",), ("b", "a"), (("a", "b"),), ("a", None)]})
        == 6
    )


def test_code_is_told_by_its_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert code_digest("units.py") == code_digest("units.py") != code_digest("model.py")
    assert code_digest("units.py", "model.py") != code_digest("model.py", "units.py")
    assert code_digest("none.py") == code_digest("none.py")  # in this process alone
