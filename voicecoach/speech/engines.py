"""The engines of a speaker, each made when it is first wanted."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping

from voicecoach.errors import SpeechError
from voicecoach.forking import renew_after_fork
from voicecoach.model import Utterance
from voicecoach.provenance import code_digest
from voicecoach.speech.engine import Engine, Recorded


def engine_name(voice: str) -> str:
    """The word before the colon of a voice id."""
    return voice.partition(":")[0]


class Engines:
    """By their names. Safe for several threads."""

    def __init__(self, makers: Mapping[str, Callable[[], Engine]]) -> None:
        self._makers = dict(makers)
        self._made: dict[str, Engine] = {}
        self._versions: dict[str, str] = {}
        self._recorded: dict[str, Recorded | None] = {}
        self._closed = False
        self.after_fork()
        renew_after_fork(self)

    def after_fork(self) -> None:
        """A lock may have been held by a thread that a forked process has not."""
        self._lock = threading.RLock()

    def all(self) -> list[Engine]:
        return [self._named(name) for name in self._makers]

    def of(self, voice: str) -> Engine | None:
        """The one that has the voice, if its name is known."""
        name = engine_name(voice)
        return self._named(name) if name in self._makers else None

    def recorded(self, voice: str) -> Recorded | None:
        """The same, if it can say only what was recorded."""
        name = engine_name(voice)
        if name not in self._recorded:
            engine = self.of(voice)
            self._recorded[name] = engine if isinstance(engine, Recorded) else None
        return self._recorded[name]

    def speaking(self, asked: Utterance) -> Engine:
        """The one that is to say it. Raises `SpeechError` if there is none, or if all are closed."""
        name = engine_name(asked.voice)
        if name not in self._makers:
            raise SpeechError(asked.text, asked.voice, f"there is no engine “{name}”")
        if self._closed:
            raise SpeechError(asked.text, asked.voice, "the speaker is closed")
        return self._named(name)

    def version(self, asked: Utterance) -> str:
        """All that decides how it sounds, besides itself. Raises as `speaking` does."""
        self.speaking(asked)
        version = self.version_of(engine_name(asked.voice))
        recorded = self.recorded(asked.voice)
        return f"{version} {recorded.fingerprint(asked)}" if recorded else version

    def version_of(self, name: str) -> str:
        """What the engine of that name is made of, which is one of those that are here."""
        if (version := self._versions.get(name)) is None:
            engine = self._named(name)
            made_by = code_digest(type(engine).__module__).hex()
            version = self._versions[name] = f"{engine.version} {made_by}"
        return version

    def close(self) -> None:
        """For good: nobody speaks from now on."""
        with self._lock:
            self._closed = True
            made, self._made = list(self._made.values()), {}
        for engine in made:
            engine.close()

    def _named(self, name: str) -> Engine:
        with self._lock:
            if name not in self._made:
                self._made[name] = self._makers[name]()
            return self._made[name]
