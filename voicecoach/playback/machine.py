"""The state of a session, and what each command and each frame does to it: no thread and no device.

It is not for several threads: the player, which has them, calls it with its lock held.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from voicecoach.errors import VoicecoachError
from voicecoach.model import TimelineStep, Utterance
from voicecoach.playback import places
from voicecoach.playback.commands import WORDS, Command, Word
from voicecoach.playback.events import Event, EventLog
from voicecoach.playback.snapshot import Snapshot, in_step
from voicecoach.units import frames_to_ms, ms_to_frames

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from voicecoach.model import Timeline
    from voicecoach.playback.events import EventKind, Refusal
    from voicecoach.playback.feed import Feed
    from voicecoach.playback.snapshot import State

log = logging.getLogger(__name__)

BACK_MS = 3000
"""Further than this into a step, `back` goes to its start; else to the step before."""
_MOVING_FRAMES = ms_to_frames(500)
"""So much silence belongs to moving about; more is late."""
SOUNDING: frozenset[State] = frozenset({"starting", "playing"})
_HELD: frozenset[State] = frozenset({"paused", "waiting"})
_OVER: frozenset[EventKind] = frozenset({"ended", "stopped", "failed"})


class Machine:
    """stopped → starting → playing ⇄ paused; playing → waiting → playing; any → ended, stopped or failed."""

    def __init__(self, feed: Feed, latency_frames: Callable[[], int]) -> None:
        """`latency_frames`: at most so many frames were taken and are not heard yet."""
        self.log = EventLog()
        self.over = threading.Event()
        self.state: State = "stopped"
        self.position = 0
        """The frame that is taken next."""
        self.error: BaseException | None = None
        """Why it failed."""
        self._feed, self._latency_frames = feed, latency_frames
        self._first_s: float | None = None
        """When the device took the first frame."""
        self._since = 0
        """Where this run began: nothing before it was heard in it."""
        self._released = -1
        """The frame of the stop that was resumed from, or played from: it does not hold again."""
        self._told_step: int | None = None
        """The step that was told last, if nobody has moved since."""
        self._silent_frames = 0
        """Taken since the last frame of the programme."""
        self._gap_frames = self._late_frames = 0
        """Silence because nothing was ready: since the last frame that was, and in all the gaps before."""
        self._moving = False
        """No frame was taken since somebody moved."""
        self._device_lost = False
        self._acts: dict[Word, Callable[[], None]] = {
            "pause": self.pause,
            "resume": self._resume,
            "toggle": self._toggle,
            "next": self._next,
            "back": self._back,
            "stop": self.stop,
        }

    @property
    def timeline(self) -> Timeline:
        return self._feed.timeline

    def snapshot(self) -> Snapshot:
        step, timeline = self._step(), self.timeline
        shown = Snapshot(
            state=self.state,
            position_ms=places.position_ms(self.position),
            duration_ms=timeline.duration_ms if self._feed.whole else None,
            step=step.index if step else None,
            late_ms=frames_to_ms(self._late_frames + self._late_gap()),
        )
        return in_step(shown, step, timeline, self.position) if step else shown

    # --- what a person wants ---------------------------------------------------------------------------------

    def accepts(self, command: Command) -> bool:
        """Whether the command can be done now, which is told."""
        refusal: Refusal | None = None
        if command.word not in WORDS:
            refusal = "unknown"
        elif self.state == "stopped" and command.word != "stop":
            refusal = "not-begun"
        self._tell("command", text=command.word, accepted=refusal is None, refusal=refusal)
        return refusal is None

    def does(self, command: Command) -> None:
        """Do what was accepted."""
        self._acts[command.word]()  # type: ignore[index]

    def go(self, start_ms: int, state: State | None = None) -> None:
        """Be at `start_ms`: every way of moving about is this."""
        self._end_gap()
        start_ms = max(start_ms, 0)
        self.position = self._since = ms_to_frames(start_ms)
        self._released = -1 if state == "waiting" else self.position
        self._silent_frames = 0
        self._moving = True
        self.state = state or self._sounding()
        self._feed.restart(start_ms)

    def pause(self) -> None:
        if self.state in SOUNDING:
            self._end_gap()
            self.state = "paused"
            self._tell("paused")

    def stop(self) -> None:
        self._end_gap()
        self.state = "stopped"
        self._tell("stopped")

    def _resume(self) -> None:
        """Go on from a step that waits, or from where it was paused: a sentence that was cut is said from its
        beginning."""
        if self.state not in _HELD:
            return
        if self._ends_wait():
            self._tell("resumed")
            return
        if cut := places.sentence(self.timeline, self.position):
            self.go(cut.start_ms)
        else:
            self._since = self._released = self.position
            self.state = self._sounding()
        self._tell("resumed")

    def _ends_wait(self) -> bool:
        """Go on from a step that waits in its middle, if one does: with its end."""
        step = self._step() if self.state == "waiting" else None
        if step is None or step.pause_ms is None:
            return False
        self.go(step.goes_on_at_ms)
        return True

    def _toggle(self) -> None:
        self._resume() if self.state in _HELD else self.pause()

    def _next(self) -> None:
        """Go to the next step's start; after the last, the programme ends. From within a step that waits, go to where
        it waits; from there on, play: its end, if it waited in its middle. Both are still the same step, which was
        told. From a rest, go first to where it tells what comes next. Whoever paused stays paused."""
        step, known_ms = self._step(), self.timeline.duration_ms
        end_ms = places.left_for_ms(self.timeline, step, self.position) if step else known_ms
        if step and self._is_before_wait(step):
            self.go(step.waits_at_ms, "waiting")
            self._tell_step("moved")
            self._tell_step("waiting")
            return
        if self._ends_wait():
            self._tell_step("moved")
            return
        if end_ms >= known_ms and self._feed.whole:
            self.go(end_ms)
        else:
            self.go(end_ms, self._state_after_moving())
        self._moved()

    def _is_before_wait(self, step: TimelineStep) -> bool:
        """Whether the step waits, and not at the very end, and one is not there yet."""
        at_the_end = step.waits_at_ms >= self.timeline.duration_ms and self._feed.whole
        waits_at = ms_to_frames(step.waits_at_ms)
        arrived = self.state == "waiting" or self.position > waits_at or self._released == waits_at
        return step.waits and not at_the_end and not arrived

    def _back(self) -> None:
        """Go to the start of the step; in its first three seconds, of the one before it. Whoever paused stays
        paused."""
        step = self._step()
        if step and places.position_ms(self.position) - step.start_ms <= BACK_MS:
            step = places.step_before(self.timeline, step)
        self.go(step.start_ms if step else 0, self._state_after_moving())
        self._moved()

    # --- what the device takes -------------------------------------------------------------------------------

    def take(self, out: NDArray[np.int16]) -> None:
        """Fill `out`, which is silence, with what is heard next, as far as there is something."""
        if self._device_lost:
            self._device_lost = False
            self._tell("device-back")
        if self.state not in SOUNDING:
            return
        stop = places.next_stop(self.timeline, self.position, self._released)
        wanted = len(out) if stop is None else min(len(out), stop - self.position)
        if taken := self._feed.take(out[:wanted]):
            self._took(taken)
        if self.position == stop:
            self.state = "waiting"
            self._tell_step("waiting")
        elif taken < wanted:
            self._run_dry(len(out) - taken)

    def lose_device(self) -> None:
        """What was taken and never heard is to be taken again: from the beginning of the sentence that was cut."""
        self._tell("device-lost")
        self._device_lost = True
        if self.state in SOUNDING:
            heard = max(self.position - self._latency_frames(), self._since)
            cut = places.sentence(self.timeline, heard)
            self.go(cut.start_ms if cut else places.position_ms(heard))

    def fail(self, error: BaseException | None) -> None:
        if self.over.is_set():
            return
        self.error = error
        self.state = "failed"
        self._tell("failed", text=error.message if isinstance(error, VoicecoachError) else str(error))

    def _took(self, frames: int) -> None:
        """Go on by so many frames, and tell what begins in them."""
        if self._first_s is None:
            self._first_s = time.monotonic()
            self._tell("started", text=self.timeline.title)
        self.state = "playing"
        self._end_gap()
        self._moving = False
        start, end = self.position, self.position + frames
        for begins in places.begun(self.timeline, start, end):
            if isinstance(begins, TimelineStep):
                self._begin_step(begins, places.position_ms(start))
            elif isinstance(begins.sound, Utterance):
                text = begins.sound.text
                self._tell("said", position_ms=begins.start_ms, step=begins.step_index, text=text)
        self.position = end

    def _begin_step(self, step: TimelineStep, from_ms: int) -> None:
        if step.index != self._told_step:
            self._told_step = step.index
            self._tell("step", position_ms=max(step.start_ms, from_ms), step=step.index, text=step.title)

    def _run_dry(self, silent_frames: int) -> None:
        """Nothing was ready: the programme is over, or failed, or the feed is late."""
        if self._feed.exhausted:
            self._silent_frames += silent_frames
            # Ended when the last frame was heard, not when it was taken.
            if self._silent_frames >= self._latency_frames():
                self.state = "ended"
                self._tell("ended")
        elif self._feed.error is not None:
            self.fail(self._feed.error)
        elif self._first_s is not None:
            self._gap_frames += silent_frames

    def _end_gap(self) -> None:
        """Tell of the silence that was given because nothing was ready, if it is worth it."""
        gap, self._gap_frames = self._late_gap(), 0
        if gap:
            self._late_frames += gap
            log.info("sound was %d ms late", frames_to_ms(gap))
            self._tell("late", late_ms=frames_to_ms(gap))

    def _late_gap(self) -> int:
        """The silence since the last frame, unless it is only what moving about takes."""
        return self._gap_frames if self._gap_frames > (_MOVING_FRAMES if self._moving else 0) else 0

    # --- where it is, and what is told of it -----------------------------------------------------------------

    def _step(self) -> TimelineStep | None:
        """The step at the position; where one waits, that one."""
        return places.step_at(self.timeline, self.position, waiting=self.state == "waiting")

    def _sounding(self) -> State:
        return "starting" if self._first_s is None else "playing"

    def _state_after_moving(self) -> State:
        return "paused" if self.state == "paused" else self._sounding()

    def _moved(self) -> None:
        self._told_step = None
        self._tell_step("moved")

    def _tell_step(self, kind: EventKind) -> None:
        step = self._step()
        self._tell(kind, text=step.title if step else "")

    def _tell(
        self,
        kind: EventKind,
        *,
        position_ms: int | None = None,
        step: int | None = None,
        text: str = "",
        accepted: bool | None = None,
        refusal: Refusal | None = None,
        late_ms: int | None = None,
    ) -> None:
        """Note an event, at the position and in the step where it is now unless others are given. One that says that
        it is over is the last."""
        here = self._step()
        wall_s = 0.0 if self._first_s is None else time.monotonic() - self._first_s
        self.log.add(
            Event(
                kind=kind,
                wall_ms=round(1000 * wall_s),
                position_ms=places.position_ms(self.position) if position_ms is None else position_ms,
                step=here.index if step is None and here else step,
                text=text,
                accepted=accepted,
                refusal=refusal,
                late_ms=late_ms,
            )
        )
        if kind in _OVER:
            self.log.end()
            self.over.set()
