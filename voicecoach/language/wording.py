"""All that is written of one language, read once: its `da.yaml`, and what it lacks if it is only half there."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NoReturn, TypeVar

from voicecoach.errors import LanguageError
from voicecoach.model import DEFAULT_LANGUAGE, LANGUAGES, Language
from voicecoach.settings import read_toml
from voicecoach.shipped_yaml import read_yaml

FOLDER = Path(__file__).parent
_T = TypeVar("_T")
_OWN_KEYS = {
    *{("places",), ("looked-for", "units"), ("looked-for", "spans"), ("ordinals",), ("decades",)},
    *(("fractions", key) for key in ("half", "half-unit", "one-and-half", "one-and-half-unit")),
    *(("fractions", key) for key in ("and-half", "and-half-unit")),
    *(("words", key) for key in ("known-slash", "known-numbers", "before-number")),
}
"""Tables whose keys are each language's own: they only have to be there."""


class Wording(dict[Any, Any]):
    """A table of one language. To ask for what nobody wrote tells it, with all else that the language lacks."""

    def __init__(self, language: Language, table: Mapping[Any, Any]) -> None:
        inner = (
            (key, Wording(language, value) if isinstance(value, dict) else value) for key, value in table.items()
        )
        super().__init__(inner)
        self.language = language

    def __missing__(self, key: Any) -> NoReturn:
        raise LanguageError(self.language, lacking(self.language) or [str(key)])


@cache
def wording(language: Language) -> Wording:
    """What is written of a language. Raises `LanguageError` if that is nothing, and later for what is missing."""
    return Wording(language, _written(language))


@cache
def reading_of(language: Language) -> Mapping[str, Any]:
    """How a language is read: `da.reading.toml`, as it is written."""
    path = FOLDER / f"{language}.reading.toml"
    return read_toml(path).data if path.exists() else {}


def name_in_english(language: Language) -> str:
    return str(wording(language)["name-in-english"])


def iso_639_2(language: Language) -> str:
    """Its code of three letters, as tags want it: `dan`."""
    return str(wording(language)["iso-639-2"])


def of_all(asked: Callable[[Language], _T]) -> dict[Language, _T]:
    """What is asked of every language about a text of any: one that is only half there has no say in it, and whoever
    wants to hear that language is told."""
    answers = {}
    for language in LANGUAGES:
        with contextlib.suppress(LanguageError):
            answers[language] = asked(language)
    return answers


@cache
def lacking(language: Language) -> list[str]:
    """What a language has yet to be given, by its keys: all that the usual one has and it has not."""
    if not (FOLDER / f"{language}.yaml").exists():
        return [f"{language}.yaml"]
    found = list(_missing(_written(DEFAULT_LANGUAGE), _written(language)))
    if not (FOLDER / f"{language}.lexicon.toml").exists():
        found.append(f"{language}.lexicon.toml")
    name = f"{language}.reading.toml"
    if not (FOLDER / name).exists():
        return [*found, name]
    return [*found, *(f"{name}: {path}" for path in _missing(reading_of(DEFAULT_LANGUAGE), reading_of(language)))]


def _written(language: Language) -> Mapping[Any, Any]:
    path = FOLDER / f"{language}.yaml"
    if not path.exists():
        raise LanguageError(language, [path.name])
    data = read_yaml(path)
    return data if isinstance(data, dict) else {}


def _missing(needed: Mapping[Any, Any], there: Mapping[Any, Any], above: tuple[str, ...] = ()) -> Iterator[str]:
    for key, value in needed.items():
        path, mine = (*above, str(key)), there.get(key)
        if mine is None or (isinstance(value, dict) and not isinstance(mine, dict)):
            if path != ("places",):  # names that differ from the number: some languages have none
                yield " ".join(path)
        elif isinstance(value, dict) and path not in _OWN_KEYS:
            yield from _missing(value, mine, path)
