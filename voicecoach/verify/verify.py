"""Conducts: one reading of the file, then the promises."""

from __future__ import annotations

from typing import TYPE_CHECKING

from voicecoach.advice import Advice, Option
from voicecoach.verify.cues import listen
from voicecoach.verify.placed import cue_promises
from voicecoach.verify.reel import Reel
from voicecoach.verify.report import Report
from voicecoach.verify.rests import rest_promise
from voicecoach.verify.survey import Survey
from voicecoach.verify.timed import time_promises
from voicecoach.verify.whole import whole_promises

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from voicecoach.model import LevelledTimeline
    from voicecoach.verify.cues import HeardCue
    from voicecoach.verify.instruments import Instruments
    from voicecoach.verify.report import Promise

_STRANGE = 0.5
"""Where fewer of the cues are heard, it is not damage: it is another file."""
_BED_STRETCHES = 50
"""Damage makes a few sounds where none is planned; what lies under the words makes one in every pause."""


def verify(
    file: str, blocks: Iterator[NDArray[np.float32]], timeline: LevelledTimeline, instruments: Instruments
) -> Report:
    """Whether the sound of `blocks`, decoded from `file`, keeps the promises of `timeline`, whose gains are set.

    Reads the blocks once, and holds no more of them than the longest cue needs.
    """
    survey = Survey(instruments)
    reel = Reel(survey.watch(blocks))
    cues = list(listen(timeline, reel, instruments))
    reel.run_out()
    length, *rest = whole_promises(timeline, survey, instruments.target_lufs)
    return Report(
        file=file,
        routine_id=timeline.routine_id,
        language=timeline.language,
        voice=timeline.voice,
        promises=(
            length,
            *cue_promises(timeline, cues),
            *time_promises(timeline, cues),
            rest_promise(timeline, cues),
            *rest,
        ),
        hint=_hint(cues, rest),
    )


def _hint(cues: Sequence[HeardCue], promises: Sequence[Promise]) -> str:
    if any(promise.id == "silence" and promise.figures["stretches"] > _BED_STRETCHES for promise in promises):
        return "There is sound all along. Music or a floor under the words cannot be verified: export without it."
    if sum(cue.found for cue in cues) >= _STRANGE * len(cues):
        return ""
    lang, voice, level, fit, easier = map(Option, ("language", "voice", "level", "fit", "easier"))
    another = Advice(lang, ", ", voice, ", ", level, ", ", fit, " or ", easier)
    return Advice("Most cues are not heard. Another routine, or another ", another, "?")
