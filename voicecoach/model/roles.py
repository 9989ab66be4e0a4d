"""What a cue is for: a closed set, and everything that is known of each role in one table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

Role: TypeAlias = Literal[
    "intro",
    "round",
    "set",
    "name",
    "place",
    "length",
    "setup",
    "caution",
    "side",
    "instruction",
    "tip",
    "heat",
    "cold",
    "skin-check",
    "rest",
    "section",
    "say",
    "outro",
    "ready",
    "count-in",
    "begin",
    "end",
    "time-left",
    "at",
    "rep",
    "count",
    "halfway",
    "next",
    "release",
    "breath-in",
    "breath-out",
    "breath-hold",
    "tempo",
    "go",
    "out",
    "wake",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleFacts:
    """What is known of one role."""

    priority: int = 0
    """In the timed part: the greater is placed first and dropped last."""
    left_out: int = 0
    """When it goes, of what a get-ready time that somebody asked for can do without, from 1; 0: it is protected."""
    left_out_of_rest: int = 0
    """When it goes, of what a rest that is too short can do without, from 1; 0: the rest grows to hold it. What was
    named before goes last of all."""
    welcome: bool = False
    """Said only where there is room: leaving one out is no loss that `check` should report."""
    pause_ms: int = 1000
    """The silence after it, where it is said in a row: longest after what somebody has to do."""
    belongs_to_the_one_before: bool = False
    """Hardly a pause stands before it: the place and the length of an exercise belong to its name."""
    in_full: bool = False
    """What keeps a person from harm: where others are said in fewer words, it is said in full if there is room."""
    in_a_second: bool = False
    """It must be over before the next second."""
    pacing: bool = False
    """It paces rather than tells: of a run of such words one line is written."""

    @property
    def protected(self) -> bool:
        """Never left out of a get-ready time: time is made for it."""
        return self.left_out == 0


ROLES: Mapping[Role, RoleFacts] = {
    # the get-ready time
    "intro": RoleFacts(),
    "round": RoleFacts(left_out_of_rest=9, welcome=True),
    "set": RoleFacts(left_out_of_rest=9, welcome=True),
    "name": RoleFacts(),
    "place": RoleFacts(left_out=2, left_out_of_rest=3, welcome=True, belongs_to_the_one_before=True),
    "length": RoleFacts(left_out=4, left_out_of_rest=4, welcome=True, belongs_to_the_one_before=True),
    "setup": RoleFacts(left_out_of_rest=7, pause_ms=2500),
    "caution": RoleFacts(in_full=True),
    "side": RoleFacts(priority=95, pause_ms=2000),
    # before the start, where what paces has its place
    "instruction": RoleFacts(priority=25, left_out_of_rest=6, pause_ms=2000),
    "tip": RoleFacts(priority=20, left_out=3, left_out_of_rest=5, welcome=True),
    "heat": RoleFacts(pause_ms=2500),
    "cold": RoleFacts(pause_ms=2500),
    "skin-check": RoleFacts(priority=90, in_full=True),
    "rest": RoleFacts(priority=65, left_out_of_rest=1, welcome=True),
    "section": RoleFacts(),
    "say": RoleFacts(),
    "outro": RoleFacts(),
    "ready": RoleFacts(priority=10, left_out=1, left_out_of_rest=2, welcome=True),
    "count-in": RoleFacts(priority=75, welcome=True, in_a_second=True, pacing=True),
    # the timed part: the tones at its ends are never dropped
    "begin": RoleFacts(priority=100),
    "end": RoleFacts(priority=100),
    # what a person with closed eyes relies on
    "time-left": RoleFacts(priority=85),
    "at": RoleFacts(priority=84),
    "rep": RoleFacts(priority=80, in_a_second=True, pacing=True),
    "count": RoleFacts(priority=75, in_a_second=True, pacing=True),
    "halfway": RoleFacts(priority=70),
    "next": RoleFacts(priority=55),
    # welcome where there is room
    "release": RoleFacts(priority=50, welcome=True, pacing=True),
    "breath-in": RoleFacts(priority=45, welcome=True, pacing=True),
    "breath-out": RoleFacts(priority=45, welcome=True, pacing=True),
    "breath-hold": RoleFacts(priority=45, welcome=True, pacing=True),
    "tempo": RoleFacts(priority=40, welcome=True, pacing=True),
    "go": RoleFacts(priority=30, welcome=True, pacing=True),
    # after it, and before everything
    "out": RoleFacts(left_out_of_rest=8, welcome=True, pause_ms=1500),
    "wake": RoleFacts(),
}
"""In the order in which they are said in a get-ready time."""

GET_READY_ORDER: Mapping[Role, int] = {role: place for place, role in enumerate(ROLES)}
