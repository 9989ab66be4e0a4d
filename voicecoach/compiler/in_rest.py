"""What a rest that leads on says at its own moments: there it matters more than what only is welcome around it."""

from __future__ import annotations

from collections.abc import Sequence

from voicecoach.compiler.between import SHORTEN_AFTER, Between, LeftOut, goes
from voicecoach.compiler.clips import Talk, clip_of
from voicecoach.compiler.count_in import CountIn
from voicecoach.compiler.place import Placement, place
from voicecoach.model import Clip, Cue, Tone


def laid(
    said: Between, count: CountIn, own: Sequence[Cue], early_ms: int, start_ms: int, length_ms: int, talk: Talk
) -> tuple[list[Clip], LeftOut]:
    """All that is heard in the rest, and what is not. Welcome words are left out only where that makes room.
    `early_ms`: how long before its start the timed part that comes begins to be heard."""

    def beside(said: Between) -> tuple[list[Clip], Placement]:
        clips = said.laid(start_ms, length_ms, talk) + count.clips(start_ms + length_ms)
        spoken = [clip for clip in clips if not isinstance(clip.sound, Tone)]
        taken = [(clip.start_ms - start_ms, clip.end_ms - start_ms) for clip in spoken]
        taken += [(length_ms - early_ms, length_ms)] if early_ms else []
        return clips, place(own, length_ms, talk.measure, before_work_ms=0, taken=taken)

    clips, placement = beside(said)
    left_out: LeftOut = []
    fewer, gone = said, LeftOut()
    while missed := _missed(placement, length_ms):
        first = min((cue for cue in fewer.cues if 0 < goes(cue) <= SHORTEN_AFTER), key=goes, default=None)
        if first is None:
            break
        reason = "what is said at a moment of the rest has its place"
        gone = [*gone, *((cue, reason) for cue in fewer.sentence(first))]
        fewer = fewer.without(first)
        found = beside(fewer)
        if _missed(found[1], length_ms) < missed:
            (clips, placement), left_out = found, gone
    clips += [clip_of(placed, start_ms) for placed in placement.placed]
    return clips, [*placement.dropped, *left_out]


def _missed(placement: Placement, length_ms: int) -> int:
    """How many sentences found no room at their moments."""
    return sum(cue.role == "at" and cue.offset_ms <= length_ms for cue, _ in placement.dropped)
