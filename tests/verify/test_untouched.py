"""What is exported keeps every promise."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.verify.conftest import Judge, broken, promise
from voicecoach.coach.coach import Coach
from voicecoach.coach.options import Options
from voicecoach.coach.sounds import Sounds
from voicecoach.model import Language
from voicecoach.verify.verify import verify

SHIPPED: list[tuple[str, Language, str]] = [
    ("screening", "da", "wav"),
    ("screening", "en", "wav"),
    ("gym-cool-down", "da", "mp3"),
    ("heat-before", "en", "mp3"),
]


@pytest.mark.parametrize(("routine", "language", "ending"), SHIPPED)
def test_an_export_keeps_every_promise(
    routine: str, language: Language, ending: str, sounds: Sounds, tmp_path: Path
) -> None:
    performance = Coach(sounds=sounds).read(routine, Options(language=language, level="gentle"))
    path = tmp_path / f"untouched.{ending}"
    performance.export(path)
    report = performance.verify(path)
    assert not broken(report), report.as_json()
    assert promise(report, "cues-heard").figures["cues"] == len(performance.timeline.clips)


def test_the_short_routine_measures_what_it_says(danish: Judge) -> None:
    report = danish.report(danish.samples, "mp3")
    assert report.kept
    assert promise(report, "cues-in-place").figures["worst_ms"] == pytest.approx(0, abs=0.01)
    assert promise(report, "hold-lengths").figures == {
        "holds": 3, "worst_ms": pytest.approx(0, abs=0.01), "wrong": 0, "unheard": 0,
    }  # fmt: skip
    assert promise(report, "equal-sides").figures["pairs"] == 1
    assert promise(report, "rests").figures["rests"] == 1
    counts = promise(report, "counts-on-the-second").figures
    assert counts["counts"] == counts["heard"] == 10
    assert abs(counts["worst_ms"]) < 5


def test_speech_that_is_planned_over_speech_breaks_the_promise(danish: Judge) -> None:
    from dataclasses import replace

    clips = danish.timeline.clips
    spoken = [clip for clip in clips if clip.role in ("name", "instruction")]
    late = replace(spoken[0], start_ms=spoken[1].start_ms + 10)
    timeline = replace(danish.timeline, clips=tuple(sorted((*clips, late), key=lambda clip: clip.start_ms)))
    report = verify("none", iter([danish.samples]), timeline, danish.instruments)
    assert promise(report, "one-voice").figures["planned_overlaps"] >= 1
