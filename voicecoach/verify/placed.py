"""Promises of single cues: heard, in place, whole, at their level, and one voice at a time."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from voicecoach.model import Utterance
from voicecoach.verify.report import Offender, Promise

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from voicecoach.model import Timeline
    from voicecoach.verify.cues import HeardCue

OFFSET_MS = 2.0
RISE_MS = 5.0
"""The moment of the rise is a check on the correlation, and less exact: an MP3 moves it by half a millisecond."""
LEVEL_DB = 1.0


def cue_promises(timeline: Timeline, cues: Sequence[HeardCue]) -> list[Promise]:
    found = [cue for cue in cues if cue.found]
    measured = [_in_place(found), _whole(found), _level(found), _one_voice(timeline, found)]
    if cues and not found:  # nothing was measured, so nothing is kept
        measured = [replace(promise, kept=False, says="no cue is heard") for promise in measured]
    return [_heard(cues), *measured]


def _heard(cues: Sequence[HeardCue]) -> Promise:
    missing = [cue for cue in cues if not cue.found]
    return Promise(
        id="cues-heard",
        kept=not missing,
        says=f"{len(cues) - len(missing)} of {len(cues)} cues",
        figures={"cues": len(cues), "missing": len(missing)},
        offenders=tuple(_offender(cue, "not heard") for cue in missing),
    )


def _in_place(found: Sequence[HeardCue]) -> Promise:
    def away(cue: HeardCue) -> float:
        return max(abs(cue.offset_ms) / OFFSET_MS, abs(cue.rise_ms) / RISE_MS)

    worst = max((cue.offset_ms for cue in found), key=abs, default=0.0)
    worst_rise = max((cue.rise_ms for cue in found), key=abs, default=0.0)
    mean = sum(abs(cue.offset_ms) for cue in found) / max(len(found), 1)
    moved = sorted((cue for cue in found if away(cue) > 1), key=away, reverse=True)
    return Promise(
        id="cues-in-place",
        kept=not moved,
        says=f"offset mean {mean:.3f} ms, worst {worst:+.3f} ms (by the rise of the level {worst_rise:+.1f} ms)",
        figures={"mean_ms": mean, "worst_ms": worst, "worst_rise_ms": worst_rise, "moved": len(moved)},
        offenders=tuple(
            _offender(cue, f"{cue.offset_ms:+.1f} ms, its level rises {cue.rise_ms:+.1f} ms") for cue in moved
        ),
    )


def _whole(found: Sequence[HeardCue]) -> Promise:
    cut = sorted((cue for cue in found if cue.match.lost), key=_lost_ms, reverse=True)
    least = min((cue.match.similarity for cue in found), default=0.0)
    return Promise(
        id="cues-whole",
        kept=not cut,
        says=f"{len(cut)} cut; least likeness {least:.4f}" if cut else f"nothing cut; least likeness {least:.4f}",
        figures={"cut": len(cut), "least_likeness": least},
        offenders=tuple(
            _offender(cue, f"not heard {_spans(cue.match.lost)} ms of {cue.clip.duration_ms}") for cue in cut
        ),
    )


def _level(found: Sequence[HeardCue]) -> Promise:
    worst = max((cue.match.gain_db for cue in found), key=abs, default=0.0)
    wrong = [cue for cue in found if abs(cue.match.gain_db) > LEVEL_DB]
    wrong.sort(key=lambda cue: abs(cue.match.gain_db), reverse=True)
    return Promise(
        id="cue-levels",
        kept=not wrong,
        says=f"worst {worst:+.2f} dB from its level",
        figures={"worst_db": worst, "wrong": len(wrong)},
        offenders=tuple(_offender(cue, f"{cue.match.gain_db:+.1f} dB") for cue in wrong),
    )


def _one_voice(timeline: Timeline, found: Sequence[HeardCue]) -> Promise:
    """By plan no two utterances overlap; by sound nothing else is heard while a cue is."""
    planned = list(_overlaps(timeline))
    mixed = [cue for cue in found if cue.match.foreign]
    offenders = planned + [_offender(cue, f"something else {_spans(cue.match.foreign)} ms into it") for cue in mixed]
    return Promise(
        id="one-voice",
        kept=not offenders,
        says=f"{len(planned)} overlaps of speech planned, {len(mixed)} cues with another sound in them",
        figures={"planned_overlaps": len(planned), "with_other_sound": len(mixed)},
        offenders=tuple(offenders),
    )


def _overlaps(timeline: Timeline) -> Iterator[Offender]:
    speech = [clip for clip in timeline.clips if isinstance(clip.sound, Utterance)]
    end_ms = 0
    for clip in speech:
        if clip.start_ms < end_ms and isinstance(clip.sound, Utterance):
            says = f"planned {end_ms - clip.start_ms} ms into the words before it"
            yield Offender(at_ms=clip.start_ms, text=clip.sound.text, says=says)
        end_ms = max(end_ms, clip.end_ms)


def _offender(cue: HeardCue, says: str) -> Offender:
    return Offender(at_ms=cue.clip.start_ms, text=cue.text, says=says)


def _lost_ms(cue: HeardCue) -> int:
    return sum(end_ms - start_ms for start_ms, end_ms in cue.match.lost)


def _spans(stretches: Sequence[tuple[int, int]]) -> str:
    return ", ".join(f"{start_ms}–{end_ms}" for start_ms, end_ms in stretches)
