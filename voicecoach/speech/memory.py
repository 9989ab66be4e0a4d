"""The words that were heard lately, so that they need not be read from the disk once more."""

from __future__ import annotations

from collections import OrderedDict

from voicecoach.model import Audio, Utterance

MEMORY_BYTES = 16_000_000
"""Eighty seconds of words, those of twenty minutes. The rest is read from the disk again, 1 ms each time."""
UNKEPT_MEMORY_BYTES = 64_000_000
"""Five minutes of words, where the disk keeps none: what is forgotten has to be spoken again."""


class SoundMemory:
    """Holds up to `limit_bytes` of sound, and one sound at least; what was wanted least lately goes first.

    Not for several threads at once: `Speaker` asks it under its lock.
    """

    def __init__(self, limit_bytes: int = MEMORY_BYTES) -> None:
        self._limit_bytes = limit_bytes
        self._sounds: OrderedDict[Utterance, Audio] = OrderedDict()
        self._held_bytes = 0

    def get(self, utterance: Utterance) -> Audio | None:
        if (held := self._sounds.get(utterance)) is not None:
            self._sounds.move_to_end(utterance)
        return held

    def hold(self, utterance: Utterance, audio: Audio) -> None:
        """From now on nobody writes to its samples."""
        audio.samples.setflags(write=False)
        self._sounds[utterance] = audio
        self._held_bytes += audio.samples.nbytes
        while self._held_bytes > self._limit_bytes and len(self._sounds) > 1:
            _, oldest = self._sounds.popitem(last=False)
            self._held_bytes -= oldest.samples.nbytes

    def grow(self, limit_bytes: int) -> None:
        """To that, if it is smaller."""
        self._limit_bytes = max(self._limit_bytes, limit_bytes)
