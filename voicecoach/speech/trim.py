"""Cuts the silence before and after the words, and nothing of the words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

RELATIVE_DB = -48
"""Below the loudest moment. A soft f or h lies 30 to 40 dB below its vowel, the noise of a synthetic voice lower."""
ABSOLUTE_DB = -66
"""Below full scale: where the noise floor of a recording may lie, whatever was said."""
WINDOW_MS = 4
KEEP_BEFORE_MS, KEEP_AFTER_MS = 3, 6
"""What is left beside the audible sound, so that a breath of an f is not cut and the fade touches nothing."""
FADE_IN_MS, FADE_OUT_MS = 1, 4


def trim(samples: NDArray[np.float32], rate_hz: int) -> NDArray[np.float32]:
    """The samples of `trimmed`."""
    return trimmed(samples, rate_hz)[0]


def trimmed(samples: NDArray[np.float32], rate_hz: int) -> tuple[NDArray[np.float32], int]:
    """Samples of shape (frames,) → those from 3 ms before the first audible moment to 6 ms after the last.

    A moment is audible if its root mean square over 4 ms is above −66 dB of full scale and above −48 dB of the
    loudest moment. The ends are faded (1 ms and 4 ms, inside what was kept), so they do not click. Sound without
    an audible moment comes out empty. Also, how many samples were cut at the front.
    """
    hop = max(rate_hz // 1000, 1)
    level = _level(samples, hop)
    threshold = max(10 ** (ABSOLUTE_DB / 20), float(level.max(initial=0)) * 10 ** (RELATIVE_DB / 20))
    audible = np.flatnonzero(level > threshold)
    if not len(audible):
        return np.zeros(0, dtype=np.float32), 0
    start, stop = (int(audible[0]) - WINDOW_MS + 1) * hop, (int(audible[-1]) + 1) * hop
    first, last = _tight(samples, max(start, 0), min(stop, len(samples)), threshold)
    start = max(first - rate_hz * KEEP_BEFORE_MS // 1000, 0)
    stop = min(last + rate_hz * KEEP_AFTER_MS // 1000, len(samples))
    kept: NDArray[np.float32] = samples[start:stop].astype(np.float32)
    _fade(kept, rate_hz * FADE_IN_MS // 1000, rate_hz * FADE_OUT_MS // 1000)
    return kept, start


def _level(samples: NDArray[np.float32], hop: int) -> NDArray[np.float64]:
    """Root mean square over every `WINDOW_MS` hops that hold a sample; value i ends with hop i."""
    padded = np.zeros((-(-len(samples) // hop) + WINDOW_MS - 1) * hop, dtype=np.float32)
    padded[: len(samples)] = samples
    hops = padded.reshape(-1, hop)
    power = np.einsum("ij,ij->i", hops, hops).astype(np.float64)
    return np.sqrt(np.convolve(power, np.ones(WINDOW_MS))[: len(power)] / (WINDOW_MS * hop))


def _tight(samples: NDArray[np.float32], first: int, stop: int, threshold: float) -> tuple[int, int]:
    """The window sees a sound before it begins; this takes back what is itself below the threshold."""
    loud = np.flatnonzero(np.abs(samples[first:stop]) > threshold)
    return (first + int(loud[0]), first + int(loud[-1]) + 1) if len(loud) else (first, stop)


def _fade(samples: NDArray[np.float32], rise: int, fall: int) -> None:
    rise, fall = min(rise, len(samples) // 2), min(fall, len(samples) // 2)
    if rise:
        samples[:rise] *= np.linspace(0, 1, rise, endpoint=False, dtype=np.float32)
    if fall:
        samples[-fall:] *= np.linspace(1, 0, fall + 1, dtype=np.float32)[1:]
