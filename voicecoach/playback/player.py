"""The player: playing, pausing and moving about in a timeline.

Its clock is the device: the position is the number of frames that the device has pulled. Its callback (`_pull`)
copies frames that are ready and counts; it never renders, reads or prints, and shares its lock only with
assignments. All else (what state it is in, where it is) is for anyone to look at whenever they like.
"""

from __future__ import annotations

import threading
from bisect import bisect_right
from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np

from voicecoach.model import Utterance
from voicecoach.playback.feed import AHEAD_FRAMES, Feed
from voicecoach.units import SAMPLE_RATE_HZ, ms_to_frames

if TYPE_CHECKING:
    from collections.abc import Iterable
    from types import TracebackType

    from numpy.typing import NDArray

    from voicecoach.model import LevelledTimeline, TimelineStep
    from voicecoach.playback.devices import Device
    from voicecoach.playback.feed import BlocksFrom

State: TypeAlias = Literal["stopped", "playing", "paused", "ended"]

BACK_MS = 3000
"""Further than this into a step, `back` goes to its start; else to the step before."""
_FIRST_BLOCK_S = 0.5
"""How long the start waits for the first block, so that the device does not begin with silence."""


class Player:
    """Plays a timeline on a device. Use it as a context manager: leaving it ends all its threads.

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
        self._device = device
        self._device_runs = False
        self._lock = threading.Lock()
        self._over = threading.Event()
        self._state: State = "stopped"
        self._position = 0
        self._released = -1
        """The frame of the stop that was resumed from, or played from: it does not hold again."""
        self._silent_frames = 0
        """Pulled since the last frame of the programme."""
        self.missed_frames = 0
        """Frames of silence that were played because nothing was ready."""

    # --- to look at ------------------------------------------------------------------------------------------

    @property
    def state(self) -> State:
        return self._state

    @property
    def position_ms(self) -> int:
        """From the start of the programme; what the device has pulled, which is heard a moment later."""
        return self._position * 1000 // SAMPLE_RATE_HZ

    @property
    def timeline(self) -> LevelledTimeline:
        """The whole, or as long as it is not known, the beginning."""
        return self._feed.timeline

    @property
    def step(self) -> TimelineStep | None:
        """The step at the position; held at the end of one, that one."""
        steps, index = self.timeline.steps, self._step_index()
        return steps[index] if 0 <= index < len(steps) else None

    @property
    def waiting(self) -> bool:
        """Held at the end of a step that waits for the person."""
        held = self._state == "paused" and self._position != self._released
        step = self.step
        return held and step is not None and step.stop and ms_to_frames(step.end_ms) == self._position

    @property
    def error(self) -> BaseException | None:
        """What kept the player from going on: of the feeding thread, or of the device."""
        return self._feed.error or self._device.error

    def wait(self, timeout_s: float) -> bool:
        """Wait until the programme has ended, was stopped or failed, `timeout_s` at most; `True` if it is over."""
        return self._over.wait(timeout_s) or self.error is not None

    # --- to do -----------------------------------------------------------------------------------------------

    def play(self, start_ms: int = 0) -> None:
        """Play from `start_ms` on. Raises `DeviceError` if there is no device."""
        self._go(start_ms)
        if not self._device_runs:
            self._feed.wait_ready(_FIRST_BLOCK_S)
        self._run_device()

    def pause(self) -> None:
        with self._lock:
            if self._state == "playing":
                self._state = "paused"

    def resume(self) -> None:
        """Go on from a step that waits, or from where it was paused: a sentence that was cut is said from its
        beginning. Raises `DeviceError` if the device was let go of, and there is none now."""
        if self._state != "paused":
            return
        if (start_ms := self._sentence_ms()) is not None:
            self._go(start_ms)
        else:
            with self._lock:
                self._released = self._position
                self._state = "playing"
        self._run_device()

    def suspend(self) -> None:
        """Pause, and let go of the device until `resume`."""
        self.pause()
        self._device_runs = False
        self._device.stop()

    def next_step(self) -> None:
        """Go to the next step's start; after the last, the programme ends. From within a step that waits, go to where
        it waits; from there on, play. Whoever paused stays paused."""
        step, known_ms = self.step, self.timeline.duration_ms
        end_ms = step.end_ms if step else known_ms
        if end_ms >= known_ms and self._feed.whole:
            self._go(end_ms)
        elif step and step.stop and not self.waiting:
            self._go(end_ms, "paused", wait=True)
        else:
            self._go(end_ms, self._state_after_moving())

    def back(self) -> None:
        """Go to the start of the step; in its first three seconds, of the one before it. Whoever paused stays
        paused."""
        index, steps = self._step_index(), self.timeline.steps
        if steps and self.position_ms - steps[index].start_ms <= BACK_MS:
            index = max(index - 1, 0)
        self._go(steps[index].start_ms if steps else 0, self._state_after_moving())

    def stop(self) -> None:
        """Stop, and let the device rest. `play` begins anew."""
        with self._lock:
            self._state = "stopped"
        self._device_runs = False
        self._device.stop()
        self._over.set()

    def close(self) -> None:
        """Stop and end all threads. May be called twice."""
        self.stop()
        self._feed.close()
        self._device.close()

    def __enter__(self) -> Player:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # --- inside ----------------------------------------------------------------------------------------------

    def _go(self, start_ms: int, state: State = "playing", *, wait: bool = False) -> None:
        """Be at `start_ms`: every way of moving about is this. `wait`: it is the end of a step that waits."""
        start_ms = max(start_ms, 0)
        with self._lock:
            self._position = ms_to_frames(start_ms)
            self._released = -1 if wait else self._position
            self._silent_frames = 0
            self._state = state
            self._over.clear()
            self._feed.restart(start_ms)

    def _state_after_moving(self) -> State:
        return "paused" if self._state == "paused" and not self.waiting else "playing"

    def _sentence_ms(self) -> int | None:
        """Where the sentence begins that is cut at the position, if one is."""
        at = self._position
        for clip in self.timeline.clips:
            if ms_to_frames(clip.start_ms) >= at:
                return None
            if isinstance(clip.sound, Utterance) and ms_to_frames(clip.end_ms) > at:
                return clip.start_ms
        return None

    def _run_device(self) -> None:
        if self._device_runs:
            return
        try:
            self._device.start(self._pull)
        except BaseException:
            self._state = "stopped"
            raise
        self._device_runs = True

    def _pull(self, frames: int) -> NDArray[np.int16]:
        """The device's callback: what is heard next, exactly `frames` of it."""
        out = np.zeros(frames, dtype=np.int16)
        with self._lock:
            if self._state != "playing":
                return out
            stop = self._next_stop()
            wanted = frames if stop is None else min(frames, stop - self._position)
            taken = self._feed.take(out[:wanted])
            self._position += taken
            if self._position == stop:
                self._state = "paused"
            elif taken < wanted:
                self._run_dry(frames - taken)
        return out

    def _run_dry(self, silent_frames: int) -> None:
        """Nothing was ready: the programme is over, or failed, or the feed is late."""
        if self._feed.exhausted:
            self._silent_frames += silent_frames
            # Ended when the last frame was heard, not when it was pulled.
            if self._silent_frames >= self._device.latency_frames:
                self._state = "ended"
                self._over.set()
        elif self._feed.error is not None:
            self._state = "stopped"
            self._over.set()
        else:
            self.missed_frames += silent_frames

    def _next_stop(self) -> int | None:
        """The frame at which the next step that waits for the person ends; one at the very end does not wait."""
        timeline = self._feed.timeline
        ends = (ms_to_frames(step.end_ms) for step in timeline.steps if step.stop)
        last = ms_to_frames(timeline.duration_ms)
        return min((end for end in ends if self._position <= end < last and end != self._released), default=None)

    def _step_index(self) -> int:
        """Of the step at the position; 0 before the first."""
        position_ms = self.position_ms
        steps = self.timeline.steps
        index = bisect_right(steps, position_ms, key=lambda step: step.start_ms) - 1
        held = self._state == "paused" and self._position != self._released and index > 0
        if held and steps[index].start_ms == position_ms and steps[index - 1].stop:
            index -= 1
        return max(index, 0)
