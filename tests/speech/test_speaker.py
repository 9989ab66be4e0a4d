"""The door of the room: memory, disk, engine, several threads."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from tests.fakes import FakeEngine, fake_duration_ms
from voicecoach.errors import SpeechError
from voicecoach.model import SoundLength, Utterance
from voicecoach.speech.cache import SpeechCache
from voicecoach.speech.speaker import Speaker

from .words import da, en, fake

WORDS = [fake(text) for text in ("fem", "fire", "tre", "to", "en", "Læg dig på ryggen.")]


def speaker(engine: FakeEngine, **options: object) -> Speaker:
    return Speaker(engines={"fake": lambda: engine}, **options)  # type: ignore[arg-type]


def must_not_start() -> FakeEngine:
    class Engine(FakeEngine):
        def synthesize(self, utterance: Utterance) -> object:  # type: ignore[override]
            raise AssertionError(f"spoken again: {utterance.text}")

    return Engine()


def test_a_clip_is_as_long_as_its_words() -> None:
    with speaker(FakeEngine(silence_ms=120)) as door:
        for word in WORDS:
            audio = door.audio(word)
            assert audio.sample_rate_hz == 48_000
            assert audio.samples.dtype == np.float32
            assert fake_duration_ms(word) <= audio.duration_ms <= fake_duration_ms(word) + 9


def test_the_length_is_that_of_the_sound() -> None:
    with speaker(FakeEngine()) as door:
        for word in WORDS:
            length, audio = door.length(word), door.audio(word)
            assert length == SoundLength(duration_ms=-(-len(audio.samples) // 48), onset_ms=round(audio.onset_ms))


@pytest.mark.parametrize("parallel", [1, 3])
def test_speaking_ahead_tells_how_far_it_is(parallel: int) -> None:
    engine, told = FakeEngine(), list[tuple[int, int]]()
    engine.parallel = parallel
    with speaker(engine) as door:
        door.audio(WORDS[0])
        door.prepare(WORDS, lambda done, total: told.append((done, total)))
        door.prepare(WORDS, lambda done, total: told.append((-1, -1)))  # nothing to wait for
    assert told == [(done, len(WORDS) - 1) for done in range(len(WORDS))]


def test_words_are_spoken_once() -> None:
    engine = FakeEngine()
    with speaker(engine) as door:
        assert door.prepare(WORDS + WORDS) == len(WORDS)
        assert door.prepare(WORDS) == 0
        assert door.audio(WORDS[0]) is door.audio(WORDS[0])
    assert sorted(word.text for word in engine.spoken) == sorted(word.text for word in WORDS)


def test_one_at_a_time_keeps_the_order() -> None:
    engine = FakeEngine(parallel=1)
    with speaker(engine) as door:
        door.prepare(WORDS)
    assert engine.spoken == WORDS


def test_what_was_ever_spoken_starts_no_engine() -> None:
    with speaker(FakeEngine()) as door:
        lengths = [door.length(word) for word in WORDS]
        sounds = [door.audio(word).samples.tobytes() for word in WORDS]
    with speaker(must_not_start()) as door:
        assert door.prepare(WORDS) == 0
        assert [door.length(word) for word in WORDS] == lengths
        assert [door.audio(word).samples.tobytes() for word in WORDS] == sounds


def test_another_version_is_spoken_again() -> None:
    other = FakeEngine()
    other.version = "2"
    with speaker(FakeEngine()) as door:
        door.prepare(WORDS)
    with speaker(other) as door:
        assert door.prepare(WORDS) == len(WORDS)


def test_a_damaged_entry_is_spoken_again() -> None:
    cache = SpeechCache()
    with speaker(FakeEngine(), cache=cache) as door:
        before = door.audio(WORDS[0]).samples.tobytes()
    entry = next(cache.folder.glob("??/*.speech"))
    data = bytearray(entry.read_bytes())
    data[500] ^= 1
    entry.write_bytes(data)
    engine = FakeEngine()
    with speaker(engine) as door:
        door.length(WORDS[0])
        assert door.audio(WORDS[0]).samples.tobytes() == before
    assert engine.spoken == WORDS[:1]


def test_memory_is_limited() -> None:
    engine = FakeEngine()
    with speaker(engine, memory_bytes=100_000) as door:
        door.prepare(WORDS)
        assert door._memory._held_bytes <= 100_000 + max(
            audio.samples.nbytes for audio in door._memory._sounds.values()
        )
        assert [len(door.audio(word).samples) for word in WORDS]
    assert len(engine.spoken) == len(WORDS)


def test_what_the_disk_does_not_keep_is_remembered() -> None:
    engine = FakeEngine()
    with speaker(engine, cache=SpeechCache(limit_bytes=0), memory_bytes=100_000) as door:
        door.prepare(WORDS)
        assert door._memory._held_bytes > 100_000
        assert [len(door.audio(word).samples) for word in WORDS]
    assert len(engine.spoken) == len(WORDS)


def test_an_unwritable_cache_is_told_and_breaks_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with speaker(FakeEngine(), cache=SpeechCache(tmp_path / "file" / "x")) as door:
        assert door.prepare(WORDS) == len(WORDS)
        assert door.audio(WORDS[0]).duration_ms > 100
        assert door.cache.problem


def test_errors_are_speech_errors() -> None:
    with speaker(FakeEngine()) as door:
        for bad in (fake("unspeakable"), da("fem"), Utterance(text="fem", language="da", voice="nonsense")):
            for ask in (door.audio, door.length, lambda word: door.prepare([word, *WORDS])):
                with pytest.raises(SpeechError):
                    ask(bad)
        door.prepare(WORDS)
        assert door.length(WORDS[0]).duration_ms


def test_an_error_can_pass() -> None:
    """What failed is tried again when it is asked for again."""

    class Moody(FakeEngine):
        tries = 0

        def synthesize(self, utterance: Utterance):  # type: ignore[no-untyped-def]
            self.tries += 1
            if self.tries == 1:
                raise SpeechError(utterance.text, utterance.voice, "not now")
            return super().synthesize(utterance)

    with speaker(Moody()) as door:
        with pytest.raises(SpeechError):
            door.audio(WORDS[0])
        assert door.audio(WORDS[0]).duration_ms > 100


def test_many_threads_speak_everything_once() -> None:
    engine = FakeEngine()
    words = [fake(f"øvelse {number}") for number in range(40)]
    with speaker(engine) as door, ThreadPoolExecutor(8) as pool:
        preparing = pool.submit(door.prepare, words)
        sounds = list(pool.map(lambda word: door.audio(word).samples, words * 5))
        preparing.result()
        assert all(sound is door.audio(word).samples for word, sound in zip(words * 5, sounds, strict=True))
    assert len(engine.spoken) == len(words)


def test_sound_cannot_be_written_to() -> None:
    with speaker(FakeEngine()) as door:
        for _ in range(2):
            with pytest.raises(ValueError, match="read-only"):
                door.audio(WORDS[0]).samples[0] = 1


def test_close_closes_and_start_starts() -> None:
    engine = FakeEngine()
    with speaker(engine) as door:
        door.start("fake:da")
        door.start("unknown:x")
        assert engine.started
    assert engine.closed
    with pytest.raises(SpeechError, match="closed"):
        door.audio(fake("nyt"))


def test_closing_while_preparing_ends_it(own_cache: Path) -> None:
    door = Speaker()
    words = [da(f"Øvelse {number}, træk vejret roligt ind.") for number in range(300)]
    ended = threading.Event()

    def prepare() -> None:
        with pytest.raises(SpeechError):
            door.prepare(words)
        ended.set()

    thread = threading.Thread(target=prepare)
    thread.start()
    while len(list(own_cache.glob("speech/*/*"))) < 3:
        ended.wait(0.01)
    door.close()
    thread.join(10)
    assert ended.is_set()


def test_two_fresh_caches_hold_the_same_bytes(tmp_path: Path) -> None:
    words = [da("fem"), en("six"), da("Læg dig på ryggen, og træk vejret."), en("Pull one knee towards your chest.")]
    orders: list[Callable[[list[Utterance]], list[Utterance]]] = [list, lambda words: words[::-1]]
    results = []
    for number, order in enumerate(orders):
        cache = SpeechCache(tmp_path / str(number))
        with Speaker(cache=cache) as door:
            door.prepare(order(words))
        files = sorted(cache.folder.glob("??/*"))
        results.append({path.name: hashlib.blake2b(path.read_bytes()).hexdigest() for path in files})
    assert results[0] == results[1]
    assert len(results[0]) == len(words)


def test_the_door_imports_nothing_heavy() -> None:
    code = (
        "import sys, voicecoach.speech.speaker, voicecoach.speech.espeak.engine as e\n"
        "e.Pyttsx3Engine().voices()\n"
        "print(sorted({'numpy', 'soxr', 'pyttsx3', 'espeakng_loader', 'ctypes'} & set(sys.modules)))"
    )
    assert subprocess.check_output([sys.executable, "-c", code], text=True).strip() == "[]"
