"""How breaths are led through a timed part: how many, how long, and what is heard of each.

A breath that is stretched or squeezed too far is nobody's breath. So the breaths that fit are led, and what is left
of the time is still.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from voicecoach.compiler.draft import Draft
from voicecoach.model import Breathing, ExerciseStep, Problem
from voicecoach.units import format_duration

_Phase: TypeAlias = Literal["breath-in", "breath-out", "breath-hold"]
"""The name of its tone, of its word and of the role of both."""

BEND_PERCENT = 15
"""A breath may be this much shorter or longer than it is written, so that the breaths fill the time."""
SPOKEN_BREATHS = 2
"""So many are led by words too, and nothing else is said over them."""
TURN_MS = 240
"""The sound of a breath is over this long before the next begins: lungs turn, and after so much silence a sound is
encoded once, however often it comes (`output.splice.GAP_MS`)."""
BEFORE_IN_MS = 1000
"""What is said between breaths is over this long before the next in-breath."""
AFTER_IN_MS = 400
"""And begins this long after one, which is heard by then."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Led:
    """The breaths of one timed part."""

    breath: Breathing
    """As it is led."""
    count: int
    fits: bool
    """Whether even one does, bent no more than it may be."""

    @property
    def first_ms(self) -> int:
        """How long the breaths last that are led by words."""
        return min(self.count, SPOKEN_BREATHS) * self.breath.cycle_ms

    def between(self, at_ms: int, length_ms: int) -> tuple[int, int]:
        """(from, to): where something may be said in the breath at `at_ms`, or in the first that needs no words;
        after the last breath until `length_ms`."""
        cycle_ms = max(1, self.breath.cycle_ms)  # squeezed into next to nothing, a breath has no length left
        index = max(at_ms // cycle_ms, min(self.count, SPOKEN_BREATHS))
        start_ms = min(index, self.count) * cycle_ms
        end_ms = length_ms if index >= self.count else start_ms + cycle_ms - BEFORE_IN_MS
        return start_ms + AFTER_IN_MS, end_ms


def led(written: Breathing, length_ms: int) -> Led:
    """As many breaths as fit into `length_ms`: those that fill it with the least bending, or else as they are written
    with the rest still. Only where not even one fits is one bent to the whole."""
    cycle_ms = written.cycle_ms
    whole = length_ms // cycle_ms
    fewest, most = (100, 100) if written.lock else (100 - BEND_PERCENT, 100 + BEND_PERCENT)
    fill = [n for n in (whole, whole + 1) if n and n * cycle_ms * fewest <= length_ms * 100 <= n * cycle_ms * most]
    if fill:
        count = min(fill, key=lambda n: abs(length_ms - n * cycle_ms) / n)
        return Led(breath=_bent(written, length_ms, count * cycle_ms), count=count, fits=True)
    if whole:
        return Led(breath=written, count=whole, fits=True)
    return Led(breath=_bent(written, length_ms, cycle_ms), count=1, fits=False)


def _bent(written: Breathing, to_ms: int, from_ms: int) -> Breathing:
    in_ms, hold_in_ms, out_ms, hold_out_ms = (
        phase_ms * to_ms // from_ms
        for phase_ms in (written.in_ms, written.hold_in_ms, written.out_ms, written.hold_out_ms)
    )
    return Breathing(in_ms=in_ms, out_ms=out_ms, hold_in_ms=hold_in_ms, hold_out_ms=hold_out_ms, lock=written.lock)


def led_in(step: ExerciseStep, length_ms: int) -> Led | None:
    """The breaths of a step, if it leads any."""
    return led(step.breathing, length_ms) if step.breathing and step.work in ("hold", "duration") else None


def breathe(draft: Draft, step: ExerciseStep, length_ms: int) -> None:
    """Leads the breaths: each phase sounds as long as it lasts, in the first two with its word."""
    found = led_in(step, length_ms)
    if found is None:
        return
    if not found.fits and step.breathing:
        draft.warnings.append(_bent_problem(step, step.breathing, found.breath, length_ms))
    if not draft.own_breath_told:
        draft.own_breath_told = True
        draft.lead("tip", draft.phrases.say("own-breath"), protected=True)
    breath = found.breath
    phases: tuple[tuple[_Phase, int], ...] = (
        ("breath-in", breath.in_ms),
        ("breath-hold", breath.hold_in_ms),
        ("breath-out", breath.out_ms),
        ("breath-hold", breath.hold_out_ms),
    )
    start_ms = 0
    for index in range(found.count):
        for name, phase_ms in phases:
            if phase_ms and index < SPOKEN_BREATHS:
                word = (draft.phrases.say(name),)
                draft.work(name, word, start_ms, window_ms=(start_ms, start_ms + 250))
            if phase_ms:
                sounding_ms = max(phase_ms - TURN_MS, phase_ms // 2, 1)
                draft.cues.append(draft.tone(name, name, start_ms, duration_ms=sounding_ms))
            start_ms += phase_ms


def _bent_problem(step: ExerciseStep, written: Breathing, breath: Breathing, length_ms: int) -> Problem:
    message = (
        f"not even one breath of {_shown(written)} fits into {format_duration(length_ms)}; "
        f"one of {_shown(breath)} is led"
    )
    least_ms = written.cycle_ms if written.lock else -(-written.cycle_ms * (100 - BEND_PERCENT) // 100)
    return Problem(
        rule="breath-bent",
        severity="warning",
        message=message,
        location=step.breathing_location,
        hint=f"Write a shorter breath, or at least {format_duration(-(-least_ms // 1000) * 1000)}.",
    )


def _shown(breath: Breathing) -> str:
    phases = (breath.in_ms, breath.hold_in_ms, breath.out_ms, breath.hold_out_ms)
    return "/".join(f"{phase_ms / 1000:g}" for phase_ms in phases if phase_ms) + " s"
