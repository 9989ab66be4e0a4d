"""Recordings as an engine. What is not recorded has another voice, or nobody, to say it (`engine.Recorded`)."""

from __future__ import annotations

import difflib
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from voicecoach.advice import Advice, Option, do
from voicecoach.errors import NotFoundError, SettingsError, SpeechError, VoicecoachError
from voicecoach.model import LANGUAGES, Audio, Utterance, Voice
from voicecoach.reading_files import expanded, read_limited
from voicecoach.settings import MAX_BYTES
from voicecoach.speech.folders import data_folder
from voicecoach.speech.recordings.manifest import MANIFEST, RecordedClip, Recordings, is_folder, read_recordings
from voicecoach.units import db_to_gain

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MIN_PEAK = 10 ** (-50 / 20)
"""A recording that is nowhere louder than −50 dB of full scale is of nobody."""
_FRAME_MS = 10
_ROOM_BEFORE_MS, _ROOM_AFTER_MS = 30, 60
"""Kept beside the words: a soft consonant may lie below the noise of the room."""


_HINT = Advice("List the voices: ", do("voices"))


class RecordingsEngine:
    """See `engine.Engine` and `engine.Recorded`.

    `read` reads a sound file of any format and raises `VoicecoachError` naming it; `folder` holds one folder a voice.
    """

    name = "recordings"
    version = "2"
    parallel = 2

    def __init__(self, read: Callable[[Path], Audio], folder: Path | None = None) -> None:
        self._read = read
        self._folder = folder or data_folder() / "recordings"
        self._known: dict[str, Recordings] = {}
        self._closed = False

    def voices(self) -> tuple[Voice, ...]:
        return tuple(self._listed(folder) for folder in self._folders())

    def describe(self, voice: str) -> Voice:
        """The voice of an id, also of one whose folder lies elsewhere: `recordings:/path/to/folder`.

        Raises `NotFoundError`, or `SettingsError` if the manifest has errors.
        """
        found = self._recordings(voice)
        return Voice(id=voice, name=found.name, language=found.language, quality="own", licence=found.licence)

    def start(self) -> None:
        return

    def synthesize(self, utterance: Utterance) -> Audio:
        clip = self._clip_to_read(utterance)
        try:
            audio = self._read(clip.path)
        except VoicecoachError as error:
            raise SpeechError(utterance.text, utterance.voice, error.message, hint=error.hint) from error
        samples = audio.samples - audio.samples.mean()
        if abs(samples).max() < MIN_PEAK:
            raise self._error(utterance, f"{clip.path} is silent", "Record it again, or take it out of the manifest.")
        samples, cut = without_room(samples, audio.sample_rate_hz)
        onset_ms = 0.0
        if clip.onset_ms is not None:
            onset_ms = max(clip.onset_ms - cut * 1000 / audio.sample_rate_hz, 0.1)  # 0 would mean that nobody set it
        return Audio(samples=samples, sample_rate_hz=audio.sample_rate_hz, onset_ms=onset_ms)

    def close(self) -> None:
        self._closed = True

    # --- what is recorded (`engine.Recorded`) ---

    def lines(self, voice: str) -> list[str]:
        """What is recorded, in the order of the manifest."""
        return [text for text, clip in self._recordings(voice).clips.items() if clip.is_there]

    def files(self, voice: str) -> list[Path]:
        """The manifest and the clips."""
        return [self._folder_of(voice) / MANIFEST, *(clip.path for clip in self._recordings(voice).clips.values())]

    def stand_in(self, utterance: Utterance) -> Utterance:
        """What to say instead: the words by the voice that fills gaps, or the same at the one pace there is."""
        found = self._recordings(utterance.voice)
        clip = found.clip(utterance.text)
        if found.fill_from and not (clip and clip.is_there):
            return replace(utterance, voice=found.fill_from)
        return replace(utterance, pace=1.0)

    def fill_from(self, voice: str) -> str | None:
        """The id of the voice that fills the gaps of this one."""
        return self._recordings(voice).fill_from

    def gap(self, utterance: Utterance) -> str | None:
        """Why nobody can say it; `None` if somebody can."""
        found = self._recordings(utterance.voice)
        clip = found.clip(utterance.text)
        if found.fill_from or (clip and clip.is_there):
            return None
        return f"{clip.path} is not there" if clip else "not in the manifest"

    def fingerprint(self, utterance: Utterance) -> str:
        """Another one after the recording was changed."""
        clip = self._recordings(utterance.voice).clip(utterance.text)
        if clip is None or not clip.is_there:
            return ""
        stat = clip.path.stat()
        return f"{clip.path.resolve()} {stat.st_size} {stat.st_mtime_ns} {clip.onset_ms}"

    # --- inside ---

    def _clip_to_read(self, utterance: Utterance) -> RecordedClip:
        if self._closed:
            raise self._error(utterance, "the engine is closed")
        try:
            found = self._recordings(utterance.voice)
        except (NotFoundError, SettingsError) as error:
            raise self._error(utterance, error.message, error.hint) from error
        if found.language != utterance.language:
            raise self._error(utterance, f"it speaks “{found.language}”, and the words are “{utterance.language}”")
        clip = found.clip(utterance.text)
        if clip is None or not clip.is_there:
            raise self._error(utterance, f"{clip.path} is not there" if clip else "it is not recorded")
        return clip

    def _recordings(self, voice: str) -> Recordings:
        if voice not in self._known:
            self._known[voice] = read_recordings(self._folder_of(voice))
        return self._known[voice]

    def _folder_of(self, voice: str) -> Path:
        name = voice.partition(":")[2]
        if is_folder(name):
            folder = expanded(name)
            write = do("record-list", "ROUTINE", Option("manifest"))
            hint: str = Advice(f"A folder of recordings has a {MANIFEST} in it. Write one: ", write)
        else:
            folder = self._folder / name
            near = difflib.get_close_matches(name, [path.name for path in self._folders()], n=1)
            hint = f"Did you mean recordings:{near[0]}?" if near else f"Recordings lie in {self._folder}/<name>/."
        try:
            there = bool(name) and bool(os.stat(folder / MANIFEST))
        except PermissionError as error:
            raise NotFoundError(f"no permission to look into {folder}", hint="Change its permissions.") from error
        except (OSError, ValueError):
            there = False
        if not there:
            raise NotFoundError(f"there is no {folder / MANIFEST}", hint=hint)
        return folder

    def _folders(self) -> list[Path]:
        try:
            return sorted(path.parent for path in self._folder.glob(f"*/{MANIFEST}"))
        except OSError:
            return []

    def _listed(self, folder: Path) -> Voice:
        id_ = f"{self.name}:{folder.name}"
        try:
            return self.describe(id_)
        except (SettingsError, NotFoundError) as error:
            first = error.problems[0] if isinstance(error, SettingsError) else None
            why = f"mend {first.location}: {first.message}" if first else error.message
            language = next((x for x in LANGUAGES if _mentions(folder / MANIFEST, x)), LANGUAGES[0])
            return Voice(
                id=id_,
                name=folder.name,
                language=language,
                quality="own",
                licence="",
                installed=False,
                how_to_get=why,
            )

    def _error(self, utterance: Utterance, reason: str, hint: str = _HINT) -> SpeechError:
        return SpeechError(utterance.text, utterance.voice, reason, hint=hint)


def without_room(samples: NDArray[np.float32], rate_hz: int) -> tuple[NDArray[np.float32], int]:
    """Samples of shape (frames,) without the room before and after the words, and how many were cut at the front.

    A room is not silent as a synthetic voice is. The words are what stands 6 dB above the quietest tenth of the
    recording, where that lies between −48 and −24 dB of its loudest moment: a clip that was cut close to its words
    has no quiet tenth, and keeps its consonants.
    """
    import numpy as np

    width = max(rate_hz * _FRAME_MS // 1000, 1)
    frames = samples[: len(samples) // width * width].reshape(-1, width)
    if not len(frames):
        return samples, 0
    level = np.sqrt((frames.astype(np.float64) ** 2).mean(axis=1))
    lowest, highest = level.max() * db_to_gain(-48), level.max() * db_to_gain(-24)
    threshold = np.clip(np.quantile(level, 0.1) * db_to_gain(6), lowest, highest)
    heard = np.flatnonzero(level > threshold)
    start = max(int(heard[0]) * width - rate_hz * _ROOM_BEFORE_MS // 1000, 0)
    stop = int(heard[-1] + 1) * width + rate_hz * _ROOM_AFTER_MS // 1000
    return samples[start:stop].astype(np.float32), start


def _mentions(path: Path, language: str) -> bool:
    try:
        return f'language = "{language}"' in read_limited(path, MAX_BYTES).decode("utf-8", "replace")
    except OSError:
        return False
