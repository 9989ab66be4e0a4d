"""A short routine, spoken and exported once, and a way to have a file judged."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from voicecoach.coach import pipeline
from voicecoach.coach.pipeline import Options, Sounds
from voicecoach.model import Language, LevelledTimeline, Routine, Sound
from voicecoach.output.base import Programme
from voicecoach.output.formats import format_of
from voicecoach.render.clip import clip_samples
from voicecoach.render.loudness import energy_by_ms, gated_lufs, true_peak_dbtp
from voicecoach.render.mix import render_blocks
from voicecoach.speech.onset import perceptual_onset_ms
from voicecoach.units import SAMPLE_RATE_HZ
from voicecoach.verify.decode import decode
from voicecoach.verify.instruments import Instruments
from voicecoach.verify.report import Promise, Report
from voicecoach.verify.verify import verify

Samples = NDArray[np.float32]

ROUTINE = """\
title: {da: Kort prøve, en: Short trial}
phase: mixed
language: da
prepare: 4 s
count: last 5
steps:
  - exercise:
      name: {da: Lændestræk, en: Low back stretch}
      kind: stretch
      instruction: {da: Træk det ene knæ mod brystet., en: Pull one knee towards your chest.}
    hold: 20 s
    sides: both
  - exercise:
      name: {da: Dyb vejrtrækning, en: Deep breathing}
      kind: breathing
      instruction: {da: Læg hænderne på maven., en: Put your hands on your belly.}
    duration: 12 s
    breathing: {in: 3 s, out: 3 s}
"""


@dataclass(frozen=True, kw_only=True)
class Judge:
    """The short routine in one language, its samples, and `verify` for files made of them: spoken and levelled once,
    where `pipeline.verify` does it each time."""

    routine: Routine
    timeline: LevelledTimeline
    samples: Samples
    instruments: Instruments
    options: Options
    sounds: Sounds
    folder: Path

    def report(self, samples: Samples, ending: str) -> Report:
        """What `verify` says of a file of `samples`, written by our own writers."""
        path = self.folder / f"judged.{ending}"
        duration_ms = len(samples) * 1000 // SAMPLE_RATE_HZ
        programme = Programme(title="judged", language="da", duration_ms=duration_ms)
        with path.open("wb+") as file:
            format_of(path).write([samples], programme, file)
        return self.report_on(path)

    def report_on(self, path: Path) -> Report:
        return verify(str(path), decode(path), self.timeline, self.instruments)


@pytest.fixture(scope="session")
def sounds() -> Iterator[Sounds]:
    with Sounds() as sounds:
        yield sounds


@pytest.fixture(scope="session")
def judge_in(sounds: Sounds, tmp_path_factory: pytest.TempPathFactory) -> Callable[[Language], Judge]:
    folder = tmp_path_factory.mktemp("verify")
    path = folder / "short.yaml"
    path.write_text(ROUTINE, encoding="utf-8")

    def judge(language: Language) -> Judge:
        options = Options(language=language)
        routine, _ = pipeline.load(str(path), options)
        timeline = pipeline.levelled(pipeline.compile_routine(routine, options, sounds), sounds)
        samples = np.concatenate(list(render_blocks(timeline, sounds.audio)))
        return Judge(
            routine=routine,
            timeline=timeline,
            samples=samples,
            instruments=instruments_of(sounds),
            options=options,
            sounds=sounds,
            folder=folder,
        )

    return judge


@pytest.fixture(scope="session")
def danish(judge_in: Callable[[Language], Judge]) -> Judge:
    return judge_in("da")


def instruments_of(sounds: Sounds) -> Instruments:
    @cache
    def samples_of(sound: Sound, gain_db: float) -> Samples:
        return clip_samples(sounds.audio(sound), gain_db)

    return Instruments(
        samples_of=samples_of,
        perceived_onset_ms=perceptual_onset_ms,
        energy_by_ms=energy_by_ms,
        gated_lufs=gated_lufs,
        true_peak_dbtp=true_peak_dbtp,
    )


def promise(report: Report, id_: str) -> Promise:
    return next(promise for promise in report.promises if promise.id == id_)


def broken(report: Report) -> set[str]:
    return {promise.id for promise in report.promises if not promise.kept}
