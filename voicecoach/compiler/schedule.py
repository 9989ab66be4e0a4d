"""Puts the steps one after another: a cue sheet and measured speech become a `Timeline`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain

from voicecoach.compiler.laying import Laying
from voicecoach.compiler.place import BEFORE_WORK_MS
from voicecoach.compiler.row import GRID_MS
from voicecoach.model import CueSheet, Measure, PlannedStep, Problem, Timeline, Utterance

LAST_MS = 700
"""Silence at the end of the programme, so that no player cuts the last word."""


def schedule(sheet: CueSheet, measure: Measure, *, upto: int | None = None, padding_ms: int = 0) -> Timeline:
    """The timeline of the cue sheet.

    `upto`: only that many steps from the beginning; they are placed just as in the whole.
    `padding_ms`: silence added evenly to the get-ready times, so that a chosen length is met.
    """
    laying = Laying(sheet, measure)
    steps = sheet.steps[:upto]
    for step, padding in zip(steps, _spread(padding_ms, sheet.steps), strict=False):
        laying.lay(step, padding)
    laid = laying.finished()
    if laid and len(steps) == len(sheet.steps):
        last, end_ms = laid[-1], laying.now_ms + LAST_MS + padding_ms % GRID_MS
        last.step = replace(last.step, end_ms=end_ms, work_end_ms=end_ms)
    timeline_steps = tuple(item.step for item in laid)
    return Timeline(
        routine_id=sheet.routine_id,
        title=sheet.title,
        language=sheet.language,
        voice=sheet.voice,
        duration_ms=timeline_steps[-1].end_ms if timeline_steps else 0,
        steps=timeline_steps,
        clips=tuple(sorted((clip for item in laid for clip in item.clips), key=lambda clip: clip.start_ms)),
        dropped=tuple(dropped for item in laid for dropped in item.dropped),
        problems=_once_a_line(chain(sheet.problems, (problem for item in laid for problem in item.problems))),
    )


def _spread(padding_ms: int, steps: Sequence[PlannedStep]) -> list[int]:
    """The padding shared evenly among the get-ready times, or given to the last step if there are none: in whole
    steps of the grid, what is less than one is left for the end."""
    timed = [step.index for step in steps if step.is_timed and step.opening == "get-ready"] or [len(steps) - 1]
    parts = padding_ms // GRID_MS
    shares = {index: parts // len(timed) + (place < parts % len(timed)) for place, index in enumerate(timed)}
    return [shares.get(step.index, 0) * GRID_MS for step in steps]


def _once_a_line(problems: Iterator[Problem]) -> tuple[Problem, ...]:
    """Rounds and sides repeat a problem; the worst of each line and rule is enough."""
    worst: dict[tuple[str, int, str], Problem] = {}
    for problem in problems:
        key = (problem.location.path, problem.location.line, problem.rule)
        if key not in worst or problem.size > worst[key].size:
            worst[key] = problem
    return tuple(worst.values())


def whole_upto(sheet: CueSheet, steps: int) -> int:
    """The least number of steps, from `steps` on, that can be placed by what is said in them alone: what is said in a
    rest belongs to the step that it leads to. Where the rest is as good as none, so does the very end before it."""
    while 0 < steps < len(sheet.steps) and _reaches_back(sheet.steps[steps]):
        steps += 1
    return steps


def _reaches_back(step: PlannedStep) -> bool:
    """Whether what is said in it, or in the step that it leads to, may begin before it."""
    return step.opening == "rest" or (step.leads_on and step.work_ms <= BEFORE_WORK_MS)


def utterances(sheet: CueSheet) -> list[Utterance]:
    """The distinct utterances that are likely to be needed, in the order of first need: the first form of each."""
    found: dict[Utterance, None] = {}
    for cue in sheet.cues:
        if isinstance(cue.sound, Utterance):
            found.setdefault(cue.sound)
    return list(found)
