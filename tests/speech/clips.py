"""Recordings as a person makes them: words in a room that is not silent, in WAV files."""

from __future__ import annotations

import wave
from collections.abc import Mapping
from pathlib import Path

import numpy as np

RATE_HZ = 22_050


def write_clip(
    path: Path,
    *,
    before_ms: int = 400,
    word_ms: int = 500,
    after_ms: int = 300,
    level: float = 0.3,
    room: float = 0.002,
    rate_hz: int = RATE_HZ,
    channels: int = 1,
) -> None:
    """A tone of `word_ms` in a room with a noise floor of `room` (of full scale, root mean square)."""
    frames = [rate_hz * ms // 1000 for ms in (before_ms, word_ms, after_ms)]
    at = np.arange(frames[1]) / rate_hz
    word = np.concatenate([np.zeros(frames[0]), level * np.sin(2 * np.pi * 500 * at), np.zeros(frames[2])])
    sound = word + np.random.default_rng(1).normal(0, room, len(word)) if room else word
    pcm = np.rint(np.clip(sound, -1, 1) * 32767).astype("<i2")
    with wave.open(str(path), "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(2)
        file.setframerate(rate_hz)
        file.writeframes(np.repeat(pcm, channels).tobytes())


def make_voice(folder: Path, lines: Mapping[str, str], *, language: str = "da", head: str = "") -> Path:
    """A folder of recordings whose files are all there; `head` is more of the manifest, above its clips."""
    folder.mkdir(parents=True, exist_ok=True)
    clips = "".join(f'"{text}" = "{name}"\n' for text, name in lines.items())
    manifest = f'name = "Mor"\nlanguage = "{language}"\n{head}\n[clips]\n{clips}'
    (folder / "manifest.toml").write_text(manifest, encoding="utf-8")
    for index, name in enumerate(lines.values()):
        write_clip(folder / name, word_ms=400 + 10 * index)
    return folder
