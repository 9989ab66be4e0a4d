"""“Three, two, one”: the seconds before a start, each number heard on its second.

It is all of them or none. In a time that is fixed it takes the room of what only is welcome there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from voicecoach.compiler import between, get_ready
from voicecoach.compiler.between import Between, LeftOut
from voicecoach.compiler.clips import Talk, clip_of
from voicecoach.compiler.place import Placed, place
from voicecoach.model import ROLES, Clip, Cue, PlannedStep

PAUSE_MS = 300
"""The silence between the words before a start and the first number."""
LONGEST_MS = 60_000
"""No count begins earlier than this before its start."""


@dataclass(frozen=True, slots=True)
class CountIn:
    """The numbers before one start, placed by it."""

    placed: Sequence[Placed] = ()

    @property
    def room_ms(self) -> int:
        """From the last word before it to the start."""
        return PAUSE_MS - self.placed[0].start_ms if self.placed else 0

    def before(self, step: PlannedStep) -> PlannedStep:
        """The step, with that room before it."""
        return replace(step, settle_ms=max(step.settle_ms, self.room_ms))

    def clips(self, work_start_ms: int) -> list[Clip]:
        return [clip_of(placed, work_start_ms) for placed in self.placed]


NO_COUNT_IN = CountIn()


def placed(cues: Sequence[Cue], talk: Talk) -> CountIn:
    """None of them where one takes longer than its second."""
    found = place(cues, 0, talk.measure, before_work_ms=LONGEST_MS)
    return NO_COUNT_IN if found.dropped else CountIn(found.placed)


def in_rest(cues: Sequence[Cue], said: Between, room_ms: int, talk: Talk) -> tuple[CountIn, Between, LeftOut]:
    """The numbers, what is said before them in a rest of this length, and what gives way to the other."""
    count = placed(cues, talk)
    with_room = replace(said, before=count.before(said.before))
    least = with_room
    for cue in with_room.cues:
        if 0 < between.goes(cue) <= between.SHORTEN_AFTER:
            least = least.without(cue)
    if not count.placed or max(count.room_ms, least.needed_ms(talk)) > room_ms:
        return NO_COUNT_IN, said, _unheard(cues)
    return count, *between.fitted(with_room, room_ms, talk)


def in_get_ready(
    cues: Sequence[Cue], said: list[Cue], step: PlannedStep, room_ms: int, talk: Talk
) -> tuple[CountIn, list[Cue], LeftOut]:
    """The same of a time to get ready, which grows with them if nobody asked for it, or to change sides."""
    count = placed(cues, talk)
    with_room = count.before(step)
    fixed = step.prepare_written or step.opening == "change"
    if fixed:
        room_ms = max(room_ms, get_ready.needed_ms(said, step, talk))
    kept, gone = list(said), LeftOut()

    def is_full() -> bool:
        return max(count.room_ms, get_ready.needed_ms(kept, with_room, talk)) > room_ms

    while count.placed and is_full() and (first := _first_to_go(kept, fixed)):
        kept.remove(first)
        gone.append((first, "the seconds are counted in"))
    if not count.placed or (fixed and is_full()):
        return NO_COUNT_IN, said, _unheard(cues)
    return count, kept, gone


def _first_to_go(cues: Sequence[Cue], fixed: bool) -> Cue | None:
    optional = [cue for cue in cues if not cue.protected and ROLES[cue.role].left_out]
    if not fixed:
        optional = [cue for cue in optional if cue.role == "ready"]
    return min(reversed(optional), key=lambda cue: ROLES[cue.role].left_out, default=None)


def _unheard(cues: Sequence[Cue]) -> LeftOut:
    return [(cue, "there is no room to count in") for cue in cues]
