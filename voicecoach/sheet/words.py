"""The words of a sheet that nobody says aloud: those under `sheet` in a language's file."""

from __future__ import annotations

from dataclasses import dataclass

from voicecoach.language.phrasebook import phrasebook
from voicecoach.model import Language


@dataclass(frozen=True, slots=True)
class Words:
    language: Language

    def say(self, key: str, **values: str) -> str:
        return str(phrasebook(self.language).grammar["sheet"][key]).format(**values)
