"""No output is ever an input, and what is not ours is replaced only if a person says so."""

from __future__ import annotations

import os
import pty
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli.running import run
from tests.render.test_music import write_tune
from tests.speech.clips import make_voice
from voicecoach.output.formats import FORMATS
from voicecoach.output.marks import routine_of

ROUTINE = "title: {en: Calm}\nlanguage: en\nsteps: [{say: {en: Hi.}}, {rest: 2 s}, {say: {en: Bye.}}]\n"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("calm", "other"):
        (tmp_path / f"{name}.yaml").write_text(ROUTINE)
    return tmp_path


def refused(*arguments: str | Path, because: str) -> None:
    """Exit 1, one clear line, and nothing in the folder is another."""
    before = {path: path.read_bytes() for path in Path().rglob("*") if path.is_file()}
    done = run(*arguments)
    assert (done.code, because in done.err) == (1, True), done
    assert "Voice:" not in done.err  # before a word was spoken
    assert {path: path.read_bytes() for path in Path().rglob("*") if path.is_file()} == before


# --- an output is an input ---


def test_music_is_not_written_over(here: Path) -> None:
    write_tune(here / "song.wav", 3)
    os.link(here / "song.wav", here / "hard.wav")
    (here / "soft.wav").symlink_to("song.wav")
    for output in ("song.wav", "./song.wav", "hard.wav", "soft.wav"):
        for more in ([], ["--force"]):
            refused("export", "calm.yaml", "--music", "song.wav", "-o", output, *more, because="is read for this")
    refused("export", "calm.yaml", "--music", "soft.wav", "-o", "hard.wav", "--force", because="soft.wav")


def test_nothing_is_put_among_the_music(here: Path) -> None:
    (here / "music").mkdir()
    write_tune(here / "music" / "song.wav", 3)
    (here / "link").symlink_to("music")
    for output in ("music/calm.mp3", "link/calm.mp3"):
        refused("export", "calm.yaml", "--music", "music", "-o", output, because="the next time")
    refused("export", "calm.yaml", "--music", "music", "-o", "music", "--split", because="music")


def test_an_album_that_is_the_music_is_not_replaced(here: Path) -> None:
    assert run("export", "calm.yaml", "-o", "album", "--split").code == 0
    refused(
        "export",
        "calm.yaml",
        "--music",
        "album",
        "-o",
        "album",
        "--split",
        "--force",
        because="album is read for this",
    )


@pytest.mark.parametrize("output", ["calm.yaml", "mor/1.wav", "mor/manifest.toml"])
def test_neither_routine_nor_recordings_are_written_over(here: Path, output: str) -> None:
    make_voice(here / "mor", {"Hi.": "1.wav", "Bye.": "2.wav"}, language="en", head='fill_from = "pyttsx3:gmw/en-us"')
    voice = f"recordings:{here / 'mor'}"
    arguments = ("export", "calm.yaml", "--voice", voice, "--format", "wav", "-o", output, "--force")
    refused(*arguments, because="is read for this")
    refused(
        "record-list", "calm.yaml", "--voice", voice, "--manifest", "-o", output, "--force", because="is read for"
    )


def test_a_sidecar_is_not_written_over_an_input(here: Path) -> None:
    write_tune(here / "song.wav", 3)
    (here / "calm.lrc").symlink_to("song.wav")
    refused("export", "calm.yaml", "--music", "song.wav", "--sidecar", "lrc", "-o", "calm.mp3", because="is read for")


def test_a_redirection_is_an_output_too(here: Path) -> None:
    write_tune(here / "song.wav", 3)
    with (here / "song.wav").open("ab") as out:
        command = [sys.executable, "-m", "voicecoach", "export", "calm.yaml", "--music", "song.wav", "-o", "-"]
        done = subprocess.run(command, stdout=out, stderr=subprocess.PIPE, text=True)
    assert done.returncode == 1
    assert "standard output goes there" in done.stderr


# --- what is there already ---


@pytest.mark.parametrize("ending", FORMATS)
def test_a_mark_tells_of_which_routine_a_file_is(here: Path, ending: str) -> None:
    done = run("export", "calm.yaml", "-o", f"x{ending}")
    if done.code == 3:
        pytest.skip(done.err)
    assert routine_of(here / f"x{ending}") == "calm"
    assert run("export", "calm.yaml", "-o", f"x{ending}").code == 0
    refused("export", "other.yaml", "-o", f"x{ending}", because="an export of the routine “calm”")


@pytest.mark.parametrize(
    "content", [b"", b"mine", b"ID3\x03\0\0\0\0\x7f\x7fTXXX", b"RIFF....WAVELIST\xff\xff\xff\xff", b"OggS"]
)
def test_what_is_not_ours_is_replaced_with_force_only(here: Path, content: bytes) -> None:
    (here / "x.mp3").write_bytes(content)
    refused("export", "calm.yaml", "-o", "x.mp3", because="no export of this routine")
    assert run("export", "calm.yaml", "-o", "x.mp3", "--force").code == 0
    assert routine_of(here / "x.mp3") == "calm"


def test_sidecars_are_replaced_with_their_sound_only(here: Path) -> None:
    kinds = "lrc,vtt,srt,chapters.json"
    assert run("export", "calm.yaml", "-o", "x.mp3", "--sidecar", kinds).code == 0
    assert run("export", "calm.yaml", "-o", "x.mp3", "--sidecar", kinds).code == 0
    for kind in kinds.split(","):
        beside = here / f"y.{kind}"
        beside.write_text("mine")
        refused("export", "calm.yaml", "-o", "y.mp3", "--sidecar", kind, because="no export")
    for kind in ("lrc", "vtt", "chapters.json"):
        refused("export", "other.yaml", "-o", f"{here / 'x'}.wav", "--sidecar", kind, because="of the routine “calm”")


def test_an_album_is_replaced_by_the_same_routine_only(here: Path) -> None:
    for _ in range(2):
        assert run("export", "calm.yaml", "-o", "album", "--split").code == 0
    refused("export", "other.yaml", "-o", "album", "--split", because="of the routine “calm”")
    assert run("export", "other.yaml", "-o", "album", "--split", "--force").code == 0
    (here / "album" / "mine.txt").write_text("mine")
    refused("export", "other.yaml", "-o", "album", "--split", "--force", because="not an album")


def test_lists_and_samples_are_not_written_over_others(here: Path) -> None:
    for command in (
        ["record-list", "calm.yaml", "-o", "x.tsv"],
        ["voices", "say", "gmw/en-us", "Hi.", "-o", "x.tsv.wav"],
    ):
        (here / command[-1]).write_text("mine")
        refused(*command, because="already there")
        assert run(*command, "--force").code == 0
        assert run(*command).code == 0  # the same again


@pytest.mark.skipif(sys.platform == "win32", reason="no terminals of this kind")
@pytest.mark.parametrize(("answer", "code"), [("y", 0), ("n", 1)])
def test_on_a_terminal_it_asks(here: Path, answer: str, code: int) -> None:
    (here / "x.mp3").write_bytes(b"mine")
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "voicecoach", "export", "calm.yaml", "-o", "x.mp3"]
    with subprocess.Popen(command, stdin=theirs, stderr=theirs, stdout=theirs) as process:
        os.close(theirs)
        said = b""
        while b"Replace it?" not in said:
            said += os.read(ours, 1000)
        os.write(ours, f"{answer}\n".encode())
        while process.poll() is None:
            try:
                os.read(ours, 1000)
            except OSError:
                break
        assert process.wait(30) == code
    os.close(ours)
    assert ((here / "x.mp3").read_bytes() == b"mine") == (answer == "n")


# --- told to end ---


@pytest.mark.skipif(not hasattr(signal, "SIGHUP"), reason="no such signals")
@pytest.mark.parametrize(
    ("number", "more"),
    [(signal.SIGTERM, []), (signal.SIGHUP, []), (signal.SIGINT, []), (signal.SIGTERM, ["--split"])],
)
def test_a_signal_leaves_no_part(here: Path, number: signal.Signals, more: list[str]) -> None:
    """While it writes: an hour of noise is written slowly enough."""
    (here / "long.yaml").write_text("title: {en: Calm}\nlanguage: en\nsteps: [{say: {en: Hi.}}, {rest: 2 h}]\n")
    command = [
        sys.executable,
        "-m",
        "voicecoach",
        "export",
        "long.yaml",
        "--floor",
        "-o",
        "x",
        "--format",
        "wav",
        *more,
    ]
    with subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL) as process:
        while not list(here.glob(".voicecoach-*")) and process.poll() is None:
            time.sleep(0.01)
        process.send_signal(number)
        _, said = process.communicate(timeout=60)
    assert process.returncode == 128 + number, said
    assert sorted(os.listdir(here)) == ["calm.yaml", "long.yaml", "other.yaml"]
    assert b"Traceback" not in said
