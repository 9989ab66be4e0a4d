"""All sounds, spoken and made: their audio, and their lengths."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from pathlib import Path

from voicecoach.coach.config import Config
from voicecoach.coach.places import Places, places
from voicecoach.coach.progress import Progress, Report, quiet
from voicecoach.disk_cache import DiskCache
from voicecoach.language.kept_lexicon import KeptLexicon
from voicecoach.model import Audio, Sound, SoundLength, Tone, Utterance
from voicecoach.render.tone import tone_audio, tone_identity, tone_length
from voicecoach.shipped_yaml import keep_in
from voicecoach.speech.cache import SpeechCache, cache_limit_bytes
from voicecoach.speech.engine import ENGINES
from voicecoach.speech.recordings.engine import RecordingsEngine
from voicecoach.speech.speaker import Speaker


class Sounds:
    """The sounds that there are for one person: in their voices, as their configuration wants them.

    Safe for several threads, as the speaker is. A context manager: leaving it ends what speaks.
    """

    def __init__(
        self, speaker: Speaker | None = None, config: Config | None = None, at: Places | None = None
    ) -> None:
        """Raises `SettingsError` if the configuration, which is read where none is given, has errors."""
        self.places = at or places()
        self.config = self.places.config() if config is None else config
        self.speaker = speaker_for(self.places) if speaker is None else speaker
        self.kept = kept_renderings(self.places)
        keep_in(self.kept)
        self._tones: dict[Tone, Audio] = {}
        self._tone_identities: dict[Tone, bytes] = {}

    def audio(self, sound: Sound) -> Audio:
        if isinstance(sound, Utterance):
            return self.speaker.audio(sound)
        if (known := self._tones.get(sound)) is None:
            known = self._tones[sound] = tone_audio(sound, self.places.tones)
        return known

    def length(self, sound: Sound) -> SoundLength:
        if isinstance(sound, Utterance):
            return self.speaker.length(sound)
        return tone_length(sound, self.places.tones)

    def identity(self, sound: Sound) -> bytes:
        """Equal for two sounds only if their audio is the same, and is meant to be as loud. Reads no audio that was
        ever made before."""
        if isinstance(sound, Utterance):
            return self.speaker.identity(sound)
        if (known := self._tone_identities.get(sound)) is None:
            known = self._tone_identities[sound] = tone_identity(sound, self.places.tones)
        return known

    def prepare(self, utterances: Iterable[Utterance], report: Report = quiet) -> int:
        """Speaks what was never spoken; returns how many that were. Raises `SpeechError`."""

        def told(done: int, total: int) -> None:
            report(Progress("speaking", done, total))

        return self.speaker.prepare(utterances, told)

    def close(self) -> None:
        self.speaker.close()

    def __enter__(self) -> Sounds:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()


def kept_renderings(at: Places) -> DiskCache:
    """Beside the spoken words, a tenth of their room: encoded they are that much smaller."""
    return DiskCache(at.cache / "rendered", cache_limit_bytes() // 10)


def speaker_for(at: Places) -> Speaker:
    """A speaker that knows the words of numbers, a person's own words and recordings."""
    engines = {name: partial(make, at.cache) for name, make in ENGINES.items()}
    return Speaker(
        cache=SpeechCache(at.cache / "speech"),
        engines={**engines, "recordings": lambda: RecordingsEngine(_read_audio)},
        respell=KeptLexicon(kept_renderings(at), at.own, tuple(ENGINES)).spoken,
    )


def _read_audio(path: Path) -> Audio:
    from voicecoach.render.segment import read_audio  # loads numpy

    return read_audio(path)
