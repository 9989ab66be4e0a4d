"""Sides that are never changed, and a rest that leads to nothing."""

from __future__ import annotations

from collections.abc import Iterator

from voicecoach.model import Problem, RestStep
from voicecoach.routine.checks.view import View, broken, key_of, name_of


def sides(view: View) -> Iterator[Problem]:
    done = {(key_of(step), step.sides) for step in view.exercises}
    for step in view.exercises:
        other = {"left": "right", "right": "left"}.get(step.sides)
        if other and not any((key_of(step), sides) in done for sides in (other, "both", "alternate")):
            message = f"{name_of(step)} is done on the {step.sides} and never on the {other}"
            yield broken("sides-never-changed", step.location, message, "Write `sides: both`, or add the other side.")


def rest_at_end(view: View) -> Iterator[Problem]:
    if view.most and isinstance(view.most[-1], RestStep):
        hint = "Delete it; a rest between the rounds of a `repeat` is its `between`."
        yield broken("rest-at-end", view.most[-1].location, "nothing comes after this rest", hint)
