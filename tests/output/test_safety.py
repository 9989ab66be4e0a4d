"""An export that is killed, has a rival or finds no room leaves the old file or the new one."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from pathlib import Path
from typing import BinaryIO

import pytest

from voicecoach.errors import OutputError
from voicecoach.output.files import write_whole

EXPORTER = """
import sys
from pathlib import Path
from tests.output.test_splice import mix, exported, routine
from voicecoach.disk_cache import DiskCache
from voicecoach.output.files import write_whole
target, kept, rounds = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
programme = routine()
print("ready", flush=True)
for _ in range(rounds):
    write_whole(target, lambda file: file.write(exported(programme, mix(programme, kept))))
"""


def exporter(target: Path, kept: Path, rounds: int) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-c", EXPORTER, str(target), str(kept), str(rounds)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, cwd=Path(__file__).parents[2])


def test_killed_at_any_moment_and_with_a_rival(tmp_path: Path) -> None:
    target, kept = tmp_path / "a.mp3", tmp_path / "kept"
    with exporter(tmp_path / "good.mp3", tmp_path / "other", 1) as process:
        assert process.wait(60) == 0
    good = (tmp_path / "good.mp3").read_bytes()
    target.write_bytes(b"old")
    when = random.Random(1)
    for _ in range(3):
        rivals = [exporter(target, kept, 10_000) for _ in range(2)]
        for process in rivals:
            assert process.stdout is not None
            assert process.stdout.readline() == b"ready\n"
        time.sleep(when.uniform(0.005, 0.4))
        for process in rivals:
            process.kill()
            process.communicate()
        assert target.read_bytes() in (b"old", good)
    with exporter(target, kept, 1) as process:
        assert process.wait(60) == 0
    assert target.read_bytes() == good  # whatever the killed ones kept


@pytest.mark.skipif(sys.platform == "win32", reason="needs setrlimit")
def test_no_room_is_told_and_leaves_the_old_file(tmp_path: Path) -> None:
    (tmp_path / "a.mp3").write_bytes(b"old")
    limited = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))\n"
    program = [sys.executable, "-c", limited + EXPORTER, str(tmp_path / "a.mp3"), str(tmp_path / "kept"), "1"]
    done = subprocess.run(program, capture_output=True, cwd=Path(__file__).parents[2], timeout=60)
    assert b"larger than it may be" in done.stderr  # though frames could not be kept either
    assert (tmp_path / "a.mp3").read_bytes() == b"old"
    assert not list(tmp_path.glob(".voicecoach*"))


def write_much(file: BinaryIO) -> None:
    file.write(bytes(100_000))


def test_parts_that_were_left_long_ago_go(tmp_path: Path) -> None:
    old, new = tmp_path / ".voicecoach-1.part", tmp_path / ".voicecoach-2.part"
    for part in (old, new):
        part.write_bytes(b"x")
    os.utime(old, (time.time() - 4000,) * 2)
    write_whole(tmp_path / "a.mp3", lambda file: None)
    assert not old.exists()
    assert new.exists()


@pytest.mark.skipif(sys.platform != "linux" or os.geteuid() != 0, reason="only root can mount a small disk")
def test_a_full_disk_is_told(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", disk], capture_output=True)
    if mounted.returncode:
        pytest.skip("this root may not mount")
    try:
        (disk / "a.mp3").write_bytes(b"old")
        with pytest.raises(OutputError, match="disk is full"):
            write_whole(disk / "a.mp3", write_much)
        assert (disk / "a.mp3").read_bytes() == b"old"
        assert os.listdir(disk) == ["a.mp3"]
    finally:
        subprocess.run(["umount", disk], check=True)
