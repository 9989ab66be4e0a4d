"""One try at saying a line: heard to its end, and held against what a recording has to be. Loads numpy."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from voicecoach.render.levels import active_lufs
from voicecoach.render.loudness import energy_by_ms, mean_lufs
from voicecoach.speech.recordings.engine import without_room
from voicecoach.speech.trim import trimmed
from voicecoach.units import SAMPLE_RATE_HZ, db_to_gain, frames_to_ms, ms_to_frames

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from voicecoach.capture.base import Capture

QUIET_S = 1.2
"""A line is over when nothing was heard for so long after its words: no pause inside a sentence is as long."""
_LOOK_S = 0.05
_HEARD_DB, _OVER_DB = 10, -26
"""Words stand so far above the quietest moment; what is so far below the loudest is none."""
_DIGITAL_DB = -80
"""A microphone that hears nothing at all."""
_KEY_MS = 100
"""The noise of the key that ends a take lies in its end."""
ROOM_MS = 400
"""Of the quiet before and after the words so much is kept: by it the engine tells a soft consonant from the room."""

TOO_QUIET_LUFS = -42
"""Raised to the loudness of the others, the microphone's own noise would be heard."""
NOISY_DB = 20
"""Words that are no further above the room sound as if from a hall."""
FULL, CLIPPED_FRAMES = 32_700, 12
"""A voice that is too loud stays at full scale; one peak may touch it."""
LENGTH_PART, LENGTH_MS = 0.5, 400
"""A line may be longer or shorter than a voice needs for it by half, and one word by so much."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Take:
    """What was heard, cut to the words and the room beside them."""

    samples: NDArray[np.int16]
    length_ms: int
    """Of the words."""
    faults: tuple[str, ...]
    """What is wrong with it and what to do, a sentence each. None: it is good."""


def heard(capture: Capture, longest_ms: int, stopped: Callable[[], bool]) -> NDArray[np.int16] | None:
    """What is heard until the words are over, `stopped` says so, or it lasts too long; `None` if the microphone has
    nothing more to say. Raises `DeviceError`."""
    capture.forget()
    listened = _Listened()
    while listened.frames < ms_to_frames(longest_ms) and not listened.is_over:
        block = capture.read(_LOOK_S)
        if block is None:
            return listened.samples() if listened.frames else None
        listened.add(block)
        if stopped():
            return listened.samples()[: -ms_to_frames(_KEY_MS) or None]
    return listened.samples()


class _Listened:
    """The blocks of a take, and whether its words are over."""

    def __init__(self) -> None:
        self._blocks: list[NDArray[np.int16]] = []
        self._levels: list[tuple[int, float]] = []
        """Of each block, its frames and its root mean square."""
        self.frames = 0

    def add(self, block: NDArray[np.int16]) -> None:
        if len(block):
            self._blocks.append(block)
            self.frames += len(block)
            level = float(np.sqrt(np.mean((block / 32768) ** 2)))
            self._levels.append((len(block), max(level, db_to_gain(_DIGITAL_DB))))

    @property
    def is_over(self) -> bool:
        levels = [level for _, level in self._levels]
        if not levels or max(levels) < min(levels) * db_to_gain(_HEARD_DB):
            return False
        quiet, below = 0, max(levels) * db_to_gain(_OVER_DB)
        for frames, level in reversed(self._levels):
            if level > below:
                break
            quiet += frames
        return quiet >= QUIET_S * SAMPLE_RATE_HZ

    def samples(self) -> NDArray[np.int16]:
        return np.concatenate([np.zeros(0, dtype=np.int16), *self._blocks])


def judged(pcm: NDArray[np.int16], wanted_ms: int, max_ms: int | None = None) -> Take:
    """The take of what was heard. `wanted_ms`: how long a voice needs for the line; `max_ms`: its limit."""
    samples = (pcm / 32768).astype(np.float32)
    samples -= samples.mean() if len(samples) else 0
    in_room, before = without_room(samples, SAMPLE_RATE_HZ) if np.abs(samples).max(initial=0) > 0 else (samples, 0)
    words, cut = trimmed(in_room, SAMPLE_RATE_HZ)
    length_ms = frames_to_ms(len(words))
    level = active_lufs(words) if len(words) else -math.inf
    if level < TOO_QUIET_LUFS - NOISY_DB:
        return Take(samples=pcm[:0], length_ms=0, faults=(_NOTHING,))
    start = max(before + cut - ms_to_frames(ROOM_MS), 0)
    kept = pcm[start : before + cut + len(words) + ms_to_frames(ROOM_MS)]
    if level - _room_lufs(kept) < NOISY_DB:  # then nobody can tell where the words end
        return Take(samples=kept, length_ms=length_ms, faults=(_NOISY, *_level_faults(kept, level)))
    faults = (*_level_faults(kept, level), *_length_faults(length_ms, wanted_ms, max_ms))
    return Take(samples=kept, length_ms=length_ms, faults=faults)


_NOTHING = (
    "Nothing was heard. Is it the right microphone, is it switched on, and may the terminal use it? "
    "Then say the line again."
)
_NOISY = "It is noisy. Close the window, switch off what hums, or come closer to the microphone."


def _level_faults(kept: NDArray[np.int16], level: float) -> list[str]:
    faults = []
    if np.count_nonzero(np.abs(kept.astype(np.int32)) >= FULL) >= CLIPPED_FRAMES:
        faults.append("It is clipped: too loud for the microphone. Move a hand's breadth away, or turn it down.")
    if level < TOO_QUIET_LUFS:
        faults.append("It is too quiet. Come closer to the microphone, or turn it up.")
    return faults


def _room_lufs(kept: NDArray[np.int16]) -> float:
    """The level of the quietest tenth, by 10 ms."""
    energy = energy_by_ms((kept / 32768).astype(np.float32))[: len(kept) // ms_to_frames(1)]
    by_ten = np.sort(energy[: len(energy) // 10 * 10].reshape(-1, 10).mean(axis=1))
    return mean_lufs(by_ten[: max(len(by_ten) // 10, 1)])


def _length_faults(length_ms: int, wanted_ms: int, max_ms: int | None) -> list[str]:
    took, needed = f"{length_ms / 1000:.1f} s", f"{wanted_ms / 1000:.1f} s"
    off = length_ms - wanted_ms
    if max_ms is not None and length_ms > max_ms:
        return [f"It took {took}, and a count has to be over in {max_ms / 1000:.1f} s. Say it shorter."]
    if abs(off) <= max(LENGTH_PART * wanted_ms, LENGTH_MS):
        return []
    if off < 0:
        return [f"It took {took}, and a voice needs {needed}: the words are not all there. Say the whole line."]
    return [f"It took {took}, and a voice needs {needed}. Say the line once, without long pauses."]
