"""What is half-written is known by its name, and goes when its writer has gone."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from voicecoach import parts
from voicecoach.output.files import part_beside, write_whole
from voicecoach.speech.espeak.data import make_private_data

NAME = "from voicecoach.parts import new_name; print(new_name(), flush=True)"


def name_of_another(then: str = "") -> tuple[str, subprocess.Popen[str]]:
    process = subprocess.Popen([sys.executable, "-c", NAME + then], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    return process.stdout.readline().strip(), process


def test_no_two_names_are_the_same() -> None:
    assert len({parts.new_name() for _ in range(100)}) == 100


@pytest.mark.skipif(sys.platform == "win32", reason="there only the age tells")
def test_a_part_is_left_when_its_writer_has_gone() -> None:
    name, process = name_of_another("; input()")
    with process:
        assert not parts.is_left(name, 0)  # however long it takes
        process.kill()
    assert parts.is_left(name, time.time())
    assert not parts.is_left(parts.new_name(), 0)


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="only there a process tells when it began")
def test_a_number_that_another_process_has_now_is_not_taken_for_its_writer() -> None:
    process, began, *rest = parts.new_name().split("-")
    assert parts.is_left("-".join([process, str(int(began) - 1), *rest]), time.time())


def test_of_another_machine_and_another_version_the_age_tells() -> None:
    process, began, machine, chance = parts.new_name().split("-")
    other = "-".join([process, began, "0" * len(machine), chance])
    for name in (other, "1b4a"):
        assert not parts.is_left(name, time.time())
        assert parts.is_left(name, time.time() - 4000)


def left_in(folder: Path) -> Path:
    name, process = name_of_another()
    process.communicate()
    return folder / f".voicecoach-{name}.part"


@pytest.mark.skipif(sys.platform == "win32", reason="there only the age tells")
def test_what_a_killed_export_left_is_swept_by_the_next(tmp_path: Path) -> None:
    file, folder, mine = left_in(tmp_path), left_in(tmp_path), part_beside(tmp_path / "x")
    for path in (file, mine):
        path.write_bytes(b"half")
    (folder / "new").mkdir(parents=True)
    (folder / "new" / "01.mp3").write_bytes(b"half")
    write_whole(tmp_path / "a.mp3", lambda out: None)
    assert sorted(os.listdir(tmp_path)) == sorted(["a.mp3", mine.name])


@pytest.mark.skipif(sys.platform == "win32", reason="there only the age tells")
def test_an_album_that_was_being_replaced_comes_back(tmp_path: Path) -> None:
    """Killed between the two renamings: the old one is still the only whole one."""
    part = left_in(tmp_path)
    (part / "old").mkdir(parents=True)
    (part / "old" / "01.mp3").write_bytes(b"old")
    (part / "name").write_text("album")
    write_whole(tmp_path / "a.mp3", lambda out: None)
    assert (tmp_path / "album" / "01.mp3").read_bytes() == b"old"
    assert not part.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="there only the age tells")
def test_a_half_made_copy_of_espeaks_data_is_swept(tmp_path: Path) -> None:
    import espeakng_loader

    name, process = name_of_another()
    process.communicate()
    (tmp_path / f"espeak.{name}").mkdir()
    make_private_data(Path(espeakng_loader.get_data_path()), tmp_path / "espeak")
    assert os.listdir(tmp_path) == ["espeak"]
