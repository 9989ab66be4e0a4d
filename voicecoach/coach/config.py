"""What a person chose for good: `config.toml` in the system's place for a user's configuration.

    [da]
    voice = "recordings:mor"     # as --voice takes it
    pace = "calm"                # calm, normal, brisk, or a number from 0.7 to 1.5
    loudness = -3                # LU beside the usual −19 LUFS, from -12 to 6

    [voices]
    base_url = "https://…"       # where voices of Piper are fetched from
    supertonic_url = "https://…" # and those of Supertonic

    [folders]
    cache = "/big/disk/coach"    # what can be made again
    routines = ["~/club"]        # folders or files of routines, listed beside those that ship

What is given to one performance wins, and so does the environment.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from voicecoach.coach.pace import parse_pace
from voicecoach.model import LANGUAGES, Language

if TYPE_CHECKING:
    from voicecoach.settings import TomlFile

MIN_LOUDNESS_LU, MAX_LOUDNESS_LU = -12.0, 6.0
"""Above, the limiter would be heard at work."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaking:
    """How one language is spoken."""

    voice: str | None = None
    """An id, as `--voice` takes it; `None`: the best that is installed."""
    pace: float = 1.0
    """A factor on the pace of talk."""
    loudness_lu: float = 0.0
    """Added to the loudness that every programme is brought to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """Everything that the file may say; without a file, the defaults."""

    languages: Mapping[Language, Speaking] = field(default_factory=dict)
    voices_base_url: str | None = None
    supertonic_url: str | None = None
    cache: str | None = None
    routines: tuple[str, ...] = ()

    def speaking(self, language: Language) -> Speaking:
        return self.languages.get(language, Speaking())


def load_config(path: Path) -> Config:
    """The person's configuration. Raises `SettingsError` with everything that is wrong in it."""
    if not os.path.lexists(path):  # unlike `exists`, quiet about a folder that may not be read
        return Config()
    from voicecoach.settings import read_toml  # most people have no such file, and `list` is to be quick

    file = read_toml(path)
    file.check_keys(file.data, (*LANGUAGES, "voices", "folders"))
    languages = {language: _speaking(file, language) for language in LANGUAGES if language in file.data}
    voices, folders = file.table("voices"), file.table("folders")
    file.check_keys(voices, ("base_url", "supertonic_url"), "voices")
    base_url, supertonic_url = (_url(file, voices, key) for key in ("base_url", "supertonic_url"))
    file.check_keys(folders, ("cache", "routines"), "folders")
    cache, routines = file.text_of(folders, "cache", "folders"), _routines(file, folders)
    file.raise_problems()
    return Config(
        languages=languages, voices_base_url=base_url, supertonic_url=supertonic_url, cache=cache, routines=routines
    )


def _url(file: TomlFile, voices: Mapping[str, Any], key: str) -> str | None:
    url = file.text_of(voices, key, "voices")
    if url is not None and not url.startswith(("https://", "http://")):
        file.problem("wrong-value", f"“{url}” is no address", "voices", key, hint="Begin with https://")
    return url


def _speaking(file: TomlFile, language: Language) -> Speaking:
    table = file.table(language)
    file.check_keys(table, ("voice", "pace", "loudness"), language)
    loudness = file.number_of(table, "loudness", MIN_LOUDNESS_LU, MAX_LOUDNESS_LU, language, default=0.0)
    voice = file.text_of(table, "voice", language)
    return Speaking(voice=voice, pace=_pace(file, table, language), loudness_lu=loudness)


def _pace(file: TomlFile, table: Mapping[str, Any], language: Language) -> float:
    value = table.get("pace", 1.0)
    try:
        return parse_pace(value)
    except ValueError as error:
        file.problem(
            "wrong-value", f"`pace` is {file.described(value)}", language, "pace", hint=f"{error}.".capitalize()
        )
        return 1.0


def _routines(file: TomlFile, folders: Mapping[str, Any]) -> tuple[str, ...]:
    value = folders.get("routines", [])
    if isinstance(value, list) and all(isinstance(place, str) and place.strip() for place in value):
        return tuple(value)
    hint = 'Write routines = ["…", "…"].'
    file.problem(
        "wrong-type", f"`routines` is {file.described(value)}, not a list of texts", "folders", "routines", hint=hint
    )
    return ()
