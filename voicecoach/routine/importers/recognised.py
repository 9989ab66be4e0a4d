"""Which importer a file is for, and the one line that is told where there is none."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from voicecoach.advice import Advice, do
from voicecoach.errors import NotFoundError, VoicecoachError
from voicecoach.reading_files import read_limited
from voicecoach.routine import foreign
from voicecoach.routine.importers import interval_json, prose, spreadsheet, timers, w2a
from voicecoach.routine.importers.workout import Imported, Source
from voicecoach.routine.yaml_tree import parse

MAX_BYTES = 2_000_000
"""A backup of a hundred workouts is a tenth of this."""
MAX_LINES = 2000
"""A plan of a year is shorter."""
MAX_TEXT = 400_000
"""Characters of a text or a table."""
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_PROSE_ENDINGS = (".txt", ".md", ".markdown", ".text", "")
_OUR_KEYS = {"title", "steps"}

IMPORTERS: dict[str, Callable[[Source], Imported]] = {
    "timer": interval_json.read,
    "w2a": w2a.read,
    "list": timers.read_list,
    "preset": timers.read_preset,
    "prose": prose.read,
    "table": spreadsheet.read,
}
"""By what `foreign` calls them."""


class NotImportedError(VoicecoachError):
    """A file that no routine is made of."""


def imported(path: Path) -> Imported:
    """The workouts in a file. Raises `NotImportedError` with the one thing to know about any other."""
    data = _read(path)
    text = _decoded(data, path)
    value, lines = _value(text, path)
    found = foreign.of_text(text, value, path)
    importer = found.importer if found else _of_nobody(text, value, path)
    if found and not importer:
        raise _refused(found, path)
    if importer == "table" and path.suffix.lower() in _PROSE_ENDINGS:
        importer = "table" if spreadsheet.has_head(text) else "prose"
    _check_length(text, path, importer)
    result = IMPORTERS[importer](Source(path=path, text=text, value=value, lines=lines))
    if not result.workouts:
        what = found.what if found else "a text"
        hint = "A line for each exercise is understood best: Plank 3 x 30 s, or Squats 3 x 10."
        raise NotImportedError(f"no exercise was found in {path}, which is {what}", hint=hint)
    return result


def _check_length(text: str, path: Path, importer: str) -> None:
    many = sum(1 for line in text.splitlines() if line.strip())
    hint = "Copy the part that you mean into a file of its own."
    if many > MAX_LINES:
        raise NotImportedError(f"{path} has {many:,} lines, and at most {MAX_LINES:,} are read", hint=hint)
    if importer in ("prose", "table") and len(text) > MAX_TEXT:
        raise NotImportedError(
            f"{path} is {len(text):,} characters long, and at most {MAX_TEXT:,} are read", hint=hint
        )


def _read(path: Path) -> bytes:
    try:
        return read_limited(path, MAX_BYTES)
    except FileNotFoundError as error:
        raise NotFoundError(f"there is no file {path}", hint="Check the name.") from error
    except OSError as error:
        raise NotImportedError(f"{path} cannot be read: {error.strerror}", hint="Name a file of text.") from error


def _decoded(data: bytes, path: Path) -> str:
    """UTF-8, UTF-16 that says so, else what Windows and some programs of telephones write."""
    if data.startswith(_UTF_16):
        try:
            return data.decode("utf-16")
        except UnicodeDecodeError as error:
            raise NotImportedError(f"{path} is no text", hint="Save it as UTF-8.") from error
    if found := foreign.of_magic(data):
        raise _refused(found, path)
    controls = sum(byte < 9 or 13 < byte < 32 for byte in data[:4096])
    if b"\0" in data or controls > len(data[:4096]) // 50:
        known = foreign.of_bytes(data, path)
        if known and not known.importer:
            raise _refused(known, path)
        raise NotImportedError(f"{path} is no text", hint="Save it as text, and name that.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace").replace("\ufffd", " ")


def _value(text: str, path: Path) -> tuple[Any, dict[tuple[str | int, ...], int]]:
    """What JSON or YAML makes of the text, and the lines of it."""
    if text.lstrip().startswith(("{", "[")):
        try:
            return json.loads(text), {}
        except (ValueError, RecursionError):
            return None, {}
    tree, _ = parse(text, str(path), merges=True)
    if not isinstance(tree.value, dict):
        return None, {}
    return tree.value, {place: location.line for place, location in tree.values.items()}


def _of_nobody(text: str, value: Any, path: Path) -> str:
    """A text that no program is known by: prose, unless it is YAML or JSON."""
    if isinstance(value, dict) and (set(value) >= _OUR_KEYS or "steps" in value):
        hint = Advice("Look at it: ", do("check", str(path)))
        raise NotImportedError(f"{path} is a routine already", hint=hint)
    if not text.strip():
        raise NotImportedError(f"{path} is empty", hint="Name a file with a workout in it.")
    if path.suffix.lower() in (".yaml", ".yml", ".json") or text.lstrip().startswith(("{", "[")):
        what = "JSON" if text.lstrip().startswith(("{", "[")) else "YAML"
        raise NotImportedError(
            f"{path} is {what} of a program that is not known", hint="Save it as CSV or as text, and import that."
        )
    return "prose"


def _refused(found: foreign.Foreign, path: Path) -> NotImportedError:
    why = f": {found.why}" if found.why else ""
    return NotImportedError(f"{path} is {found.what}, which is not imported{why}", hint=found.hint(path))
