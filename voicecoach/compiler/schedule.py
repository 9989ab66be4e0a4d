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

from voicecoach.compiler.place import BEFORE_WORK_MS, GAP_MS, Placed, place
from voicecoach.compiler.roles import LEFT_OUT_FIRST, SPOKEN_IN_ORDER
from voicecoach.compiler.row import GRID_MS, in_a_row, on_grid, pause_after
from voicecoach.model import (
    Chapter,
    Clip,
    Cue,
    CueSheet,
    Dropped,
    Manner,
    Measure,
    PlannedStep,
    Problem,
    Sound,
    SoundLength,
    Timeline,
    TimelineStep,
    Tone,
    Utterance,
)
from voicecoach.units import format_duration

LEAD_IN_MS = 300
LEAD_OUT_MS = BEFORE_WORK_MS + GAP_MS + 150
"""Silence between the last word and the start tone, with room for a number on the first instant."""
TAIL_OUT_MS = 150
LAST_MS = 700
"""Silence at the end of the programme, so that no player cuts the last word."""
READY_BEFORE_MS = 900
"""“Get ready” is over this long before the start tone, where the get-ready time is long enough."""


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
        laid.append(_lay(step, cues[step.index], _Talk(measure, sheet.manner), now_ms, padding))
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
        chapters=tuple(_chapters(steps, timeline_steps)),
        dropped=tuple(dropped for item in laid for dropped in item.dropped),
        problems=_once_a_line(chain(sheet.problems, (problem for item in laid for problem in item.problems))),
    )


@dataclass(frozen=True, slots=True)
class _Talk:
    """How long sounds are, and how much silence there is between them."""

    measure: Measure
    manner: Manner

    def row(self, cues: Sequence[Cue]) -> list[tuple[int, SoundLength]]:
        return in_a_row(cues, self.measure, self.manner)

    def after_the_tail(self, cue: Cue) -> int:
        return TAIL_OUT_MS if isinstance(cue.sound, Tone) else pause_after(cue, self.manner)


@dataclass(slots=True)
class _Laid:
    step: TimelineStep
    clips: list[Clip]
    dropped: list[Dropped]
    problems: list[Problem]


def _lay(step: PlannedStep, cues: Sequence[Cue], talk: _Talk, start_ms: int, padding_ms: int) -> _Laid:
    """One step in its place. The timed part comes first: what has no room there may move to the get-ready time."""
    timed = step.kind in ("exercise", "heat", "cold")
    at_work = [cue for cue in cues if cue.anchor == "work"]
    work = place(at_work, step.work_ms, talk.measure, before_work_ms=BEFORE_WORK_MS if timed else 0)
    lead = _in_order([cue for cue in cues if cue.anchor == "lead"] + work.moved)
    said, left_out = _fit_lead(lead, step, talk) if timed and step.prepare_written else (lead, [])
    needed_ms = _needed(said, step, talk)
    lead_ms = (max(step.prepare_ms, needed_ms) if timed else needed_ms) + padding_ms
    work_start_ms = start_ms + lead_ms
    work_end_ms = work_start_ms + step.work_ms
    clips = _said_in_a_row(said, start_ms + LEAD_IN_MS, talk)
    if timed:
        clips = _late(clips, sum(cue.last for cue in said), work_start_ms - max(READY_BEFORE_MS, step.settle_ms))
    clips += [_clip(placed, work_start_ms) for placed in work.placed]
    after_work = [cue for cue in cues if cue.anchor == "tail"]
    onset_ms = talk.measure(after_work[0].sound).onset_ms if after_work else 0
    tail = _said_in_a_row(after_work, work_end_ms - onset_ms, talk)
    end_ms = tail[-1].end_ms + talk.after_the_tail(after_work[-1]) if tail else work_end_ms
    if step.kind != "rest":
        end_ms = on_grid(end_ms)
    if step.kind in ("say", "intro", "outro"):  # nothing in them is timed: the words are the step
        work_start_ms, work_end_ms = start_ms, end_ms
    timeline_step = TimelineStep(
        index=step.index,
        kind=step.kind,
        exercise_id=step.exercise_id,
        title=step.title,
        side=step.side,
        round=step.round,
        start_ms=start_ms,
        end_ms=end_ms,
        work_start_ms=work_start_ms,
        work_end_ms=work_end_ms,
        stop=step.stop,
        location=step.location,
        work=step.work,
    )
    dropped = [_dropped(cue, reason) for cue, reason in [*work.dropped, *left_out]]
    grew = _grew(step, said, needed_ms) if timed and step.prepare_written else []
    return _Laid(timeline_step, clips + tail, dropped, grew)


# --- the get-ready time --------------------------------------------------------------------------------------


def _in_order(cues: Sequence[Cue]) -> list[Cue]:
    order = {role: index for index, role in enumerate(SPOKEN_IN_ORDER)}
    return sorted(cues, key=lambda cue: len(order) if cue.last else order[cue.role])


def _fit_lead(cues: list[Cue], step: PlannedStep, talk: _Talk) -> tuple[list[Cue], list[tuple[Cue, str]]]:
    """The cues in the forms that fit into the get-ready time, and those left out.

    What it can do without goes first; then the longest text that has a shorter form is said in it, until all fits.
    """
    said = list(cues)
    left_out: list[tuple[Cue, str]] = []
    while _needed(said, step, talk) > step.prepare_ms:
        optional = [cue for cue in said if not cue.protected]
        if optional:
            first = min(reversed(optional), key=lambda cue: LEFT_OUT_FIRST.index(cue.role))
            said.remove(first)
            left_out.append((first, "the get-ready time is full"))
            continue
        shortenable = [index for index, cue in enumerate(said) if cue.shorter]
        if not shortenable:
            break
        longest = max(shortenable, key=lambda index: talk.measure(said[index].sound).duration_ms)
        said[longest] = said[longest].shorter or said[longest]
    return said, left_out


def _needed(cues: Sequence[Cue], step: PlannedStep, talk: _Talk) -> int:
    """How long the words before the timed part take, with the silence after the last of them."""
    if not cues:
        return 0
    start_ms, length = talk.row(cues)[-1]
    timed = step.kind in ("exercise", "heat", "cold")
    after_ms = max(step.settle_ms, LEAD_OUT_MS if timed else pause_after(cues[-1], talk.manner))
    return on_grid(LEAD_IN_MS + start_ms + length.duration_ms + after_ms)


def _late(clips: list[Clip], count: int, end_by_ms: int) -> list[Clip]:
    """The last of the clips belong right before the start tone: “Get ready”, and the side of the first repetition."""
    if not count:
        return clips
    later_ms = max(0, end_by_ms - clips[-1].end_ms)
    return [*clips[:-count], *(_shifted(clip, later_ms) for clip in clips[-count:])]


def _shifted(clip: Clip, by_ms: int) -> Clip:
    return replace(clip, start_ms=clip.start_ms + by_ms, onset_ms=clip.onset_ms + by_ms)


def _grew(step: PlannedStep, said: Sequence[Cue], needed_ms: int) -> list[Problem]:
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


def _spread(padding_ms: int, steps: Sequence[PlannedStep]) -> list[int]:
    """The padding shared evenly among the get-ready times, or given to the last step if there are none: in whole
    steps of the grid, what is less than one is left for the end."""
    timed = [step.index for step in steps if step.kind in ("exercise", "heat", "cold")] or [len(steps) - 1]
    parts = padding_ms // GRID_MS
    shares = {index: parts // len(timed) + (place < parts % len(timed)) for place, index in enumerate(timed)}
    return [shares.get(step.index, 0) * GRID_MS for step in steps]


# --- clips and chapters --------------------------------------------------------------------------------------


def _said_in_a_row(cues: Sequence[Cue], start_ms: int, talk: _Talk) -> list[Clip]:
    clips = []
    for cue, (at_ms, length) in zip(cues, talk.row(cues), strict=True):
        onset_ms = at_ms + length.onset_ms
        placed = Placed(cue=cue, start_ms=at_ms, duration_ms=length.duration_ms, onset_ms=onset_ms)
        clips.append(_clip(placed, start_ms))
    return clips


def _clip(placed: Placed, zero_ms: int) -> Clip:
    cue = placed.cue
    return Clip(
        sound=cue.sound,
        role=cue.role,
        step_index=cue.step_index,
        start_ms=zero_ms + placed.start_ms,
        duration_ms=placed.duration_ms,
        onset_ms=zero_ms + placed.onset_ms,
        location=cue.location,
    )


def _dropped(cue: Cue, reason: str) -> Dropped:
    text = words(cue.sound)
    return Dropped(role=cue.role, text=text, step_index=cue.step_index, reason=reason, location=cue.location)


def words(sound: Sound) -> str:
    """What is said; for a tone, its name."""
    return sound.name if isinstance(sound, Tone) else sound.text


def _chapters(planned: Sequence[PlannedStep], steps: Sequence[TimelineStep]) -> Iterator[Chapter]:
    """One chapter a step, but for those that go on with the one before; so chapters follow without a gap."""
    open_: Chapter | None = None
    for plan, step in zip(planned, steps, strict=True):
        if open_ and plan.chapter is None:
            open_ = replace(open_, end_ms=step.end_ms)
            continue
        if open_:
            yield open_
        open_ = Chapter(title=plan.chapter or step.title, start_ms=step.start_ms, end_ms=step.end_ms)
    if open_:
        yield open_


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
