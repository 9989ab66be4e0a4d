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


RESTED = """title: Ball
language: en
steps:
  - exercise: {name: Cat, kind: strength, place: back, ending: "Let {thing} go and come back to the middle now."}
    hold: 10 s
  - rest: REST s
  - exercise: {name: "Roll {thing}", kind: strength, place: back, instruction: "Hold {thing} tight in your hand."}
    hold: 10 s
  - rest: REST s
  - exercise: {name: Cat, kind: strength, place: back}
    hold: 10 s
  - rest: REST s
  - exercise: {name: "Roll {thing}", kind: strength, place: back, instruction: "Hold {thing} tight in your hand."}
    hold: 10 s
"""
OUT = ["Let", "the red ball", "go and come back to the middle now."]
INSTRUCTION = ["Hold", "the red ball", "tight in your hand."]


def rested(rest_s: int) -> Timeline:
    options = Options(language="en", vars={"thing": "the red ball"})
    text = RESTED.replace("REST", str(rest_s))
    return schedule(plan_routine(routine_of(text), options, "en", VOICES["en"]), simple)


def said(made: Timeline, exercise: int, role: str) -> list[str]:
    step = [step for step in made.steps if step.kind == "exercise"][exercise]
    cues = [clip for clip in made.clips if (clip.step_index, clip.role) == (step.index, role)]
    return [clip.sound.text for clip in cues if isinstance(clip.sound, Utterance)]


@pytest.mark.parametrize(("exercise", "role", "whole"), [(0, "out", OUT), (1, "instruction", INSTRUCTION)])
def test_in_a_rest_that_is_too_short_no_half_of_a_sentence_is_said(
    exercise: int, role: str, whole: list[str]
) -> None:
    shortest, *between, longest = [said(rested(rest_s), exercise, role) for rest_s in range(3, 21)]
    assert (shortest, longest) == ([], whole)
    assert all(heard in ([], whole) for heard in between)


def test_a_name_with_a_variable_that_is_known_gives_way_in_a_rest() -> None:
    made = rested(2)
    assert (said(made, 1, "name"), said(made, 3, "name")) == (["Next, Roll", "the red ball."], [])
