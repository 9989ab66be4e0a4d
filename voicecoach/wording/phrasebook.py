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


def sentences(text: str) -> list[str]:
    """The sentences of a text, each of them worth a breath of its own."""
    return [part.strip() for part in re.split(r"(?<=[.!?…])\s+", text.strip()) if part.strip()]
