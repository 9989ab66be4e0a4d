"""The rules of the coaching: what the article advises, and what could harm. Each rule is one small function.

To add a rule: describe it in `rules`, write a generator of problems in one of `checks/`, name it in a tuple here, and
break it in tests/routine/rules.txt.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from voicecoach.model import Problem, Routine, SourceLocation
from voicecoach.routine.checks import against, ear, heat_text, held, parts, sides, thermal
from voicecoach.routine.checks.view import View, view_of

_Check = Callable[[View], Iterator[Problem]]

_OF_ONE_STEP: tuple[_Check, ...] = (
    thermal.heat_caution,
    against.contradictions,
    heat_text.heat_in_text,
    ear.not_for_the_ear,
    ear.other_language,
)
"""Each step, each text for itself: true of what can be read of a routine that is broken elsewhere."""

_OF_THE_WHOLE: tuple[_Check, ...] = (
    thermal.heat_before,
    thermal.heat_cap,
    thermal.cold_cap,
    thermal.heat_in_all,
    sides.sides,
    sides.rest_at_end,
)
"""What one step is beside the others."""

_ADVICE_OF_ONE_STEP: tuple[_Check, ...] = (held.stretch_hold, held.plank_hold)
_ADVICE: tuple[_Check, ...] = (
    held.stretch_in_warm_up,
    held.stretch_before_warmth,
    held.planks_in_all,
    parts.warm_up_length,
    parts.intensity,
    parts.active_part,
)
"""The article's advice on backs, which is none on anybody's workout, `phase: training`."""


def check(routine: Routine, number_words: Mapping[str, int], *, whole: bool = True) -> list[Problem]:
    """Every rule that the routine breaks, in the order of the lines. `number_words`: “tyve” → 20, in any language.

    `whole=False`: some of its steps could not be read, so that only what each says for itself is judged.
    """
    view = view_of(routine, number_words)
    checks = [*_OF_ONE_STEP, *(_OF_THE_WHOLE if whole else ())]
    if routine.phase != "training":
        checks += [*_ADVICE_OF_ONE_STEP, *(_ADVICE if whole else ())]
    return in_order(unanswered(routine, largest(problem for one in checks for problem in one(view))))


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
