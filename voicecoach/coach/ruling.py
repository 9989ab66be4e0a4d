"""The rules of the coaching, held against a routine. A module of its own: what it uses is what decides whether a
routine that was checked before has to be checked again.
"""

from __future__ import annotations

from voicecoach.model import LANGUAGES, Problem, Routine


def rule_problems(routine: Routine, *, whole: bool = True) -> list[Problem]:
    """The rules that the routine breaks. `whole=False`: some of its steps could not be read."""
    from voicecoach.language.spoken import number
    from voicecoach.routine.check import check

    words = {number(n, language): n for language in LANGUAGES for n in range(1, 121)}
    return check(routine, words, whole=whole)
