"""Measures of the whole file, taken block by block while it is read: length, level of every millisecond, peaks."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from voicecoach.units import SAMPLE_RATE_HZ, db_to_gain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from voicecoach.verify.instruments import Instruments

_MS = SAMPLE_RATE_HZ // 1000
FULL_SCALE = np.float32(32767 / 32768)
"""The greatest positive value of 16 bits. What reaches it was at full scale, or beyond it."""

_LEAD_MS = 250
"""The K-weighting filter has forgotten what is further back."""
_INAUDIBLE = 1e-5  # -100 dBFS adds nothing to any loudness
_PEAK_WINDOW_MS = 250
_BETWEEN_SAMPLES_DB = 4.0
"""A sound's peak between its samples is no more than this above its samples: the windows below cannot win."""
_NO_WORRY = 0.5  # -6 dBFS: there the true peak is far from any limit


class Survey:
    """Give it every block in order through `watch`; then read it. All blocks but the last hold whole milliseconds."""

    def __init__(self, instruments: Instruments) -> None:
        self._measure = instruments
        self._lead = np.zeros(_LEAD_MS * _MS, dtype=np.float32)
        self._power: list[NDArray[np.float32]] = []
        self._weighted: list[NDArray[np.float32]] = []
        self.frames = 0
        self.sample_peak = 0.0
        self.true_peak_dbtp = -math.inf
        """Exact where it is above -2 dBTP; below that, at least the sample peak."""
        self.full_scale: list[tuple[int, int]] = []
        """(first frame, frames) of each run of samples at full scale."""

    def watch(self, blocks: Iterator[NDArray[np.float32]]) -> Iterator[NDArray[np.float32]]:
        for block in blocks:
            self._add(block)
            yield block

    @property
    def power_by_ms(self) -> NDArray[np.float32]:
        """The mean square of each millisecond, the last one perhaps not whole."""
        return np.concatenate([*self._power, np.zeros(0, np.float32)])

    @property
    def integrated_lufs(self) -> float:
        weighted = np.concatenate([*self._weighted, np.zeros(0, np.float32)])
        return self._measure.gated_lufs(weighted[: self.frames // _MS].astype(np.float64))

    def _add(self, block: NDArray[np.float32]) -> None:
        whole_ms = -(-len(block) // _MS)
        padded = np.pad(block, (0, whole_ms * _MS - len(block)))
        self._power.append(np.square(padded).reshape(-1, _MS).mean(axis=1))
        led = np.concatenate([self._lead, block])
        self._weigh(led, whole_ms)
        self._look_for_peaks(led)
        self._look_for_full_scale(block)
        self._lead = led[-len(self._lead) :]
        self.frames += len(block)

    def _weigh(self, led: NDArray[np.float32], whole_ms: int) -> None:
        if float(np.abs(led).max()) < _INAUDIBLE:
            self._weighted.append(np.zeros(whole_ms, np.float32))
            return
        energy = self._measure.energy_by_ms(led)[_LEAD_MS : _LEAD_MS + whole_ms]
        self._weighted.append(energy.astype(np.float32))

    def _look_for_peaks(self, led: NDArray[np.float32]) -> None:
        """Windows that overlap by half and fade at their ends, as a sound that is cut off would overshoot."""
        size, half = _PEAK_WINDOW_MS * _MS, _PEAK_WINDOW_MS * _MS // 2
        self.sample_peak = max(self.sample_peak, float(np.abs(led).max()))
        worth = max(self.sample_peak * db_to_gain(-_BETWEEN_SAMPLES_DB), _NO_WORRY)
        for at in range(0, len(led) - half, half):
            window = led[at : at + size]
            if float(np.abs(window).max()) >= worth:
                self.true_peak_dbtp = max(self.true_peak_dbtp, self._measure.true_peak_dbtp(_faded(window)))

    def _look_for_full_scale(self, block: NDArray[np.float32]) -> None:
        at = np.flatnonzero(np.abs(block) >= FULL_SCALE)
        for run in np.split(at, np.flatnonzero(np.diff(at) > 1) + 1) if len(at) else []:
            self.full_scale.append((self.frames + int(run[0]), len(run)))


def _faded(window: NDArray[np.float32]) -> NDArray[np.float32]:
    """The first and the last eighth rise from and fall to nothing; the neighbours hear them whole."""
    edge = len(window) // 8
    faded: NDArray[np.float32] = window.copy()
    ramp = (0.5 - 0.5 * np.cos(np.pi * np.arange(edge) / max(edge, 1))).astype(np.float32)
    faded[:edge] *= ramp
    faded[len(faded) - edge :] *= ramp[::-1]
    return faded
