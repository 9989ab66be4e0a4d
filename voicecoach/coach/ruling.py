"""The rules of the coaching, held against a routine. A module of its own: what it uses is what decides whether a
routine that was checked before has to be checked again.
"""

from __future__ import annotations

from voicecoach.language.spoken import number
from voicecoach.language.wording import of_all
from voicecoach.model import Language, Problem, Routine


def rule_problems(routine: Routine, *, whole: bool = True) -> list[Problem]:
    """The rules that the routine breaks. `whole=False`: some of its steps could not be read."""
    from voicecoach.routine.check import check

    def words(language: Language) -> dict[str, int]:
        return {number(n, language): n for n in range(1, 121)}

    return check(routine, {word: n for each in of_all(words).values() for word, n in each.items()}, whole=whole)
