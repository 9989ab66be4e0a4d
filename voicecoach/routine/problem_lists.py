"""Problems that were found, as they are told: without what was answered, each once, in the order of the lines.

Apart from the rules that find them: a routine that was judged before is played without those.
"""

from __future__ import annotations

from collections.abc import Iterable

from voicecoach.model import Problem, Routine, SourceLocation


def unanswered(routine: Routine, problems: Iterable[Problem]) -> list[Problem]:
    """Without the warnings that the author has answered. An error, of the same rule too, has no answer."""
    return [one for one in problems if one.severity == "error" or one.rule not in routine.accepted]


def largest(problems: Iterable[Problem]) -> list[Problem]:
    """One problem a place and rule, that of the largest size: rounds, sides and languages repeat it."""
    found: dict[tuple[SourceLocation, str], Problem] = {}
    for problem in problems:
        key = (problem.location, problem.rule)
        if key not in found or problem.size > found[key].size:
            found[key] = problem
    return list(found.values())


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    return sorted(problems, key=lambda problem: (problem.location.line, problem.location.column))
