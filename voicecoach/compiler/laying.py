"""Lays one step after another in time.

A timed part is exactly as long as it was asked for, and so is the time to the next: a rest, the time to change
sides, or the time to get ready. In a rest, and in a change of sides, lie the end tone and the way out of the part
before, and all that is said before the next. Else a tail holds the end tone and the way out, and the next step begins
with its get-ready time. Where nobody asked for one it is as long as its words need; what was asked for grows only
where words that must be said need more of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from voicecoach.compiler import between, count_in, get_ready, in_rest
from voicecoach.compiler.clips import Talk, clip_of, dropped_of, said_in_a_row
from voicecoach.compiler.place import BEFORE_WORK_MS, GAP_MS, Placement, place
from voicecoach.compiler.row import on_grid, pause_after
from voicecoach.model import Anchor, Clip, Cue, CueSheet, Dropped, Measure, PlannedStep, Problem, TimelineStep, Tone

TAIL_OUT_MS = 150


@dataclass(slots=True)
class Laid:
    """A step in its place, and what is heard since the one before was laid."""

    step: TimelineStep
    clips: list[Clip]
    dropped: list[Dropped] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


@dataclass(slots=True)
class _Before:
    """What is heard before a timed part, and when that is over."""

    clips: list[Clip]
    over_ms: int
    left_out: between.LeftOut = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


class Laying:
    """What is laid so far."""

    def __init__(self, sheet: CueSheet, measure: Measure) -> None:
        self._steps, self._talk = sheet.steps, Talk(measure, sheet.manner)
        self._cues: dict[int, list[Cue]] = defaultdict(list)
        for cue in sheet.cues:
            self._cues[cue.step_index].append(cue)
        self._laid: list[Laid] = []
        self._worked: dict[int, Placement] = {}
        self._ending: list[Cue] = []
        """Of the timed part before: its end tone and the way out, which are heard in the step that comes."""
        self._silent_ms = 0
        """Since when nobody speaks."""

    @property
    def now_ms(self) -> int:
        """When the last step is over."""
        return self._laid[-1].step.end_ms if self._laid else 0

    @property
    def _ended_ms(self) -> int:
        """When the timed part before was over; after a step without one, when that was."""
        return self._laid[-1].step.work_end_ms if self._laid else 0

    def lay(self, step: PlannedStep, padding_ms: int = 0) -> None:
        if step.leads_on:
            laid = self._rest(step)
        elif step.is_timed:
            laid = self._timed(step, padding_ms)
        else:
            laid = self._untimed(step, padding_ms)
        self._laid.append(laid)
        spoken = (clip.end_ms for clip in laid.clips if not isinstance(clip.sound, Tone))
        self._silent_ms = max([self._silent_ms, *spoken])

    def finished(self) -> list[Laid]:
        """All that was laid. Where that is only a beginning, its end tone begins a moment before it is over."""
        if self._ending:
            tone = self._tail(self._ending[:1], self.now_ms)
            self._laid[-1].clips += [clip for clip in tone if clip.start_ms < self.now_ms]
        return self._laid

    # --- a rest that leads on --------------------------------------------------------------------------------

    def _rest(self, step: PlannedStep) -> Laid:
        start_ms = self.now_ms
        coming = self._comes_after(step)
        grows = any(not between.goes(cue) for cue in self._lead(coming[-1]) if not isinstance(cue.sound, Tone))
        first = self._work(coming[-1], BEFORE_WORK_MS + GAP_MS if grows else step.work_ms).placed
        early_ms = max((-placed.start_ms for placed in first if not isinstance(placed.cue.sound, Tone)), default=0)
        lead = [cue for one in coming for cue in self._lead(one)]
        ending, self._ending = self._ending, []
        asked = between.Between(ending, self._of(step, "lead"), lead, coming[-1])
        said, left_out = between.fitted(asked, step.work_ms, self._talk)
        needed_ms = said.needed_ms(self._talk)
        length_ms = max(step.work_ms, needed_ms)
        count, said, more = count_in.in_rest(self._of(coming[-1], "before"), said, length_ms, self._talk)
        clips, unheard = in_rest.laid(
            said, count, self._of(step, "work"), max(0, early_ms), start_ms, length_ms, self._talk
        )
        return Laid(
            _placed(step, start_ms, start_ms + length_ms),
            clips,
            [dropped_of(cue, reason) for cue, reason in [*unheard, *left_out, *more]],
            between.rest_grew(step.location, step.work_ms, needed_ms),
        )

    def _comes_after(self, rest: PlannedStep) -> Sequence[PlannedStep]:
        """The timed part that the rest leads to, and before it what takes no time of its own."""
        index = next(step.index for step in self._steps[rest.index + 1 :] if step.is_timed)
        return self._steps[rest.index + 1 : index + 1]

    # --- a timed part, with what comes before and after it ---------------------------------------------------

    def _timed(self, step: PlannedStep, padding_ms: int) -> Laid:
        start_ms = self.now_ms
        work = self._work(step, BEFORE_WORK_MS + GAP_MS)
        before = _Before([], start_ms)
        if step.opening != "rest":  # in which all is said
            before = self._before(step, padding_ms)
        work_start_ms = before.over_ms
        clips = before.clips
        clips += [clip_of(placed, work_start_ms) for placed in work.placed]
        end_ms = work_end_ms = work_start_ms + step.work_ms
        self._ending = ending = self._of(step, "tail")
        pause_ms = None
        if step.waits:
            goes_on_at_ms = work_end_ms - self._talk.measure(ending[0].sound).onset_ms
            pause_ms = (min(max(clip.end_ms for clip in clips), goes_on_at_ms), goes_on_at_ms)
        following = self._steps[step.index + 1 : step.index + 2]
        if not (following and following[0].holds_the_end):
            tail, end_ms = self._ended(work_end_ms)
            clips += tail
        return Laid(
            TimelineStep(
                planned=step,
                start_ms=start_ms,
                end_ms=end_ms,
                work_start_ms=work_start_ms,
                work_end_ms=work_end_ms,
                pause_ms=pause_ms,
            ),
            clips,
            [dropped_of(cue, reason) for cue, reason in [*work.dropped, *before.left_out]],
            before.problems,
        )

    def _before(self, step: PlannedStep, padding_ms: int) -> _Before:
        """The time to get ready, or to change sides. A change that was asked for does without the way out, if that is
        too much for it."""
        ending = self._ending
        before = self._with_ending(step, padding_ms)
        if before.problems and len(ending) > 1:
            self._ending = ending[:1]
            before = self._with_ending(step, padding_ms)
            before.left_out += [(cue, "the time to change sides is full") for cue in ending[1:]]
        return before

    def _with_ending(self, step: PlannedStep, padding_ms: int) -> _Before:
        clips, lead_start_ms = self._ended()
        since_ms = lead_start_ms - self._ended_ms
        room_ms = step.prepare_ms - since_ms
        said = self._lead(step)
        left_out: between.LeftOut = []
        if step.prepare_written:
            said, left_out = get_ready.fitted(said, step, room_ms, self._talk)
        count, said, more = count_in.in_get_ready(self._of(step, "before"), said, step, room_ms, self._talk)
        left_out += more
        step = count.before(step)
        words_ms = max(count.room_ms, get_ready.needed_ms(said, step, self._talk))
        over_ms = lead_start_ms + max(0, room_ms, words_ms) + padding_ms
        lead = said_in_a_row(said, lead_start_ms + get_ready.LEAD_IN_MS, self._talk)
        late_ms = over_ms - max(get_ready.READY_BEFORE_MS, step.settle_ms)
        clips += get_ready.moved_late(lead, sum(cue.last for cue in said), late_ms)
        clips += count.clips(over_ms)
        problems = get_ready.grew(step, said, since_ms + words_ms) if step.prepare_written else []
        return _Before(clips, over_ms, left_out, problems)

    def _ended(self, work_end_ms: int | None = None) -> tuple[list[Clip], int]:
        """The end tone and the way out of the timed part that is over, if nobody has heard them; when all is said."""
        end_ms = self.now_ms if work_end_ms is None else work_end_ms
        ending, self._ending = self._ending, []
        if not ending:
            return [], end_ms
        clips = self._tail(ending, end_ms)
        last = ending[-1]
        after_ms = TAIL_OUT_MS if isinstance(last.sound, Tone) else pause_after(last, self._talk.manner)
        return clips, on_grid(clips[-1].end_ms + after_ms)

    def _tail(self, cues: Sequence[Cue], work_end_ms: int) -> list[Clip]:
        """The end tone is heard at the very end."""
        return said_in_a_row(cues, work_end_ms - self._talk.measure(cues[0].sound).onset_ms, self._talk)

    # --- talk, and a rest that leads nowhere -----------------------------------------------------------------

    def _untimed(self, step: PlannedStep, padding_ms: int) -> Laid:
        start_ms = self.now_ms
        if step.opening == "rest":  # it is said in the rest before it
            return Laid(_placed(step, start_ms, start_ms), [])
        said = self._lead(step)
        clips = said_in_a_row(said, start_ms + get_ready.LEAD_IN_MS, self._talk)
        work_start_ms = start_ms + get_ready.needed_ms(said, step, self._talk) + padding_ms
        work = self._work(step, 0)
        zero_ms = clips[-1].end_ms if step.is_talk and clips else work_start_ms
        clips += [clip_of(placed, zero_ms) for placed in work.placed]
        end_ms = on_grid(work_start_ms) if step.is_talk else work_start_ms + step.work_ms
        return Laid(
            _placed(step, start_ms, end_ms) if step.is_talk else _placed(step, start_ms, end_ms, work_start_ms),
            clips,
            [dropped_of(cue, reason) for cue, reason in work.dropped],
        )

    # --- the cues of a step ----------------------------------------------------------------------------------

    def _of(self, step: PlannedStep, anchor: Anchor) -> list[Cue]:
        return [cue for cue in self._cues[step.index] if cue.anchor == anchor]

    def _lead(self, step: PlannedStep) -> list[Cue]:
        moved = self._worked[step.index].moved if step.index in self._worked else []
        return get_ready.in_order(self._of(step, "lead") + moved)

    def _work(self, step: PlannedStep, before_ms: int) -> Placement:
        """What is said in the timed part; what has no room there moves to the time before it. A number on the first
        instant begins earlier, if nobody speaks then: `before_ms` is the least time before the start that is free."""
        if step.index not in self._worked:
            silent_ms = before_ms + self.now_ms - self._silent_ms - GAP_MS
            room_ms = max(0, min(BEFORE_WORK_MS, silent_ms)) if step.is_timed else 0
            length_ms = step.settle_ms if step.is_talk else step.work_ms
            cues = self._of(step, "work")
            if step.kind == "rest":
                cues = [_earlier(cue, self.now_ms - self._ended_ms) for cue in cues]
            self._worked[step.index] = place(cues, length_ms, self._talk.measure, before_work_ms=room_ms)
        return self._worked[step.index]


def _earlier(cue: Cue, by_ms: int) -> Cue:
    """The moments of a rest count from the end of the timed part before it."""
    if not by_ms or cue.role != "at":
        return cue
    offset_ms, late_ms = max(0, cue.offset_ms - by_ms), cue.latest_ms - cue.offset_ms
    earliest_ms = max(0, cue.earliest_ms - by_ms)
    return replace(cue, offset_ms=offset_ms, earliest_ms=earliest_ms, latest_ms=offset_ms + late_ms)


def _placed(step: PlannedStep, start_ms: int, end_ms: int, work_start_ms: int | None = None) -> TimelineStep:
    """Of a step that is all timed part, or has none."""
    work_start_ms = start_ms if work_start_ms is None else work_start_ms
    return TimelineStep(
        planned=step,
        start_ms=start_ms,
        end_ms=end_ms,
        work_start_ms=work_start_ms,
        work_end_ms=end_ms,
    )
