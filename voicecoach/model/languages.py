"""Which languages there are: one a file in `language/`, which is where to add one."""

from __future__ import annotations

import os
from typing import TypeAlias

Language: TypeAlias = str
"""The code of a language, such as `da`; one of `LANGUAGES` wherever a person's word for it has been checked."""

_FOLDER = os.path.join(os.path.dirname(os.path.dirname(__file__)), "language")


def languages_in(folder: str) -> tuple[Language, ...]:
    """The codes of the languages that have a file there. Nothing is read: this is asked at every start."""
    return tuple(sorted(name[: -len(".yaml")] for name in os.listdir(folder) if name.endswith(".yaml")))


LANGUAGES: tuple[Language, ...] = languages_in(_FOLDER)
DEFAULT_LANGUAGE: Language = "en"
"""Of a file that does not say its own."""
