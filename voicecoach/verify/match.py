"""One cue: where it is in a stretch of heard sound, how like what it should be, how loud, and whether whole.

It is found twice: by correlation with the samples it was made of, which is exact to a fraction of a sample, and by
the moment at which the level rises, which knows nothing of the waveform.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from voicecoach.units import SAMPLE_RATE_HZ, db_to_gain, gain_to_db

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Samples = NDArray[np.float32]

_MS = SAMPLE_RATE_HZ // 1000
_FEWER = 4
"""The search is made at 12 kHz, where cues have nearly all their energy; the place is refined at 48 kHz."""
_PLACES = 32
_NEARLY = 0.15
"""How much lower a peak of the search may be and yet be the true one: at worst it lies between two samples."""
_QUIETEST = 1e-3
"""Of the expected energy: what is 30 dB quieter than the cue is not taken for it, however like it is."""

PART_MS = 50
_AUDIBLE_PART_DB = -30.0
"""Relative to the loudest part of the cue: quieter parts may be lost in a codec."""
_LOUD_PART_DB = -12.0
_LOST = 0.5
"""A part is lost where less than half of its amplitude is heard."""
_FOREIGN_DB = -6.0
"""Relative to the cue: what is louder and not the cue is a second sound. Codec noise lies 10 dB lower."""
_CODEC_DB = -14.0
"""Relative to what is planned beside the cue: the codec's noise of it, which may be louder than a soft cue."""

_RISE_DB = (-24.0, -18.0, -12.0, -6.0)
"""Relative to the loudest moment of the beginning. The median of the four is taken: where a soft consonant just
touches one of them, a codec may move that one by 10 ms."""
_RISE_WINDOW_MS = 300
_RISE_BEFORE_MS = 30
_LEVEL_FRAMES = _MS // 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A cue as it is heard."""

    lag: float
    """Frames by which it is late, with a fraction."""
    similarity: float
    """1.0: exactly the expected sound, at any level; 0: nothing of it."""
    gain_db: float
    """Louder than expected; -inf if it is not there."""
    lost: tuple[tuple[int, int], ...]
    """(from, to) in ms from its beginning: stretches that are not heard."""
    foreign: tuple[tuple[int, int], ...]
    """(from, to) in ms from its beginning: stretches in which something else sounds as well."""


def search(heard: Samples, cue: Samples) -> tuple[int, float]:
    """(lag in frames, similarity) of the place in `heard` that is most like `cue`; `heard` is the longer.

    The lag counts from the first sample of `heard`.
    """
    likeness = _likeness(_fewer(heard), _fewer(cue))
    places = (_refined(heard, cue, place * _FEWER) for place in _best_places(likeness))
    return max(places, key=lambda place: place[1])


def _best_places(likeness: NDArray[np.float64]) -> list[int]:
    """The highest peaks: a tone is like itself a period later, and the grid of the search may prefer that place."""
    padded = np.pad(likeness, 1, constant_values=-np.inf)
    peaks = np.flatnonzero((likeness >= padded[:-2]) & (likeness >= padded[2:]))
    good = peaks[likeness[peaks] >= likeness.max() - _NEARLY]
    return [int(place) for place in good[np.argsort(-likeness[good], kind="stable")][:_PLACES]]


def _refined(heard: Samples, cue: Samples, near: int) -> tuple[int, float]:
    first = max(near - 2 * _FEWER, 0)
    fine = heard[first : near + 2 * _FEWER + len(cue)]
    if len(fine) < len(cue):
        return near, 0.0
    products = np.correlate(fine, cue, "valid")
    best = int(np.argmax(products))
    likeness = _similarity(fine[best : best + len(cue)], cue)
    if 0 < best < len(products) - 1 and likeness > 0:
        left, top, right = (float(product) for product in products[best - 1 : best + 2])
        likeness *= 1 + _overtop(left, top, right) / top
    return first + best, likeness


def match(heard: Samples, cue: Samples, lag: int, beside: Samples | None = None) -> Match:
    """`cue` at `lag` frames after the first sample of `heard`, which holds it whole and a sample on both sides.

    `beside`: what was taken out of `heard`, of the same length.
    """
    there = heard[lag : lag + len(cue)]
    lost, foreign, gain = _by_part(there, cue, None if beside is None else beside[lag : lag + len(cue)])
    return Match(
        lag=lag + _fraction(heard, cue, lag),
        similarity=_similarity(there, cue),
        gain_db=gain_to_db(gain),
        lost=lost,
        foreign=foreign,
    )


def rise_difference_ms(heard: Samples, cue: Samples, gain_db: float, before_frames: int) -> float:
    """How much later the level rises in `heard` than in `cue`, in ms, to half a millisecond.

    `heard` begins `before_frames` before the place where the cue was found.
    """
    beginning = cue[: _RISE_WINDOW_MS * _MS]
    expected = _level(np.concatenate([np.zeros(before_frames, np.float32), beginning]))
    level = _level(heard[: before_frames + len(beginning)])
    loudest, gain = float(expected.max(initial=0)), db_to_gain(gain_db)
    rises = [(expected >= limit, level >= limit * gain) for limit in (loudest * db_to_gain(db) for db in _RISE_DB)]
    if gain <= 0 or not all(ours.any() and theirs.any() for ours, theirs in rises):
        return float("inf")
    late = [int(np.argmax(theirs)) - int(np.argmax(ours)) for ours, theirs in rises]
    return float(np.median(late)) * _LEVEL_FRAMES / _MS


RISE_BEFORE_FRAMES = _RISE_BEFORE_MS * _MS


def _likeness(heard: Samples, cue: Samples) -> NDArray[np.float64]:
    """The normalised correlation of `cue` with every place of `heard`."""
    places = len(heard) - len(cue) + 1
    size = 1 << (len(heard) - 1).bit_length()
    spectrum = np.fft.rfft(heard, size) * np.conj(np.fft.rfft(cue, size))
    products = np.fft.irfft(spectrum, size)[:places]
    sums = np.cumsum(np.concatenate([np.zeros(1), np.square(heard, dtype=np.float64)]))
    energy, own = sums[len(cue) :] - sums[:places], float(np.square(cue, dtype=np.float64).sum())
    likeness: NDArray[np.float64] = products / np.sqrt(np.maximum(energy, _QUIETEST * own) * own + 1e-12)
    return likeness


def _similarity(there: Samples, cue: Samples) -> float:
    own = float(np.dot(cue, cue))
    energy = max(float(np.dot(there, there)), _QUIETEST * own)
    return float(np.dot(there, cue)) / float(np.sqrt(energy * own)) if own > 0 else 0.0


def _fraction(heard: Samples, cue: Samples, lag: int) -> float:
    """The part of a frame to add to `lag`: the top of the parabola through the correlation and its neighbours."""
    if lag < 1 or lag + 1 + len(cue) > len(heard):
        return 0.0
    left, top, right = (float(np.dot(heard[lag + by : lag + by + len(cue)], cue)) for by in (-1, 0, 1))
    bend = left - 2 * top + right
    return min(max(0.5 * (left - right) / bend, -1.0), 1.0) if bend < 0 else 0.0


def _overtop(left: float, top: float, right: float) -> float:
    """How much higher than its middle the parabola through three values is."""
    bend = left - 2 * top + right
    return -((left - right) ** 2) / (8 * bend) if bend < 0 else 0.0


def _by_part(
    there: Samples, cue: Samples, beside: Samples | None
) -> tuple[tuple[tuple[int, int], ...], tuple[tuple[int, int], ...], float]:
    """(lost stretches, foreign stretches, gain): part by part, so that one damaged part does not colour the rest."""
    starts = np.arange(0, max(len(cue) - PART_MS * _MS // 2, 1), PART_MS * _MS)
    own = np.add.reduceat(np.square(cue, dtype=np.float64), starts)
    product = np.add.reduceat(cue.astype(np.float64) * there, starts)
    energy = np.add.reduceat(np.square(there, dtype=np.float64), starts)
    loudest = float(own.max())
    if loudest <= 0:
        return (), (), 1.0
    share = product / np.maximum(own, 1e-12)
    loud = own >= loudest * 10 ** (_LOUD_PART_DB / 10)
    gain = max(float(np.quantile(share[loud], 0.75)), 0.0)
    lost = (own >= loudest * 10 ** (_AUDIBLE_PART_DB / 10)) & (share < _LOST * gain)
    rest = energy - product * share
    if beside is not None:
        rest -= np.add.reduceat(np.square(beside, dtype=np.float64), starts) * 10 ** (_CODEC_DB / 10)
    foreign = rest > float(own[loud].mean()) * max(gain, 1e-3) ** 2 * 10 ** (_FOREIGN_DB / 10)
    length_ms = len(cue) // _MS
    return _stretches(lost, length_ms), _stretches(foreign, length_ms), gain


def _stretches(parts: NDArray[np.bool_], length_ms: int) -> tuple[tuple[int, int], ...]:
    at = np.flatnonzero(parts)
    runs = np.split(at, np.flatnonzero(np.diff(at) > 1) + 1) if len(at) else []
    last = len(parts) - 1
    return tuple(
        (int(run[0]) * PART_MS, length_ms if run[-1] == last else (int(run[-1]) + 1) * PART_MS) for run in runs
    )


def _fewer(samples: Samples) -> Samples:
    whole = len(samples) // _FEWER * _FEWER
    fewer: Samples = samples[:whole].reshape(-1, _FEWER).mean(axis=1)
    return fewer


def _level(samples: Samples) -> NDArray[np.float64]:
    """Root mean square over 2 ms, every half millisecond."""
    power = np.square(samples[: len(samples) // _LEVEL_FRAMES * _LEVEL_FRAMES], dtype=np.float64)
    halves = power.reshape(-1, _LEVEL_FRAMES).mean(axis=1)
    level: NDArray[np.float64] = np.sqrt(np.convolve(halves, np.full(4, 0.25))[: len(halves)])
    return level
