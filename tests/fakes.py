"""Stand-ins that behave like the real thing and cost nothing."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Sequence

import numpy as np

from voicecoach.errors import SpeechError
from voicecoach.model import LANGUAGES, Audio, Sound, SoundLength, Utterance, Voice
from voicecoach.units import SAMPLE_RATE_HZ, ms_to_frames

FAKE_ONSET_MS = 10


def fake_duration_ms(utterance: Utterance) -> int:
    """Long words take long: 200 ms and 50 ms a character, at pace 1."""
    return round((200 + 50 * len(utterance.text)) / utterance.pace)


def fast_measure(sound: Sound) -> SoundLength:
    """A `model.Measure` without any sound: what a schedule is tested with."""
    duration_ms = fake_duration_ms(sound) if isinstance(sound, Utterance) else 300
    return SoundLength(duration_ms=duration_ms, onset_ms=FAKE_ONSET_MS)


class FakeEngine:
    """Speaks every text as one tone, whose pitch depends on the text and whose length on `duration_ms`.

    After the speech room's processing the clip is exactly that long. A text that contains "unspeakable" fails.
    `spoken` lists what was asked for, `started` and `closed` tell what was called.
    """

    name = "fake"
    version = "1"

    def __init__(
        self,
        duration_ms: Callable[[Utterance], int] = fake_duration_ms,
        *,
        voices: Sequence[Voice] | None = None,
        parallel: int = 2,
        silence_ms: int = 0,
    ) -> None:
        self.parallel = parallel
        self.spoken: list[Utterance] = []
        self.started = self.closed = False
        self._duration_ms = duration_ms
        self._voices = tuple(fake_voice(language) for language in LANGUAGES) if voices is None else tuple(voices)
        self._silence_ms = silence_ms
        self._lock = threading.Lock()

    def voices(self) -> tuple[Voice, ...]:
        return self._voices

    def start(self) -> None:
        self.started = True

    def synthesize(self, utterance: Utterance) -> Audio:
        known = any(v.id == utterance.voice and v.language == utterance.language for v in self._voices)
        if self.closed or not known or not utterance.text.strip() or "unspeakable" in utterance.text:
            raise SpeechError(utterance.text, utterance.voice, "it is a fake")
        with self._lock:
            self.spoken.append(utterance)
        silence = np.zeros(ms_to_frames(self._silence_ms), dtype=np.float32)
        tone = _tone(utterance.text, ms_to_frames(self._duration_ms(utterance)))
        return Audio(samples=np.concatenate([silence, tone, silence]), sample_rate_hz=SAMPLE_RATE_HZ)

    def close(self) -> None:
        self.closed = True


def fake_voice(language: str, **changes: object) -> Voice:
    values: dict[str, object] = {
        "id": f"fake:{language}",
        "name": f"Fake {language}",
        "language": language,
        "quality": "basic",
        "licence": "none",
        **changes,
    }
    return Voice(**values)  # type: ignore[arg-type]


def _tone(text: str, frames: int) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    hz = 440 + 20 * (hashlib.blake2b(text.encode("utf-8", "replace")).digest()[0] % 20)
    wave = 0.5 * np.sin(2 * np.pi * hz * np.arange(frames) / SAMPLE_RATE_HZ)
    return wave.astype(np.float32)
