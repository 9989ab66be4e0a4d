"""What a cue is for, and how much it matters when there is not room for everything."""

from __future__ import annotations

PRIORITY = {
    # never dropped: start, end, change of side, safety
    "begin": 100,
    "end": 100,
    "side": 95,
    "skin-check": 90,
    # what a person with closed eyes relies on
    "time-left": 85,
    "rep": 80,
    "count": 75,
    "halfway": 70,
    "rest": 65,
    "instruction": 60,
    "next": 55,
    "release": 50,
    "breath-in": 45,
    "breath-out": 45,
    "breath-hold": 45,
    "tempo": 40,
    # welcome where there is room
    "go": 30,
    "tip": 20,
    "ready": 10,
}
"""Of the cues in the timed part. The greater is placed first and dropped last."""

WELCOME = frozenset(
    {"tip", "go", "ready", "place", "length", "tempo", "release", "breath-in", "breath-out", "breath-hold"}
)
"""Said only where there is room: leaving one out is no loss that `check` should report."""

SPOKEN_IN_ORDER = (
    "intro",
    "round",
    "name",
    "place",
    "length",
    "setup",
    "caution",
    "instruction",
    "tip",
    "heat",
    "cold",
    "rest",
    "say",
    "outro",
    "side",
    "ready",
)
"""The order in which the cues of a get-ready time are said."""

LEFT_OUT_FIRST = ("ready", "place", "tip", "length")
"""What a get-ready time can do without, in the order in which it goes."""
