"""From the raw sound of an engine to the sound that the rest of the program knows."""

from __future__ import annotations

from voicecoach.model import Audio
from voicecoach.speech.onset import perceptual_onset_ms
from voicecoach.speech.resample import resample
from voicecoach.speech.trim import trimmed
from voicecoach.units import SAMPLE_RATE_HZ


def finish(raw: Audio) -> Audio:
    """Mono at any rate → at the programme's rate, trimmed, with its onset. Empty if nothing in it is audible.

    An onset that `raw` has is kept: a person set it.
    """
    samples, cut = trimmed(resample(raw.samples, raw.sample_rate_hz), SAMPLE_RATE_HZ)
    onset_ms = perceptual_onset_ms(samples, SAMPLE_RATE_HZ)
    if raw.onset_ms:
        onset_ms = max(raw.onset_ms - cut * 1000 / SAMPLE_RATE_HZ, 0.0)
    return Audio(samples=samples, sample_rate_hz=SAMPLE_RATE_HZ, onset_ms=onset_ms)
