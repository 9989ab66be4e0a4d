"""Music under a programme: a file over and over, or the files of a folder, crossfaded, and down under speech.

Everything depends on the place in the programme alone, never on where playing began, so what is heard is what is
exported. Levels are loudness in LU beside active speech: in pauses music is what there is to hear; under speech it is
20 LU down, as WCAG 2.2 (1.4.7) asks for so that everyone understands the words.
"""

from __future__ import annotations

import os
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from voicecoach.errors import RenderError
from voicecoach.model import Utterance
from voicecoach.reading_files import check_ordinary, is_ordinary
from voicecoach.render.defaults import DUCK_DB, MUSIC_DB
from voicecoach.render.track import BY_FFMPEG, STREAMED, Track
from voicecoach.units import MAX_DURATION_MS, db_to_gain, ms_to_frames

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from voicecoach.model import Timeline

ATTACK_MS, BEFORE_MS = 600, 100
"""It goes down in this time, and is down so long before the first sound of speech."""
HOLD_MS, RELEASE_MS = 300, 2000
"""It stays down so long after speech, and comes up in this time."""
CROSSFADE_MS = 4000
FADE_IN_MS, FADE_OUT_MS = 2000, 8000
LONGEST_MS = 30 * 60_000
"""Of one file; what comes after it is not used."""


def music_files(path: Path) -> list[Path]:
    """The file, or the sound files of the folder in the order of their names. Raises `RenderError`."""
    if not os.path.isdir(path):
        try:
            check_ordinary(path)
        except OSError as error:
            hint = "Name a sound file, or a folder of them."
            raise RenderError(f"there is no music at {path}: {error.strerror}", hint=hint) from error
        return [path]
    try:
        inside = list(path.iterdir())
    except OSError as error:
        raise RenderError(f"no music in {path} can be seen: {error.strerror}", hint="Name another folder.") from error
    files = sorted(
        file
        for file in inside
        if is_ordinary(file) and file.suffix.lower() in STREAMED | BY_FFMPEG and not file.name.startswith(".")
    )
    if not files:
        known = ", ".join(sorted(STREAMED | BY_FFMPEG))
        raise RenderError(f"there is no music in {path}", hint=f"Known endings: {known}.")
    return files


@dataclass(frozen=True, slots=True)
class _Placed:
    """A track with its place in the programme, in frames, and how long it shares with its neighbours."""

    track: Track
    start: int
    fade_in: int
    gain: float

    @property
    def end(self) -> int:
        return self.start + self.track.frames


class Tracks:
    """The tracks of some files, read when they are wanted, and once, whichever thread asks."""

    def __init__(self, files: Sequence[Path]) -> None:
        self._files = list(files)
        self._read: dict[Path, Track] = {}
        self._reading = threading.Lock()

    def __getitem__(self, number: int) -> Track:
        """The track at `number`, over and over."""
        path = self._files[number % len(self._files)]
        with self._reading:
            if path not in self._read:
                self._read[path] = Track(path, ms_to_frames(LONGEST_MS))
            return self._read[path]


class Music:
    """The music under a timeline, as a `Bed`.

    A timeline that is only the beginning of one is not `whole`: the music does not end with it.
    """

    def __init__(
        self,
        tracks: Tracks,
        timeline: Timeline,
        *,
        speech_lufs: float,
        music_db: float = MUSIC_DB,
        duck_db: float = DUCK_DB,
        whole: bool = True,
    ) -> None:
        self._tracks = tracks
        self._level_lufs = speech_lufs + music_db
        self._placed: list[_Placed] = []
        self._duck = _duck_curve(timeline, duck_db, whole=whole)
        self._fades = _fade_curve(ms_to_frames(timeline.duration_ms), whole=whole)

    def samples(self, first: int, last: int) -> NDArray[np.float32]:
        self._place_until(last)
        out = np.zeros(last - first, dtype=np.float32)
        for number, placed in enumerate(self._placed):
            begin, end = max(first, placed.start), min(last, placed.end)
            if begin < end:
                fade_out = self._placed[number + 1].fade_in if number + 1 < len(self._placed) else 0
                out[begin - first : end - first] += _faded(placed, fade_out, begin, end)
        at = np.arange(first, last)
        gain = np.interp(at, *self._fades) * 10 ** (np.interp(at, *self._duck) / 20)
        heard: NDArray[np.float32] = out * gain.astype(np.float32)
        return heard

    def _place_until(self, frame: int) -> None:
        """Put tracks one after another until they reach a crossfade beyond `frame`."""
        reach = frame + ms_to_frames(CROSSFADE_MS)
        while not self._placed or self._placed[-1].end < reach:
            track = self._tracks[len(self._placed)]
            fade_in = start = 0
            if self._placed:
                before = self._placed[-1]
                # No more than a third of either, so that three tracks never sound at once.
                fade_in = min(ms_to_frames(CROSSFADE_MS), before.track.frames // 3, track.frames // 3)
                start = before.end - fade_in
            gain = db_to_gain(self._level_lufs - track.loudness_lufs)
            self._placed.append(_Placed(track, start, fade_in, gain))


def _faded(placed: _Placed, fade_out: int, begin: int, end: int) -> NDArray[np.float32]:
    """The frames from `begin` to `end` of the programme, with equal power where two tracks cross."""
    samples: NDArray[np.float32] = placed.track.samples(begin - placed.start, end - placed.start)
    samples = samples * np.float32(placed.gain)
    at = np.arange(begin, end)
    if placed.fade_in and begin < placed.start + placed.fade_in:
        samples *= _quarter_sine((at - placed.start) / placed.fade_in)
    if fade_out and end > placed.end - fade_out:
        samples *= _quarter_sine((placed.end - at) / fade_out)
    return samples


def _quarter_sine(done: NDArray[np.float64]) -> NDArray[np.float32]:
    """From 0 to 1; its square and that of its mirror image add up to 1."""
    gain: NDArray[np.float32] = np.sin(np.clip(done, 0, 1) * np.pi / 2).astype(np.float32)
    return gain


_Curve = tuple[list[int], list[float]]


def _duck_curve(timeline: Timeline, duck_db: float, *, whole: bool) -> _Curve:
    """(frames, decibels): down before each stretch of speech and up after it. Stretches with no room for that
    between them are one, so that the music does not pump between counted seconds."""
    spans: list[list[int]] = []
    lead_ms, tail_ms = ATTACK_MS + BEFORE_MS, HOLD_MS + RELEASE_MS
    for clip in timeline.clips:
        if not isinstance(clip.sound, Utterance):
            continue
        if spans and clip.start_ms - spans[-1][1] < lead_ms + tail_ms:
            spans[-1][1] = max(spans[-1][1], clip.end_ms)
        else:
            spans.append([clip.start_ms, clip.end_ms])
    if spans and not whole:  # what follows a beginning goes on speaking
        spans[-1][1] = max(spans[-1][1], timeline.duration_ms)
    at: list[int] = [-MAX_DURATION_MS]
    decibels = [0.0]
    for start_ms, end_ms in spans:
        at += [start_ms - lead_ms, start_ms - BEFORE_MS, end_ms + HOLD_MS, end_ms + tail_ms]
        decibels += [0.0, duck_db, duck_db, 0.0]
    return [ms_to_frames(ms) for ms in at], decibels


def _fade_curve(length: int, *, whole: bool) -> _Curve:
    """(frames, gain): in at the start, out to nothing at the last frame."""
    fade_in, fade_out = ms_to_frames(FADE_IN_MS), min(ms_to_frames(FADE_OUT_MS), length // 2)
    if not whole:
        return [0, fade_in], [0.0, 1.0]
    fade_in = min(fade_in, length // 4)
    return [0, fade_in, length - fade_out, length], [0.0, 1.0, 1.0, 0.0]
