"""Listens to a finished file, and holds it against what it was made from. Loads numpy."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from voicecoach.coach.compiling import levelled
from voicecoach.coach.options import Options
from voicecoach.coach.profiled import ProfiledSounds
from voicecoach.coach.progress import Report, timed
from voicecoach.coach.sounds import Sounds
from voicecoach.model import Timeline
from voicecoach.render.clip import clip_samples
from voicecoach.render.loudness import energy_by_ms, gated_lufs, true_peak_dbtp
from voicecoach.speech.onset import perceptual_onset_ms
from voicecoach.verify import report as found
from voicecoach.verify.decode import decode
from voicecoach.verify.instruments import Instruments
from voicecoach.verify.verify import verify


def verified(
    path: Path, timeline_of: Callable[[], Timeline], options: Options, sounds: Sounds, report: Report
) -> found.Report:
    """Whether the sound of a file keeps what its timeline promises.

    Raises what `timeline_of` raises, and `NotFoundError` or `VoicecoachError` for a file that cannot be decoded.
    """
    blocks = decode(path)  # a wrong file is told before anything is spoken
    timeline = levelled(timeline_of(), sounds, options, report)
    profiled = ProfiledSounds(options, sounds)
    instruments = Instruments(
        samples_of=lambda sound, gain_db: clip_samples(profiled.audio(sound), gain_db),
        perceived_onset_ms=perceptual_onset_ms,
        energy_by_ms=energy_by_ms,
        gated_lufs=gated_lufs,
        true_peak_dbtp=true_peak_dbtp,
        target_lufs=profiled.target_lufs(timeline.language),
    )
    with timed("verify"):
        return verify(str(path), blocks, timeline, instruments)
