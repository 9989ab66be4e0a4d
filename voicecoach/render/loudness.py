"""Loudness and true peak after ITU-R BS.1770-4, in numpy alone.

K-weighting is two biquads. They are applied through their exact frequency response, chunk by chunk with a lead-in
long enough that the filters have forgotten it, so memory does not grow with the signal. The energy is kept a
millisecond at a time: clips start on whole milliseconds, so a programme's loudness follows from its clips'
energies without mixing it.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from voicecoach.units import SAMPLE_RATE_HZ, gain_to_db

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

# (b, a) of the two stages at 48 kHz: BS.1770-4, annex 1, tables 1 (head) and 2 (high-pass).
_HEAD = ((1.53512485958697, -2.69169618940638, 1.19839281085285), (1.0, -1.69065929318241, 0.73248077421585))
_HIGH_PASS = ((1.0, -2.0, 1.0), (1.0, -1.99004745483398, 0.99007225036621))

_MS = SAMPLE_RATE_HZ // 1000
TAIL_MS = 250
"""The high-pass rings on after a clip: its double pole near 38 Hz has lost 500 dB by then."""
_CHUNK_MS = 5250
_HOP_MS, _BLOCK_HOPS = 100, 4  # 400 ms blocks that overlap by 75 %
_OFFSET = -0.691  # so that 997 Hz at 0 dBFS reads -3.01 LUFS
_ABSOLUTE_GATE_LUFS = -70.0
_RELATIVE_GATE_LU = 10.0


def energy_by_ms(samples: NDArray[np.float32]) -> NDArray[np.float64]:
    """The K-weighted energy (sum of squares) of each millisecond, and of the 250 ms that the filter rings on.

    `samples`: (frames,) at 48 kHz. Returns (ceil(frames / 48) + 250,).
    """
    total_ms = -(-len(samples) // _MS) + TAIL_MS
    padded = np.zeros(total_ms * _MS)
    padded[: len(samples)] = samples
    energy = np.empty(total_ms)
    for at_ms in range(0, total_ms, _CHUNK_MS):
        lead_ms = min(at_ms, TAIL_MS)
        chunk = padded[(at_ms - lead_ms) * _MS : (at_ms + _CHUNK_MS) * _MS]
        weighted = _k_weighted(chunk)[lead_ms * _MS :]
        energy[at_ms : at_ms + _CHUNK_MS] = np.square(weighted).reshape(-1, _MS).sum(axis=1)
    return energy


def integrated_lufs(samples: NDArray[np.float32]) -> float:
    """Gated integrated loudness of a mono signal at 48 kHz, in LUFS; -inf for silence or under 400 ms."""
    return gated_lufs(energy_by_ms(samples)[: len(samples) // _MS])


def programme_lufs(placed: Iterable[tuple[int, NDArray[np.float64]]], duration_ms: int) -> float:
    """Integrated loudness of a programme from (start_ms, `energy_by_ms`) of each of its clips, in LUFS.

    Exact but for clips that overlap, whose energies are added as if they had nothing in common.
    """
    energy = np.zeros(-(-duration_ms // _HOP_MS))
    for start_ms, clip in placed:
        hops = (start_ms + np.arange(len(clip))) // _HOP_MS
        heard = hops < len(energy)
        np.add.at(energy, hops[heard], clip[heard])
    return _gated(energy[: duration_ms // _HOP_MS])


def gated_lufs(energy_ms: NDArray[np.float64]) -> float:
    """Integrated loudness of energies by the millisecond; what does not fill a hop at the end is left out."""
    whole = len(energy_ms) // _HOP_MS * _HOP_MS
    return _gated(energy_ms[:whole].reshape(-1, _HOP_MS).sum(axis=1))


def mean_lufs(energy_ms: NDArray[np.float64]) -> float:
    """Energies by the millisecond as one ungated level, in LUFS."""
    return _lufs(float(energy_ms.mean()) / _MS) if len(energy_ms) else -math.inf


def true_peak_dbtp(samples: NDArray[np.float32]) -> float:
    """The greatest value between the samples, by four-fold oversampling (BS.1770-4, annex 2), in dBTP."""
    import soxr

    if not len(samples):
        return -math.inf
    between = soxr.resample(samples, SAMPLE_RATE_HZ, 4 * SAMPLE_RATE_HZ)
    return gain_to_db(max(float(np.abs(between).max()), float(np.abs(samples).max())))


def _gated(hops: NDArray[np.float64]) -> float:
    """BS.1770-4 gating of energies (hops,), a value every 100 ms."""
    if len(hops) < _BLOCK_HOPS:
        return -math.inf
    sums = np.convolve(hops, np.ones(_BLOCK_HOPS), "valid")
    power = sums / (_BLOCK_HOPS * _HOP_MS * _MS)
    power = power[power > _power(_ABSOLUTE_GATE_LUFS)]
    if not len(power):
        return -math.inf
    return _lufs(float(power[power > power.mean() * 10 ** (-_RELATIVE_GATE_LU / 10)].mean()))


def _lufs(power: float) -> float:
    return _OFFSET + 10 * math.log10(power) if power > 0 else -math.inf


def _power(lufs: float) -> float:
    return float(10 ** ((lufs - _OFFSET) / 10))


def _k_weighted(chunk: NDArray[np.float64]) -> NDArray[np.float64]:
    """`chunk` (frames,) through both stages; room for the ringing keeps the end from wrapping to the start."""
    size = _fast_size(len(chunk) + TAIL_MS * _MS)
    spectrum = np.fft.rfft(chunk, size)
    spectrum *= _response(size)
    return np.fft.irfft(spectrum, size)[: len(chunk)]


@lru_cache(maxsize=8)
def _response(size: int) -> NDArray[np.complex128]:
    """The complex response of both stages at the (size // 2 + 1,) frequencies of a real FFT."""
    z = np.exp(-2j * np.pi * np.arange(size // 2 + 1) / size)
    response: NDArray[np.complex128] = np.ones_like(z)
    for b, a in (_HEAD, _HIGH_PASS):
        response *= np.polyval(b[::-1], z) / np.polyval(a[::-1], z)
    return response


def _fast_size(length: int) -> int:
    """The next multiple of a quarter of a power of two: quick to transform, and few, so `_response` is kept."""
    step = max(1 << max(length.bit_length() - 3, 0), 1)
    return -(-length // step) * step
