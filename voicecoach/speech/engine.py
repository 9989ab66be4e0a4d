"""What a speech engine is, and the engines there are.

To add an engine:

1. Write `speech/<name>/engine.py` with a class that has the members of `Engine` below. Import whatever is heavy
   inside its methods: to construct an engine, and to ask it for its voices, must cost next to nothing.
   `refusing.check` refuses what is not worth a try.
2. Put everything that changes the sound into `version`; it is a part of the cache's key.
3. Add a function that imports it, and one line in `ENGINES`, at the bottom of this file.
4. Run `pytest tests/speech/test_engines.py`: the contract test finds every engine of `ENGINES` by itself.

The engine returns the sound as it makes it, at its own rate; trimming, resampling, onset and cache are not its
concern.
"""

from __future__ import annotations

from pathlib import Path
from typing import Protocol, runtime_checkable

from voicecoach.model import Audio, Utterance, Voice


class Engine(Protocol):
    """A speech program. Every method may be called from any thread, and several at once."""

    @property
    def name(self) -> str:
        """The word before the colon in a voice id: `pyttsx3` in `pyttsx3:gmq/da`. Never changes."""

    @property
    def version(self) -> str:
        """Everything besides the utterance that decides how the sound comes out. Cheap: nothing is started."""

    @property
    def parallel(self) -> int:
        """How many `synthesize` calls at once still gain time. 1 for an engine that uses all cores by itself."""

    def voices(self) -> tuple[Voice, ...]:
        """The voices, the preferred one of a language first; also those that could be installed, with
        `installed=False` and `how_to_get`. Cheap, and never raises: no voices is an empty tuple."""

    def start(self) -> None:
        """A hint that speech will be wanted soon. Returns at once, may do nothing, never raises."""

    def synthesize(self, utterance: Utterance) -> Audio:
        """The words as sound: mono float32 at the engine's own rate, `onset_ms` left at 0 unless a person set it.

        The same utterance gives the same samples, at any time and in any process. Raises `SpeechError` if the
        voice cannot say it, if the voice is not this engine's, or if it speaks another language.
        """

    def close(self) -> None:
        """Lets go of everything. May be called twice; `synthesize` raises `SpeechError` from then on."""


@runtime_checkable
class Recorded(Protocol):
    """What an engine has besides, if it can say only what was recorded: its texts are looked up, not read aloud."""

    def describe(self, voice: str) -> Voice:
        """The voice of an id, also of one that `voices` does not list. Raises `NotFoundError`, `SettingsError`."""

    def lines(self, voice: str) -> list[str]:
        """What is recorded."""

    def files(self, voice: str) -> list[Path]:
        """What is read to speak: the manifest, and what is recorded. Raises as `describe` does."""

    def fill_from(self, voice: str) -> str | None:
        """The id of the voice that says what is not recorded; `None`: nobody does."""

    def stand_in(self, utterance: Utterance) -> Utterance:
        """What is said in its place: by another voice where there is a gap that one fills."""

    def gap(self, utterance: Utterance) -> str | None:
        """Why nobody can say it; `None` if somebody can."""

    def fingerprint(self, utterance: Utterance) -> str:
        """A part of the cache's key: another one after the recording was changed."""


class Maker(Protocol):
    def __call__(self, cache: Path | None = None) -> Engine:
        """`cache` is the folder for what can be made again; `None`: the usual one."""


def _pyttsx3(cache: Path | None = None) -> Engine:
    from voicecoach.speech.espeak.engine import Pyttsx3Engine

    return Pyttsx3Engine(cache=cache)


def _piper(cache: Path | None = None) -> Engine:
    from voicecoach.speech.piper.engine import PiperEngine

    return PiperEngine()


def _supertonic(cache: Path | None = None) -> Engine:
    from voicecoach.speech.supertonic.engine import SupertonicEngine

    return SupertonicEngine()


ENGINES: dict[str, Maker] = {"pyttsx3": _pyttsx3, "piper": _piper, "supertonic": _supertonic}
"""Name → what makes the engine. Nothing is imported until it is called. `coach` adds `recordings`, and hands it
what reads sound files."""
