"""A voice of a person's own: a folder of clips, and in it a `manifest.toml` that says what is said in each.

name = "Mor"
language = "da"
licence = "private"                # "all rights reserved" if left out
fill_from = "pyttsx3:gmq/da"       # may be left out: who says what is not recorded

[clips]
"Begynd." = "012-begynd.wav"
"fem" = { file = "fem.wav", onset_ms = 140 }   # heard to begin 140 ms after the beginning of the file
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from voicecoach.errors import NotFoundError
from voicecoach.model import LANGUAGES, Language
from voicecoach.reading_files import expanded, is_ordinary
from voicecoach.settings import TomlFile, read_toml

MANIFEST = "manifest.toml"
MAX_ONSET_MS = 60_000
_KEYS = ("name", "language", "licence", "fill_from", "clips")


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedClip:
    """One recorded line."""

    path: Path
    onset_ms: float | None
    """Where it is heard to begin, from the beginning of the file, if the person knows better."""

    @property
    def is_there(self) -> bool:
        return is_ordinary(self.path)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recordings:
    """What a manifest says."""

    folder: Path
    name: str
    language: Language
    licence: str
    fill_from: str | None
    """The id of the voice that says what is not recorded; `None`: nobody."""
    clips: Mapping[str, RecordedClip]
    """By `line_key` of their text."""

    def clip(self, text: str) -> RecordedClip | None:
        """The clip of a line, whether its file is there or not."""
        return self.clips.get(line_key(text))


def is_folder(name: str) -> bool:
    """Whether recordings are named by the path of their folder, not by a name among all that are kept here."""
    return "/" in name or "\\" in name or name.startswith(("~", "."))


def line_key(text: str) -> str:
    """Equal for lines that one recording serves: capitals, final punctuation and doubled spaces do not matter."""
    folded = " ".join(unicodedata.normalize("NFC", text).casefold().replace("’", "'").split())
    return re.sub(r"[\s.,;:!?…]+$", "", folded)


def read_recordings(folder: Path) -> Recordings:
    """The recordings in `folder`. Raises `SettingsError` with everything that is wrong in its manifest."""
    file = read_toml(folder / MANIFEST)
    file.check_keys(file.data, _KEYS)
    found = Recordings(
        folder=folder,
        name=file.text_of(file.data, "name", default=folder.name) or folder.name,
        language=_language(file),
        licence=file.text_of(file.data, "licence", default="all rights reserved") or "",
        fill_from=_fill_from(file),
        clips=_clips(file, folder),
    )
    file.raise_problems()
    return found


def _language(file: TomlFile) -> Language:
    value = file.data.get("language")
    for language in LANGUAGES:
        if value == language:
            return language
    known = " or ".join(f'language = "{language}"' for language in LANGUAGES)
    what = f"`language` is “{value}”" if value is not None else "`language` is missing"
    file.problem("wrong-value", what, "language", hint=f"Write {known}, above [clips].")
    return LANGUAGES[0]


def _fill_from(file: TomlFile) -> str | None:
    voice = file.text_of(file.data, "fill_from")
    if voice and (voice.startswith("recordings") or ":" not in voice):
        hint = 'Name a voice that can say everything, such as fill_from = "pyttsx3:gmq/da".'
        file.problem("wrong-value", f"“{voice}” cannot fill the gaps", "fill_from", hint=hint)
    return voice


def _clips(file: TomlFile, folder: Path) -> dict[str, RecordedClip]:
    clips: dict[str, RecordedClip] = {}
    first: dict[str, str] = {}
    for text, value in file.table("clips").items():
        key = line_key(text)
        if not key:
            file.problem("wrong-value", f"“{text}” has no words", "clips", text, hint="Write what is said.")
        elif key in clips:
            message = f"“{text}” has two recordings; the other stands under “{first[key]}”"
            file.problem("duplicate-line", message, "clips", text, hint="Remove one of them.")
        elif clip := _clip(file, folder, text, value):
            clips[key] = clip
            first[key] = text
    return clips


def _clip(file: TomlFile, folder: Path, text: str, value: Any) -> RecordedClip | None:
    table: Mapping[str, Any] = value if isinstance(value, dict) else {"file": value}
    file.check_keys(table, ("file", "onset_ms"), "clips", text)
    name = table.get("file")
    if not isinstance(name, str) or not name.strip() or "\0" in name:
        hint = f'Write "{text}" = "its file.wav".'
        file.problem("wrong-type", f"“{text}” names no file", "clips", text, hint=hint)
        return None
    onset_ms = None
    if "onset_ms" in table:
        onset_ms = file.number_of(table, "onset_ms", 0, MAX_ONSET_MS, "clips", text, default=0)
    try:
        return RecordedClip(path=folder / expanded(name), onset_ms=onset_ms)
    except NotFoundError as error:
        file.problem("wrong-value", error.message, "clips", text, hint=error.hint)
        return None
