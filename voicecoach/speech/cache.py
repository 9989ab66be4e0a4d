"""Finished speech on disk: one file an utterance, named by a hash of all that decides how it sounds.

`disk_cache` keeps it: the samples (float32) as the data; their rate, number and onset as the label, so that how long
words take is known without reading their sound.
"""

from __future__ import annotations

import hashlib
import json
import os
import struct
from pathlib import Path

from voicecoach.disk_cache import DiskCache, data_digest
from voicecoach.model import Audio, Utterance
from voicecoach.provenance import code_digest
from voicecoach.speech.folders import cache_folder

DEFAULT_LIMIT_MB = 500
SUFFIX = ".speech"
_LABEL = struct.Struct("<IId")
"""Rate in Hz, number of frames, onset in ms."""
_PROCESSING = "voicecoach.speech.processing"


def cache_key(engine: str, version: str, utterance: Utterance) -> str:
    """A file name: equal for two utterances only if they sound the same.

    The text is what the engine gets, so a change in a lexicon asks anew for just the words that it changes.
    """
    made_by = code_digest(_PROCESSING).hex()
    parts = [engine, version, made_by, utterance.text, utterance.language, utterance.voice, utterance.pace]
    return hashlib.blake2b(json.dumps(parts).encode(), digest_size=20).hexdigest()


class SpeechCache(DiskCache):
    """Sounds by key. `folder` and `limit_bytes` default to the user's (`VOICECOACH_CACHE_DIR`, `VOICECOACH_CACHE_MB`;
    0 MB keeps nothing)."""

    def __init__(self, folder: Path | None = None, limit_bytes: int | None = None) -> None:
        limit_bytes = cache_limit_bytes() if limit_bytes is None else limit_bytes
        super().__init__(folder or cache_folder() / "speech", limit_bytes, suffix=SUFFIX, memory_bytes=0)

    def load_audio(self, key: str) -> Audio | None:
        """The sound, or None."""
        import numpy as np

        if (kept := self.load_labelled(key)) is None:
            return None
        rate_hz, _, onset_ms = _LABEL.unpack(kept.label)
        return Audio(samples=np.frombuffer(kept.data, dtype="<f4"), sample_rate_hz=rate_hz, onset_ms=onset_ms)

    def head(self, key: str) -> tuple[int, int, float, bytes] | None:
        """(frames, rate in Hz, onset in ms, `samples_digest`) without reading the sound, or None."""
        if (found := self.label(key)) is None:
            return None
        rate_hz, frames, onset_ms = _LABEL.unpack(found.label)
        return frames, rate_hz, onset_ms, found.digest

    def store_audio(self, key: str, audio: Audio) -> bool:
        """Keeps the sound if that is possible, see `store`."""
        label = _LABEL.pack(audio.sample_rate_hz, len(audio.samples), audio.onset_ms)
        return self.store(key, _bytes(audio), label)


def samples_digest(audio: Audio) -> bytes:
    """Equal for two sounds only if their samples are."""
    return data_digest(_bytes(audio))


def _bytes(audio: Audio) -> bytes:
    return audio.samples.astype("<f4").tobytes()


def cache_limit_bytes() -> int:
    """How much the user lets be kept."""
    text = os.environ.get("VOICECOACH_CACHE_MB", "")
    return int(text if text.isdecimal() else DEFAULT_LIMIT_MB) * 1_000_000
