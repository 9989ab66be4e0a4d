"""The promise of the README: no network. And nothing is written outside our own folders, whoever speaks."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.speech.clips import make_voice
from tests.speech.watching import can_trace, watched
from voicecoach.no_telemetry import SWITCHES
from voicecoach.speech.engine import ENGINES

SPEAK = """
import voicecoach, time
from voicecoach.coach.sounds import Sounds
from voicecoach.model import Utterance
with Sounds() as sounds:
    here = [voice for voice in sounds.speaker.voices() if voice.id.startswith({engine!r} + ":") and voice.installed]
    print(len(here))
    for voice in here:
        text = {{"da": "fem", "en": "five"}}[voice.language]
        assert len(sounds.audio(Utterance(text=text, language=voice.language, voice=voice.id)).samples)
        break
    assert here or {engine!r} == "piper", "nobody speaks"
"""
INTRUDER = """
import socket, pathlib
with socket.socket() as made:
    made.settimeout(1)
    try:
        made.connect(("127.0.0.1", 9))
    except OSError:
        pass
(pathlib.Path.home() / ".someone").write_text("an id")
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there, HOME is not the home folder")
@pytest.mark.parametrize("engine", [*ENGINES, "recordings"])
def test_no_engine_opens_a_socket_or_writes_elsewhere(
    engine: str, tmp_path: Path, own_cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = tmp_path / "data"
    monkeypatch.setenv("VOICECOACH_DATA_DIR", str(data))
    make_voice(data / "recordings" / "mor", {"fem": "1.wav"}, head='licence = "private"')
    if engine == "supertonic":
        pytest.importorskip("tests.speech.stand_in").make_model(data / "voices" / "supertonic-3")
    seen = watched(SPEAK.format(engine=engine), tmp_path / "watched", [own_cache])
    assert (seen.sockets, seen.written, seen.left) == ([], [], [])


def test_who_opens_a_socket_or_writes_elsewhere_is_seen(tmp_path: Path) -> None:
    seen = watched(INTRUDER, tmp_path, [])
    assert seen.sockets
    assert [Path(path).name for path in seen.left] == [".someone"]
    assert len(seen.written) == can_trace()


def test_the_switches_are_set_by_the_first_import_and_inherited() -> None:
    """Before any library, whatever was set: a process that is started from here has them too."""
    code = "import voicecoach.model, subprocess, sys; subprocess.run([sys.executable, '-c', sys.argv[1]], check=True)"
    inner = f"import os; assert {SWITCHES!r}.items() <= os.environ.items()"
    environment = {**os.environ, "ORT_DISABLE_TELEMETRY": "0"}
    subprocess.run([sys.executable, "-c", code, inner], check=True, env=environment)
