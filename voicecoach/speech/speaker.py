"""The door of the speech room: ask for words, get their sound or their length.

Memory, then the disk cache, then the engine. An engine is started only for words that no one has said before. It is
asked for the words as the lexicon says them; where a recording is missing, the voice that fills gaps is asked.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import TypeVar

from voicecoach.errors import SpeechError, UnspeakableError, VoicecoachError
from voicecoach.forking import renew_after_fork
from voicecoach.model import Audio, Language, SoundLength, Utterance, Voice
from voicecoach.speech.cache import SpeechCache, cache_key, samples_digest
from voicecoach.speech.engine import ENGINES, Engine
from voicecoach.speech.engines import Engines, engine_name
from voicecoach.speech.memory import MEMORY_BYTES, UNKEPT_MEMORY_BYTES, SoundMemory
from voicecoach.speech.sayable import fault
from voicecoach.speech.voice_choice import choose_voice, find_voice
from voicecoach.units import frames_to_ms

_Heading = tuple[int, int, float]
_T = TypeVar("_T")


class Speaker:
    """Speaks utterances. Safe for several threads: words that two of them want are spoken once.

    `engines` maps the word before the colon of a voice id to what makes the engine. `respell` gives what an engine
    gets for texts in a language, see `lexicon.Lexicon.all_spoken`; recordings are looked up by the text itself.
    """

    def __init__(
        self,
        *,
        cache: SpeechCache | None = None,
        engines: Mapping[str, Callable[[], Engine]] | None = None,
        respell: Callable[[list[str], Language, str], list[str]] | None = None,
        memory_bytes: int = MEMORY_BYTES,
    ) -> None:
        self.cache = cache or SpeechCache()
        self._engines = Engines(ENGINES if engines is None else engines)
        self._respell = respell or (lambda texts, language, engine: texts)
        self._asked_for: dict[Utterance, Utterance] = {}
        self._memory = SoundMemory(memory_bytes)
        self._lengths: dict[Utterance, _Heading] = {}
        self._digests: dict[Utterance, bytes] = {}
        self.after_fork()
        renew_after_fork(self)

    def after_fork(self) -> None:
        """What other threads were about to speak, nobody speaks in a forked process."""
        self._lock = threading.RLock()
        self._pending: dict[Utterance, Future[Audio]] = {}

    # --- sound ---

    def audio(self, utterance: Utterance) -> Audio:
        """The words: 48 kHz, mono, float32, no silence at the ends, `onset_ms` filled; not to be written to.

        Raises `SpeechError`.
        """
        with self._lock:
            if (held := self._memory.get(utterance)) is not None:
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
        return SoundLength(duration_ms=frames_to_ms(frames, rate_hz), onset_ms=round(onset_ms))

    def identity(self, utterance: Utterance) -> bytes:
        """A digest of the samples: equal for two utterances only if they sound the same. Reads no sound if the words
        were ever spoken. Raises `SpeechError`."""
        if (known := self._digests.get(utterance)) is None:
            head = self.cache.head(self._key(self._asked(utterance)))
            known = self._digests[utterance] = head[3] if head else samples_digest(self.audio(utterance))
        return known

    def prepare(
        self, utterances: Iterable[Utterance], progress: Callable[[int, int], None] = lambda done, total: None
    ) -> int:
        """Speaks what was never spoken, in the order given, several at once where the engine gains by it. `progress`
        is told how many of how many are done.

        Returns how many that were. Raises the `SpeechError` of the first that fails, and leaves the rest.
        """
        missing: dict[str, list[Utterance]] = {}
        different = list(dict.fromkeys(utterances))
        self._ask(different)
        for utterance in different:
            if self._heading(utterance):
                self.cache.use(self._key(self._asked(utterance)))  # words of many routines are kept longer
            else:
                missing.setdefault(engine_name(self._asked(utterance).voice), []).append(utterance)
        done, total = 0, sum(map(len, missing.values()))
        for wanted in missing.values():
            progress(done, total)  # before the first one, as an engine may take its time to start
            for _ in self._prepare_with(self._engines.speaking(self._asked(wanted[0])), wanted):
                done += 1
                progress(done, total)
        return total

    def _prepare_with(self, engine: Engine, wanted: list[Utterance]) -> Iterator[None]:
        """Goes on once for each that is spoken."""
        if engine.parallel == 1 or len(wanted) == 1:
            for utterance in wanted:
                self.audio(utterance)
                yield
            return
        with ThreadPoolExecutor(engine.parallel, thread_name_prefix="speech") as pool:
            futures = [pool.submit(self._speak, utterance) for utterance in wanted]
            try:
                for future in futures:
                    future.result()
                    yield
            finally:
                pool.shutdown(wait=True, cancel_futures=True)

    def _speak(self, utterance: Utterance) -> None:
        """Without the sound as its result: a future that is done would hold on to it."""
        self.audio(utterance)

    def was_spoken(self, utterance: Utterance) -> bool:
        """Whether the sound of the words is kept, so that no engine is needed for it."""
        return self._heading(utterance) is not None

    # --- voices ---

    def voices(self) -> tuple[Voice, ...]:
        """Everyone who speaks here or could, engine by engine."""
        return tuple(voice for engine in self._engines.all() for voice in engine.voices())

    def voice_for(self, language: Language, wanted: str | None = None) -> Voice:
        """The voice to use: `wanted` (an id, a voice's name, or that of an engine), else the best that is installed:
        own recordings where another voice fills their gaps, a natural voice, a plain one.

        Raises `NotFoundError` if there is no such voice or if it speaks another language, and `MissingError` if it
        is not installed or nothing here speaks the language.
        """
        named = self.named(wanted) if wanted else None
        voice = named or choose_voice(self.voices() if wanted else self._unasked(), language, wanted)
        if named and not (named.speaks(language) and named.installed):
            return choose_voice((*self.voices(), named), language, wanted)  # which says what is wrong
        if (recorded := self._engines.recorded(voice.id)) and (filler := recorded.fill_from(voice.id)):
            self.voice_for(language, filler)
        return voice

    def named(self, wanted: str) -> Voice | None:
        """The voice that is meant, see `voices.find_voice`, also of recordings that `voices` does not list; `None` if
        there is none.

        Raises `SettingsError` if the manifest of the recordings has errors, `NotFoundError` if there is none.
        """
        if ":" in wanted and (recorded := self._engines.recorded(wanted)):
            return recorded.describe(wanted)
        return find_voice(self.voices(), wanted)

    def _unasked(self) -> list[Voice]:
        """Who may speak without being named: recordings only if somebody here says what is not recorded."""
        return [voice for voice in self.voices() if voice.quality != "own" or self._is_filled(voice)]

    def _is_filled(self, voice: Voice) -> bool:
        with contextlib.suppress(VoicecoachError):  # of a manifest that has errors, or a voice that is not here
            filler = self.fill_from(voice.id)
            return bool(filler and self.voice_for(voice.language, filler))
        return False

    def recorded_lines(self, voice: str) -> list[str]:
        """All that a voice can say, if it is recorded; else nothing."""
        recorded = self._engines.recorded(voice)
        return recorded.lines(voice) if recorded else []

    def recorded_files(self, voice: str) -> list[Path]:
        """What is read to speak with a voice, if it is recorded; else nothing."""
        recorded = self._engines.recorded(voice)
        return recorded.files(voice) if recorded else []

    def gap(self, utterance: Utterance) -> str | None:
        """Why nobody can say it, of words that had to be recorded; else `None`."""
        recorded = self._engines.recorded(utterance.voice)
        return recorded.gap(utterance) if recorded else None

    def fill_from(self, voice: str) -> str | None:
        """Who says what is missing in the recordings of a voice."""
        recorded = self._engines.recorded(voice)
        return recorded.fill_from(voice) if recorded else None

    def version(self, voice: str) -> str:
        """Of the engine of a voice and its code: together with the voice, its files and a text all that decides how
        the text sounds."""
        return self._engines.version_of(engine_name(voice))

    def start(self, voice: str) -> None:
        """A hint that this voice will be wanted: its engine may start now. Returns at once, never raises."""
        if engine := self._engines.of(voice):
            engine.start()

    def close(self) -> None:
        """Stops the engines. What is in memory or on disk can still be had."""
        self._engines.close()

    def __enter__(self) -> Speaker:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # --- inside ---

    def _fulfil(self, utterance: Utterance, future: Future[Audio]) -> None:
        try:
            audio = self._spoken(utterance)
        except BaseException as error:
            with self._lock:
                del self._pending[utterance]
            future.set_exception(error)
            return
        with self._lock:
            self._lengths[utterance] = _heading_of(audio)
            self._memory.hold(utterance, audio)
            del self._pending[utterance]
        future.set_result(audio)

    def _spoken(self, utterance: Utterance) -> Audio:
        asked = self._asked(utterance)
        key = self._key(asked)
        if (kept := self.cache.load_audio(key)) is not None:
            return kept
        try:
            if not self._engines.recorded(asked.voice) and (reason := fault(asked.text)):
                raise UnspeakableError(utterance.text, asked.voice, reason)
            audio = _finished(self._engines.speaking(asked).synthesize(asked))
            if not len(audio.samples):
                raise SpeechError(utterance.text, asked.voice, "the sound is silent")
        except SpeechError as error:  # told in the words that were written, not as the lexicon says them
            raise type(error)(utterance.text, asked.voice, error.reason, hint=error.hint) from error
        if not self.cache.store_audio(key, audio):
            self._memory.grow(UNKEPT_MEMORY_BYTES)
        return audio

    def _asked(self, utterance: Utterance) -> Utterance:
        """What is asked of an engine: perhaps of another voice, and in another spelling."""
        if utterance not in self._asked_for:
            self._ask([utterance])
        return self._asked_for[utterance]

    def _ask(self, utterances: Iterable[Utterance]) -> None:
        """Finds what is asked of an engine for each; the spellings all at once, as they are kept."""
        to_spell: dict[tuple[Language, str], dict[Utterance, Utterance]] = {}
        for utterance in utterances:
            if utterance in self._asked_for:
                continue
            recorded = self._engines.recorded(utterance.voice)
            asked = recorded.stand_in(utterance) if recorded else utterance
            if recorded and asked.voice == utterance.voice:
                self._asked_for[utterance] = asked
            else:
                to_spell.setdefault((utterance.language, engine_name(asked.voice)), {})[utterance] = asked
        for (language, engine), pairs in to_spell.items():
            said = self._respell([utterance.text for utterance in pairs], language, engine)
            for (utterance, asked), text in zip(pairs.items(), said, strict=True):
                self._asked_for[utterance] = replace(asked, text=text)

    def _heading(self, utterance: Utterance) -> _Heading | None:
        """(frames, rate in Hz, onset in ms) if the words were ever spoken."""
        with self._lock:
            if (known := self._lengths.get(utterance)) is not None:
                return known
        head = self.cache.head(self._key(self._asked(utterance)))
        if head is None:
            return None
        frames, rate_hz, onset_ms, digest = head
        with self._lock:
            self._lengths[utterance], self._digests[utterance] = (frames, rate_hz, onset_ms), digest
        return frames, rate_hz, onset_ms

    def _key(self, asked: Utterance) -> str:
        return cache_key(engine_name(asked.voice), self._engines.version(asked), asked)


def _finished(raw: Audio) -> Audio:
    from voicecoach.speech.processing import finish  # loads numpy and soxr: words that are kept do without them

    return finish(raw)


def _heading_of(audio: Audio) -> _Heading:
    return len(audio.samples), audio.sample_rate_hz, audio.onset_ms
