"""The rules of the coaching: what the article advises, and what could harm. Each rule is one small function.

To add a rule: describe it in `rules`, write a generator of problems in one of `checks/`, name it in a tuple here, and
break it in tests/routine/rules.txt.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from voicecoach.model import Problem, Routine
from voicecoach.routine.checks import against, ear, heat_text, held, parts, sides, thermal_limits
from voicecoach.routine.checks.view import View, view_of
from voicecoach.routine.problem_lists import in_order, largest, unanswered

_Check = Callable[[View], Iterator[Problem]]

_OF_ONE_STEP: tuple[_Check, ...] = (
    thermal_limits.heat_caution,
    against.contradictions,
    heat_text.heat_in_text,
    ear.not_for_the_ear,
    ear.other_language,
)
"""Each step, each text for itself: true of what can be read of a routine that is broken elsewhere."""

_OF_THE_WHOLE: tuple[_Check, ...] = (
    thermal_limits.heat_before,
    thermal_limits.heat_cap,
    thermal_limits.cold_cap,
    thermal_limits.heat_in_all,
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
