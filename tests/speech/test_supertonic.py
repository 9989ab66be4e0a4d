"""Supertonic: the real package and the real worker, on a stand-in for its model (`stand_in`)."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.speech.stand_in import RATE_HZ, SECONDS_A_SIGN, make_model
from voicecoach.errors import SpeechError
from voicecoach.model import Audio, Language, Utterance
from voicecoach.speech.processing import finish
from voicecoach.speech.speaker import Speaker
from voicecoach.speech.supertonic import engine as supertonic_engine
from voicecoach.speech.supertonic import files as supertonic_files
from voicecoach.speech.supertonic.engine import MAX_CHARACTERS, SupertonicEngine
from voicecoach.units import SAMPLE_RATE_HZ


@pytest.fixture(scope="module", autouse=True)
def data(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The data folder, with the model in it."""
    folder = tmp_path_factory.mktemp("data")
    make_model(folder / "voices" / "supertonic-3")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("VOICECOACH_DATA_DIR", str(folder))
        yield folder


@pytest.fixture(scope="module")
def engine(data: Path) -> Iterator[SupertonicEngine]:
    """One for all that only let it speak: its worker takes a second to load what it speaks by."""
    made = SupertonicEngine()
    yield made
    made.close()


def say(text: str, language: Language = "da", style: str = "F1", pace: float = 1.0) -> Utterance:
    return Utterance(text=text, language=language, voice=f"supertonic:{style}", pace=pace)


def spied(engine: SupertonicEngine, monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What the worker is asked from now on."""
    asked: list[dict[str, Any]] = []
    ask = engine._ask

    def noted(request: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
        asked.append(request)
        return ask(request)

    monkeypatch.setattr(engine, "_ask", noted)
    return asked


def digest(audio: Audio) -> str:
    return hashlib.blake2b(audio.samples.tobytes()).hexdigest()


# --- who speaks ---


def test_ten_voices_speak_danish_and_english() -> None:
    voices = SupertonicEngine().voices()
    ids = [f"supertonic:{sex}{number}" for sex in "FM" for number in range(1, 6)]
    assert [voice.id for voice in voices] == ids
    assert all(voice.installed and voice.languages == ("da", "en") for voice in voices)
    with Speaker() as speaker:
        for language in ("da", "en"):
            assert speaker.voice_for(language, "supertonic").id == ids[0]
            assert speaker.voice_for(language, "supertonic:M3").id == "supertonic:M3"


def test_its_licence_keeps_it_from_speaking_unnamed() -> None:
    with Speaker() as speaker:
        assert all(voice.restriction for voice in speaker.voices() if voice.id.startswith("supertonic"))
        assert not {speaker.voice_for(language).id.partition(":")[0] for language in ("da", "en")} & {"supertonic"}


@pytest.mark.parametrize("missing", ["onnx/vocoder.onnx", "voice_styles/M5.json", "onnx/tts.json"])
def test_half_a_model_is_no_voice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, missing: str) -> None:
    monkeypatch.setenv("VOICECOACH_DATA_DIR", str(tmp_path))
    (make_model(tmp_path / "voices" / "supertonic-3") / missing).unlink()
    voices = SupertonicEngine().voices()
    assert {str(voice.how_to_get) for voice in voices} == {"`voices add supertonic`"}
    assert not any(voice.installed for voice in voices)
    with pytest.raises(SpeechError, match="not installed"):
        SupertonicEngine().synthesize(say("fem"))


# --- what it says ---


def test_the_sound_is_as_long_as_the_words_and_at_its_own_rate(engine: SupertonicEngine) -> None:
    text = "Træk vejret roligt."
    audio = engine.synthesize(say(text))
    assert audio.sample_rate_hz == RATE_HZ
    signs = len(text) + len("<da></da>") + 1  # å is a letter and its ring
    assert audio.duration_ms == pytest.approx(signs * SECONDS_A_SIGN * 1000 / supertonic_engine.SPEED, rel=0.15)
    finished = finish(audio)
    assert finished.sample_rate_hz == SAMPLE_RATE_HZ
    assert finished.duration_ms == pytest.approx(audio.duration_ms, abs=30)


def test_style_language_text_and_pace_each_make_another_sound(engine: SupertonicEngine) -> None:
    asked = [say("fem"), say("fem", style="M2"), say("fem", "en"), say("fen"), say("fem", pace=1.2)]
    assert len({digest(engine.synthesize(one)) for one in asked}) == len(asked)


SPEAKING = """
import hashlib, sys
from voicecoach.model import Utterance
from voicecoach.speech.supertonic.engine import SupertonicEngine
engine = SupertonicEngine()
for text in sys.argv[1:]:
    audio = engine.synthesize(Utterance(text=text, language="da", voice="supertonic:F1"))
    print(hashlib.blake2b(audio.samples.tobytes()).hexdigest())
engine.close()
"""


def test_the_noise_is_that_of_the_text_whatever_was_said_before(engine: SupertonicEngine) -> None:
    texts = ["fem", "fire", "Stræk dig. Og slip."]
    here = [digest(engine.synthesize(say(text))) for text in texts]
    assert len(set(here)) == 3
    command = [sys.executable, "-c", SPEAKING, *reversed(texts)]
    assert subprocess.run(command, capture_output=True, text=True).stdout.split() == here[::-1]


def test_sentences_and_long_ones_are_said_in_pieces(
    engine: SupertonicEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = spied(engine, monkeypatch)
    engine.synthesize(say("Bøj det ene knæ. Ja, " + "og hold det roligt, " * 30, pace=3))
    said = [request["text"] for request in asked]
    assert said[0] == "Bøj det ene knæ."
    assert len(said) > 2
    assert max(map(len, said)) <= MAX_CHARACTERS
    assert sum(text.count("roligt") for text in said) == 30


@pytest.mark.parametrize("pace", [0.01, 0.5, 1.0, 2.0, 50.0])
def test_the_speed_stays_within_what_the_model_can_do(
    engine: SupertonicEngine, monkeypatch: pytest.MonkeyPatch, pace: float
) -> None:
    asked = spied(engine, monkeypatch)
    assert engine.synthesize(say("fem", pace=pace)).duration_ms > 100
    assert 0.7 <= asked[0]["speed"] <= 2


@pytest.mark.parametrize(
    "text", ["hej 你好", "[[hej]]", "a\0b\x1b[31m", "hej 🙂", "; touch /tmp/x; $(reboot)", "a\u202eb"]
)
def test_what_the_model_has_no_sign_for_is_left_out(engine: SupertonicEngine, text: str) -> None:
    assert engine.synthesize(say(text)).duration_ms > 100


@pytest.mark.parametrize("text", ["你好", "…", "x" * 121, "hi " * 4000, "\ud800"])
def test_what_cannot_be_said_is_refused(engine: SupertonicEngine, text: str) -> None:
    with pytest.raises(SpeechError):
        engine.synthesize(say(text))


def test_what_it_downloads_with_is_never_loaded(data: Path, tmp_path: Path) -> None:
    """The worker, asked to speak, with a spy in the place of the package's own downloader."""
    spy = tmp_path / "spy"
    spy.mkdir()
    (spy / "huggingface_hub.py").write_text(f"open({str(tmp_path / 'loaded')!r}, 'w')\n")
    (data / "voices" / "supertonic-3" / "onnx" / "vocoder.onnx").rename(tmp_path / "vocoder.onnx")
    worker = Path(supertonic_engine.__file__).with_name("worker.py")
    command = [sys.executable, str(worker), "--model", str(supertonic_files.model_folder()), "--threads", "1"]
    done = subprocess.run(
        [*command, "--folder", str(tmp_path / "none")],
        input=b'{"id": 1, "text": "fem"}\n',
        capture_output=True,
        env={**os.environ, "PYTHONPATH": str(spy)},
    )
    (tmp_path / "vocoder.onnx").rename(data / "voices" / "supertonic-3" / "onnx" / "vocoder.onnx")
    assert b"its model failed" in done.stdout
    assert not (tmp_path / "loaded").exists()


# --- what goes wrong ---


@pytest.mark.parametrize("harm", ["empty", "rubbish", "cut", "json", "style"])
def test_a_damaged_model_is_a_speech_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, harm: str) -> None:
    monkeypatch.setenv("VOICECOACH_DATA_DIR", str(tmp_path))
    folder = make_model(tmp_path / "voices" / "supertonic-3")
    at = folder / {"json": "onnx/tts.json", "style": "voice_styles/F1.json"}.get(harm, "onnx/vocoder.onnx")
    whole = at.read_bytes()
    at.write_bytes({"empty": b"", "cut": whole[: len(whole) // 2]}.get(harm, b"x" * 1000))
    engine = SupertonicEngine()
    try:
        with pytest.raises(SpeechError, match="“fem”: its model failed") as caught:
            engine.synthesize(say("fem"))
        assert "\n" not in caught.value.message
    finally:
        engine.close()


WORKER = """
import json, os, sys, time
from pathlib import Path
from typing import Any
count = Path(sys.argv[1]); count.write_text(count.read_text() + "x" if count.exists() else "x")
for line in sys.stdin:
    request = json.loads(line)
    {what}
"""
ANSWER = """
    with open(request["path"], "wb") as file:
        file.write(b"\\0\\0\\0\\x3f" * 20_000)
    print(json.dumps({"id": request["id"], "rate_hz": 44100}), flush=True)
"""


def worker(tmp_path: Path, what: str) -> list[str]:
    script = tmp_path / "worker.py"
    script.write_text(WORKER.replace("{what}", what.strip()))
    return [sys.executable, str(script), str(tmp_path / "count")]


@pytest.mark.parametrize(
    ("what", "says"),
    [
        ("time.sleep(600)", "took longer than"),
        ("os._exit(3)", "ended"),
        ("print('{}', flush=True)", "rubbish"),
        ("print(json.dumps({'id': request['id'], 'rate_hz': 44100}), flush=True)", "there is no such file"),
    ],
)
def test_a_worker_that_fails_is_killed_and_tried_again(tmp_path: Path, what: str, says: str) -> None:
    engine = SupertonicEngine(command=worker(tmp_path, what), limit_s=0.5 if "sleep" in what else 30)
    with pytest.raises(SpeechError, match=says):
        engine.synthesize(say("a"))
    engine.close()
    assert (
        "sleep" in what or (tmp_path / "count").read_text() == "xx"
    )  # not even a start is certain in so short a time


def test_one_that_fails_once_is_not_noticed(tmp_path: Path) -> None:
    what = "if len(count.read_text()) == 1: os._exit(1)" + ANSWER
    engine = SupertonicEngine(command=worker(tmp_path, what))
    assert engine.synthesize(say("fem")).samples.max() == 0.5
    engine.close()


@pytest.mark.parametrize("sound", [b"", b"\0\0\xc0\x7f" * 10_000])
def test_what_is_no_sound_is_refused(tmp_path: Path, sound: bytes) -> None:
    what = ANSWER.replace('b"\\0\\0\\0\\x3f" * 20_000', repr(sound[:4]) + f" * {len(sound) // 4}")
    engine = SupertonicEngine(command=worker(tmp_path, what))
    with pytest.raises(SpeechError, match="no sound"):
        engine.synthesize(say("fem"))
    engine.close()


def test_closing_does_not_wait_for_a_worker_that_hangs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supertonic_engine, "_CLOSE_S", 0.2)
    engine = SupertonicEngine(command=worker(tmp_path, "time.sleep(600)"), tries=1)
    failed: list[BaseException] = []

    def speak() -> None:
        try:
            engine.synthesize(say("fem"))
        except SpeechError as error:
            failed.append(error)

    speaking = threading.Thread(target=speak)
    speaking.start()
    while not (tmp_path / "count").exists():
        pass
    engine.close()
    speaking.join(60)
    assert failed


def test_levels_are_those_of_any_voice(engine: SupertonicEngine) -> None:
    """What the engine gives is not scaled: a soft word stays softer than a loud one until it is levelled."""
    samples = engine.synthesize(say("fem")).samples
    assert samples.dtype == np.float32
    assert 0.05 < np.abs(samples).max() <= 1
