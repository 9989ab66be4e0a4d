"""Puts the steps one after another: a cue sheet and measured speech become a `Timeline`.

Each step is a get-ready time, in which words are said one after another, a timed part of exactly its length, and a
tail for its end tone and the way out. Only the get-ready time gives way: it is as long as its words need, and if
somebody asked for another, it grows where words that must be said need more of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from voicecoach.compiler.clips import Talk, clip_of, dropped_of, said_in_a_row
from voicecoach.compiler.get_ready import LEAD_IN_MS, READY_BEFORE_MS, fitted, grew, in_order, moved_late, needed_ms
from voicecoach.compiler.place import BEFORE_WORK_MS, place
from voicecoach.compiler.row import GRID_MS, on_grid, pause_after
from voicecoach.model import (
    Clip,
    Cue,
    CueSheet,
    Dropped,
    Measure,
    PlannedStep,
    Problem,
    Timeline,
    TimelineStep,
    Tone,
    Utterance,
)

TAIL_OUT_MS = 150
LAST_MS = 700
"""Silence at the end of the programme, so that no player cuts the last word."""


def schedule(sheet: CueSheet, measure: Measure, *, upto: int | None = None, padding_ms: int = 0) -> Timeline:
    """The timeline of the cue sheet.

    `upto`: only that many steps from the beginning; they are placed just as in the whole.
    `padding_ms`: silence added evenly to the get-ready times, so that a chosen length is met.
    """
    cues: dict[int, list[Cue]] = defaultdict(list)
    for cue in sheet.cues:
        cues[cue.step_index].append(cue)
    steps = sheet.steps[:upto]
    paddings = _spread(padding_ms, sheet.steps)[:upto]
    now_ms = 0
    laid: list[_Laid] = []
    for step, padding in zip(steps, paddings, strict=True):
        laid.append(_lay(step, cues[step.index], Talk(measure, sheet.manner), now_ms, padding))
        now_ms = laid[-1].step.end_ms
    if laid and len(steps) == len(sheet.steps):
        last, end_ms = laid[-1], now_ms + LAST_MS + padding_ms % GRID_MS
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


@dataclass(slots=True)
class _Laid:
    step: TimelineStep
    clips: list[Clip]
    dropped: list[Dropped]
    problems: list[Problem]


def _lay(step: PlannedStep, cues: Sequence[Cue], talk: Talk, start_ms: int, padding_ms: int) -> _Laid:
    """One step in its place. The timed part comes first: what has no room there may move to the get-ready time."""
    at_work = [cue for cue in cues if cue.anchor == "work"]
    work = place(at_work, step.work_ms, talk.measure, before_work_ms=BEFORE_WORK_MS if step.is_timed else 0)
    keeps = step.is_timed and step.prepare_written
    lead = in_order([cue for cue in cues if cue.anchor == "lead"] + work.moved)
    said, left_out = fitted(lead, step, talk) if keeps else (lead, [])
    words_ms = needed_ms(said, step, talk)
    lead_ms = (max(step.prepare_ms, words_ms) if step.is_timed else words_ms) + padding_ms
    work_start_ms = start_ms + lead_ms
    work_end_ms = work_start_ms + step.work_ms
    clips = said_in_a_row(said, start_ms + LEAD_IN_MS, talk)
    if step.is_timed:
        clips = moved_late(clips, sum(cue.last for cue in said), work_start_ms - max(READY_BEFORE_MS, step.settle_ms))
    clips += [clip_of(placed, work_start_ms) for placed in work.placed]
    after_work = [cue for cue in cues if cue.anchor == "tail"]
    onset_ms = talk.measure(after_work[0].sound).onset_ms if after_work else 0
    tail = said_in_a_row(after_work, work_end_ms - onset_ms, talk)
    end_ms = tail[-1].end_ms + _after_the_tail(after_work[-1], talk) if tail else work_end_ms
    if step.kind not in ("rest", "silence"):
        end_ms = on_grid(end_ms)
    if step.is_talk:
        work_start_ms, work_end_ms = start_ms, end_ms
    timeline_step = TimelineStep(
        planned=step, start_ms=start_ms, end_ms=end_ms, work_start_ms=work_start_ms, work_end_ms=work_end_ms
    )
    dropped = [dropped_of(cue, reason) for cue, reason in [*work.dropped, *left_out]]
    return _Laid(timeline_step, clips + tail, dropped, grew(step, said, words_ms) if keeps else [])


def _after_the_tail(cue: Cue, talk: Talk) -> int:
    return TAIL_OUT_MS if isinstance(cue.sound, Tone) else pause_after(cue, talk.manner)


def _spread(padding_ms: int, steps: Sequence[PlannedStep]) -> list[int]:
    """The padding shared evenly among the get-ready times, or given to the last step if there are none: in whole
    steps of the grid, what is less than one is left for the end."""
    timed = [step.index for step in steps if step.is_timed] or [len(steps) - 1]
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


def utterances(sheet: CueSheet) -> list[Utterance]:
    """The distinct utterances that are likely to be needed, in the order of first need: the first form of each."""
    found: dict[Utterance, None] = {}
    for cue in sheet.cues:
        if isinstance(cue.sound, Utterance):
            found.setdefault(cue.sound)
    return list(found)
