"""A variable is filled in an utterance of its own, and told where it has no value."""

from __future__ import annotations

import pytest

from tests.compiler.compiling import VOICES, routine_of
from tests.compiler.measures import simple
from voicecoach.coach.options import Options
from voicecoach.coach.planning import plan_routine
from voicecoach.compiler.schedule import schedule
from voicecoach.compiler.variables import unused
from voicecoach.errors import RoutineError
from voicecoach.model import Timeline, Utterance

TEXT = """title: "For {name}"
language: en
steps:
  - say: Good morning {name}. All {{well}}?
  - say: Hello {other}.
"""


def timeline(**values: str) -> Timeline:
    options = Options(language="en", vars=values)
    return schedule(plan_routine(routine_of(TEXT), options, "en", VOICES["en"]), simple)


def test_a_value_is_said_for_itself_and_only_it_is_personal() -> None:
    made = timeline(name="Anna {x}", other="Bo")
    said = [clip.sound for clip in made.clips if clip.role == "say" and isinstance(clip.sound, Utterance)]
    assert [(sound.text, sound.personal) for sound in said] == [
        ("Good morning", False),
        ("Anna {x}.", True),
        ("All {well}?", False),
        ("Hello", False),
        ("Bo.", True),
    ]
    assert made.title == "For Anna {x}"
    assert made.steps[1].title == "Good morning Anna {x}"
    first, second = [clip for clip in made.clips if clip.role == "say"][:2]
    assert 90 <= second.start_ms - first.end_ms < 90 + 24  # no pause inside a sentence


def test_every_variable_without_a_value_is_told_at_its_text() -> None:
    with pytest.raises(RoutineError) as raised:
        timeline()
    assert [(p.rule, p.location.line) for p in raised.value.problems] == [
        ("missing-var", 1),
        ("missing-var", 4),
        ("missing-var", 5),
    ]


def test_a_variable_that_no_text_uses_is_told() -> None:
    (problem,) = unused(routine_of(TEXT), {"name": "Anna", "well": "x", "other": "Bo"})
    assert (problem.rule, "`well`" in problem.message) == ("unused-var", True)
