"""What is shown while a person waits: every stage on a terminal, nothing in a pipe."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.cli.running import process

ROUTINE = """\
title: Prøve
language: da
steps:
  - {exercise: {name: Rolig gang, kind: cardio, instruction: Gå.}, duration: 20 s}
"""


@pytest.fixture
def routine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """One of which no word was ever spoken here."""
    monkeypatch.setenv("VOICECOACH_CACHE_DIR", str(tmp_path / "cache"))
    path = tmp_path / "prøve.yaml"
    path.write_text(ROUTINE, encoding="utf-8")
    return str(path)


@pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are POSIX")
def test_a_terminal_shows_every_stage_in_one_line(routine: str, tmp_path: Path) -> None:
    from tests.cli.terminal import VOICECOACH, terminal

    with terminal(*VOICECOACH, "export", routine, "--lang", "da", "-o", str(tmp_path / "a.mp3"), columns=40) as at:
        at.shows(r"\rReading the routine …\x1b\[J\r")
        total = at.shows(r"\rSpeaking the words: 0 of (\d+)\x1b\[J\r")[1]
        at.shows(rf"\rSpeaking the words: {total} of {total}\x1b\[J\r")
        at.shows(r"\rSetting the levels …\x1b\[J\r")
        at.shows(r"\rWriting the sound: \d+ %\x1b\[J\r")
        at.shows(r"\rWriting the sound: \d\d+ %\x1b\[J\r\r\x1b\[J")
        at.shows(r"Prøve, 0:\d\d")
        assert at.ends() == 0
    with terminal(*VOICECOACH, "play", routine, "--lang", "da", "--device", "null") as at:
        at.shows(r"\rReading the routine …\x1b\[J\r\r\x1b\[J")
        at.shows(r"▶")


def test_a_pipe_shows_nothing_of_it(routine: str, tmp_path: Path) -> None:
    # Who chose the voice is not told of a better one, once a day.
    done = process("export", routine, "--voice", "pyttsx3:gmq/da", "-o", str(tmp_path / "a.mp3"))
    assert (done.code, done.out) == (0, "")
    assert "\r" not in done.err
    assert [line.partition(":")[0] for line in done.err.splitlines()] == ["Voice", str(tmp_path / "a.mp3")]
