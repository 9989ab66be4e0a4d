"""How a routine sounds where it is heard: its words, its loudness and its sounds, as the profile has them.

What this uses decides where words are placed (`code_digest`), so it knows nothing of files or devices.
"""

from __future__ import annotations

import struct
from dataclasses import replace
from typing import TYPE_CHECKING

from voicecoach.compiler.brief import briefly
from voicecoach.compiler.lead import WAKE, with_lead
from voicecoach.disk_cache import digest
from voicecoach.model import Audio, CueSheet, Language, Sound, SoundLength, Timeline, Utterance
from voicecoach.provenance import code_digest
from voicecoach.render.kept_levels import TARGET_LUFS
from voicecoach.render.profile import PROFILES, dense, dense_identity
from voicecoach.speech.onset import perceptual_onset_ms
from voicecoach.units import SAMPLE_RATE_HZ

if TYPE_CHECKING:
    from voicecoach.coach.options import Options
    from voicecoach.coach.sounds import Sounds

PLACED_BY_ONSET_MS = 1500
"""Words that are placed to the millisecond, numbers, are shorter than this; in longer ones a shift is not noticed."""
_SENTENCE_ENDS = (".", "!", "?")
"""What ends so is placed with others in a row, and never to the millisecond."""


def in_profile(sheet: CueSheet, options: Options) -> CueSheet:
    """The cue sheet in the words of the profile."""
    return briefly(sheet) if PROFILES[options.profile].brief else sheet


def with_wake_tone(timeline: Timeline, options: Options, sounds: Sounds) -> Timeline:
    """The timeline with what the profile puts before the first word."""
    lead_ms = PROFILES[options.profile].lead_ms
    return with_lead(timeline, lead_ms, sounds.length(WAKE)) if lead_ms else timeline


class ProfiledSounds:
    """The sounds as the profile has them. Their lengths tell where a word is perceived to begin when it is as loud as
    in the programme: pressed or limited, a loud vowel stands out less, and some words begin 25 ms later."""

    def __init__(self, options: Options, sounds: Sounds) -> None:
        self._profile, self._sounds = PROFILES[options.profile], sounds
        self._identities: dict[Sound, bytes] = {}
        self._lengths: dict[Sound, SoundLength] = {}

    def audio(self, sound: Sound) -> Audio:
        plain = self._sounds.audio(sound)
        return dense(plain) if self._profile.dense and isinstance(sound, Utterance) else plain

    def identity(self, sound: Sound) -> bytes:
        if not self._profile.dense:
            return self._sounds.identity(sound)
        if (known := self._identities.get(sound)) is None:
            known = self._identities[sound] = digest(dense_identity(), self._sounds.identity(sound))
        return known

    def length(self, sound: Sound) -> SoundLength:
        if (known := self._lengths.get(sound)) is None:
            known = self._lengths[sound] = self._length(sound)
        return known

    def target_lufs(self, language: Language) -> float:
        """How loud the programme is to be: the usual, what the profile adds, and what is configured."""
        return TARGET_LUFS + self._profile.loudness_lu + self._sounds.config.speaking(language).loudness_lu

    def _length(self, sound: Sound) -> SoundLength:
        plain = self._sounds.length(sound)
        if not isinstance(sound, Utterance) or not _placed_by_onset(sound, plain):
            return plain
        target = self.target_lufs(sound.language)
        key = digest("onset", code_digest(__name__), struct.pack("<d", target), self.identity(sound)).hex()
        made = self._sounds.kept.made(key, lambda: struct.pack("<d", self._later_ms(sound, target)))
        return replace(plain, onset_ms=max(0, round(plain.onset_ms + struct.unpack("<d", made)[0])))

    def _later_ms(self, sound: Utterance, target: float) -> float:
        """By how much the word is perceived to begin later than it was before it was made loud."""
        from voicecoach.render.levels import levelled_samples  # loads numpy

        plain = self._sounds.audio(sound)
        loud = levelled_samples(sound, self.audio(sound), target)
        before_ms = perceptual_onset_ms(plain.samples, plain.sample_rate_hz)
        return perceptual_onset_ms(loud, SAMPLE_RATE_HZ) - before_ms


def _placed_by_onset(words: Utterance, length: SoundLength) -> bool:
    return length.duration_ms <= PLACED_BY_ONSET_MS and not words.text.endswith(_SENTENCE_ENDS)
