"""How loud every clip is: speech alike, tones a set distance from it, the programme at its target.

The level of an utterance is its mean K-weighted power while it is active. Measured on 56 Danish and English texts
from eSpeak, this has the least spread of nine measures (1.6 and 0.95 dB) and no bias between single words and long
sentences, and it shows what one gain a voice would leave: "tredive" sits 4.5 dB below the sentences around it. So
the gain is set per utterance. It depends on that utterance alone, so the first seconds, played before the rest of
the programme is known, are at the same level as they are in the whole.
"""

from __future__ import annotations

import math
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, TypeVar

from voicecoach.model import Tone, levelled
from voicecoach.render.clip import at_programme_rate, clip_samples
from voicecoach.render.kept_levels import TARGET_LUFS
from voicecoach.render.loudness import energy_by_ms, mean_lufs, programme_lufs
from voicecoach.render.tone import tone_level_lu

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from voicecoach.model import Audio, LevelledTimeline, Sound, Timeline

_K = TypeVar("_K")
_V = TypeVar("_V")

__all__ = ["TARGET_LUFS", "active_lufs", "measured_lufs", "placed_energies", "with_levels"]

SPEECH_LU = 1.4
"""Active speech above the programme: the gate keeps pauses inside sentences, which pull the programme down."""

TRIM_FROM_LU = 0.5
"""A programme this near its target is left alone, so that most clips have one gain in every programme."""

_ACTIVE_DB = 30.0
_FRAME_MS = 10
_GAIN_RANGE_DB = 30.0
"""What is nearly silent is not blown up into noise."""


def with_levels(
    timeline: Timeline,
    audio_of: Callable[[Sound], Audio],
    *,
    target_lufs: float = TARGET_LUFS,
    trim_db: float | None = None,
) -> LevelledTimeline:
    """`timeline` with the gain of every clip set, so that the mixed programme is at `target_lufs` ±1.

    `trim_db` is added to every clip; `None` measures the programme and chooses it (0 within half a LU of the
    target). The beginning of a programme that is not known whole yet takes 0. Deterministic.
    """
    sounds = list(dict.fromkeys(clip.sound for clip in timeline.clips))
    if trim_db is not None:
        base = _each(sounds, lambda sound: _base_gain_db(sound, audio_of(sound), target_lufs))
    else:

        def measured(sound: Sound) -> tuple[float, NDArray[np.float64]]:
            audio = audio_of(sound)
            gain_db = _base_gain_db(sound, audio, target_lufs)
            return gain_db, energy_by_ms(clip_samples(audio, gain_db))

        both = _each(sounds, measured)
        base = {sound: gain_db for sound, (gain_db, _) in both.items()}
        lufs = programme_lufs(((clip.start_ms, both[clip.sound][1]) for clip in timeline.clips), timeline.duration_ms)
        trim_db = _trim_db(timeline, audio_of, base, target_lufs, lufs)
    return levelled(timeline, (round(base[clip.sound] + trim_db, 2) for clip in timeline.clips))


def measured_lufs(timeline: LevelledTimeline, audio_of: Callable[[Sound], Audio]) -> float:
    """Integrated loudness of the programme with the gains it has, from its distinct clips: nothing is mixed."""
    return programme_lufs(placed_energies(timeline, audio_of), timeline.duration_ms)


def placed_energies(
    timeline: LevelledTimeline, audio_of: Callable[[Sound], Audio]
) -> Iterator[tuple[int, NDArray[np.float64]]]:
    """Of each clip, where it starts in ms, and the `energy_by_ms` that it has at its gain."""
    gains = list(dict.fromkeys((clip.sound, clip.gain_db) for clip in timeline.clips))
    energy = _each(gains, lambda of: energy_by_ms(clip_samples(audio_of(of[0]), of[1])))
    for clip in timeline.clips:
        yield clip.start_ms, energy[clip.sound, clip.gain_db]


def _each(keys: Sequence[_K], make: Callable[[_K], _V]) -> dict[_K, _V]:
    """What `make` makes of each key, on two cores: numpy lets go of the interpreter's lock."""
    with ThreadPoolExecutor(2, thread_name_prefix="levels") as pool:
        return dict(zip(keys, pool.map(make, keys), strict=True))


def active_lufs(samples: NDArray[np.float32]) -> float:
    """The K-weighted level of (frames,) at 48 kHz while it is active: within 30 dB of its loudest 10 ms.

    After the idea of ITU-T P.56, with K-weighting and a gate that follows the clip.
    """
    energy = energy_by_ms(samples)
    frames = energy[: len(energy) // _FRAME_MS * _FRAME_MS].reshape(-1, _FRAME_MS).mean(axis=1)
    return mean_lufs(frames[frames >= frames.max() * 10 ** (-_ACTIVE_DB / 10)]) if frames.any() else -math.inf


def levelled_samples(sound: Sound, audio: Audio, target_lufs: float) -> NDArray[np.float32]:
    """`audio` as it is heard in a programme at `target_lufs` that needs no trim: at its gain, and limited."""
    return clip_samples(audio, round(_base_gain_db(sound, audio, target_lufs), 2))


def _base_gain_db(sound: Sound, audio: Audio, target_lufs: float) -> float:
    level = active_lufs(at_programme_rate(audio))
    if level == -math.inf:
        return 0.0
    wanted = target_lufs + SPEECH_LU + (tone_level_lu(sound.name) if isinstance(sound, Tone) else 0.0)
    return max(-_GAIN_RANGE_DB, min(wanted - level, _GAIN_RANGE_DB))


def _trim_db(
    timeline: Timeline,
    audio_of: Callable[[Sound], Audio],
    base: Mapping[Sound, float],
    target_lufs: float,
    lufs: float,
) -> float:
    """What brings the programme from `lufs` to its target. Looked at once more, as limited peaks do not rise with the
    gain."""
    trim = target_lufs - lufs
    if abs(trim) <= TRIM_FROM_LU or trim == math.inf:
        return 0.0
    trimmed = levelled(timeline, (base[clip.sound] + trim for clip in timeline.clips))
    error = target_lufs - measured_lufs(trimmed, audio_of)
    return trim if abs(error) <= TRIM_FROM_LU or error == math.inf else trim + error
