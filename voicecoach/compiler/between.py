"""The time between two timed parts: what is said of the end of the one, and before the start of the other.

Its length is fixed, and words give way: the least important are left out until all fits. Only what must be said makes
it grow.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from voicecoach.compiler.clips import Talk, said_in_a_row, shifted
from voicecoach.compiler.get_ready import LEAD_IN_MS, LEAD_OUT_MS, READY_BEFORE_MS
from voicecoach.compiler.row import on_grid, pause_after
from voicecoach.model import ROLES, Clip, Cue, PlannedStep, Problem, SourceLocation, Tone
from voicecoach.units import format_duration

SHORTEN_AFTER = ROLES["tip"].left_out_of_rest
"""What must be said is said in its shorter form when all up to here is left out."""
NAMED_AGAIN = 1 + max(facts.left_out_of_rest for facts in ROLES.values())
LeftOut = list[tuple[Cue, str]]


@dataclass(frozen=True, slots=True)
class Between:
    """The cues of one such time. `ending`: of the timed part before, its end tone first; `own`: of the rest itself;
    `coming`: of the timed part after it."""

    ending: Sequence[Cue]
    own: Sequence[Cue]
    coming: Sequence[Cue]
    before: PlannedStep
    """The step that is got ready for."""

    @property
    def cues(self) -> list[Cue]:
        return [*self.ending, *self.own, *self.coming]

    def needed_ms(self, talk: Talk) -> int:
        """From the end of the timed part before to the start of the one after."""
        cues = self.cues
        if all(isinstance(cue.sound, Tone) for cue in cues):  # a tone may sound on
            return 0
        start_ms, length = talk.row(cues)[-1]
        return on_grid(self._lead_in_ms(talk) + start_ms + length.duration_ms + self._out_ms)

    def sentence(self, cue: Cue) -> list[Cue]:
        """The cue, with all that goes on with its sentence: no half of one is said."""
        found: list[Cue] = []
        for one in self.cues:
            if not one.joined and any(part is cue for part in found):
                break
            found = [*found, one] if one.joined else [one]
        return found if any(part is cue for part in found) else []

    def without(self, cue: Cue) -> Between:
        """All but the sentence of this cue."""
        return self._said_as(dict.fromkeys(map(id, self.sentence(cue))))

    def said_as(self, cue: Cue, instead: Cue) -> Between:
        """The same, with this cue said in another way."""
        return self._said_as({id(cue): instead})

    def _said_as(self, changed: Mapping[int, Cue | None]) -> Between:
        def of(cues: Sequence[Cue]) -> list[Cue]:
            return [said for cue in cues if (said := changed.get(id(cue), cue))]

        return replace(self, ending=of(self.ending), own=of(self.own), coming=of(self.coming))

    def laid(self, start_ms: int, length_ms: int, talk: Talk) -> list[Clip]:
        """What ends comes at once; what is coming is over when the time is."""
        before = [*self.ending, *self.own]
        start_ms, end_ms = start_ms + self._lead_in_ms(talk), start_ms + length_ms
        first = said_in_a_row(before, start_ms, talk)
        last = self._late(said_in_a_row(self.coming, start_ms, talk), end_ms)
        if not first or not last or first[-1].end_ms + pause_after(before[-1], talk.manner) <= last[0].start_ms:
            return first + last
        clips = said_in_a_row(self.cues, start_ms, talk)  # there is just enough room for all in one row
        return clips[: len(before)] + self._late(clips[len(before) :], end_ms)

    def _late(self, clips: list[Clip], end_ms: int) -> list[Clip]:
        if not clips:
            return []
        over_ms = max(READY_BEFORE_MS, self._out_ms) if any(cue.last for cue in self.coming) else self._out_ms
        later_ms = max(0, end_ms - over_ms - clips[-1].end_ms)
        return [shifted(clip, later_ms) for clip in clips]

    @property
    def _out_ms(self) -> int:
        return max(self.before.settle_ms, LEAD_OUT_MS)

    def _lead_in_ms(self, talk: Talk) -> int:
        """The end tone is heard at the end; where nothing ended, words wait a moment."""
        return -talk.measure(self.ending[0].sound).onset_ms if self.ending else LEAD_IN_MS


def fitted(between: Between, room_ms: int, talk: Talk) -> tuple[Between, LeftOut]:
    """What fits into the room, and what was left out."""
    left_out: LeftOut = []
    while (over_ms := between.needed_ms(talk) - room_ms) > 0:
        optional = [cue for cue in between.cues if goes(cue)]
        first = min(reversed(optional), key=goes, default=None)
        if first is None or goes(first) > SHORTEN_AFTER:
            shorter = _shortened(between, over_ms, talk)
            if shorter is not None:
                between = shorter
                continue
        if first is None:
            break
        if first.shorter:
            between = between.said_as(first, first.shorter)
            continue
        left_out += [(cue, "the rest is full") for cue in between.sentence(first)]
        between = between.without(first)
    return between, left_out


def goes(cue: Cue) -> int:
    """When it goes; 0: never."""
    return NAMED_AGAIN if cue.again and cue.role == "name" else ROLES[cue.role].left_out_of_rest


def _shortened(between: Between, over_ms: int, talk: Talk) -> Between | None:
    """Said in fewer words; or with less time to do what a set-up asks for."""
    shortenable = [(cue, cue.shorter) for cue in between.cues if cue.shorter]
    if shortenable:
        return between.said_as(*max(shortenable, key=lambda forms: talk.measure(forms[0].sound).duration_ms))
    waits = [cue for cue in between.cues if cue.role == "setup" and cue.pause_ms]
    if not waits:
        return None
    longest = max(waits, key=lambda cue: cue.pause_ms)
    return between.said_as(longest, replace(longest, pause_ms=max(0, longest.pause_ms - over_ms)))


def rest_grew(at: SourceLocation, asked_ms: int, needed_ms: int) -> list[Problem]:
    if needed_ms <= asked_ms:
        return []
    return [
        Problem(
            rule="rest-grew",
            severity="warning",
            message=f"what must be said needs {needed_ms / 1000:.1f} s of rest; "
            f"{format_duration(asked_ms)} were given, and it grew",
            location=at,
            hint=f"Write {-(-needed_ms // 1000)} s, or shorten the texts.",
            size=needed_ms,
        )
    ]
