"""TOML files that a person writes (configuration, lexicon, manifest): read, and their problems found at their lines.

May be used by every stage, as `units` is. Nothing here knows what the keys mean.
"""

from __future__ import annotations

import difflib
import json
import re
import sys
from collections.abc import Iterable, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

from voicecoach.errors import SettingsError
from voicecoach.model import Problem, SourceLocation
from voicecoach.plain_text import without_controls
from voicecoach.reading_files import TooLargeError, read_limited

MAX_BYTES = 2_000_000
"""A manifest of a thousand lines is a twentieth of this."""


class TomlFile:
    """What a file says, and the problems that were found in it so far."""

    def __init__(self, path: Path, text: str) -> None:
        self.path, self.text = path, text
        self.problems: list[Problem] = []
        self.data: dict[str, Any] = _parsed(path, text)
        self._lines: _Lines | None = None

    @staticmethod
    def described(value: object) -> str:
        """What kind of value this is, in the words of a person: “a number”."""
        if isinstance(value, bool):
            return "true or false"
        if isinstance(value, (int, float)):
            return f"the number {value}"
        if isinstance(value, str):
            return f"the text “{value}”"
        return "a table" if isinstance(value, dict) else "a list" if isinstance(value, list) else "a date"

    def problem(self, rule: str, message: str, *keys: str, hint: str = "") -> None:
        """Notes an error at the line of the value under `keys`."""
        if self._lines is None:
            self._lines = _Lines(self.text)
        place = _location(self.path, self._lines.of(keys))
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
        self.problem("wrong-type", f"`{key}` is {self.described(value)}, not a table", key, hint=f"Write [{key}].")
        return {}

    def text_of(self, table: Mapping[str, Any], key: str, *above: str, default: str | None = None) -> str | None:
        """The string under `key`; anything else there, or nothing in it, is a problem."""
        value = table.get(key, default)
        if value is None or (isinstance(value, str) and value.strip()):
            return value
        what = "empty" if value == "" or isinstance(value, str) else f"{self.described(value)}, not a text"
        self.problem("wrong-type", f"`{key}` is {what}", *above, key, hint=f'Write {key} = "…".')
        return default

    def number_of(
        self, table: Mapping[str, Any], key: str, low: float, high: float, *above: str, default: float
    ) -> float:
        """The number under `key`, inside its bounds; anything else is a problem."""
        value = table.get(key, default)
        if isinstance(value, (int, float)) and not isinstance(value, bool) and low <= value <= high:
            return float(value)
        shown = str(value) if isinstance(value, (int, float)) else self.described(value)
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


def quoted(text: str) -> str:
    """`text` as a TOML string."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _parsed(path: Path, text: str) -> dict[str, Any]:
    tomllib: Any = import_module("tomllib" if sys.version_info >= (3, 11) else "tomli")
    bare = _QUOTED.sub(lambda found: "q" * len(found[0]), text)
    if found := _LONG_KEY.search(bare):  # its parser copies all that stands before each dot
        raise _error(path, *_place(text, found), "not-toml", "a key has more than 30 parts", "Write a shorter key.")
    if found := _LONG_NUMBER.search(bare):  # int() takes quadratic time, and then its own words for it
        raise _error(path, *_place(text, found), "not-toml", "a number is too long", "Write a shorter number.")
    try:
        data: dict[str, Any] = _cleaned(tomllib.loads(text))
        return data
    except (ValueError, RecursionError) as error:  # a TOMLDecodeError is a ValueError
        place = re.search(r" \(at line (\d+), column (\d+)\)", str(error))
        line, column = (int(place[1]), int(place[2])) if place else (text.count("\n") + 1, 1)
        deep = isinstance(error, RecursionError)
        message = "it is nested too deeply" if deep else re.sub(r" \(at .*\)", "", str(error))
        hint = "Write it flatter." if deep else "Is a quote missing?"
        raise _error(path, line, column, "not-toml", f"this is not TOML: {message}", hint) from error


_QUOTED = re.compile(r'"""(?s:.*?)"""|"(?:\\.|[^"\\\n])*"' + r"|'''(?s:.*?)'''|'[^'\n]*'|#[^\n]*")
"""Strings and comments, in which anything may stand."""
_LONG_KEY = re.compile(r"(?<![\w-])[\w-]+(?:[ \t]*\.[ \t]*[\w-]+){30}")
_LONG_NUMBER = re.compile(r"(?<![\w.])[-+]?(?:\d|0[xob][0-9a-fA-F])[0-9a-fA-F_]{100}")


def _place(text: str, found: re.Match[str]) -> tuple[int, int]:
    before = text[: found.start()]
    return before.count("\n") + 1, len(before) - before.rfind("\n")


def _cleaned(value: Any) -> Any:
    """The same without the control characters that TOML has escapes for."""
    if isinstance(value, dict):
        return {without_controls(key): _cleaned(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_cleaned(inner) for inner in value]
    return without_controls(value) if isinstance(value, str) else value


def _error(path: Path, line: int, column: int, rule: str, message: str, hint: str) -> SettingsError:
    place = _location(path, line, column)
    problem = Problem(rule=rule, severity="error", message=message, location=place, hint=hint)
    return SettingsError([problem], path.name)


def _location(path: Path, line: int, column: int = 1) -> SourceLocation:
    return SourceLocation(path=str(path), line=line, column=column)


class _Lines:
    """The line of each key and of each table: what the parser read has no places."""

    def __init__(self, text: str) -> None:
        self._keys: dict[tuple[str, ...], int] = {}
        self._tables: dict[tuple[str, ...], int] = {}
        table: tuple[str, ...] = ()
        for number, line in enumerate(text.splitlines(), 1):
            if header := re.match(r"\s*\[\s*([^\[\]]+?)\s*\]", line):
                table = tuple(_parts(header[1]))
                self._tables[table] = number
            elif found := re.match(r"\s*((?:\"(?:\\.|[^\"\\])*\"|'[^']*'|[\w\-]+)(?:\s*\.\s*[\w\-]+)*)\s*=", line):
                self._keys.setdefault((*table, *_parts(found[1])), number)

    def of(self, keys: tuple[str, ...]) -> int:
        """The line on which the key stands, or else its table, or else 1."""
        above = [keys[:end] for end in range(len(keys) + 1)]
        if found := [self._keys[key] for key in above if key in self._keys]:
            return min(found)
        return max((self._tables[key] for key in above if key in self._tables), default=1)


def _parts(dotted: str) -> list[str]:
    """The keys of `a.b` and of `"a word"`."""
    parts = re.findall(r"\"((?:\\.|[^\"\\])*)\"|'([^']*)'|([\w\-]+)", dotted)
    return [re.sub(r"\\(.)", r"\1", basic) or literal or bare for basic, literal, bare in parts]
