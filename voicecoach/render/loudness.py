"""Loudness and true peak after ITU-R BS.1770-4, in numpy alone.

K-weighting is two biquads. They are applied a millisecond at a time by matrices, chunk by chunk with a lead-in long
enough that the filters have forgotten it, so memory does not grow with the signal. The energy is kept by the
millisecond: clips start on whole milliseconds, so a programme's loudness follows from its clips'
energies without mixing it. Samples are float32, what the filters remember is float64: that is as exact as float64
throughout (0.0001 dB; all float32 is 0.15 dB off at 40 Hz) and five times as fast.
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

_STATES = 4  # numbers that the two stages remember
_ROWS = 200  # milliseconds that are multiplied at once: so few that they stay in the cache

_MS = SAMPLE_RATE_HZ // 1000
TAIL_MS = 250
"""The high-pass rings on after a clip: its double pole near 38 Hz has lost 500 dB by then."""
_CHUNK_MS = 60_000
_HOP_MS, _BLOCK_HOPS = 100, 4  # 400 ms blocks that overlap by 75 %
_OFFSET = -0.691  # so that 997 Hz at 0 dBFS reads -3.01 LUFS
_ABSOLUTE_GATE_LUFS = -70.0
_RELATIVE_GATE_LU = 10.0


def energy_by_ms(samples: NDArray[np.float32]) -> NDArray[np.float64]:
    """The K-weighted energy (sum of squares) of each millisecond, and of the 250 ms that the filter rings on.

    `samples`: (frames,) at 48 kHz. Returns (ceil(frames / 48) + 250,).
    """
    total_ms = -(-len(samples) // _MS) + TAIL_MS
    padded = np.zeros((total_ms, _MS), dtype=np.float32)
    padded.reshape(-1)[: len(samples)] = samples
    energy = np.empty(total_ms)
    for at_ms in range(0, total_ms, _CHUNK_MS):
        lead_ms = min(at_ms, TAIL_MS)
        energy[at_ms : at_ms + _CHUNK_MS] = _energy(padded[at_ms - lead_ms : at_ms + _CHUNK_MS])[lead_ms:]
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


def _energy(milliseconds: NDArray[np.float32]) -> NDArray[np.float64]:
    """The K-weighted energy of each row of (n, 48), from silence.

    The filters are linear: what they give for a millisecond follows from its samples and from the state that the
    millisecond before left behind, both by matrices. The states are summed up by doubling the distance, until a
    filter has forgotten what is further away.
    """
    heard, left = _millisecond()
    heard_32, left_32 = (of[_STATES:].astype(np.float32) for of in (heard, left))
    rows = [slice(at, min(at + _ROWS, len(milliseconds))) for at in range(0, len(milliseconds), _ROWS)]
    state = np.zeros((len(milliseconds) + 1, _STATES))  # at the beginning of each millisecond
    for some in rows:
        state[some.start + 1 : some.stop + 1] = milliseconds[some] @ left_32
    passed_on, distance = left[:_STATES], 1
    while distance < TAIL_MS:
        state[distance:] += state[:-distance] @ passed_on
        passed_on, distance = passed_on @ passed_on, 2 * distance
    energy = np.empty(len(milliseconds))
    for some in rows:
        weighted = milliseconds[some] @ heard_32
        weighted += state[some] @ heard[:_STATES]
        energy[some] = np.einsum("ij,ij->i", weighted, weighted)
    return energy


@lru_cache(maxsize=1)
def _millisecond() -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """What both stages give in a millisecond, (52, 48), and the state that they leave, (52, 4): for each of the 4
    values of the state that they begin with, then for each of the 48 samples, if that one is 1 and all others 0."""
    begin = np.eye(_STATES + _MS)
    state, heard = begin[:_STATES], np.empty((_MS, _STATES + _MS))
    for n in range(_MS):
        x = begin[_STATES + n]
        for s, (b, a) in zip((state[:2], state[2:]), (_HEAD, _HIGH_PASS), strict=True):
            y = b[0] * x + s[0]  # direct form II, transposed
            s[0], s[1] = b[1] * x - a[1] * y + s[1], b[2] * x - a[2] * y
            x = y
        heard[n] = x
    return np.ascontiguousarray(heard.T), np.ascontiguousarray(state.T)
