"""The door of the speech room: ask for words, get their sound or their length.

Memory, then the disk cache, then the engine. An engine is started only for words that no one has said before.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import TypeVar

from voicecoach.errors import SpeechError
from voicecoach.model import Audio, Language, SoundLength, Utterance, Voice
from voicecoach.speech.cache import SpeechCache, cache_key
from voicecoach.speech.engine import ENGINES, Engine
from voicecoach.speech.processing import finish
from voicecoach.speech.voices import choose_voice
from voicecoach.units import frames_to_ms

MEMORY_BYTES = 64_000_000
"""About five minutes of different words; a routine of half an hour has two."""

_Heading = tuple[int, int, float]
_T = TypeVar("_T")


class Speaker:
    """Speaks utterances. Safe for several threads: words that two of them want are spoken once.

    `engines` maps the word before the colon of a voice id to what makes the engine; `onsets` maps a text to its
    perceived beginning in ms, for those who know better than `onset.perceptual_onset_ms`.
    """

    def __init__(
        self,
        *,
        cache: SpeechCache | None = None,
        engines: Mapping[str, Callable[[], Engine]] | None = None,
        onsets: Mapping[str, float] | None = None,
        memory_bytes: int = MEMORY_BYTES,
    ) -> None:
        self.cache = cache or SpeechCache()
        self._makers = dict(ENGINES if engines is None else engines)
        self._onsets = dict(onsets or {})
        self._memory_bytes = memory_bytes
        self._lock = threading.RLock()
        self._engines: dict[str, Engine] = {}
        self._versions: dict[str, str] = {}
        self._memory: OrderedDict[Utterance, Audio] = OrderedDict()
        self._held_bytes = 0
        self._lengths: dict[Utterance, _Heading] = {}
        self._pending: dict[Utterance, Future[Audio]] = {}
        self._closed = False

    # --- sound ---

    def audio(self, utterance: Utterance) -> Audio:
        """The words: 48 kHz, mono, float32, no silence at the ends, `onset_ms` filled; not to be written to.

        Raises `SpeechError`.
        """
        with self._lock:
            if (held := self._memory.get(utterance)) is not None:
                self._memory.move_to_end(utterance)
                return held
            future = self._pending.get(utterance)
            mine = future is None
            if future is None:
                future = self._pending[utterance] = Future()
        if mine:
            self._fulfil(utterance, future)
        return future.result()

    def length(self, utterance: Utterance) -> SoundLength:
        """How long the words take and where they are heard to begin. Reads no sound and starts no engine if the
        words were ever spoken. Raises `SpeechError`."""
        frames, rate_hz, onset_ms = self._heading(utterance) or _heading_of(self.audio(utterance))
        onset_ms = self._onsets.get(utterance.text, onset_ms)
        return SoundLength(duration_ms=frames_to_ms(frames, rate_hz), onset_ms=round(onset_ms))

    def prepare(self, utterances: Iterable[Utterance]) -> int:
        """Speaks what was never spoken, in the order given, several at once where the engine gains by it.

        Returns how many that were. Raises the `SpeechError` of the first that fails, and leaves the rest.
        """
        missing: dict[str, list[Utterance]] = {}
        for utterance in dict.fromkeys(utterances):
            if self._heading(utterance) is None:
                missing.setdefault(_engine_name(utterance.voice), []).append(utterance)
        for name, wanted in missing.items():
            self._prepare_with(self._engine(wanted[0], name), wanted)
        return sum(map(len, missing.values()))

    def _prepare_with(self, engine: Engine, wanted: list[Utterance]) -> None:
        if engine.parallel == 1 or len(wanted) == 1:
            for utterance in wanted:
                self.audio(utterance)
            return
        with ThreadPoolExecutor(engine.parallel, thread_name_prefix="speech") as pool:
            futures = [pool.submit(self.audio, utterance) for utterance in wanted]
            try:
                for future in futures:
                    future.result()
            finally:
                pool.shutdown(wait=True, cancel_futures=True)

    # --- voices ---

    def voices(self) -> tuple[Voice, ...]:
        """Everyone who speaks here or could, engine by engine."""
        return tuple(voice for name in self._makers for voice in self._engine_named(name).voices())

    def voice_for(self, language: Language, wanted: str | None = None) -> Voice:
        """The voice to use: `wanted` (an id, or the name of an engine), else the best that is installed.

        Raises `NotFoundError` if there is no such voice or if it speaks another language, and `MissingError` if it
        is not installed or nothing here speaks the language.
        """
        return choose_voice(self.voices(), language, wanted)

    def start(self, voice: str) -> None:
        """A hint that this voice will be wanted: its engine may start now. Returns at once, never raises."""
        if (name := _engine_name(voice)) in self._makers:
            self._engine_named(name).start()

    def close(self) -> None:
        """Stops the engines. What is in memory or on disk can still be had."""
        with self._lock:
            self._closed = True
            engines, self._engines = list(self._engines.values()), {}
        for engine in engines:
            engine.close()

    def __enter__(self) -> Speaker:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # --- inside ---

    def _fulfil(self, utterance: Utterance, future: Future[Audio]) -> None:
        try:
            audio = self._with_onset(utterance, self._spoken(utterance))
        except BaseException as error:
            with self._lock:
                del self._pending[utterance]
            future.set_exception(error)
            return
        with self._lock:
            self._remember(utterance, audio)
            del self._pending[utterance]
        future.set_result(audio)

    def _spoken(self, utterance: Utterance) -> Audio:
        key = self._key(utterance)
        if (kept := self.cache.load(key)) is not None:
            return kept
        engine = self._engine(utterance, _engine_name(utterance.voice))
        audio = finish(engine.synthesize(utterance))
        if not len(audio.samples):
            raise SpeechError(utterance.text, utterance.voice, "the sound is silent")
        self.cache.store(key, audio)
        return audio

    def _remember(self, utterance: Utterance, audio: Audio) -> None:
        audio.samples.setflags(write=False)
        self._lengths[utterance] = _heading_of(audio)
        self._memory[utterance] = audio
        self._held_bytes += audio.samples.nbytes
        while self._held_bytes > self._memory_bytes and len(self._memory) > 1:
            _, oldest = self._memory.popitem(last=False)
            self._held_bytes -= oldest.samples.nbytes

    def _heading(self, utterance: Utterance) -> _Heading | None:
        """(frames, rate in Hz, onset in ms) if the words were ever spoken."""
        with self._lock:
            if (known := self._lengths.get(utterance)) is not None:
                return known
        heading = self.cache.head(self._key(utterance))
        if heading is not None:
            with self._lock:
                self._lengths[utterance] = heading
        return heading

    def _with_onset(self, utterance: Utterance, audio: Audio) -> Audio:
        if (onset_ms := self._onsets.get(utterance.text)) is None:
            return audio
        return Audio(samples=audio.samples, sample_rate_hz=audio.sample_rate_hz, onset_ms=onset_ms)

    def _key(self, utterance: Utterance) -> str:
        name = _engine_name(utterance.voice)
        if (version := self._versions.get(name)) is None:
            version = self._versions[name] = self._engine(utterance, name).version
        return cache_key(name, version, utterance)

    def _engine(self, utterance: Utterance, name: str) -> Engine:
        if name not in self._makers:
            raise SpeechError(utterance.text, utterance.voice, f"there is no engine “{name}”")
        if self._closed:
            raise SpeechError(utterance.text, utterance.voice, "the speaker is closed")
        return self._engine_named(name)

    def _engine_named(self, name: str) -> Engine:
        with self._lock:
            if name not in self._engines:
                self._engines[name] = self._makers[name]()
            return self._engines[name]


def _engine_name(voice: str) -> str:
    return voice.partition(":")[0]


def _heading_of(audio: Audio) -> _Heading:
    return len(audio.samples), audio.sample_rate_hz, audio.onset_ms
