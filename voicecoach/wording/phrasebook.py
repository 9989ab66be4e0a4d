"""Phrases by key: wording as data, one file a language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from voicecoach.model import Language

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrasebook:
    """Everything voicecoach itself can say in one language."""

    language: Language
    phrases: Mapping[str, str]
    """Templates with `{placeholders}`; a value is always finished text, never a number to be inflected."""
    units: Mapping[str, Mapping[str, str]]
    """For a noun: the forms `one`, `many` and, for a time, `half`, `one-and-half`, `and-half`."""
    grammar: Mapping[str, Any]
    """The number words and how they are joined."""

    def say(self, key: str, **values: str) -> str:
        """The phrase, its sentences beginning with a capital. Raises `KeyError` for a key no one wrote."""
        return capitalised(self.phrases[key].format(**values))


@cache
def phrasebook(language: Language) -> Phrasebook:
    with (Path(__file__).parent / f"{language}.yaml").open(encoding="utf-8") as file:
        data = yaml.load(file, Loader=_Loader)
    grammar = {key: value for key, value in data.items() if key not in ("phrases", "units", "language", "name")}
    return Phrasebook(language=language, phrases=data["phrases"], units=data["units"], grammar=grammar)


def capitalised(text: str) -> str:
    """The text with a capital after each full stop, question mark and exclamation mark."""
    return re.sub(r"(^|[.!?]\s+)(\w)", lambda match: match.group(1) + match.group(2).upper(), text)


_NEVER_LAST = re.compile(
    r"ca|fx|f\.eks|evt|nr|kl|d|dr|hr|fr|bl\.a|st|vedr|inkl|ekskl|mr|mrs|ms|prof|e\.g|i\.e|approx|vs|fig"
)
"""Abbreviations that something always follows, so that their full stop ends no sentence."""


def sentences(text: str) -> list[str]:
    """The sentences of a text, each of them worth a breath of its own.

    A full stop ends one where a capital, a digit or a quotation follows; not that of “ca.” or “nr.”, nor of “3. maj”.
    """
    found, start = [], 0
    for stop in re.finditer(r"[.!?…]+[\"”»’)]*\s+", text):
        before, after = text[start : stop.start()], text[stop.end() :]
        word = before.split()[-1].lower().lstrip('(“"«') if before.split() else ""
        abbreviated = stop.group()[0] == "." and bool(
            _NEVER_LAST.fullmatch(word) or (word == "no" and after[:1].isdigit())
        )
        if not abbreviated and not after[:1].islower():
            found.append(text[start : stop.end()].strip())
            start = stop.end()
    return [part for part in [*found, text[start:].strip()] if part]
