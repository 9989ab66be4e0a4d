"""What the rules look for in texts: whole words of one language, one file a language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from voicecoach.model import Language

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@cache
def looked_for(language: Language) -> Mapping[str, re.Pattern[str]]:
    """A pattern a key, which finds any of the expressions listed under it, whole words only and in any case."""
    return {
        key: re.compile(rf"(?<!\w)(?:{'|'.join(expressions)})(?!\w)", re.IGNORECASE)
        for key, expressions in _data(language)["patterns"].items()
    }


@cache
def spans(language: Language) -> Mapping[str, int]:
    """Expressions that name a time without a number, with its milliseconds."""
    return {str(key): int(value) for key, value in _data(language)["spans"].items()}


@cache
def units(language: Language) -> Mapping[str, int]:
    """The words for units of time, with their milliseconds."""
    return {str(key): int(value) for key, value in _data(language)["units"].items()}


@cache
def words(language: Language) -> frozenset[str]:
    """Common words that the other languages do not have."""
    return frozenset(_data(language)["words"].split())


@cache
def _data(language: Language) -> Any:
    with (Path(__file__).parent / f"{language}.yaml").open(encoding="utf-8") as file:
        return yaml.load(file, Loader=_Loader)
