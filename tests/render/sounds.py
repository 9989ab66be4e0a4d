"""Sounds and timelines for the tests of rendering: some made, some spoken by a real eSpeak where it is installed."""

from __future__ import annotations

import shutil
import subprocess
import zlib
from functools import lru_cache

import numpy as np
import pytest
from numpy.typing import NDArray

from voicecoach.model import Audio, LevelledClip, LevelledTimeline, Sound, SourceLocation, Tone, ToneName, Utterance
from voicecoach.render.tone import tone_audio
from voicecoach.units import SAMPLE_RATE_HZ, frames_to_ms

HERE = SourceLocation(path="test", line=1, column=1)
needs_ffmpeg = pytest.mark.skipif(not shutil.which("ffmpeg"), reason="ffmpeg is not installed")
needs_espeak = pytest.mark.skipif(not shutil.which("espeak-ng"), reason="espeak-ng is not installed")


def utterance(text: str, voice: str = "fake:voice") -> Utterance:
    return Utterance(text=text, language="da", voice=voice)


@lru_cache(maxsize=64)
def fake_speech(text: str) -> Audio:
    """Noise bursts with a high crest factor, 70 ms a letter, as loud as the text says: always the same."""
    rng = np.random.default_rng(zlib.crc32(text.encode()))
    frames = 70 * 48 * max(len(text), 1)
    at = np.arange(frames) / SAMPLE_RATE_HZ
    syllables: NDArray[np.float64] = 0.02 + np.abs(np.sin(np.pi * at / 0.22))
    pulses = np.exp(-((at * 120) % 1) * 9) * rng.standard_normal(frames)
    # Little above 10 kHz, as in speech.
    samples: NDArray[np.float64] = np.convolve(syllables * pulses, np.hanning(9), "same")
    scaled = np.asarray(samples * (rng.uniform(0.1, 0.5) / np.abs(samples).max()), dtype=np.float32)
    return Audio(samples=scaled, sample_rate_hz=SAMPLE_RATE_HZ)


@lru_cache(maxsize=64)
def spoken(utterance: Utterance) -> Audio:
    """A real voice: what the espeak-ng program says, at its own rate, without the silence around it."""
    program = ["espeak-ng", "-v", utterance.voice, "-s", "150", "--stdout", utterance.text]
    wav = subprocess.run(program, capture_output=True, check=True).stdout
    samples = np.asarray(np.frombuffer(wav[44:], "<i2") / 32768, dtype=np.float32)
    loud = np.flatnonzero(np.abs(samples) > 1e-3)
    return Audio(samples=samples[loud[0] : loud[-1] + 1], sample_rate_hz=22050)


def audio_of(sound: Sound) -> Audio:
    if isinstance(sound, Tone):
        return tone_audio(sound)
    return fake_speech(sound.text) if sound.voice.startswith("fake") else spoken(sound)


def clip(sound: Sound, start_ms: int, gain_db: float = 0.0) -> LevelledClip:
    audio = audio_of(sound)
    duration_ms = frames_to_ms(len(audio.samples), audio.sample_rate_hz)
    return LevelledClip(
        sound=sound, role="say", step_index=0, start_ms=start_ms, duration_ms=duration_ms,
        onset_ms=start_ms, location=HERE, gain_db=gain_db,
    )  # fmt: skip


def timeline(clips: list[LevelledClip], duration_ms: int) -> LevelledTimeline:
    return LevelledTimeline(
        routine_id="r", title="R", language="da", voice="fake:voice", duration_ms=duration_ms, steps=(),
        clips=tuple(sorted(clips, key=lambda clip: clip.start_ms)), dropped=(),
    )  # fmt: skip


def coached(
    voice: str, talk: list[str], count: list[str], *, rounds: int = 2, breath: bool = False
) -> LevelledTimeline:
    """As a routine goes: talk, a tone, 20 s of which the last are counted, a tone."""
    clips: list[LevelledClip] = []
    at_ms = 0
    tones: list[ToneName] = ["breath-in", "breath-out"]
    for _ in range(rounds):
        for text in talk:
            clips.append(clip(utterance(text, voice), at_ms))
            at_ms = clips[-1].end_ms + 250
        clips.append(clip(Tone(name="start"), at_ms))
        if breath:
            clips += [clip(Tone(name=tones[n % 2]), at_ms + 1000 + 4000 * n) for n in range(4)]
        for left, text in enumerate(reversed(count), 1):
            clips.append(clip(utterance(text, voice), at_ms + 20_000 - 1000 * left))
        clips.append(clip(Tone(name="end"), at_ms + 20_000))
        at_ms += 21_000
    return timeline(clips, at_ms)
