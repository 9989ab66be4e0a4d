"""TOML files that a person writes (configuration, lexicon, manifest): read, and their problems found at their lines.

May be used by every stage, as `units` is. Nothing here knows what the keys mean.
"""

from __future__ import annotations

import difflib
import re
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from voicecoach.errors import SettingsError
from voicecoach.model import Problem, SourceLocation
from voicecoach.reading_files import TooLargeError, read_limited

MAX_BYTES = 2_000_000
"""A manifest of a thousand lines is a twentieth of this."""


class TomlFile:
    """What a file says, and the problems that were found in it so far."""

    def __init__(self, path: Path, text: str) -> None:
        self.path, self.text = path, text
        self.problems: list[Problem] = []
        self.data: dict[str, Any] = _parsed(path, text)

    def problem(self, rule: str, message: str, *keys: str, hint: str = "") -> None:
        """Notes an error at the line of the value under `keys`."""
        place = _location(self.path, _line(self.text, keys))
        self.problems.append(Problem(rule=rule, severity="error", message=message, location=place, hint=hint))

    def check_keys(self, table: Mapping[str, Any], known: Iterable[str], *above: str) -> None:
        """A problem for each key of `table` that is not known, with the nearest that is."""
        known = list(known)
        for key in table:
            if key not in known:
                near = difflib.get_close_matches(key.lower(), known, n=1)
                hint = f"Did you mean `{near[0]}`?" if near else f"What there is: {', '.join(known)}."
                self.problem("unknown-key", f"there is no `{key}` here", *above, key, hint=hint)

    def table(self, key: str) -> dict[str, Any]:
        """The table `[key]`; empty if there is none, or if it is something else, which is a problem."""
        value = self.data.get(key, {})
        if isinstance(value, dict):
            return value
        self.problem("wrong-type", f"`{key}` is {described(value)}, not a table", key, hint=f"Write [{key}].")
        return {}

    def text_of(self, table: Mapping[str, Any], key: str, *above: str, default: str | None = None) -> str | None:
        """The string under `key`; anything else there, or nothing in it, is a problem."""
        value = table.get(key, default)
        if value is None or (isinstance(value, str) and value.strip()):
            return value
        what = "empty" if value == "" or isinstance(value, str) else f"{described(value)}, not a text"
        self.problem("wrong-type", f"`{key}` is {what}", *above, key, hint=f'Write {key} = "…".')
        return default

    def number_of(
        self, table: Mapping[str, Any], key: str, low: float, high: float, *above: str, default: float
    ) -> float:
        """The number under `key`, inside its bounds; anything else is a problem."""
        value = table.get(key, default)
        if isinstance(value, (int, float)) and not isinstance(value, bool) and low <= value <= high:
            return float(value)
        shown = str(value) if isinstance(value, (int, float)) else described(value)
        hint = f"Write a number from {low:g} to {high:g}."
        self.problem("wrong-value", f"`{key}` is {shown}", *above, key, hint=hint)
        return default

    def raise_problems(self) -> None:
        """Raises `SettingsError` if a problem was found."""
        if self.problems:
            raise SettingsError(self.problems, self.path.name)


def read_toml(path: Path) -> TomlFile:
    """The file. Raises `SettingsError` if it cannot be read, or is not TOML."""
    try:
        data = read_limited(path, MAX_BYTES)
        return TomlFile(path, data.decode("utf-8-sig"))
    except TooLargeError as error:
        raise _error(path, 1, 1, "too-large", f"{error.strerror}", "Is it the right one?") from error
    except OSError as error:
        message = f"it cannot be read: {error.strerror}"
        raise _error(path, 1, 1, "unreadable-file", message, "Check its name and its permissions.") from error
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise _error(path, line, 1, "not-utf-8", "this is not UTF-8", "Save the file as UTF-8 text.") from error


def described(value: object) -> str:
    """What kind of value this is, in the words of a person: “a number”."""
    if isinstance(value, bool):
        return "true or false"
    if isinstance(value, (int, float)):
        return f"the number {value}"
    if isinstance(value, str):
        return f"the text “{value}”"
    return "a table" if isinstance(value, dict) else "a list" if isinstance(value, list) else "a date"


def quoted(text: str) -> str:
    """`text` as a TOML string."""
    import json

    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _parsed(path: Path, text: str) -> dict[str, Any]:
    from importlib import import_module

    tomllib: Any = import_module("tomllib" if sys.version_info >= (3, 11) else "tomli")
    try:
        data: dict[str, Any] = tomllib.loads(text)
        return data
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        place = re.search(r" \(at line (\d+), column (\d+)\)", str(error))
        line, column = (int(place[1]), int(place[2])) if place else (text.count("\n") + 1, 1)
        message = re.sub(r" \(at .*\)", "", str(error))
        raise _error(path, line, column, "not-toml", f"this is not TOML: {message}", "Is a quote missing?") from error


def _error(path: Path, line: int, column: int, rule: str, message: str, hint: str) -> SettingsError:
    place = _location(path, line, column)
    problem = Problem(rule=rule, severity="error", message=message, location=place, hint=hint)
    return SettingsError([problem], path.name)


def _location(path: Path, line: int, column: int = 1) -> SourceLocation:
    return SourceLocation(path=str(path), line=line, column=column)


def _line(text: str, keys: tuple[str, ...]) -> int:
    """The line on which the key stands, or else its table, or else 1: what the parser read has no places."""
    table: tuple[str, ...] = ()
    best = 1
    for number, line in enumerate(text.splitlines(), 1):
        if header := re.match(r"\s*\[\s*([^\[\]]+?)\s*\]", line):
            table = tuple(_parts(header[1]))
            if table == keys[: len(table)]:
                best = number
        elif found := re.match(r"\s*((?:\"(?:\\.|[^\"\\])*\"|'[^']*'|[\w\-]+)(?:\s*\.\s*[\w\-]+)*)\s*=", line):
            whole = (*table, *_parts(found[1]))
            if whole == keys[: len(whole)]:
                return number
    return best


def _parts(dotted: str) -> list[str]:
    """The keys of `a.b` and of `"a word"`."""
    parts = re.findall(r"\"((?:\\.|[^\"\\])*)\"|'([^']*)'|([\w\-]+)", dotted)
    return [re.sub(r"\\(.)", r"\1", basic) or literal or bare for basic, literal, bare in parts]
