"""The player: commands go in, events and snapshots come out.

Its clock is the device: the position is the number of frames that the device has pulled. Its callback (`_pull`)
copies frames that are ready, counts, and notes what has begun; it never renders, reads or prints. All that may be
called from outside may be called from any thread: one command is done after another, each of them whole.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import numpy as np

from voicecoach.errors import NotFoundError, VoicecoachError
from voicecoach.playback import places
from voicecoach.playback.commands import Command
from voicecoach.playback.feed import AHEAD_FRAMES, Feed
from voicecoach.playback.machine import SOUNDING, Machine
from voicecoach.playback.watch import WatchedDevice

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from voicecoach.model import LevelledTimeline
    from voicecoach.playback.devices.base import Device
    from voicecoach.playback.events import Event, Listener
    from voicecoach.playback.feed import BlocksFrom
    from voicecoach.playback.snapshot import Snapshot
    from voicecoach.playback.watch import News

_FIRST_BLOCK_S = 0.5
"""How long the start waits for the first block, so that the device does not begin with silence."""
_KNOWN_S = 0.4
"""How long `next` waits until it is known where the next step is."""


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
        self._device_runs = False
        self._acting = threading.RLock()
        """Held while a command is done; what waits for the device is done under this one alone."""
        self._lock = threading.Lock()
        """Held for a moment, by the device too, for whatever is done with the machine."""
        self._machine = Machine(self._feed, lambda: self._device.latency_frames)
        self._events = self.listen()

    # --- what a guest sees -----------------------------------------------------------------------------------

    @property
    def events(self) -> Iterator[Event]:
        """All that happens, from the beginning; it waits for the next, and ends with the session. One iterator, for
        one guest; others `listen`."""
        return self._events

    def listen(self) -> Listener:
        """The same events, for one guest more."""
        return self._machine.log.listen()

    def snapshot(self) -> Snapshot:
        with self._lock:
            return self._machine.snapshot()

    @property
    def timeline(self) -> LevelledTimeline:
        """The whole, or as long as it is not known, the beginning."""
        return self._feed.timeline

    @property
    def error(self) -> BaseException | None:
        """What kept the player from going on: of the feeding thread, or of the device."""
        return self._machine.error or self._feed.error or self._device.error

    def wait(self, timeout_s: float) -> bool:
        """Wait until the programme has ended, was stopped or failed, `timeout_s` at most; `True` if it is over."""
        over = self._machine.over
        if not over.wait(timeout_s) and (error := self._device.error) is not None:
            self._fail(error)
        return over.is_set()

    # --- what a guest does -----------------------------------------------------------------------------------

    def start_of(self, step: int) -> int:
        """Where a step begins, in ms; waits until that is known. Raises `NotFoundError` if there is no such step, and
        what keeps it from being known."""
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
            if self._machine.over.is_set():
                return
            with self._lock:
                self._machine.go(start_ms)
            if not self._device_runs:
                self._feed.wait_ready(_FIRST_BLOCK_S)
            self._settle_device()

    def send(self, command: Command | str) -> bool:
        """Do what is wanted; answers whether it is done. What fails is not raised: it is told, and is `error`."""
        command = command if isinstance(command, Command) else Command.of(command)
        with self._acting:
            if self._machine.over.is_set():
                return False
            with self._lock:
                if not self._machine.accepts(command):
                    return False
            if command.word == "next":
                here = places.step_index(self.timeline, self._machine.position)
                self._feed.wait_known(here + 2, _KNOWN_S)
            with self._lock:
                self._machine.does(command)
            try:
                self._settle_device()
            except VoicecoachError:  # it was told
                return False
            return True

    def suspend(self) -> None:
        """Pause, and let go of the device until it is to sound again."""
        with self._acting:
            with self._lock:
                self._machine.pause()
            self._rest_device()

    def close(self) -> None:
        """Stop and end all threads. May be called twice."""
        with self._acting:
            with self._lock:
                if not self._machine.over.is_set() and self._machine.state != "stopped":
                    self._machine.stop()
                self._machine.log.end()
                self._machine.over.set()
            self._rest_device()
            self._feed.close()
            self._device.close()

    def __enter__(self) -> Player:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    # --- the device ------------------------------------------------------------------------------------------

    def _settle_device(self) -> None:
        """Let it run if there is something to hear. Raises `DeviceError` if there is none."""
        if self._machine.over.is_set():
            self._rest_device()
        elif self._machine.state in SOUNDING and not self._device_runs:
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
            self._machine.take(out)
        return out

    def _device_told(self, news: News) -> None:
        if news == "failed":
            self._fail(self._device.error)
        else:
            with self._lock:
                self._machine.lose_device()

    def _feed_failed(self) -> None:
        """While it sounds, what is ready is still heard."""
        if self._machine.state not in SOUNDING:
            self._fail(self._feed.error)

    def _fail(self, error: BaseException | None) -> None:
        with self._lock:
            self._machine.fail(error)
