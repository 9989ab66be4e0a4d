"""The one door to the files that people put somewhere: never waits, never reads without a limit, says what it met."""

from __future__ import annotations

import os
import socket
import sys
from pathlib import Path

import pytest

from voicecoach.errors import NotFoundError
from voicecoach.reading_files import TooLargeError, UnfitFileError, expanded, is_ordinary, open_ordinary, read_limited

posix = pytest.mark.skipif(sys.platform == "win32", reason="has no such files")


def reason(path: Path | str) -> str:
    with pytest.raises(OSError, match=r"\[Errno") as caught:
        read_limited(path, 100)
    return caught.value.strerror or ""


def test_a_file_up_to_its_limit(tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_bytes(b"x" * 100)
    assert read_limited(path, 100) == b"x" * 100
    path.write_bytes(b"x" * 101)
    with pytest.raises(TooLargeError, match=r"at most 0\.0001 MB"):
        read_limited(path, 100)


@posix
def test_what_is_no_ordinary_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "fifo")
    (tmp_path / "circle").symlink_to(tmp_path / "circle")
    (tmp_path / "file").touch()
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(tmp_path / "socket"))
        for name in ("fifo", "socket", "/dev/zero", "/dev/null"):
            assert reason(tmp_path / name) == "this is not an ordinary file"
            assert not is_ordinary(tmp_path / name)
    assert reason(tmp_path) == "this is a folder"
    assert reason(tmp_path / "gone") == "there is no such file"
    assert reason(tmp_path / "circle") == "it is a link that leads in a circle"
    assert "not a folder" in reason(tmp_path / "file" / "x")
    assert reason(tmp_path / ("x" * 300)) == "the name is too long"
    assert reason(f"{tmp_path}/a\0b") == "no file can have this name"


@posix
def test_a_file_of_the_system_has_no_size_and_a_limit_all_the_same() -> None:
    with pytest.raises(TooLargeError):
        read_limited("/proc/self/maps", 100)


@posix
def test_nothing_stays_open(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "fifo")
    open_files = "/proc/self/fd" if sys.platform == "linux" else "/dev/fd"
    before = len(os.listdir(open_files))
    for _ in range(20):
        reason(tmp_path / "fifo")
        reason(tmp_path)
    assert len(os.listdir(open_files)) == before


def test_errors_keep_their_class(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        open_ordinary(tmp_path / "gone")
    with pytest.raises(UnfitFileError):
        open_ordinary(tmp_path)


def test_the_home_of_nobody(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    assert expanded("~/x") == tmp_path / "x"
    assert expanded("x~y") == Path("x~y")
    with pytest.raises(NotFoundError, match="~nosuchuser is nobody's home"):
        expanded("~nosuchuser/x")
