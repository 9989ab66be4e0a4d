"""Promises of the whole file: length, silence where nothing is planned, clipping, loudness and true peak."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from voicecoach.units import SAMPLE_RATE_HZ, db_to_gain, gain_to_db, ms_to_frames
from voicecoach.verify.report import Offender, Promise

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from voicecoach.model import Timeline
    from voicecoach.verify.survey import Survey

SILENCE_DBFS = -70.0
"""Root mean square of a millisecond. Beyond `BESIDE_CUES_MS`, decoded MP3 files of ours hold zeros."""
BESIDE_CUES_MS = 25
"""An MP3 smears the edge of a sound over up to two granules of 12 ms; measured at 96 kbit/s: 10 ms at -78 dBFS."""
_ONE_STRETCH_MS = 100
"""Unexpected sounds that are no further apart are told as one."""
TARGET_WITHIN_LU = 1.0
PEAK_DBTP = -1.0


def whole_promises(timeline: Timeline, survey: Survey, target_lufs: float) -> list[Promise]:
    loudness, peak = _loudness(survey, target_lufs), _true_peak(survey)
    return [_length(timeline, survey), _silence(timeline, survey), _clipping(survey), loudness, peak]


def _length(timeline: Timeline, survey: Survey) -> Promise:
    planned = ms_to_frames(timeline.duration_ms)
    off = survey.frames - planned
    heard_ms = survey.frames * 1000 / SAMPLE_RATE_HZ
    says = f"{heard_ms / 1000:.3f} s, {off:+d} samples" if off else f"{heard_ms / 1000:.3f} s, to the sample"
    end = Offender(at_ms=round(heard_ms), text="end of the file", says=f"planned at {timeline.duration_ms} ms")
    figures = {"heard_ms": heard_ms, "planned_ms": timeline.duration_ms, "off_samples": off}
    return Promise(id="length", kept=not off, says=says, figures=figures, offenders=(end,) if off else ())


def _silence(timeline: Timeline, survey: Survey) -> Promise:
    power = survey.power_by_ms
    quiet = np.ones(len(power), dtype=np.bool_)
    for clip in timeline.clips:
        quiet[max(clip.start_ms - BESIDE_CUES_MS, 0) : clip.end_ms + BESIDE_CUES_MS] = False
    loud = np.flatnonzero(quiet & (power > db_to_gain(SILENCE_DBFS) ** 2))
    stretches = _stretches(loud, power)
    floor = gain_to_db(float(np.sqrt(power[quiet].max(initial=0.0))))
    silent_s = float(quiet.sum()) / 1000
    loudest = "all digital silence" if floor < -150 else f"loudest millisecond {floor:.1f} dBFS"
    return Promise(
        id="silence",
        kept=not stretches,
        says=f"{silent_s:.1f} s with nothing planned, {loudest}",
        figures={"silent_s": silent_s, "loudest_dbfs": max(floor, -200.0), "stretches": len(stretches)},
        offenders=tuple(
            Offender(at_ms=start, text="(silence)", says=f"sound for {end - start} ms, up to {level:.1f} dBFS")
            for level, start, end in sorted(stretches, reverse=True)
        ),
    )


def _stretches(loud: NDArray[np.intp], power: NDArray[np.float32]) -> list[tuple[float, int, int]]:
    """(level in dBFS, from, to in ms) of each stretch of sound."""
    runs = np.split(loud, np.flatnonzero(np.diff(loud) > _ONE_STRETCH_MS) + 1) if len(loud) else []
    return [(gain_to_db(float(np.sqrt(power[run].max()))), int(run[0]), int(run[-1]) + 1) for run in runs]


def _clipping(survey: Survey) -> Promise:
    runs = sorted(survey.full_scale, key=lambda run: -run[1])
    samples = sum(length for _, length in runs)
    return Promise(
        id="no-clipping",
        kept=not runs,
        says=f"{samples} samples at full scale; highest {gain_to_db(survey.sample_peak):.2f} dBFS",
        figures={
            "samples": samples,
            "runs": len(runs),
            "longest_run": runs[0][1] if runs else 0,
            "sample_peak_dbfs": max(gain_to_db(survey.sample_peak), -200.0),
        },
        offenders=_clipped(runs),
    )


def _clipped(runs: Sequence[tuple[int, int]]) -> tuple[Offender, ...]:
    return tuple(
        Offender(
            at_ms=at * 1000 // SAMPLE_RATE_HZ,
            text="(full scale)",
            says="1 sample" if length == 1 else f"{length} samples in a row",
        )
        for at, length in runs
    )


def _loudness(survey: Survey, target_lufs: float) -> Promise:
    lufs = survey.integrated_lufs
    return Promise(
        id="loudness",
        kept=abs(lufs - target_lufs) <= TARGET_WITHIN_LU,
        says=f"{lufs:.2f} LUFS, target {target_lufs:g} ± {TARGET_WITHIN_LU:g}",
        figures={"integrated_lufs": max(lufs, -200.0), "target_lufs": target_lufs},
    )


def _true_peak(survey: Survey) -> Promise:
    peak = max(survey.true_peak_dbtp, gain_to_db(survey.sample_peak))
    return Promise(
        id="true-peak",
        kept=peak <= PEAK_DBTP,
        says=f"{peak:.2f} dBTP, at most {PEAK_DBTP:g}",
        figures={"true_peak_dbtp": max(peak, -200.0), "limit_dbtp": PEAK_DBTP},
    )
