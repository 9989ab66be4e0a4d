"""Variables: `{name}` in a text of the routine becomes what a person gives for it, in an utterance of its own.

A value travels between two marks that no text has, so that what is said around it stays what others hear too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

from voicecoach.advice import Advice, Option
from voicecoach.errors import RoutineError
from voicecoach.model import Language, Problem, Routine, Text

_OPEN, _CLOSE = "\ue000", "\ue001"
_MARKS = re.compile(f"[{_OPEN}{_CLOSE}]")
_BRACES = re.compile(r"\{\{|\}\}|\{\s*([^\W\d][\w-]*)\s*\}")
_Any = TypeVar("_Any")


def filled(routine: Routine, values: Mapping[str, str], language: Language) -> Routine:
    """The routine with its variables filled in the texts of `language`. Raises `RoutineError` with every variable
    that has no value, at its text."""
    missing: dict[tuple[object, str], Problem] = {}

    def fill(text: Text) -> Text:
        written = text.get(language)
        if written is None or not _BRACES.search(written):
            return text

        def value_of(match: re.Match[str]) -> str:
            name = match.group(1)
            if name is None:
                return match.group()[0]
            if name not in values:
                missing[text.location, name] = _missing(text, name)
            return f"{_OPEN}{_MARKS.sub('', values.get(name, '?')).strip()}{_CLOSE}"

        return replace(text, by_language={**text.by_language, language: _BRACES.sub(value_of, written)})

    done = replace(_mapped(replace(routine, about=None), fill), about=routine.about)
    if missing:
        raise RoutineError(list(missing.values()))
    return done


def _missing(text: Text, name: str) -> Problem:
    return Problem(
        rule="missing-var",
        severity="error",
        message=f"nobody gave a value for `{{{name}}}`",
        location=text.location,
        hint=Advice("Give it: ", Option("var", f"{name}=…"), f". Braces that are meant are doubled: {{{{{name}}}}}."),
    )


def unused(routine: Routine, values: Mapping[str, str]) -> list[Problem]:
    """A variable that no text of the routine uses, in any language: likely a slip."""
    names = {match.group(1) for text in _texts(routine) for match in _BRACES.finditer(text)}
    known = ", ".join(f"`{name}`" for name in sorted(filter(None, names)))
    hint = f"Its variables: {known}." if known else "It has no variables: write {name} in a text."
    return [
        Problem(
            rule="unused-var",
            severity="warning",
            message=f"no text uses the variable `{name}`",
            location=routine.location,
            hint=hint,
        )
        for name in values
        if name not in names
    ]


def plain(text: str) -> str:
    """Without the marks: for the eye, and for a voice."""
    return _MARKS.sub("", text)


def is_filled(text: str) -> bool:
    return _OPEN in text


def pieces(text: str) -> list[str]:
    """The text in parts, each value one with what closes its sentence; a part of marks and signs alone is none."""
    parts: list[str] = []
    for part in re.split(f"({_OPEN}[^{_CLOSE}]*{_CLOSE})", text):
        if any(letter.isalnum() for letter in part):
            parts.append(part.strip())
        elif parts:
            parts[-1] += part.rstrip()
    return parts or [text]


def _mapped(value: _Any, change: Any) -> _Any:
    if isinstance(value, Text):
        return change(value)  # type: ignore[no-any-return]
    if isinstance(value, tuple):
        return tuple(_mapped(item, change) for item in value)  # type: ignore[return-value]
    if is_dataclass(value) and not isinstance(value, type):
        old = {field.name: getattr(value, field.name) for field in fields(value)}
        new = {name: _mapped(item, change) for name, item in old.items()}
        changed = {name: item for name, item in new.items() if item is not old[name] and item != old[name]}
        return replace(value, **changed) if changed else value
    return value


def _texts(routine: Routine) -> Iterator[str]:
    found: list[str] = []

    def look(text: Text) -> Text:
        found.extend(text.by_language.values())
        return text

    _mapped(routine, look)
    yield from found
