"""How a routine sounds where it is heard: the profile, and what lies under the words.

A part of the spine that `pipeline`, `exporting` and the player share: it joins `compiler` and `render` as the options
say. Nothing here prints or asks.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from voicecoach.model import Audio, Measure, Sound, SoundLength, Timeline, Utterance
from voicecoach.render.profile import PROFILES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import numpy as np
    from numpy.typing import NDArray

    from voicecoach.model import CueSheet
    from voicecoach.pipeline import Options, Sounds
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
    from voicecoach.render.kept_levels import TARGET_LUFS

    return TARGET_LUFS + PROFILES[options.profile].loudness_lu + sounds.config.speaking(timeline.language).loudness_lu


@dataclass(frozen=True, slots=True)
class Heard:
    """The sounds as the profile has them."""

    audio: Callable[[Sound], Audio]
    identity: Callable[[Sound], bytes]
    length: Measure


def heard(options: Options, sounds: Sounds) -> Heard:
    if not PROFILES[options.profile].dense:
        return Heard(sounds.audio, sounds.identity, sounds.length)
    from voicecoach.disk_cache import code_digest, digest
    from voicecoach.render.profile import dense, dense_identity
    from voicecoach.speech.onset import perceptual_onset_ms

    def audio(sound: Sound) -> Audio:
        plain = sounds.audio(sound)
        return dense(plain) if isinstance(sound, Utterance) else plain

    def identity(sound: Sound) -> bytes:
        return digest(dense_identity(), sounds.identity(sound))

    def length(sound: Sound) -> SoundLength:
        plain = sounds.length(sound)
        if not isinstance(sound, Utterance):
            return plain
        key = digest("onset", code_digest("speech/onset.py"), identity(sound)).hex()
        later_ms = struct.unpack("<d", sounds.kept.made(key, lambda: struct.pack("<d", _later_ms(sound))))[0]
        return replace(plain, onset_ms=max(0, round(plain.onset_ms + later_ms)))

    def _later_ms(sound: Sound) -> float:
        """By how much the word is heard to begin later than before: its loud vowel stands out less."""
        plain, pressed = sounds.audio(sound), audio(sound)
        return perceptual_onset_ms(pressed.samples, pressed.sample_rate_hz) - perceptual_onset_ms(
            plain.samples, plain.sample_rate_hz
        )

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

    def balanced(self, timeline: Timeline, sounds: Sounds, *, whole: bool = True) -> tuple[Timeline, Bed | None]:
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
    timeline: Timeline,
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
