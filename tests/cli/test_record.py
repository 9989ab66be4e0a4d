"""A person records a voice: lines of eSpeak's, which stands for them before a microphone that is a file."""

from __future__ import annotations

import os
import subprocess
import sys
import wave
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.cli.running import Done, run
from tests.cli.terminal import VOICECOACH, terminal
from voicecoach.coach.coach import Coach
from voicecoach.coach.recorder import voice_to_record
from voicecoach.model import Utterance
from voicecoach.render.segment import read_audio
from voicecoach.speech.recordings.engine import RecordingsEngine
from voicecoach.speech.recordings.manifest import read_recordings

ROUTINE = """
language: en
title: {en: Short}
phase: cool-down
steps:
  - say: {en: The first of all sentences. The second one of them. Now comes the third. Here you hear the fourth.}
  - say: {en: And this is the fifth. The sixth one ends it.}
"""


@pytest.fixture
def routine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("VOICECOACH_DATA_DIR", str(tmp_path / "data"))
    path = tmp_path / "short.yaml"
    path.write_text(ROUTINE, encoding="utf-8")
    return path


def to_say(routine: Path) -> list[str]:
    with Coach() as coach:
        _, lines = voice_to_record("anna", [str(routine)], None, None, coach)
    return [line.text for line in lines]


def said(text: str) -> NDArray[np.float32]:
    """The words by somebody else than the voice that fills the gaps."""
    with Coach() as coach:
        audio = coach.sounds.speaker.audio(Utterance(text=text, language="en", voice="pyttsx3:gmw/en"))
    loud: NDArray[np.float32] = audio.samples * np.float32(0.4 / abs(audio.samples).max())
    return loud


def microphone(path: Path, *takes: NDArray[np.float32]) -> Path:
    room = np.random.default_rng(1)
    sound = [piece for take in takes for piece in (np.zeros(14_400), take, np.zeros(62_400))]
    whole: NDArray[np.float64] = np.concatenate(sound).astype(np.float64)
    samples = whole + room.normal(0, 0.0005, len(whole))
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, 48_000, 0, "NONE", ""))
        file.writeframes(np.clip(samples * 32767, -32768, 32767).astype("<i2").tobytes())
    return path


def record(routine: Path, mic: Path, answers: str) -> Done:
    command = [sys.executable, "-m", "voicecoach", "record", "anna", "--routine", str(routine), "--mic", str(mic)]
    done = subprocess.run(
        [*command, "--no-playback"], input=answers, capture_output=True, text=True, encoding="utf-8",
        env={**os.environ, "PYTHONUTF8": "1"},
    )  # fmt: skip
    return Done(done.returncode, done.stdout, done.stderr)


def test_a_person_records_leaves_goes_on_and_is_heard(tmp_path: Path, routine: Path) -> None:
    lines = to_say(routine)
    assert len(lines) >= 6
    mic = microphone(tmp_path / "mic.wav", *map(said, lines[:3]))
    first = record(routine, mic, "\n\n\nq\n")
    assert first.code == 0, first.err
    assert f"3 of {len(lines)} lines" in first.out

    second = record(routine, microphone(tmp_path / "mic.wav", *map(said, lines[3:5])), "\n\n")
    assert f"4 of {len(lines)}: “{lines[3]}”" in second.out
    folder = tmp_path / "data" / "recordings" / "anna"
    assert list(RecordingsEngine(read_audio, folder.parent).lines("recordings:anna")) == [
        text.rstrip(".").lower() for text in lines[:5]
    ]
    assert not list(folder.glob("*.part*"))

    found = read_recordings(folder)
    exported = tmp_path / "out.wav"
    assert run("export", routine, "--voice", "recordings:anna", "-o", exported).code == 0
    programme = read_audio(exported).samples
    for text in lines[:5]:
        clip = found.clip(text)
        assert clip
        assert likeness(programme, said(text)) > 0.95, text
    assert likeness(programme, said(lines[5])) < 0.7  # another one says it


def likeness(programme: NDArray[np.float32], words: NDArray[np.float32]) -> float:
    """How near a place of the programme comes to the words, whatever its gain: 1 is the same."""
    size = 1 << (len(programme) + len(words)).bit_length()
    product = np.fft.irfft(np.fft.rfft(programme, size) * np.conj(np.fft.rfft(words, size)), size)[: len(programme)]
    power = np.concatenate([[0.0], np.cumsum(programme.astype(np.float64) ** 2)])
    ends = np.minimum(np.arange(len(programme)) + len(words), len(programme))
    energy = np.maximum((power[ends] - power[:-1]) * float((words**2).sum()), 1e-9)
    return float((product / np.sqrt(energy))[: len(programme) - len(words)].max())


def test_a_bad_take_is_said_again_kept_all_the_same_skipped_or_gone_back_to(tmp_path: Path, routine: Path) -> None:
    lines = to_say(routine)
    clipped = np.clip(said(lines[0]) * 8, -1, 1).astype(np.float32)
    mic = microphone(tmp_path / "mic.wav", clipped, said(lines[0]), clipped, said(lines[2]), said(lines[0]))
    done = record(routine, mic, "\n\n\nk\nx\n\ns\nb\nb\nb\nb\n\nq\n")
    assert done.code == 0, done.err
    assert done.out.count("It is clipped") == 2
    assert done.out.count("  kept") == 4
    assert "3 of " in done.out.splitlines()[-2]
    folder = tmp_path / "data" / "recordings" / "anna"
    assert len(list(folder.glob("*.wav"))) == 3  # the first line was said twice, and has one file


def test_without_a_microphone_it_says_what_helps_and_leaves_nothing(tmp_path: Path, routine: Path) -> None:
    done = run("record", "anna", "--routine", routine, "--device", "a microphone that nobody has")
    assert done.code == 3
    assert "microphone" in done.err
    assert len(done.err.splitlines()) == 2
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("a:b",), 2, "cannot be the name"),
        (("anna", "--routine", "nobody-has-it"), 1, "nobody-has-it"),
        (("anna", "--mic", "nowhere.wav"), 1, "nowhere.wav"),
    ],
)
def test_what_cannot_be_recorded_is_told(
    routine: Path, tmp_path: Path, arguments: tuple[str, ...], code: int, told: str
) -> None:
    given = arguments if "--routine" in arguments else (*arguments, "--routine", str(routine))
    done = run("record", *given)
    assert done.code == code
    assert told in done.err
    assert not (tmp_path / "data").exists()


def test_another_language_is_another_voice(tmp_path: Path, routine: Path) -> None:
    folder = tmp_path / "data" / "recordings" / "anna"
    folder.mkdir(parents=True)
    (folder / "manifest.toml").write_text('language = "da"\n', encoding="utf-8")
    done = run("record", "anna", "--lang", "en", "--routine", routine)
    assert done.code == 2
    assert "Danish, not English" in done.err


def test_the_keys_of_a_terminal(tmp_path: Path, routine: Path) -> None:
    first, *_ = to_say(routine)
    mic = microphone(tmp_path / "mic.wav", said(first))
    with terminal(
        *VOICECOACH, "record", "anna", "--routine", str(routine), "--mic", str(mic), "--no-playback", columns=200
    ) as seen:
        seen.shows("1 of ")
        before = seen.settings()
        seen.press(b"\r")
        seen.shows("kept, ")
        seen.shows("2 of ")
        seen.press(b"b")
        seen.shows("1 of ")
        seen.press(b"q")
        seen.shows("Recorded: 1 of ")
        assert seen.ends() == 0
    assert not before
