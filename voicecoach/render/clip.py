"""One clip's samples as they are mixed: at the programme's rate, at their gain, and with their peaks limited.

Speech has peaks 15 to 20 dB above its loudness, so at -19 LUFS some of them would pass full scale. The limiter
sees them coming and turns the clip down smoothly around them. It works on a whole clip, never across clips, so
a clip sounds the same wherever the programme is started.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from voicecoach.units import SAMPLE_RATE_HZ, db_to_gain

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from voicecoach.model import Audio

CEILING_DBTP = -2.0
"""No clip passes this, between its samples either. MP3 at 96 kbit/s added up to 0.4 dB on eSpeak; the decoded file
is to stay below -1 dBTP."""

_HALF_WINDOW = SAMPLE_RATE_HZ * 4 // 1000
"""Frames by which the limiter looks ahead, and over which it lets go: 4 ms. Two boxes make the smooth edge."""

_TAPS = 16  # of the sinc that looks between the samples: within 0.1 dB up to 19 kHz
_AT = np.arange(_TAPS) - _TAPS // 2 + 1
_QUARTERS = np.array([[0.25], [0.5], [0.75]])
_SINCS = (np.sinc(_QUARTERS - _AT) * np.cos(np.pi * (_QUARTERS - _AT) / (_TAPS + 1)) ** 2).astype(np.float32)
_JOIN = 512  # samples between stretches that are not worth a stretch of their own


def clip_samples(audio: Audio, gain_db: float) -> NDArray[np.float32]:
    """The samples of `audio` at 48 kHz and at `gain_db`, limited to `CEILING_DBTP`. Shape (frames,)."""
    samples = at_programme_rate(audio) * np.float32(db_to_gain(gain_db))
    return limited(samples, db_to_gain(CEILING_DBTP))


def at_programme_rate(audio: Audio) -> NDArray[np.float32]:
    """The samples of `audio` at 48 kHz, as float32."""
    samples = np.ascontiguousarray(audio.samples, dtype=np.float32)
    if audio.sample_rate_hz == SAMPLE_RATE_HZ:
        return samples
    import soxr

    return np.asarray(soxr.resample(samples, audio.sample_rate_hz, SAMPLE_RATE_HZ), dtype=np.float32)


def limited(samples: NDArray[np.float32], ceiling: float) -> NDArray[np.float32]:
    """`samples` (frames,) turned down around each peak, so that none passes ±`ceiling`; untouched if none does.

    The wanted gain is held for a window on both sides of a peak (a sliding minimum), then averaged over a window
    of the same width: the average at a peak holds only values that are low enough for it.
    """
    if not len(samples) or float(np.abs(samples).max()) <= ceiling / 2:
        return samples
    size = _size_between(samples, ceiling / 2)
    peaks = np.flatnonzero(size > ceiling)
    if not len(peaks):
        return samples
    turned_down: NDArray[np.float32] = samples.copy()
    for start, stop in _stretches(peaks, 2 * _HALF_WINDOW, len(samples)):
        wanted = np.ones(stop - start + 4 * _HALF_WINDOW)  # with what the windows see around the stretch
        wanted[2 * _HALF_WINDOW : -2 * _HALF_WINDOW] = ceiling / np.maximum(size[start:stop], ceiling)
        held = _sliding_min(wanted, _HALF_WINDOW)
        turned_down[start:stop] *= _sliding_mean(_sliding_mean(held, _HALF_WINDOW // 2), _HALF_WINDOW // 2)
    np.clip(turned_down, -ceiling, ceiling, out=turned_down)  # for the last bit of rounding
    return turned_down


def _size_between(samples: NDArray[np.float32], floor: float) -> NDArray[np.float32]:
    """The greatest absolute value at each sample and a quarter, a half and three quarters after it; looked for only
    around samples above `floor`."""
    size = np.abs(samples)
    padded = np.zeros(len(samples) + _TAPS - 1, dtype=np.float32)
    padded[_TAPS // 2 - 1 :][: len(samples)] = samples
    for start, stop in _stretches(np.flatnonzero(size > floor), _TAPS, len(samples)):
        around = np.lib.stride_tricks.sliding_window_view(padded[start : stop + _TAPS - 1], _TAPS)
        for between in _SINCS @ around.T:
            np.maximum(size[start:stop], np.abs(between), out=size[start:stop])
    return size


def _stretches(points: NDArray[np.intp], reach: int, length: int) -> list[tuple[int, int]]:
    """(start, stop) of the stretches of (length,) that hold all `points` (one at least) and `reach` around them."""
    far = np.flatnonzero(np.diff(points) > 2 * reach + _JOIN)
    starts = np.maximum(points[np.r_[0, far + 1]] - reach, 0)
    stops = np.minimum(points[np.r_[far, len(points) - 1]] + reach + 1, length)
    return list(zip(starts.tolist(), stops.tolist(), strict=True))


def _sliding_min(values: NDArray[np.float64], half: int) -> NDArray[np.float64]:
    """The minimum over `half` values on both sides of each that has so many, by doubling the width: log2(width)
    passes."""
    width, target = 1, 2 * half + 1
    while width < target:
        step = min(width, target - width)
        values = np.minimum(values[:-step], values[step:])
        width += step
    return values


def _sliding_mean(values: NDArray[np.float64], half: int) -> NDArray[np.float64]:
    """The mean over `half` values on both sides of each that has so many."""
    sums = np.zeros(len(values) + 1)
    np.cumsum(values, out=sums[1:])
    return (sums[2 * half + 1 :] - sums[: -2 * half - 1]) / (2 * half + 1)
