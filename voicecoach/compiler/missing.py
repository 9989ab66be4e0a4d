"""What is told where a text is not there in the language that is asked for."""

from __future__ import annotations

from voicecoach.advice import Advice, Option
from voicecoach.model import Language, Problem, Text


def missing_text(text: Text, language: Language) -> Problem:
    hint = Advice(f"Add `{language}:` to it, or choose another language with ", Option("language"), ".")
    return Problem(
        rule="missing-language",
        severity="error",
        message=f"this text is missing in {language}",
        location=text.location,
        hint=hint,
    )
