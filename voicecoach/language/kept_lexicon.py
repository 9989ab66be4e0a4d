"""What an engine gets for the texts of a routine, kept under all that it depends on: the code and its tables, a
person's own lexicon, and the texts themselves.

To read the tables and make their patterns takes a fourth of a warm export, whose words were all spoken before.
"""

from __future__ import annotations

import json
import os
from collections.abc import Collection, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from voicecoach.disk_cache import DiskCache, digest
from voicecoach.language.spoken import number
from voicecoach.model import Language
from voicecoach.provenance import code_digest
from voicecoach.reading_files import read_limited
from voicecoach.settings import MAX_BYTES

if TYPE_CHECKING:
    from voicecoach.language.lexicon import Lexicon

_FEW = 8
"""Texts of which nothing is kept: there would be a file for each."""


class KeptLexicon:
    """A `Lexicon` with its arguments, which is only loaded for texts that nobody asked for together before."""

    def __init__(self, kept: DiskCache, own_folder: Path | None, engines: Collection[str]) -> None:
        self._kept, self._own_folder, self._engines = kept, own_folder, tuple(engines)

    def spoken(self, texts: Sequence[str], language: Language, engine: str) -> list[str]:
        """See `Lexicon.all_spoken`; raises what that raises."""
        if len(texts) < _FEW:
            return self._lexicon.all_spoken(texts, language, engine)
        try:
            own = self._own(language)
        except OSError:  # a file that cannot be read: let reading tell of it
            return self._lexicon.all_spoken(texts, language, engine)
        key = digest("spoken", code_digest(__name__), own, self._engines, language, engine, *texts).hex()
        if (data := self._kept.load(key)) is not None:
            found: list[str] = json.loads(data)
            return found
        said = self._lexicon.all_spoken(texts, language, engine)
        self._kept.store(key, json.dumps(said, ensure_ascii=False).encode())
        return said

    @cached_property
    def _lexicon(self) -> Lexicon:
        from voicecoach.language.lexicon import Lexicon  # with all that it takes to read a text

        return Lexicon(number, self._own_folder, self._engines)

    def _own(self, language: Language) -> bytes | None:
        path = self._own_folder / f"lexicon-{language}.toml" if self._own_folder else None
        return read_limited(path, MAX_BYTES) if path and os.path.lexists(path) else None
