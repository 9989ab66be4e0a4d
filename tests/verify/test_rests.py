"""Which times between two timed parts are a rest that is promised."""

from __future__ import annotations

import pytest

from tests.compiler.compiling import compiled
from tests.compiler.measures import simple
from voicecoach.model import levelled
from voicecoach.verify.cues import HeardCue
from voicecoach.verify.match import Match
from voicecoach.verify.rests import rest_promise

CAT = "  - exercise: {name: Cat, kind: mobility}\n    hold: 10 s\n"
HEARD = Match(lag=0.0, similarity=1.0, gain_db=0.0, lost=(), foreign=())
REST, SECTION, SAY = "  - rest: 20 s\n", "  - section: Legs\n", "  - say: Drink.\n"


@pytest.mark.parametrize(
    ("between", "rests"), [(REST, 1), (REST + SECTION * 2, 1), (SECTION + REST, 0), (REST + SAY, 0), ("", 0)]
)
def test_a_heading_that_is_told_in_a_rest_leaves_it_a_promise(between: str, rests: int) -> None:
    timeline = compiled(f"title: Trial\nlanguage: en\nsteps:\n{CAT}{between}{CAT}", simple)
    cues = [
        HeardCue(clip=clip, match=HEARD, offset_ms=0.0, rise_ms=0.0, perceived_ms=None)
        for clip in levelled(timeline, [0.0] * len(timeline.clips)).clips
    ]
    assert rest_promise(timeline, cues).figures["rests"] == rests
