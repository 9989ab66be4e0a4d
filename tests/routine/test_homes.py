"""A kind of step is declared in one table, and problems find it there."""

from typing import get_args

from voicecoach.routine import documents as shape
from voicecoach.routine.steps import MAKERS


def test_every_form_of_a_step_has_a_home_that_problems_find_by_its_tag() -> None:
    union = get_args(shape.StepShape)[0]
    forms = {get_args(form)[1].tag: get_args(form)[0] for form in get_args(union)}
    assert {tag: home.shape for tag, home in shape.STEP_HOMES.items()} == forms


def test_every_form_of_a_step_becomes_a_step() -> None:
    assert set(MAKERS) == {home.shape for home in shape.STEP_HOMES.values()}
