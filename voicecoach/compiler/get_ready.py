"""The get-ready time: as long as its words need; of one that somebody asked for, what can be left out gives way."""

from __future__ import annotations

from collections.abc import Sequence

from voicecoach.compiler.clips import Talk, shifted
from voicecoach.compiler.place import BEFORE_WORK_MS, GAP_MS
from voicecoach.compiler.row import on_grid, pause_after
from voicecoach.model import GET_READY_ORDER, ROLES, Clip, Cue, PlannedStep, Problem
from voicecoach.units import format_duration

LEAD_IN_MS = 300
LEAD_OUT_MS = BEFORE_WORK_MS + GAP_MS + 150
"""Silence between the last word and the start tone, with room for a number on the first instant."""
READY_BEFORE_MS = 900
"""“Get ready” is over this long before the start tone, where the get-ready time is long enough."""


def in_order(cues: Sequence[Cue]) -> list[Cue]:
    return sorted(cues, key=lambda cue: len(ROLES) if cue.last else GET_READY_ORDER[cue.role])


def fitted(cues: list[Cue], step: PlannedStep, room_ms: int, talk: Talk) -> tuple[list[Cue], list[tuple[Cue, str]]]:
    """The cues in the forms that fit into the get-ready time, and those left out.

    What it can do without goes first; then the longest text that has a shorter form is said in it, until all fits.
    """
    said = list(cues)
    left_out: list[tuple[Cue, str]] = []
    while needed_ms(said, step, talk) > room_ms:
        optional = [cue for cue in said if not cue.protected]
        if optional:
            first = min(reversed(optional), key=lambda cue: ROLES[cue.role].left_out)
            said.remove(first)
            left_out.append((first, "the get-ready time is full"))
            continue
        shortenable = [index for index, cue in enumerate(said) if cue.shorter]
        if not shortenable:
            break
        longest = max(shortenable, key=lambda index: talk.measure(said[index].sound).duration_ms)
        said[longest] = said[longest].shorter or said[longest]
    return said, left_out


def needed_ms(cues: Sequence[Cue], step: PlannedStep, talk: Talk) -> int:
    """How long the words before the timed part take, with the silence after the last of them."""
    if not cues:
        return 0
    start_ms, length = talk.row(cues)[-1]
    after_ms = max(step.settle_ms, LEAD_OUT_MS if step.is_timed else pause_after(cues[-1], talk.manner))
    return on_grid(LEAD_IN_MS + start_ms + length.duration_ms + after_ms)


def moved_late(clips: list[Clip], count: int, end_by_ms: int) -> list[Clip]:
    """The last of the clips belong right before the start tone: “Get ready”, and the side of the first repetition."""
    if not count:
        return clips
    later_ms = max(0, end_by_ms - clips[-1].end_ms)
    return [*clips[:-count], *(shifted(clip, later_ms) for clip in clips[-count:])]


def grew(step: PlannedStep, said: Sequence[Cue], needed_ms: int) -> list[Problem]:
    if needed_ms <= step.prepare_ms:
        return []
    seconds = -(-needed_ms // 1000)
    second_side = step.kind == "exercise" and not any(cue.role == "name" for cue in said)
    key = "change" if second_side else "prepare"
    return [
        Problem(
            rule="get-ready-grew",
            severity="warning",
            message=f"what must be said needs {needed_ms / 1000:.1f} s of get-ready time; "
            f"{format_duration(step.prepare_ms)} were given, and it grew",
            location=step.location,
            hint=f"Write `{key}: {seconds} s` on the step or at the top, shorten the texts, or leave `{key}` out.",
            size=needed_ms,
        )
    ]
