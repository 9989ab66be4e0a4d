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
    "at": 84,
    "rep": 80,
    "count": 75,
    "halfway": 70,
    "rest": 65,
    "next": 55,
    "release": 50,
    "breath-in": 45,
    "breath-out": 45,
    "breath-hold": 45,
    "tempo": 40,
    # welcome where there is room
    "go": 30,
    "instruction": 25,  # said before the start where a word that paces, alike on both sides, has its place
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
    "side",
    "instruction",
    "tip",
    "heat",
    "cold",
    "skin-check",
    "rest",
    "say",
    "outro",
    "ready",
)
"""The order in which the cues of a get-ready time are said."""

LEFT_OUT_FIRST = ("ready", "place", "tip", "length")
"""What a get-ready time that somebody asked for can do without, in the order in which it goes."""

PAUSE_AFTER_MS = {"setup": 2500, "instruction": 2000, "side": 2000, "heat": 2500, "cold": 2500, "out": 1500}
"""The silence after what somebody has to do."""
PAUSE_MS = 1000
"""The silence between two sentences of any other role."""
QUESTION_MS = 3000
"""The silence after a question, so that it can be answered."""
PAUSE_WITHIN_MS = 500
"""The silence before what belongs to the utterance before it: the place and the length of an exercise to its name.
Much less, and an encoder would hear them as one sound, new in every round (`output.splice.GAP_MS`)."""
TONE_MS = 300
"""The silence after a tone."""
