"""The player: commands go in, events and snapshots come out.

Its clock is the device: the position is the number of frames that the device has pulled. Its callback (`_pull`)
copies frames that are ready, counts, and notes what has begun; it never renders, reads or prints. All that may be
called from outside may be called from any thread: one command is done after another, each of them whole.
"""

from __future__ import annotations

import logging
import threading
import time
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from voicecoach.errors import NotFoundError, VoicecoachError
from voicecoach.model import TimelineStep, Utterance
from voicecoach.playback import places
from voicecoach.playback.commands import WORDS, Command
from voicecoach.playback.events import Event, EventLog
from voicecoach.playback.feed import AHEAD_FRAMES, Feed
from voicecoach.playback.snapshot import Snapshot
from voicecoach.playback.watch import WatchedDevice
from voicecoach.units import frames_to_ms, ms_to_frames

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from numpy.typing import NDArray

    from voicecoach.model import LevelledTimeline
    from voicecoach.playback.commands import Word
    from voicecoach.playback.devices.base import Device
    from voicecoach.playback.events import EventKind, Listener, Refusal
    from voicecoach.playback.feed import BlocksFrom
    from voicecoach.playback.snapshot import State
    from voicecoach.playback.watch import News

log = logging.getLogger(__name__)

BACK_MS = 3000
"""Further than this into a step, `back` goes to its start; else to the step before."""
_FIRST_BLOCK_S = 0.5
"""How long the start waits for the first block, so that the device does not begin with silence."""
_KNOWN_S = 0.4
"""How long `next` waits until it is known where the next step is."""
_MOVING_FRAMES = ms_to_frames(500)
"""So much silence belongs to moving about; more is late."""
_SOUNDING: frozenset[State] = frozenset({"starting", "playing"})
_HELD: frozenset[State] = frozenset({"paused", "waiting"})
_OVER: frozenset[EventKind] = frozenset({"ended", "stopped", "failed"})


class Player:
    """Plays a timeline on a device, once. Use it as a context manager: leaving it ends all its threads.

    `timeline` may be only the first seconds, so that sound begins early: `more` then gives ever longer ones with the
    same beginning, and the whole at last. It is asked in a thread of its own and may take a while.
    """

    def __init__(
        self,
        timeline: LevelledTimeline,
        blocks_from: BlocksFrom,
        device: Device,
        *,
        more: Iterable[LevelledTimeline] | None = None,
        ahead_frames: int = AHEAD_FRAMES,
    ) -> None:
        self._feed = Feed(timeline, blocks_from, more, ahead_frames)
        self._feed.failed = self._feed_failed
        self._device = device
        if isinstance(device, WatchedDevice):
            device.told = self._device_told
        self._device_runs = self._device_lost = False
        self._acting = threading.RLock()
        """Held while a command is done; what waits for the device is done under this one alone."""
        self._lock = threading.Lock()
        """Held for a moment, by the device too: whatever follows changes only under it."""
        self._over = threading.Event()
        self._log = EventLog()
        self._events = self._log.listen()
        self._state: State = "stopped"
        self._error: BaseException | None = None
        self._first_s: float | None = None
        """When the device took the first frame."""
        self._position = 0
        self._since = 0
        """Where this run began: nothing before it was heard in it."""
        self._released = -1
        """The frame of the stop that was resumed from, or played from: it does not hold again."""
        self._told_step: int | None = None
        """The step that was told last, if nobody has moved since."""
        self._silent_frames = 0
        """Pulled since the last frame of the programme."""
        self._gap_frames = self._late_frames = 0
        """Silence because nothing was ready: since the last frame that was, and in all the gaps before."""
        self._moving = False
        """No frame was taken since somebody moved."""
        self._acts: dict[Word, Callable[[], None]] = {
            "pause": self._pause,
            "resume": self._resume,
            "toggle": self._toggle,
            "next": self._next,
            "back": self._back,
            "stop": self._stop,
        }

    # --- what a guest sees -----------------------------------------------------------------------------------

    @property
    def events(self) -> Iterator[Event]:
        """All that happens, from the beginning; it waits for the next, and ends with the session. One iterator, for
        one guest; others `listen`."""
        return self._events

    def listen(self) -> Listener:
        """The same events, for one guest more."""
        return self._log.listen()

    def snapshot(self) -> Snapshot:
        with self._lock:
            at_ms, step, timeline = places.position_ms(self._position), self._step(), self.timeline
            shown = Snapshot(
                state=self._state,
                position_ms=at_ms,
                duration_ms=timeline.duration_ms if self._feed.whole else None,
                step=step.index if step else None,
                late_ms=frames_to_ms(self._late_frames + self._late_gap()),
            )
            return _in_step(shown, step, timeline, self._position) if step else shown

    @property
    def timeline(self) -> LevelledTimeline:
        """The whole, or as long as it is not known, the beginning."""
        return self._feed.timeline

    @property
    def error(self) -> BaseException | None:
        """What kept the player from going on: of the feeding thread, or of the device."""
        return self._error or self._feed.error or self._device.error

    def wait(self, timeout_s: float) -> bool:
        """Wait until the programme has ended, was stopped or failed, `timeout_s` at most; `True` if it is over."""
        over = self._over.wait(timeout_s)
        if not over and (error := self._device.error) is not None:
            self._fail(error)
        return self._over.is_set()

    # --- what a guest does -----------------------------------------------------------------------------------

    def start_of(self, step: int) -> int:
        """Where a step begins, in ms; waits until that is known. Raises `NotFoundError` if there is no such step."""
        self._feed.wait_known(step + 1)
        if self._feed.error is not None:
            raise self._feed.error
        steps = self.timeline.steps
        if not 0 <= step < len(steps):
            raise NotFoundError(f"there is no step {step}", hint=f"The steps are 0 to {len(steps) - 1}.")
        return steps[step].start_ms

    def play(self, start_ms: int = 0) -> None:
        """Play from `start_ms` on, whatever was played before. Does nothing when it is over. Raises `DeviceError` if
        there is no device."""
        with self._acting:
            if self._over.is_set():
                return
            with self._lock:
                self._go(start_ms)
            if not self._device_runs:
                self._feed.wait_ready(_FIRST_BLOCK_S)
            self._run_device()

    def send(self, command: Command | str) -> bool:
        """Do what is wanted; answers whether it is done. What fails is not raised: it is told, and is `error`."""
        command = command if isinstance(command, Command) else Command.of(command)
        with self._acting:
            if self._over.is_set():
                return False
            with self._lock:
                refusal = self._refusal(command)
                self._tell("command", text=command.word, accepted=refusal is None, refusal=refusal)
            if refusal is not None:
                return False
            try:
                self._acts[command.word]()  # type: ignore[index]
            except VoicecoachError:  # of the device: it was told
                return False
            return True

    def suspend(self) -> None:
        """Pause, and let go of the device until `resume`."""
        with self._acting:
            self._pause()
            self._rest_device()

    def close(self) -> None:
        """Stop and end all threads. May be called twice."""
        with self._acting:
            if not self._over.is_set() and self._state != "stopped":
                self._stop()
            self._log.end()
            self._over.set()
            self._rest_device()
            self._feed.close()
            self._device.close()

    def __enter__(self) -> Player:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    # --- commands --------------------------------------------------------------------------------------------

    def _refusal(self, command: Command) -> Refusal | None:
        if command.word not in WORDS:
            return "unknown"
        return "not-begun" if self._state == "stopped" and command.word != "stop" else None

    def _pause(self) -> None:
        with self._lock:
            if self._state in _SOUNDING:
                self._end_gap()
                self._state = "paused"
                self._tell("paused")

    def _resume(self) -> None:
        """Go on from a step that waits, or from where it was paused: a sentence that was cut is said from its
        beginning."""
        with self._lock:
            if self._state not in _HELD:
                return
            if cut := places.sentence(self.timeline, self._position):
                self._go(cut.start_ms)
            else:
                self._since = self._released = self._position
                self._state = self._sounding()
            self._tell("resumed")
        self._run_device()

    def _toggle(self) -> None:
        self._resume() if self._state in _HELD else self._pause()

    def _next(self) -> None:
        """Go to the next step's start; after the last, the programme ends. From within a step that waits, go to where
        it waits; from there on, play. Whoever paused stays paused."""
        following = places.step_index(self.timeline, self._position) + 1
        self._feed.wait_known(following + 1, _KNOWN_S)
        with self._lock:
            step, known_ms = self._step(), self.timeline.duration_ms
            end_ms = step.end_ms if step else known_ms
            if end_ms >= known_ms and self._feed.whole:
                self._go(end_ms)
            elif step and step.stop and self._state != "waiting":
                self._go(end_ms, "waiting")
            else:
                self._go(end_ms, self._state_after_moving())
            self._moved()

    def _back(self) -> None:
        """Go to the start of the step; in its first three seconds, of the one before it. Whoever paused stays
        paused."""
        with self._lock:
            steps, step = self.timeline.steps, self._step()
            if step and places.position_ms(self._position) - step.start_ms <= BACK_MS:
                step = steps[max(step.index - 1, 0)]
            self._go(step.start_ms if step else 0, self._state_after_moving())
            self._moved()

    def _stop(self) -> None:
        with self._lock:
            self._end_gap()
            self._state = "stopped"
            self._tell("stopped")
        self._rest_device()

    # --- inside: all of these are called with the lock held --------------------------------------------------

    def _go(self, start_ms: int, state: State | None = None) -> None:
        """Be at `start_ms`: every way of moving about is this."""
        self._end_gap()
        start_ms = max(start_ms, 0)
        self._position = self._since = ms_to_frames(start_ms)
        self._released = -1 if state == "waiting" else self._position
        self._silent_frames = 0
        self._moving = True
        self._state = state or self._sounding()
        self._feed.restart(start_ms)

    def _moved(self) -> None:
        step = self._step()
        self._told_step = None
        self._tell("moved", text=step.title if step else "")
        if self._state == "waiting":
            self._tell("waiting", text=step.title if step else "")

    def _sounding(self) -> State:
        return "starting" if self._first_s is None else "playing"

    def _state_after_moving(self) -> State:
        return "paused" if self._state == "paused" else self._sounding()

    def _step(self) -> TimelineStep | None:
        """The step at the position; where one waits, that one."""
        return places.step_at(self.timeline, self._position, waiting=self._state == "waiting")

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
        """Note an event, at the position and in the step where the player is unless others are given. One that says
        that it is over is the last."""
        here = self._step()
        wall_s = 0.0 if self._first_s is None else time.monotonic() - self._first_s
        self._log.add(
            Event(
                kind=kind,
                wall_ms=round(1000 * wall_s),
                position_ms=places.position_ms(self._position) if position_ms is None else position_ms,
                step=here.index if step is None and here else step,
                text=text,
                accepted=accepted,
                refusal=refusal,
                late_ms=late_ms,
            )
        )
        if kind in _OVER:
            self._log.end()
            self._over.set()

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

    # --- the device ------------------------------------------------------------------------------------------

    def _run_device(self) -> None:
        if self._device_runs:
            return
        try:
            self._device.start(self._pull)
        except BaseException as error:
            self._fail(error)
            raise
        self._device_runs = True

    def _rest_device(self) -> None:
        self._device_runs = False
        self._device.stop()

    def _pull(self, frames: int) -> NDArray[np.int16]:
        """The device's callback: what is heard next, exactly `frames` of it."""
        out = np.zeros(frames, dtype=np.int16)
        with self._lock:
            if self._device_lost:
                self._device_lost = False
                self._tell("device-back")
            if self._state not in _SOUNDING:
                return out
            stop = places.next_stop(self.timeline, self._position, self._released)
            wanted = frames if stop is None else min(frames, stop - self._position)
            if taken := self._feed.take(out[:wanted]):
                self._took(taken)
            if self._position == stop:
                self._state = "waiting"
                step = self._step()
                self._tell("waiting", text=step.title if step else "")
            elif taken < wanted:
                self._run_dry(frames - taken)
        return out

    def _took(self, frames: int) -> None:
        """Go on by so many frames, and tell what begins in them."""
        if self._first_s is None:
            self._first_s = time.monotonic()
            self._tell("started", text=self.timeline.title)
        self._state = "playing"
        self._end_gap()
        self._moving = False
        start, end = self._position, self._position + frames
        for begins in places.begun(self.timeline, start, end):
            if isinstance(begins, TimelineStep):
                self._begin_step(begins, places.position_ms(start))
            elif isinstance(begins.sound, Utterance):
                text = begins.sound.text
                self._tell("said", position_ms=begins.start_ms, step=begins.step_index, text=text)
        self._position = end

    def _begin_step(self, step: TimelineStep, from_ms: int) -> None:
        if step.index != self._told_step:
            self._told_step = step.index
            self._tell("step", position_ms=max(step.start_ms, from_ms), step=step.index, text=step.title)

    def _run_dry(self, silent_frames: int) -> None:
        """Nothing was ready: the programme is over, or failed, or the feed is late."""
        if self._feed.exhausted:
            self._silent_frames += silent_frames
            # Ended when the last frame was heard, not when it was pulled.
            if self._silent_frames >= self._device.latency_frames:
                self._state = "ended"
                self._tell("ended")
        elif self._feed.error is not None:
            self._failed(self._feed.error)
        elif self._first_s is not None:
            self._gap_frames += silent_frames

    def _device_told(self, news: News) -> None:
        """What was taken and never heard is taken again: from the beginning of the sentence that was cut."""
        if news == "failed":
            self._fail(self._device.error)
            return
        with self._lock:
            self._tell("device-lost")
            self._device_lost = True
            if self._state in _SOUNDING:
                heard = max(self._position - self._device.latency_frames, self._since)
                cut = places.sentence(self.timeline, heard)
                self._go(cut.start_ms if cut else places.position_ms(heard))

    def _feed_failed(self) -> None:
        """While it sounds, what is ready is still heard."""
        if self._state not in _SOUNDING:
            self._fail(self._feed.error)

    def _fail(self, error: BaseException | None) -> None:
        with self._lock:
            self._failed(error)

    def _failed(self, error: BaseException | None) -> None:
        if self._over.is_set():
            return
        self._error = error
        self._state = "failed"
        self._tell("failed", text=error.message if isinstance(error, VoicecoachError) else str(error))


def _in_step(shown: Snapshot, step: TimelineStep, timeline: LevelledTimeline, frame: int) -> Snapshot:
    """The snapshot with all that is known of its step."""
    at_ms = shown.position_ms
    ready_in_ms = step.work_start_ms - at_ms
    timed = step.work_end_ms > step.work_start_ms
    end_ms = step.work_end_ms if timed else step.end_ms
    following = timeline.steps[step.index + 1 : step.index + 2]
    saying = places.sentence(timeline, frame + 1)
    return replace(
        shown,
        title=step.title,
        side=step.side,
        round=step.round,
        get_ready_ms=ready_in_ms if ready_in_ms > 0 else None,
        left_ms=max(end_ms - max(at_ms, step.work_start_ms if timed else 0), 0),
        saying=saying.sound.text if saying and isinstance(saying.sound, Utterance) else "",
        next_title=following[0].title if following else "",
    )
