"""eSpeak through pyttsx3, for real."""

from __future__ import annotations

import hashlib
import os
import random
import shutil
import signal
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from voicecoach.errors import SpeechError
from voicecoach.model import Audio
from voicecoach.speech.espeak.engine import Pyttsx3Engine

from .test_worker import worker_file
from .words import da, en

ODD = {
    "ssml": '<speak version="1.0"><break time="9s"/>hej</speak>',
    "phonemes": "[[fEm]] hej",
    "emoji": "🙂💪 godt klaret 👩‍🚒",
    "nul": "hej\0 med dig",
    "control": "\x01\x1b[31m hej",
    "surrogate": "a\ud800b",
    "shell": "; touch /tmp/x; $(reboot) `id` 'hej' \"hej\"",
    "option": "--help -f /etc/passwd",
    "chinese": "你好",
    "rtl": "\u202ehej",
    "number": "1.234.567,89 kr. og 50 %",
    "soft hyphen": "lænde\u00adstræk",
    "nbsp": "30\u00a0sekunder",
    "long": ("Træk vejret roligt ind gennem næsen, og pust langsomt ud igen, mens skuldrene falder. " * 60)[:5000],
}


@pytest.mark.parametrize("text", ODD.values(), ids=ODD.keys())
def test_odd_texts_are_spoken(espeak: Pyttsx3Engine, text: str) -> None:
    assert espeak.synthesize(da(text)).duration_ms > 200


@pytest.mark.parametrize("text", ["...!?", "–", "\ufeff", "a" * 5000, "hej " * 3000], ids=lambda text: text[:5])
def test_what_cannot_be_spoken_is_refused(espeak: Pyttsx3Engine, text: str) -> None:
    with pytest.raises(SpeechError):
        espeak.synthesize(da(text))


@pytest.mark.parametrize("pace", [0.0, -1.0, float("nan"), float("inf")])
def test_what_is_no_pace_is_refused(espeak: Pyttsx3Engine, pace: float) -> None:
    with pytest.raises(SpeechError, match="pace"):
        espeak.synthesize(da("fem", pace=pace))


def test_extreme_paces_stay_inside_what_espeak_can(espeak: Pyttsx3Engine) -> None:
    assert espeak.synthesize(da("fem", 0.01)).duration_ms > espeak.synthesize(da("fem", 99)).duration_ms


def test_nothing_after_a_nul_is_lost(espeak: Pyttsx3Engine) -> None:
    assert espeak.synthesize(da("hej\0 med dig")).duration_ms > espeak.synthesize(da("hej")).duration_ms + 200


def test_markup_is_not_obeyed(espeak: Pyttsx3Engine) -> None:
    assert espeak.synthesize(da('<break time="9s"/>')).duration_ms < 8000


def test_danish_letters_are_heard(espeak: Pyttsx3Engine) -> None:
    assert digest(espeak.synthesize(da("Stræk"))) != digest(espeak.synthesize(da("Strk")))


def test_the_bytes_do_not_depend_on_what_was_said_before(espeak: Pyttsx3Engine) -> None:
    words = [da("fem"), da("Læg dig på ryggen."), en("Lie on your back."), en("six"), da("seks", 1.2)] * 6
    first = [digest(espeak.synthesize(word)) for word in words[:5]]
    order = list(range(len(words)))
    random.Random(1).shuffle(order)
    with ThreadPoolExecutor(2) as pool:
        digests = list(pool.map(lambda i: (i % 5, digest(espeak.synthesize(words[i]))), order))
    assert set(digests) == set(enumerate(first))


def test_no_clip_is_lost_when_workers_are_killed(espeak: Pyttsx3Engine) -> None:
    engine = Pyttsx3Engine(tries=30)
    words = [da(f"Øvelse {number}, træk vejret roligt ind.") for number in range(80)]
    done = threading.Event()
    killer = threading.Thread(target=kill_workers, args=(engine, done))
    killer.start()
    try:
        with ThreadPoolExecutor(2) as pool:
            disturbed = [digest(audio) for audio in pool.map(engine.synthesize, words)]
    finally:
        done.set()
        killer.join()
        engine.close()
    assert disturbed == [digest(espeak.synthesize(word)) for word in words]


def test_closing_ends_all_who_wait() -> None:
    engine = Pyttsx3Engine()
    with ThreadPoolExecutor(8) as pool:
        futures = [pool.submit(engine.synthesize, da(f"Træk vejret {number} gange.")) for number in range(60)]
        futures[0].result()
        engine.close()
        errors = [future.exception(timeout=60) for future in futures]
    assert any(errors)
    assert all(error is None or isinstance(error, SpeechError) for error in errors)


def kill_workers(engine: Pyttsx3Engine, done: threading.Event) -> None:
    """At random moments, and only the worker itself, as the system does when memory runs out."""
    chance = random.Random(7)
    workers = [engine._pool().get() for _ in range(2)]
    for worker in workers:
        engine._pool().put(worker)
    while not done.wait(chance.uniform(0.01, 0.25)):
        process = chance.choice(workers)._process
        if process is not None and process.poll() is None:
            os.kill(process.pid, signal.SIGKILL)


def test_an_unwritable_cache_folder_does_not_matter(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    engine = Pyttsx3Engine(data=tmp_path / "file" / "data")
    try:
        assert engine.synthesize(da("fem")).duration_ms > 100
        temporary = engine._temporary
        assert temporary is not None
        assert temporary.exists()
    finally:
        engine.close()
    assert not temporary.exists()


def _emptied(path: Path) -> None:
    path.write_bytes(b"")


def _changed(path: Path) -> None:
    path.write_bytes(bytes(path.stat().st_size))


def _gone(path: Path) -> None:
    shutil.rmtree(path.parent)


def _a_file_instead(path: Path) -> None:
    shutil.rmtree(path.parent)
    path.parent.write_bytes(b"")


def _all_gone(path: Path) -> None:
    shutil.rmtree(path.parent.parent)


@pytest.mark.parametrize("harm", [_emptied, _changed, _gone, _a_file_instead, _all_gone])
@pytest.mark.parametrize("name", ["da_dict", "phontab", "phonindex"])
def test_damaged_data_is_made_again(
    espeak: Pyttsx3Engine, own_cache: Path, harm: Callable[[Path], None], name: str
) -> None:
    """Before an engine starts, also if it has its right size."""
    before = digest(espeak.synthesize(da("fem")))
    path = next(own_cache.glob(f"espeak-*/{name}"))
    harm(path)
    other = Pyttsx3Engine()
    try:
        assert digest(other.synthesize(da("fem"))) == before
    finally:
        other.close()
    assert [path.name for path in own_cache.iterdir()] == [path.parent.name]


@pytest.mark.parametrize("harm", [_emptied, _changed, _gone, _a_file_instead, _all_gone])
def test_data_that_is_damaged_while_it_is_used_is_made_again(
    espeak: Pyttsx3Engine, own_cache: Path, harm: Callable[[Path], None]
) -> None:
    """A clip fails; then the data is looked at, made again, and the clip is tried again."""
    before = digest(espeak.synthesize(da("fem")))
    harm(next(own_cache.glob("espeak-*/phontab")))
    assert digest(espeak.synthesize(da("fem"))) == before


def test_data_that_can_no_longer_be_kept_is_had_elsewhere(espeak: Pyttsx3Engine, own_cache: Path) -> None:
    before = digest(espeak.synthesize(da("fem")))
    shutil.rmtree(own_cache)
    own_cache.write_bytes(b"a file")
    assert digest(espeak.synthesize(da("fem"))) == before


def test_the_plain_worker_speaks_clip_after_clip() -> None:
    """What macOS and Windows use, tried with the voices of this system."""
    engine = Pyttsx3Engine(command=[sys.executable, str(worker_file()), "--plain"])
    try:
        lengths = [engine.synthesize(da(text)).duration_ms for text in ("fem", "Læg dig på ryggen.", "fem", "otte")]
        assert lengths[1] > lengths[0] + 300
        assert lengths[2] == lengths[0]
        worker = engine._pool().get()
        listed = worker.ask({"list": True}, 10)["voices"]
        engine._pool().put(worker)
        assert "gmq/da" in [voice["id"] for voice in listed]
    finally:
        engine.close()


def test_voices_of_a_system_are_taken_over(monkeypatch: pytest.MonkeyPatch) -> None:
    import voicecoach.speech.espeak.engine as module

    answer = [
        {"id": "com.apple.Sara", "name": "Sara", "languages": ["da_DK"]},
        {"id": "com.apple.Alex", "name": "Alex", "languages": ["en_US"]},
        {"id": "com.apple.Anna", "name": "Anna", "languages": ["de_DE"]},
    ]
    code = (
        "import json,sys\nfor line in sys.stdin:\n"
        f"    print(json.dumps({{'id': json.loads(line)['id'], 'voices': {answer!r}}}), flush=True)"
    )
    monkeypatch.setattr(module, "_BUNDLED", False)
    engine = Pyttsx3Engine(command=[sys.executable, "-S", "-c", code])
    try:
        assert [(voice.id, voice.language) for voice in engine.voices()] == [
            ("pyttsx3:com.apple.Sara", "da"),
            ("pyttsx3:com.apple.Alex", "en"),
        ]
    finally:
        engine.close()


def digest(audio: Audio) -> str:
    return hashlib.blake2b(np.ascontiguousarray(audio.samples).tobytes()).hexdigest()
