"""The words that would be spoken for a text, whoever speaks it."""

from __future__ import annotations

from voicecoach.errors import OptionError
from voicecoach.language.lexicon import Lexicon
from voicecoach.language.reading.reader import Reading
from voicecoach.language.spoken import number
from voicecoach.model import LANGUAGES, Language

_LEXICON = Lexicon(number)


def words_for(text: str, language: Language) -> Reading:
    """Without anybody's lexicon. Raises `OptionError` for a language that there is not."""
    if language not in LANGUAGES:
        raise OptionError(f"language is {language!r}", hint=f"Choose one of {', '.join(LANGUAGES)}.")
    return _LEXICON.read(text, language)
