"""How a routine sounds where it is heard: the profile, and what lies under the words.

A part of the spine that `pipeline`, `exporting` and the player share: it joins `compiler` and `render` as the options
say. Nothing here prints or asks.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from voicecoach.model import Audio, Language, LevelledTimeline, Measure, Sound, SoundLength, Timeline, Utterance
from voicecoach.render.profile import PROFILES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import numpy as np
    from numpy.typing import NDArray

    from voicecoach.coach.pipeline import Options, Sounds
    from voicecoach.model import CueSheet
    from voicecoach.render.bed import Bed
    from voicecoach.render.music import Tracks


def in_profile(sheet: CueSheet, options: Options) -> CueSheet:
    """The cue sheet in the words of the profile."""
    if not PROFILES[options.profile].brief:
        return sheet
    from voicecoach.compiler.brief import briefly

    return briefly(sheet)


def awake(timeline: Timeline, options: Options, sounds: Sounds) -> Timeline:
    """The timeline with what the profile puts before the first word."""
    lead_ms = PROFILES[options.profile].lead_ms
    if not lead_ms:
        return timeline
    from voicecoach.compiler.lead import WAKE, with_lead

    return with_lead(timeline, lead_ms, sounds.length(WAKE))


def target_lufs(timeline: Timeline, options: Options, sounds: Sounds) -> float:
    """How loud the programme is to be: the usual, what the profile adds, and what is configured for the language."""
    return _target_lufs(timeline.language, options, sounds)


def _target_lufs(language: Language, options: Options, sounds: Sounds) -> float:
    from voicecoach.render.kept_levels import TARGET_LUFS

    return TARGET_LUFS + PROFILES[options.profile].loudness_lu + sounds.config.speaking(language).loudness_lu


def _placed_by_onset(words: Utterance, length: SoundLength) -> bool:
    return length.duration_ms <= PLACED_BY_ONSET_MS and not words.text.endswith(_SENTENCE_ENDS)


@dataclass(frozen=True, slots=True)
class Heard:
    """The sounds as the profile has them."""

    audio: Callable[[Sound], Audio]
    identity: Callable[[Sound], bytes]
    length: Measure


PLACED_BY_ONSET_MS = 1500
"""Words that are placed to the millisecond, numbers, are shorter than this; in longer ones a shift is not noticed."""
_SENTENCE_ENDS = (".", "!", "?")
"""What ends so is placed with others in a row, and never to the millisecond."""


def heard(options: Options, sounds: Sounds) -> Heard:
    """The sounds of the profile. Their lengths tell where a word is perceived to begin when it is as loud as in the
    programme: pressed or limited, a loud vowel stands out less, and some words begin 25 ms later."""
    from voicecoach.disk_cache import digest
    from voicecoach.provenance import code_digest

    dense_profile = PROFILES[options.profile].dense

    def audio(sound: Sound) -> Audio:
        plain = sounds.audio(sound)
        if not dense_profile or not isinstance(sound, Utterance):
            return plain
        from voicecoach.render.profile import dense

        return dense(plain)

    @cache
    def identity(sound: Sound) -> bytes:
        if not dense_profile:
            return sounds.identity(sound)
        from voicecoach.render.profile import dense_identity

        return digest(dense_identity(), sounds.identity(sound))

    @cache
    def length(sound: Sound) -> SoundLength:
        plain = sounds.length(sound)
        if not isinstance(sound, Utterance) or not _placed_by_onset(sound, plain):
            return plain
        target = _target_lufs(sound.language, options, sounds)
        key = digest("onset", code_digest(__name__), struct.pack("<d", target), identity(sound)).hex()
        made = sounds.kept.made(key, lambda: struct.pack("<d", _later_ms(sound, target)))
        return replace(plain, onset_ms=max(0, round(plain.onset_ms + struct.unpack("<d", made)[0])))

    def _later_ms(sound: Utterance, target: float) -> float:
        """By how much the word is perceived to begin later than it was before it was made loud."""
        from voicecoach.render.levels import levelled_samples
        from voicecoach.speech.onset import perceptual_onset_ms
        from voicecoach.units import SAMPLE_RATE_HZ

        plain = sounds.audio(sound)
        loud = levelled_samples(sound, audio(sound), target)
        before_ms = perceptual_onset_ms(plain.samples, plain.sample_rate_hz)
        return perceptual_onset_ms(loud, SAMPLE_RATE_HZ) - before_ms

    return Heard(audio, identity, length)


class Under:
    """What lies under the words: nothing, music, a floor, or both. Music is read once for all timelines."""

    def __init__(self, options: Options) -> None:
        """Raises `RenderError` for music that is not there, or whose first file cannot be used."""
        self._options = options
        self._tracks: Tracks | None = None
        if options.music is not None:
            from voicecoach.render.music import Tracks, music_files

            self._tracks = Tracks(music_files(options.music))
            self._tracks[0]

    def __bool__(self) -> bool:
        return self._options.floor or self._tracks is not None

    def balanced(
        self, timeline: LevelledTimeline, sounds: Sounds, *, whole: bool = True
    ) -> tuple[LevelledTimeline, Bed | None]:
        """The levelled timeline and its bed, together as loud as they should be; the beginning of a timeline as if
        the rest were balanced already."""
        from voicecoach.render.bed import Layers, balanced

        layers: list[tuple[Bed, float]] = []
        if self._tracks is not None:
            music = self._music(timeline, sounds, self._tracks, whole=whole)
            gain_db = 0.0
            if whole:
                audio_of = heard(self._options, sounds).audio
                target = target_lufs(timeline, self._options, sounds)
                timeline, gain_db = balanced(timeline, audio_of, music, target)
            layers.append((music, gain_db))
        if self._options.floor:
            from voicecoach.render.floor import Floor

            layers.append((Floor(), 0.0))
        return timeline, Layers(layers) if layers else None

    def _music(self, timeline: Timeline, sounds: Sounds, tracks: Tracks, *, whole: bool) -> Bed:
        from voicecoach.render.levels import SPEECH_LU
        from voicecoach.render.music import Music

        return Music(
            tracks,
            timeline,
            speech_lufs=target_lufs(timeline, self._options, sounds) + SPEECH_LU,
            music_db=self._options.music_db,
            duck_db=self._options.duck_db,
            whole=whole,
        )


def blocks(
    timeline: LevelledTimeline,
    audio_of: Callable[[Sound], Audio],
    bed: Bed | None,
    start_ms: int = 0,
    end_ms: int | None = None,
) -> Iterator[NDArray[np.float32]]:
    """The programme from `start_ms` to `end_ms`, with what lies under it."""
    from voicecoach.render.mix import render_blocks

    spoken = render_blocks(timeline, audio_of, start_ms=start_ms, end_ms=end_ms)
    if bed is None:
        return spoken
    from voicecoach.render.bed import with_bed

    return with_bed(spoken, bed, start_ms)
