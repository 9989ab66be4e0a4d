"""Programmes to export and play, decoders that had no part in making them, and a device that pulls when told."""

from __future__ import annotations

import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.render.sounds import HERE, audio_of, clip, timeline, utterance
from voicecoach.model import LevelledTimeline, PlannedStep, TimelineStep, Tone
from voicecoach.playback.devices.base import Pull
from voicecoach.render.mix import render_blocks

needs_ffmpeg = pytest.mark.skipif(not shutil.which("ffmpeg"), reason="ffmpeg is not installed")
needs_mpg123 = pytest.mark.skipif(not shutil.which("mpg123"), reason="mpg123 is not installed")


def blocks_from(programme: LevelledTimeline, start_ms: int = 0) -> Iterator[NDArray[np.float32]]:
    return render_blocks(programme, audio_of, start_ms=start_ms)


def pcm(programme: LevelledTimeline, start_ms: int = 0) -> NDArray[np.int16]:
    """What a player must hand to its device."""
    blocks = [*blocks_from(programme, start_ms), np.zeros(0, np.float32)]
    scaled: NDArray[np.float32] = np.concatenate(blocks) * np.float32(32767)
    return np.rint(scaled).astype(np.int16)


def steps(*ends_ms: int, stops: tuple[int, ...] = ()) -> tuple[TimelineStep, ...]:
    """Steps one after another that end at these times; those numbered in `stops` wait for the person."""
    starts = (0, *ends_ms[:-1])
    return tuple(
        TimelineStep(
            planned=PlannedStep(
                index=n, kind="say", exercise_id=None, title=f"step {n}", side=None, round=1, work_ms=0, prepare_ms=0,
                stop=n in stops, waits=n in stops, location=HERE,
            ),
            start_ms=start, end_ms=end, work_start_ms=start, work_end_ms=end,
        )
        for n, (start, end) in enumerate(zip(starts, ends_ms, strict=True))
    )  # fmt: skip


def spoken_programme(duration_ms: int = 10_000) -> LevelledTimeline:
    """Something to hear in each second, from the first sample to the last."""
    clips = [clip(utterance(f"ord {n}"), n * 1000 + n) for n in range(-(-duration_ms // 1000))]
    return timeline([*clips, clip(Tone(name="start"), 480)], duration_ms)


def decoded(program: str, path: Path) -> NDArray[np.float32]:
    """`path` as the decoder `program` hears it."""
    if program == "miniaudio":
        import miniaudio

        made = miniaudio.decode_file(str(path), nchannels=1, sample_rate=48_000).samples
        return _float(np.asarray(made))
    commands = {
        "ffmpeg": ["ffmpeg", "-v", "error", "-i", str(path), "-f", "s16le", "-ac", "1", "-"],
        "mpg123": ["mpg123", "-q", "-s", str(path)],
    }
    raw = subprocess.run(commands[program], capture_output=True, check=True).stdout
    return _float(np.frombuffer(raw, "<i2"))


def listened(path: Path) -> NDArray[np.float32]:
    """`path` as a decoder hears it that had no part in making it: miniaudio, or ffmpeg for the rest."""
    if path.suffix in (".mp3", ".wav", ".flac", ".ogg"):
        return decoded("miniaudio", path)
    if not shutil.which("ffmpeg"):
        pytest.skip("ffmpeg is not installed")
    return decoded("ffmpeg", path)


def _float(samples: NDArray[np.int16]) -> NDArray[np.float32]:
    scaled: NDArray[np.float32] = samples.astype(np.float32) / np.float32(32768)
    return scaled


class FakeDevice:
    """Pulls when the test says so, and keeps what it got."""

    def __init__(self, latency_frames: int = 0, period: int = 1000) -> None:
        self.latency_frames = latency_frames
        self.error: BaseException | None = None
        self.period = period
        self.heard: list[NDArray[np.int16]] = []
        self.closed = False
        self.started = 0
        self._pull: Pull | None = None

    def start(self, pull: Pull) -> None:
        self._pull = pull
        self.started += 1

    def stop(self) -> None:
        self._pull = None

    def close(self) -> None:
        self.closed = True

    def pull(self, frames: int) -> NDArray[np.int16]:
        assert self._pull is not None
        samples = self._pull(frames)
        assert samples.shape == (frames,)
        assert samples.dtype == np.int16
        self.heard.append(samples)
        return samples


def until(condition: Callable[[], bool], timeout_s: float = 60) -> None:
    """Wait for another thread; fail rather than hang."""
    deadline = time.monotonic() + timeout_s
    while not condition():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.002)
