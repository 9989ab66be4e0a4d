"""Files appear whole or not at all, and errors say what to do."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path
from typing import BinaryIO

import pytest

from voicecoach.errors import OutputError
from voicecoach.output.files import write_whole


def write_two_parts(file: BinaryIO) -> None:
    file.write(b"xxxxx whole")
    file.seek(0)
    file.write(b"whole")


def test_a_file_is_written_and_may_seek(tmp_path: Path) -> None:
    write_whole(tmp_path / "a.mp3", write_two_parts)
    assert (tmp_path / "a.mp3").read_bytes() == b"whole whole"
    assert os.listdir(tmp_path) == ["a.mp3"]


def test_a_new_file_may_be_read_by_whom_the_umask_lets(tmp_path: Path) -> None:
    write_whole(tmp_path / "a", write_two_parts)
    (tmp_path / "b").write_bytes(b"")
    assert (tmp_path / "a").stat().st_mode == (tmp_path / "b").stat().st_mode


@pytest.mark.parametrize("error", [KeyboardInterrupt(), ValueError("x"), OSError(errno.ENOSPC, "No space left")])
def test_an_error_leaves_the_old_file_and_nothing_else(tmp_path: Path, error: BaseException) -> None:
    (tmp_path / "a.mp3").write_bytes(b"old")

    def fail(file: BinaryIO) -> None:
        file.write(b"new")
        raise error

    with pytest.raises(OutputError if isinstance(error, OSError) else type(error)) as raised:
        write_whole(tmp_path / "a.mp3", fail)
    assert (tmp_path / "a.mp3").read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["a.mp3"]
    if isinstance(error, OSError):
        assert "disk is full" in str(raised.value)


def test_a_folder_and_a_missing_folder_are_named(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="is a folder"):
        write_whole(tmp_path, write_two_parts)
    with pytest.raises(OutputError, match="mkdir -p"):
        write_whole(tmp_path / "none" / "a.mp3", write_two_parts)
    with pytest.raises(OutputError, match="too long"):
        write_whole(tmp_path / ("x" * 300), write_two_parts)


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_may_not_be_written_is_named(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(OutputError, match="may not write"):
        write_whole(tmp_path / "a.mp3", write_two_parts)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_a_device_is_written_to_and_not_replaced() -> None:
    with pytest.raises(OutputError, match="disk is full"):
        write_whole("/dev/full", write_two_parts)
    assert not Path("/dev/full").is_file()


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "real")
    write_whole(tmp_path / "link", write_two_parts)
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_bytes() == b"whole whole"


PROGRAM = "from voicecoach.output.files import write_whole\nwrite_whole('-', lambda file: file.write(b'x' * {size}))"


def test_a_pipe_gets_it_all() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM.format(size=300_000)], capture_output=True, check=True)
    assert done.stdout == b"x" * 300_000


def test_a_pipe_that_closes_early_is_no_error() -> None:
    program = [sys.executable, "-c", PROGRAM.format(size=3_000_000)]
    with subprocess.Popen(program, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.read(10)
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(10) == 0
