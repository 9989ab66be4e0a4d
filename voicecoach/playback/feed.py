"""The bounded queue of blocks between whoever renders them and the device, and the thread that fills it.

The device's side, `take`, only copies what is ready. The thread renders, and may read files or wait for speech.
"""

from __future__ import annotations

import threading
from collections import deque
from typing import TYPE_CHECKING, TypeAlias

from voicecoach.pcm import to_int16
from voicecoach.units import ms_to_frames

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    import numpy as np
    from numpy.typing import NDArray

    from voicecoach.model import LevelledTimeline

    BlocksFrom: TypeAlias = Callable[[LevelledTimeline, int], Iterable[NDArray[np.float32]]]
    """The blocks of a timeline from a `start_ms`: `render_blocks`, with its sounds."""

AHEAD_FRAMES = ms_to_frames(1500)


class Feed:
    """A queue of frames from any place of a timeline on, filled ahead.

    `timeline` may be only the beginning; `more` then gives ever longer ones with the same beginning, the last of them
    the whole. It is asked in a thread of its own, beside the rendering, and may take its time.
    """

    def __init__(
        self,
        timeline: LevelledTimeline,
        blocks_from: BlocksFrom,
        more: Iterable[LevelledTimeline] | None,
        ahead_frames: int,
    ) -> None:
        self.timeline = timeline
        """What is known of the programme."""
        self.error: BaseException | None = None
        """What stopped the thread."""
        self.failed: Callable[[], None] = lambda: None
        """Called in a thread of the feed's when there is an error."""
        self._blocks_from, self._more, self._ahead_frames = blocks_from, more, ahead_frames
        self._changed = threading.Condition()
        self._queue: deque[NDArray[np.int16]] = deque()
        self._queued_frames = 0
        self._run = 0
        """Counts the restarts: what was rendered for an earlier one is thrown away."""
        self._start_ms = 0
        self._complete = False
        """The last frame of this run is in the queue."""
        self._closed = False
        self._thread: threading.Thread | None = None
        self._learns = False

    @property
    def whole(self) -> bool:
        """What is known of the programme is all of it."""
        return self._more is None

    @property
    def exhausted(self) -> bool:
        """There is nothing more to come."""
        return self._complete and not self._queue

    def restart(self, start_ms: int) -> None:
        """Throw away what is queued, and fill from `start_ms` on. Returns at once."""
        with self._changed:
            self._queue.clear()
            self._queued_frames = 0
            self._complete = False
            self._start_ms = start_ms
            self._run += 1
            self._changed.notify_all()
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="feed", daemon=True)
                self._thread.start()
            self._start_learning()

    def wait_ready(self, timeout_s: float, frames: int = 1) -> bool:
        """Wait until so many frames can be taken, or there is nothing to come, or an error; at most `timeout_s`."""
        with self._changed:
            return self._changed.wait_for(
                lambda: self._queued_frames >= frames or self._complete or bool(self.error), timeout_s
            )

    def wait_known(self, steps: int, timeout_s: float | None = None) -> None:
        """Wait until so many steps are known, or all that there are, or an error; at most `timeout_s`."""
        with self._changed:
            self._start_learning()
            self._changed.wait_for(
                lambda: len(self.timeline.steps) >= steps or self.whole or bool(self.error) or self._closed,
                timeout_s,
            )

    def _start_learning(self) -> None:
        if self._more is not None and not self._learns:
            self._learns = True
            threading.Thread(target=self._learn, name="learn", daemon=True).start()

    def take(self, out: NDArray[np.int16]) -> int:
        """Fill `out` (frames,) from its start with what is ready; returns how many frames that was."""
        filled = 0
        with self._changed:
            while filled < len(out) and self._queue:
                block = self._queue.popleft()
                part = block[: len(out) - filled]
                out[filled : filled + len(part)] = part
                filled += len(part)
                if len(part) < len(block):
                    self._queue.appendleft(block[len(part) :])
            self._queued_frames -= filled
            if filled:
                self._changed.notify_all()
        return filled

    def close(self) -> None:
        with self._changed:
            self._closed = True
            self._changed.notify_all()
        # A daemon: one that still waits for speech does not keep the process from ending.
        if self._thread is not None and self._thread is not threading.current_thread():
            self._thread.join(timeout=1)

    def _work(self) -> None:
        run = 0
        try:
            while (start := self._next_start(run)) is not None:
                run, start_ms = start
                if all(self._put(to_int16(block), run) for block in self._blocks(start_ms)):
                    self._finish(run)
        except BaseException as error:  # a thread has no one to raise it to
            self._fail(error)

    def _fail(self, error: BaseException) -> None:
        with self._changed:
            self.error = error
            self._changed.notify_all()
        self.failed()

    def _next_start(self, done: int) -> tuple[int, int] | None:
        """(run, start_ms) of the latest restart after `done`; waits for one. `None`: closed."""
        with self._changed:
            self._changed.wait_for(lambda: self._closed or self._run > done)
            return None if self._closed else (self._run, self._start_ms)

    def _blocks(self, start_ms: int) -> Iterator[NDArray[np.float32]]:
        known = self.timeline
        yield from self._blocks_from(known, start_ms)
        while (longer := self._longer_than(known)) is not None:
            # It begins as what was known did, so it goes on where that ended.
            yield from self._blocks_from(longer, max(start_ms, known.duration_ms))
            known = longer

    def _longer_than(self, known: LevelledTimeline) -> LevelledTimeline | None:
        """What is known by now, or as soon as it is more; `None`: there is no more."""
        with self._changed:
            self._changed.wait_for(lambda: self._closed or self.timeline is not known or self._more is None)
            return None if self._closed or self.timeline is known else self.timeline

    def _learn(self) -> None:
        """Asks for ever longer timelines, beside the rendering."""
        try:
            for longer in self._more or ():
                with self._changed:
                    if self._closed:
                        return
                    self.timeline = longer
                    self._changed.notify_all()
        except BaseException as error:
            self._fail(error)
        finally:
            with self._changed:
                self._more = None
                self._changed.notify_all()

    def _put(self, block: NDArray[np.int16], run: int) -> bool:
        """Queue `block` when there is room; `False` if it is not wanted any more."""
        with self._changed:
            self._changed.wait_for(lambda: self._closed or run != self._run or self._has_room())
            if self._closed or run != self._run:
                return False
            self._queue.append(block)
            self._queued_frames += len(block)
            self._changed.notify_all()
            return True

    def _has_room(self) -> bool:
        return self._queued_frames < self._ahead_frames

    def _finish(self, run: int) -> None:
        with self._changed:
            self._complete = run == self._run
            self._changed.notify_all()
