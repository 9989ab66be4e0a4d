"""What every engine promises (`engine.Engine`), tried with every engine that works here."""

from __future__ import annotations

import hashlib
import os
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tests.fakes import FakeEngine
from tests.speech.clips import make_voice
from voicecoach.errors import SpeechError
from voicecoach.model import LANGUAGES, Language, Utterance
from voicecoach.render.segment import read_audio
from voicecoach.speech.cache import SpeechCache
from voicecoach.speech.engine import ENGINES, Engine
from voicecoach.speech.recordings.engine import RecordingsEngine
from voicecoach.speech.speaker import Speaker

MAKERS: dict[str, Callable[[], Engine]] = {
    **ENGINES,
    "fake": FakeEngine,
    "recordings": lambda: RecordingsEngine(read_audio),
}
WORDS: dict[Language, str] = {"da": "Træk vejret ind, otte, æøå.", "en": "Breathe in, eight."}


@pytest.fixture(params=MAKERS)
def engine(request: pytest.FixtureRequest, own_cache: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    if request.param == "recordings":
        monkeypatch.setenv("VOICECOACH_DATA_DIR", str(own_cache / "data"))
        for language, text in WORDS.items():
            make_voice(own_cache / "data" / "recordings" / language, {text: "1.wav"}, language=language)
    if request.param == "supertonic":
        stand_in = pytest.importorskip("tests.speech.stand_in")
        monkeypatch.setenv("VOICECOACH_DATA_DIR", str(own_cache / "data"))
        stand_in.make_model(own_cache / "data" / "voices" / "supertonic-3")
    made = MAKERS[request.param]()
    if not any(voice.installed for voice in made.voices()):
        pytest.skip(f"nothing here speaks with {request.param}")
    yield made
    made.close()


def utterances(engine: Engine) -> list[Utterance]:
    return [
        Utterance(text=WORDS[language], language=language, voice=voice.id)
        for voice in engine.voices()
        if voice.installed
        for language in voice.languages
    ]


def test_there_are_engines() -> None:
    assert "pyttsx3" in ENGINES


def test_the_name_is_in_every_voice_id(engine: Engine) -> None:
    ids = [voice.id for voice in engine.voices()]
    assert ids
    assert len(set(ids)) == len(ids)
    assert all(voice.startswith(f"{engine.name}:") for voice in ids)
    assert engine.version
    assert engine.version == engine.version
    assert engine.parallel >= 1


def test_what_is_not_installed_says_how_to_get_it(engine: Engine) -> None:
    assert all(voice.installed or voice.how_to_get for voice in engine.voices())


def test_speech_is_mono_float_and_audible(engine: Engine) -> None:
    for utterance in utterances(engine):
        audio = engine.synthesize(utterance)
        assert audio.samples.dtype == np.float32
        assert audio.samples.ndim == 1
        assert 8000 <= audio.sample_rate_hz <= 192_000
        assert 300 < audio.duration_ms < 15_000
        assert 0.05 < np.abs(audio.samples).max() <= 1


def test_the_same_words_give_the_same_bytes(engine: Engine) -> None:
    wanted = utterances(engine)
    first = [digest(engine, utterance) for utterance in wanted]
    with ThreadPoolExecutor(4) as pool:
        again = list(pool.map(lambda utterance: digest(engine, utterance), wanted * 3))
    assert again == first * 3


def test_a_new_engine_gives_the_same_bytes(engine: Engine) -> None:
    other = MAKERS[engine.name]()
    try:
        for utterance in reversed(utterances(engine)):
            assert digest(other, utterance) == digest(engine, utterance)
        assert other.version == engine.version
    finally:
        other.close()


def test_pace_makes_it_shorter(engine: Engine) -> None:
    if engine.name == "recordings":
        pytest.skip("a recording has the pace in which it was made")
    for utterance in utterances(engine):
        normal = engine.synthesize(utterance).duration_ms
        fast = engine.synthesize(replace(utterance, pace=1.4)).duration_ms
        assert fast < 0.9 * normal


def test_no_voice_reads_another_language(engine: Engine) -> None:
    for voice in engine.voices():
        for other in {*LANGUAGES, "xx"} - set(voice.languages):
            with pytest.raises(SpeechError):
                engine.synthesize(Utterance(text=WORDS["en"], language=other, voice=voice.id))


def test_an_unknown_voice_is_refused(engine: Engine) -> None:
    with pytest.raises(SpeechError, match="nobody"):
        engine.synthesize(Utterance(text="hej", language="da", voice=f"{engine.name}:nobody"))


@pytest.mark.parametrize("text", ["", "   ", "\n"])
def test_nothing_to_say_is_refused(engine: Engine, text: str) -> None:
    with pytest.raises(SpeechError):
        engine.synthesize(replace(utterances(engine)[0], text=text))


def test_start_is_a_hint_and_close_is_the_end(engine: Engine) -> None:
    engine.start()
    engine.start()
    engine.close()
    engine.close()
    engine.start()
    with pytest.raises(SpeechError):
        engine.synthesize(utterances(engine)[0])


def test_no_thread_is_left_behind(engine: Engine) -> None:
    before = threading.active_count()
    engine.synthesize(utterances(engine)[0])
    engine.close()
    for thread in threading.enumerate():
        if thread is not threading.current_thread():
            thread.join(timeout=60)
        if threading.active_count() <= before:
            break
    assert threading.active_count() <= before


def digest(engine: Engine, utterance: Utterance) -> str:
    return hashlib.blake2b(engine.synthesize(utterance).samples.tobytes()).hexdigest()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="nothing forks here")
@pytest.mark.parametrize("moment", ["idle", "busy"])
def test_a_process_that_was_forked_speaks(engine: Engine, moment: str) -> None:
    """Through the whole speech room, after and while the parent speaks; what it says is what the parent says."""
    words = utterances(engine)[0]
    name = engine.name
    if name == "piper" and moment == "busy":
        pytest.skip("its library is at work in this very process, and may hold locks that no fork can free")
    with Speaker(engines={name: lambda: engine}) as speaker:
        speaker.audio(words)
        again = replace(words, pace=1.0 if name == "recordings" else 1.1)
        speaking = threading.Thread(target=speaker.audio, args=(again,))
        if moment == "busy":
            speaking.start()
        child = os.fork()
        if child == 0:
            signal.alarm(30)
            kept = SpeechCache(speaker.cache.folder / "child")  # so that it has to speak
            speaker.cache = kept
            mine = speaker.audio(again)
            os._exit(0 if kept.store_audio("ab", mine) else 1)
        if moment == "busy":
            speaking.join()
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
        theirs = SpeechCache(speaker.cache.folder / "child").load_audio("ab")
        assert theirs is not None
        assert np.array_equal(theirs.samples, speaker.audio(again).samples)
