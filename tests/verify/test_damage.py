"""Damaged files are found out, and told for what they are."""

from __future__ import annotations

import wave
from collections.abc import Callable
from itertools import accumulate

import numpy as np
import pytest

from tests.verify.conftest import Judge, Samples, broken, promise
from voicecoach.model import Clip, Language, Utterance
from voicecoach.units import ms_to_frames

ENDINGS = ("wav", "mp3")


def spoken(judge: Judge, role: str, nth: int = 0) -> Clip:
    """The nth utterance of the role, with nothing else sounding at the same time."""
    clips = judge.timeline.clips
    alone = (
        clip
        for clip in clips
        if clip.role == role
        and isinstance(clip.sound, Utterance)
        and not any(o is not clip and o.start_ms < clip.end_ms and clip.start_ms < o.end_ms for o in clips)
    )
    return list(alone)[nth]


def moved(judge: Judge, clip: Clip, by_ms: int) -> Samples:
    start, end, by = ms_to_frames(clip.start_ms), ms_to_frames(clip.end_ms), ms_to_frames(by_ms)
    samples: Samples = judge.samples.copy()
    cue = samples[start:end].copy()
    samples[start:end] = 0
    samples[start + by : end + by] += cue
    return samples


def silenced(judge: Judge, start_ms: int, end_ms: int) -> Samples:
    samples: Samples = judge.samples.copy()
    samples[ms_to_frames(start_ms) : ms_to_frames(end_ms)] = 0
    return samples


def texts(judge: Judge, samples: Samples, ending: str, id_: str) -> list[str]:
    return [offender.text for offender in promise(judge.report(samples, ending), id_).offenders]


def words(clip: Clip) -> str:
    assert isinstance(clip.sound, Utterance)
    return clip.sound.text


@pytest.mark.parametrize(("ending", "by_ms"), [("wav", 60), ("mp3", 60), ("mp3", 10), ("wav", -10), ("mp3", 3)])
def test_a_moved_cue_is_out_of_place(danish: Judge, ending: str, by_ms: int) -> None:
    clip = spoken(danish, "instruction")
    report = danish.report(moved(danish, clip, by_ms), ending)
    found = promise(report, "cues-in-place")
    assert [(o.at_ms, o.text) for o in found.offenders] == [(clip.start_ms, words(clip))]
    assert found.figures["worst_ms"] == pytest.approx(by_ms, abs=0.01)
    assert found.figures["worst_rise_ms"] == pytest.approx(by_ms, abs=2)
    assert "hold-lengths" not in broken(report)


@pytest.mark.parametrize("by_ms", [60, -30])
def test_a_moved_count_is_off_its_second(danish: Judge, by_ms: int) -> None:
    clip = spoken(danish, "count", 1)
    report = danish.report(moved(danish, clip, by_ms), "mp3")
    counts = promise(report, "counts-on-the-second")
    assert words(clip) in {offender.text for offender in counts.offenders}
    assert counts.figures["worst_ms"] == pytest.approx(by_ms, abs=2)
    assert abs(counts.figures["worst_interval_ms"]) == pytest.approx(abs(by_ms), abs=3)
    assert "cues-in-place" in broken(report)


@pytest.mark.parametrize(("ending", "part"), [("wav", "head"), ("wav", "tail"), ("mp3", "tail"), ("mp3", "middle")])
def test_a_cut_cue_is_not_whole(danish: Judge, ending: str, part: str) -> None:
    clip = spoken(danish, "name")
    length = clip.duration_ms
    start, end = {"head": (0, length // 2), "tail": (length // 2, length), "middle": (length // 3, length // 2)}[part]
    samples = silenced(danish, clip.start_ms + start, clip.start_ms + end)
    report = danish.report(samples, ending)
    assert broken(report) & {"cues-whole", "cues-heard"}
    assert {offender.text for p in report.promises for offender in p.offenders} == {words(clip)}


def test_a_cut_of_the_last_tenth_of_a_second_is_noticed(danish: Judge) -> None:
    clip = spoken(danish, "name")
    samples = silenced(danish, clip.end_ms - 110, clip.end_ms)
    assert texts(danish, samples, "mp3", "cues-whole") == [words(clip)]


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_missing_cue_is_not_heard(danish: Judge, ending: str) -> None:
    for clip in (spoken(danish, "count", 2), spoken(danish, "name")):
        samples = silenced(danish, clip.start_ms, clip.end_ms)
        assert texts(danish, samples, ending, "cues-heard") == [words(clip)]


def test_a_missing_count_breaks_the_counting(danish: Judge) -> None:
    clip = spoken(danish, "count", 2)
    assert "counts-on-the-second" in broken(danish.report(silenced(danish, clip.start_ms, clip.end_ms), "wav"))


@pytest.mark.parametrize("role", ["begin", "end"])
def test_a_hold_without_its_tone_has_no_length(danish: Judge, role: str) -> None:
    clip = next(clip for clip in danish.timeline.clips if clip.role == role)
    report = danish.report(silenced(danish, clip.start_ms, clip.end_ms), "wav")
    assert {"cues-heard", "hold-lengths", "equal-sides"} <= broken(report)


def quiet_place_ms(judge: Judge) -> int:
    clips = judge.timeline.clips
    ends = accumulate((clip.end_ms for clip in clips), max)  # a breath goes on under the word that begins with it
    gaps = zip(ends, (clip.start_ms for clip in clips[1:]), strict=False)
    start_ms, end_ms = max(gaps, key=lambda gap: gap[1] - gap[0])
    return (start_ms + end_ms) // 2


@pytest.mark.parametrize(("ending", "length_ms", "level"), [("wav", 300, 0.1), ("mp3", 300, 0.1), ("mp3", 40, 0.003)])
def test_a_sound_in_a_silence_is_reported_with_its_time(
    danish: Judge, ending: str, length_ms: int, level: float
) -> None:
    at_ms = quiet_place_ms(danish)
    start, frames = ms_to_frames(at_ms), ms_to_frames(length_ms)
    samples = danish.samples.copy()
    samples[start : start + frames] += level * np.sin(np.arange(frames) / 10).astype(np.float32)
    report = danish.report(samples, ending)
    assert broken(report) == {"silence"}
    (offender,) = promise(report, "silence").offenders
    assert offender.at_ms == pytest.approx(at_ms, abs=15)


def test_a_click_of_one_sample_is_reported(danish: Judge) -> None:
    at_ms = quiet_place_ms(danish)
    samples = danish.samples.copy()
    samples[ms_to_frames(at_ms)] = 0.2
    assert broken(danish.report(samples, "wav")) == {"silence"}


def test_a_second_voice_over_a_cue_is_heard(danish: Judge) -> None:
    over, other = spoken(danish, "instruction"), spoken(danish, "name")
    length = ms_to_frames(min(over.duration_ms, other.duration_ms))
    start, from_ = ms_to_frames(over.start_ms), ms_to_frames(other.start_ms)
    samples = danish.samples.copy()
    samples[start : start + length] += danish.samples[from_ : from_ + length] * np.float32(0.9)
    report = danish.report(np.clip(samples, -0.79, 0.79), "mp3")
    assert "one-voice" in broken(report)
    assert words(over) in {offender.text for offender in promise(report, "one-voice").offenders}


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_shortened_side_is_unequal(danish: Judge, ending: str) -> None:
    right = next(step for step in danish.timeline.steps if step.side == "right")
    at = ms_to_frames(right.work_start_ms + 9000)
    samples = np.delete(danish.samples, slice(at, at + ms_to_frames(500)))
    report = danish.report(samples, ending)
    assert {"length", "cues-in-place", "hold-lengths", "equal-sides"} <= broken(report)
    assert promise(report, "length").figures["off_samples"] == -24_000
    assert promise(report, "hold-lengths").figures["worst_ms"] == pytest.approx(-500, abs=0.1)
    assert promise(report, "equal-sides").figures["worst_ms"] == pytest.approx(-500, abs=0.1)
    assert len(promise(report, "hold-lengths").offenders) == 1


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_shortened_change_of_sides_is_no_exact_rest(danish: Judge, ending: str) -> None:
    right = next(step for step in danish.timeline.steps if step.side == "right")
    at = ms_to_frames(right.work_start_ms - 150)
    report = danish.report(np.delete(danish.samples, slice(at, at + ms_to_frames(100))), ending)
    assert "rests" in broken(report)
    assert "hold-lengths" not in broken(report)
    assert promise(report, "rests").figures["worst_ms"] == pytest.approx(-100, abs=0.1)
    (offender,) = promise(report, "rests").offenders
    assert offender.at_ms == right.start_ms


def test_one_sample_too_many_is_a_wrong_length(danish: Judge) -> None:
    path = danish.folder / "long.wav"
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, 48_000, 0, "NONE", ""))
        file.writeframes(np.rint(np.append(danish.samples, 0) * 32767).astype("<i2").tobytes())
    report = danish.report_on(path)
    assert broken(report) == {"length"}
    assert promise(report, "length").figures["off_samples"] == 1


def test_one_sample_at_full_scale_is_clipping(danish: Judge) -> None:
    samples = danish.samples.copy()
    at = int(np.argmax(samples))
    samples[at] = 1.0
    report = danish.report(samples, "wav")
    assert {"no-clipping", "true-peak"} <= broken(report)
    assert promise(report, "no-clipping").figures["samples"] == 1
    assert promise(report, "no-clipping").offenders[0].at_ms == at // 48


@pytest.mark.parametrize(("ending", "gain"), [("wav", 2.0), ("mp3", 2.0), ("wav", 0.5)])
def test_another_loudness_is_reported(danish: Judge, ending: str, gain: float) -> None:
    report = danish.report(np.clip(danish.samples * np.float32(gain), -1, 1), ending)
    assert {"cue-levels", "loudness"} <= broken(report)
    assert ("true-peak" in broken(report)) == (gain > 1)
    assert not broken(report) & {"cues-in-place", "cues-heard", "cues-whole", "hold-lengths"}


def test_one_cue_louder_than_its_like_is_reported(danish: Judge) -> None:
    clip = spoken(danish, "count", 2)
    samples = danish.samples.copy()
    samples[ms_to_frames(clip.start_ms) : ms_to_frames(clip.end_ms)] *= np.float32(0.7)
    assert texts(danish, samples, "mp3", "cue-levels") == [words(clip)]


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_truncated_file_is_told_by_its_length_and_what_is_missing(danish: Judge, ending: str) -> None:
    whole = danish.folder / f"whole.{ending}"
    danish.report(danish.samples, ending)
    (danish.folder / f"judged.{ending}").rename(whole)
    whole.write_bytes(whole.read_bytes()[: whole.stat().st_size * 2 // 3])
    report = danish.report_on(whole)
    assert {"length", "cues-heard", "hold-lengths"} <= broken(report)
    assert not report.hint


def test_another_language_is_another_file(danish: Judge, judge_in: Callable[[Language], Judge]) -> None:
    report = danish.report(judge_in("en").samples, "mp3")
    assert {"cues-heard", "cues-in-place", "counts-on-the-second"} & broken(report)
    heard = {cue for cue in danish.timeline.clips if isinstance(cue.sound, Utterance)}
    assert len(promise(report, "cues-heard").offenders) >= 0.9 * len(heard)
    assert "language" in report.hint


def test_noise_is_no_routine(danish: Judge) -> None:
    noise = np.random.default_rng(1).normal(0, 0.1, len(danish.samples)).astype(np.float32)
    report = danish.report(noise, "wav")
    assert promise(report, "cues-heard").figures["missing"] == len(danish.timeline.clips)
    assert {"silence", "cues-in-place", "counts-on-the-second"} <= broken(report)
