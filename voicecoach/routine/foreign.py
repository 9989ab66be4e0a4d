"""Recognises files of other programs: a person is told what they hold, not which character YAML stumbles on.

By content first, then by the ending of the name. Of some a routine can be made: `importers` has how.
"""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from voicecoach.advice import Advice, Option, do, filled

HEAD_BYTES = 4096
"""So much of a file shows what it is."""

READY_TO_HEAR = "It is ready to be heard: open it in any player."
_NEW = do("new", "{stem}.yaml")
_IMPORT = do("import", "{file}", Option("output", "{stem}.yaml"))
IMPORT_IT = Advice("Turn it into a routine: ", _IMPORT)
_COPY_IT = Advice("Copy what it says into a text file and import that, or write a routine: ", _NEW)
NO_TEXT = Advice("It is no text. ", _COPY_IT)
NOT_OURS = Advice("Write what it asks for as a routine: ", _NEW)
_AS_CSV = Advice("Save it as CSV and import that, or write a routine: ", _NEW)
SIDECAR = Advice("voicecoach wrote it beside a sound; name the routine itself, see: ", do("routines"))


@dataclass(frozen=True, slots=True)
class Foreign:
    """What a file turned out to be."""

    what: str
    """With its article: “a Zwift workout”."""
    advice: str
    why: str = ""
    """Why no routine is made of it."""
    importer: str = ""
    """Which of `importers.recognised.IMPORTERS` makes one."""

    def hint(self, path: Path) -> str:
        stem = re.sub(r"[^\w.-]+", "-", path.stem).strip("-.") or "my-routine"
        if path.suffix.lower() in (".yaml", ".yml"):  # that name is taken: by this very file
            stem = f"my-{stem}"
        return filled(self.advice, stem=stem, file=shlex.quote(str(path)))


_SOUND = "it is sound already"
_BYTES = "it is no text"
_MEASURED = "it holds what a watch measures or is to keep to, and no exercises that a voice could lead"
_DATES = "a calendar says when, and not what is done"
_OF_NOBODY = "it is not known which program wrote it"

FIT = Foreign("a FIT file of a sports watch", NOT_OURS, _MEASURED)
_MAGIC: tuple[tuple[bytes, int, Foreign], ...] = (
    (b".FIT", 8, FIT),
    (b"%PDF", 0, Foreign("a PDF", NO_TEXT, _BYTES)),
    (b"ID3", 0, Foreign("an MP3", READY_TO_HEAR, _SOUND)),
    (b"OggS", 0, Foreign("an Ogg sound file", READY_TO_HEAR, _SOUND)),
    (b"fLaC", 0, Foreign("a FLAC sound file", READY_TO_HEAR, _SOUND)),
    (b"WAVE", 8, Foreign("a WAV sound file", READY_TO_HEAR, _SOUND)),
    (b"ftyp", 4, Foreign("an MP4 file", READY_TO_HEAR, _SOUND)),
    (b"\x89PNG", 0, Foreign("a picture", NO_TEXT, _BYTES)),
    (b"\xff\xd8\xff", 0, Foreign("a picture", NO_TEXT, _BYTES)),
    (b"\xd0\xcf\x11\xe0", 0, Foreign("an old Office document", NO_TEXT, _BYTES)),
    (b"\x1f\x8b", 0, Foreign("a compressed file", "Unpack it first, and name a file in it.", _BYTES)),
    (b"SQLite format 3", 0, Foreign("a database", NO_TEXT, _BYTES)),
)
"""How files of bytes begin, and at which byte."""

_ZIPPED: tuple[tuple[bytes, Foreign], ...] = (
    (b"word/", Foreign("a Word document", NO_TEXT, _BYTES)),
    (b"xl/", Foreign("an Excel workbook", _AS_CSV, _BYTES)),
    (b"opendocument.text", Foreign("an OpenDocument text", NO_TEXT, _BYTES)),
    (b"opendocument.spreadsheet", Foreign("an OpenDocument table", _AS_CSV, _BYTES)),
    (b"epub+zip", Foreign("an e-book", NO_TEXT, _BYTES)),
)

_ROOTS = {
    "workout_file": Foreign("a Zwift workout", NOT_OURS, "it steers a bicycle by power, and names no exercises"),
    "TrainingCenterDatabase": Foreign("a Garmin training file (TCX)", NOT_OURS, _MEASURED),
    "gpx": Foreign("a GPS track (GPX)", NOT_OURS, "it holds a way, and no exercises"),
    "kml": Foreign("a map (KML)", NOT_OURS, "it holds places, and no exercises"),
    "rss": Foreign(
        "a podcast feed", Advice("Name the routine that it was made from, see: ", do("routines")), "it lists sounds"
    ),
    "html": Foreign("a web page", _COPY_IT, "what is done cannot be told from what else stands on a page"),
    "svg": Foreign("a picture", NO_TEXT, _BYTES),
}
"""Of XML: the first element."""

_SPOKEN_LIST = Foreign("a list of texts and seconds (audio-instruction)", IMPORT_IT, importer="list")
_OTHER_XML = Foreign("an XML file", NOT_OURS, _OF_NOBODY)
_ENDINGS = {
    **dict.fromkeys((".docx", ".doc"), Foreign("a Word document", NO_TEXT, _BYTES)),
    **dict.fromkeys((".xlsx", ".xls"), Foreign("an Excel workbook", _AS_CSV, _BYTES)),
    ".zip": Foreign("an archive (zip)", "Unpack it first, and name a file in it.", _BYTES),
    ".fit": FIT,
    **dict.fromkeys(
        (".mp3", ".m4a", ".m4b", ".wav", ".flac", ".ogg", ".opus"), Foreign("a sound file", READY_TO_HEAR, _SOUND)
    ),
    ".zwo": _ROOTS["workout_file"],
    ".tcx": _ROOTS["TrainingCenterDatabase"],
    ".gpx": _ROOTS["gpx"],
    **dict.fromkeys((".html", ".htm"), _ROOTS["html"]),
    ".xml": _OTHER_XML,
    ".ics": Foreign("a calendar", NOT_OURS, _DATES),
    ".hiit": Foreign("a preset of an interval timer", IMPORT_IT, importer="preset"),
    **dict.fromkeys((".md", ".markdown"), Foreign("a Markdown text", IMPORT_IT, importer="prose")),
    **dict.fromkeys((".csv", ".tsv"), Foreign("a table (CSV)", IMPORT_IT, importer="table")),
    ".json": Foreign("a JSON file", NOT_OURS, _OF_NOBODY),
    **dict.fromkeys(
        (".vtt", ".lrc", ".srt"), Foreign("a file of subtitles", SIDECAR, "its times are those of a sound")
    ),
    ".toml": Foreign("a TOML file", Advice("A routine is YAML. Start from a template: ", _NEW), _OF_NOBODY),
    ".txt": Foreign("a plain text", IMPORT_IT, importer="prose"),
    ".rtf": Foreign("a text of a word processor (RTF)", NO_TEXT, _BYTES),
    ".py": Foreign("a Python program", Advice("Name a routine, see: ", do("routines")), "it is a program"),
}


def of_magic(data: bytes) -> Foreign | None:
    """What a file of bytes is, by its first ones."""
    return next((foreign for magic, at, foreign in _MAGIC if data[at : at + len(magic)] == magic), None)


def of_bytes(data: bytes, path: Path) -> Foreign | None:
    """What a file that is no text is, by its first bytes, else by its ending."""
    if found := of_magic(data):
        return found
    if data.startswith(b"PK\x03\x04"):
        inside = next((foreign for name, foreign in _ZIPPED if name in data), None)
        named = _ENDINGS.get(path.suffix.lower())
        return inside or (named if named and not named.importer else _ENDINGS[".zip"])
    return _ENDINGS.get(path.suffix.lower())


def of_text(text: str, value: object, path: Path) -> Foreign | None:
    """What a text is that YAML read as `value`: by what stands in it, else by its ending. `None`: it may be ours."""
    if isinstance(value, dict):
        return _of_keys(value) or _json(text)
    if not text.strip() or re.search(r"^(?:title|steps)\s*:", text, re.MULTILINE):
        return None
    for looks in (_xml, _json, _calendar, _subtitles, _timer_preset, _spoken_list, _markdown, _table):
        if foreign := looks(text):
            return foreign
    return _ENDINGS.get(path.suffix.lower())


def _of_keys(keys: Mapping[str, Any]) -> Foreign | None:
    """What a YAML file is whose keys are those of another program."""
    if len({"tts", "audio_format", "i18n", "workout", "before_workout_announce"} & set(keys)) > 1:
        return Foreign("a workout of w2a", IMPORT_IT, importer="w2a")
    if isinstance(keys.get("instructions"), list):
        return _SPOKEN_LIST
    return None


_MARKUP = r"h[1-6]|p|b|i|u|em|strong|ul|ol|li|br|hr|div|span|center|details|summary|table|img|a|font|blockquote"
"""What a text may begin with that was copied from a page, or that Markdown holds."""


def _xml(text: str) -> Foreign | None:
    if not text.lstrip().startswith("<"):
        return None
    root = re.search(r"<(?:\w+:)?([A-Za-z]\w*)", text)
    if root and re.fullmatch(_MARKUP, root.group(1), re.I):
        return None
    return _ROOTS.get(root.group(1), _OTHER_XML) if root else _OTHER_XML


def _json(text: str) -> Foreign | None:
    if not text.lstrip().startswith(("{", "[")):
        return None
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return None
    keys = set(value) if isinstance(value, dict) else set()
    if keys and (("steps" in keys and "schema" not in keys) or _are_exercises(value)):
        return None  # ours may be written so: JSON is YAML
    if {"schema", "cues"} <= keys or {"version", "chapters"} <= keys:
        return Foreign("a file of times (JSON)", SIDECAR, "its times are those of a sound")
    if keys & {"icu_training_load", "workout_doc", "icu_intensity"} or _has(value, "workout_doc"):
        return Foreign("a workout of Intervals.icu", NOT_OURS, _MEASURED)
    if keys & {"sets", "workouts"}:
        return Foreign("a workout of Just Another Workout Timer", IMPORT_IT, importer="timer")
    return _ENDINGS[".json"]


def _has(value: object, key: str) -> bool:
    return isinstance(value, list) and any(isinstance(each, dict) and key in each for each in value[:50])


def _are_exercises(value: Mapping[str, Any]) -> bool:
    return all(isinstance(entry, dict) and "name" in entry for key, entry in value.items() if key != "language")


def _begins(pattern: str, foreign: Foreign) -> Callable[[str], Foreign | None]:
    compiled = re.compile(pattern, re.MULTILINE)
    return lambda text: foreign if compiled.match(text.lstrip()) else None


_calendar = _begins(r"BEGIN:VCALENDAR", _ENDINGS[".ics"])
_subtitles = _begins(r"WEBVTT\b|\[\d\d:\d\d\.\d\d\]|\[(?:ti|ar|al|by):", _ENDINGS[".vtt"])


def _timer_preset(text: str) -> Foreign | None:
    own = re.findall(r"^(exercises|exercise_time|rest_time|reps):", text, re.MULTILINE)
    return _ENDINGS[".hiit"] if len(set(own)) > 2 else None


def _spoken_list(text: str) -> Foreign | None:
    return _SPOKEN_LIST if len(re.findall(r"^[^|\n]+\| *\d+ *$", text, re.MULTILINE)) > 1 else None


def _markdown(text: str) -> Foreign | None:
    """Headings of two signs, links or tables."""
    marks = re.search(r"^##+ \S|^\|.*\|\s*$|\]\(https?://", text, re.MULTILINE)
    return _ENDINGS[".md"] if marks else None


def _table(text: str) -> Foreign | None:
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")][:20]
    for separator in (",", ";", "\t", "|"):
        counts = {line.count(separator) for line in lines}
        if len(lines) > 1 and len(counts) == 1 and min(counts) > 0 and not any(": " in line for line in lines):
            return _ENDINGS[".csv"]
    return None
