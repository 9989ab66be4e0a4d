"""Recording a voice line by line: what to say next, the take, and what becomes of it. Loads numpy."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from voicecoach.capture import open_capture
from voicecoach.coach.coach import Coach
from voicecoach.coach.options import Options
from voicecoach.coach.own_voice import OwnVoice
from voicecoach.coach.reading import load, readable, spoken_languages
from voicecoach.coach.recording import lines_of
from voicecoach.coach.sampling import sample
from voicecoach.coach.sounds import Sounds
from voicecoach.coach.takes import Take, heard, judged
from voicecoach.coach.voices import voice_named
from voicecoach.compiler.estimate import estimate
from voicecoach.errors import NotFoundError, SpeechError
from voicecoach.language.wording import name_in_english
from voicecoach.model import DEFAULT_LANGUAGE, Language, Timeline, Utterance
from voicecoach.speech.recordings.lines import Line, most_used_first

if TYPE_CHECKING:
    from voicecoach.capture.base import Capture

_SHORTEST_MS, _PART = 10_000, 3
"""A take ends by itself after three times what its line needs, and not before ten seconds."""


def voice_to_record(
    name: str, routines: Sequence[str], language: Language | None, usual: Language | None, coach: Coach
) -> tuple[OwnVoice, list[Line]]:
    """The voice, and the lines of the routines, or of all routines of its language, the most used ones first.

    The language is the one that is named, that of the recordings which are there, that of the first routine, the
    `usual` one. Raises `OptionError`, `OutputError`, `NotFoundError`, and `RoutineError` for a routine that is named.
    """
    voice = OwnVoice(name)
    named = [load(routine, coach.places)[0] for routine in routines]
    first = named[0].language if named else None
    language = language or voice.language or first or usual or DEFAULT_LANGUAGE
    found = named or [routine for _, routine in readable(coach.places) if language in spoken_languages(routine)]
    said = lines_of(found, Options(language=language), language)
    if not said:
        raise NotFoundError("there is no line to record in this language", hint="Name a routine.")
    voice.speaks(language, coach.sounds)
    return voice, most_used_first(said)


class Recorder:
    """A voice, its lines, and the microphone. A context manager: leaving it, nothing listens any more."""

    def __init__(self, voice: OwnVoice, found: Sequence[Line], coach: Coach, capture: Capture) -> None:
        self.voice, self.lines = voice, found
        self._coach, self._capture = coach, capture

    def __enter__(self) -> Recorder:
        return self

    def __exit__(self, *error: object) -> None:
        self._capture.close()

    @property
    def language(self) -> str:
        """The name of the language of the lines."""
        return name_in_english(self.voice.language or DEFAULT_LANGUAGE)

    @property
    def done(self) -> int:
        """How many of the lines are recorded."""
        return sum(self.voice.has(line.text) for line in self.lines)

    @property
    def share(self) -> float:
        """How much of what is said is recorded, by how often it is said."""
        said = sum(line.uses for line in self.lines if self.voice.has(line.text))
        return said / max(sum(line.uses for line in self.lines), 1)

    def take(self, line: Line, stopped: Callable[[], bool]) -> Take | None:
        """What is said now, until `stopped` or a pause; `None` if the microphone has come to its end."""
        wanted_ms = self._needed_ms(line.text)
        pcm = heard(self._capture, max(_PART * wanted_ms, _SHORTEST_MS), stopped)
        return None if pcm is None else judged(pcm, wanted_ms, line.max_ms)

    def keep(self, line: Line, take: Take) -> Path:
        """The file of the recording that it is now. Raises `OutputError`."""
        return self.voice.keep(line.text, take.samples)

    def as_heard(self, line: Line) -> tuple[Timeline, Sounds]:
        """The recording as it will lead: cut, levelled. The sounds are to be closed."""
        sounds = Sounds(at=self._coach.places)  # which has read the manifest as it is now
        return sample(voice_named(self.voice.id, sounds), line.text, sounds), sounds

    def _needed_ms(self, text: str) -> int:
        """By the voice that says what is not recorded, or by the count of letters."""
        language = self.voice.language
        assert language
        speaker, filler = self._coach.sounds.speaker, self.voice.fill_from
        said = Utterance(text=text, language=language, voice=filler or "")
        try:
            return speaker.length(said).duration_ms if filler else estimate(said).duration_ms
        except (SpeechError, NotFoundError):
            return estimate(said).duration_ms


def recorder(
    name: str,
    routines: Sequence[str],
    language: Language | None,
    usual: Language | None,
    coach: Coach,
    device: str | None = None,
    file: Path | None = None,
) -> Recorder:
    """Raises what `voice_to_record` and `open_capture` raise."""
    voice, found = voice_to_record(name, routines, language, usual, coach)
    return Recorder(voice, found, coach, open_capture(device, file, real_time=False))
