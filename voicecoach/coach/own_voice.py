"""A folder of recordings that grows: a voice of a person's own, a line at a time."""

from __future__ import annotations

import os
import wave
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from voicecoach.coach.sounds import Sounds
from voicecoach.coach.writing import write_text
from voicecoach.errors import MissingError, NotFoundError, OptionError, OutputError
from voicecoach.language.wording import name_in_english
from voicecoach.model import Language
from voicecoach.output.files import check_folder_of, write_whole
from voicecoach.reading_files import expanded
from voicecoach.settings import read_toml
from voicecoach.speech.folders import data_folder
from voicecoach.speech.recordings.entries import file_for, new_manifest, with_entry
from voicecoach.speech.recordings.lines import slug
from voicecoach.speech.recordings.manifest import MANIFEST, is_folder, line_key, read_recordings
from voicecoach.speech.voice_choice import choose_voice
from voicecoach.units import SAMPLE_RATE_HZ

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_PREFIX = "recordings:"


class OwnVoice:
    """Who is recorded. Nothing is written before the first line is kept."""

    def __init__(self, name: str) -> None:
        """`name` is one, or the path of a folder, with or without `recordings:` before it.

        Raises `OptionError` for what is neither, `SettingsError` if its manifest has errors.
        """
        name = name.removeprefix(_PREFIX)
        is_path = is_folder(name)
        if not name.strip() or "\0" in name or (":" in name and not is_path):
            raise OptionError(f"“{name}” cannot be the name of a voice", hint="Give it a short one, such as anna.")
        self.id = f"{_PREFIX}{name}"
        self.folder = expanded(name) if is_path else data_folder() / "recordings" / name
        self._name = self.folder.resolve().name
        self.language: Language | None = None
        self.fill_from: str | None = None
        self._keys: set[str] = set()
        if self.is_there:
            self._look()

    @property
    def is_there(self) -> bool:
        return os.path.isfile(self._manifest)

    def speaks(self, language: Language, sounds: Sounds) -> None:
        """It is recorded in that language; what is not recorded is said by the voice that speaks it otherwise.

        Raises `OptionError` if it was begun in another language, `OutputError` where nothing can be written.
        """
        if self.language and self.language != language:
            spoken, wanted = name_in_english(self.language), name_in_english(language)
            hint = "Record another language under another name."
            raise OptionError(f"the recordings in {self.folder} are {spoken}, not {wanted}", hint=hint)
        if self.is_there:
            check_folder_of(self.folder.resolve() / MANIFEST)
            return
        self._check_folder()
        self.language = language
        others = [voice for voice in sounds.speaker.voices() if voice.quality != "own"]
        wishes: tuple[str | None, ...] = (None, sounds.config.speaking(language).voice)  # it may be recordings too
        for wish in wishes:
            with suppress(MissingError, NotFoundError):
                self.fill_from = choose_voice(others, language, wish).id

    def has(self, text: str) -> bool:
        return line_key(text) in self._keys

    def keep(self, text: str, samples: NDArray[np.int16]) -> Path:
        """Writes the words as a WAV file, and their line into the manifest; each whole or not at all. The line comes
        first: whose file is not there yet counts as not recorded. Raises `OutputError`."""
        if not self.is_there:
            assert self.language
            self._make_folder()
            write_text(self._manifest, new_manifest(self._name, self.language, self.fill_from))
        found = read_recordings(self.folder)
        file = file_for(found, text, slug(text))
        clip = found.clip(text)
        if not clip or clip.path != self.folder / file or clip.onset_ms is not None:
            write_text(self._manifest, with_entry(read_toml(self._manifest).text, text, file, self.folder))
        write_whole(self.folder / file, lambda out: _write_wav(out, samples))
        self._keys.add(line_key(text))
        return self.folder / file

    @property
    def _manifest(self) -> Path:
        return self.folder / MANIFEST

    def _look(self) -> None:
        found = read_recordings(self.folder)
        self.language, self.fill_from = found.language, found.fill_from
        self._keys = {key for key, clip in found.clips.items() if clip.is_there}

    def _check_folder(self) -> None:
        """Raises `OutputError` if the folder is not there and cannot be made, as far as it can be known."""
        there = next(each for each in (self.folder, *self.folder.parents) if os.path.lexists(each) or not each.name)
        if not os.path.isdir(there):
            raise OutputError(f"{there} is no folder", hint="Choose another name.")
        if not os.access(there, os.W_OK | os.X_OK):
            raise OutputError(f"you may not write in {there}", hint="Choose another folder.")

    def _make_folder(self) -> None:
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise OutputError(
                f"{self.folder} cannot be made: {error.strerror}", hint="Choose another name."
            ) from error


def _write_wav(out: BinaryIO, samples: NDArray[np.int16]) -> None:
    with wave.open(out, "wb") as file:
        file.setparams((1, 2, SAMPLE_RATE_HZ, len(samples), "NONE", ""))
        file.writeframes(samples.astype("<i2").tobytes())
