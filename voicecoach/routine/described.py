"""What each key does, in a line, for whoever writes one: editors show it. `docs/routines.md` has the same words in
its tables, and a test compares them.
"""

from __future__ import annotations

from collections.abc import Mapping

from voicecoach.routine import documents as shape

_SIDES = "`both`, `alternate`, `left`, `right` or `none`"
_TITLE = "What its chapter is called"
_CHECK = "How often you are asked to check your skin; five minutes by default, 30 s or more"
_PREPARE = "Time to get ready, for this step alone"
_COUNT_IN = "The seconds that are counted before the start"
_AT = "What is said at which moment: `{2 min: …, 4 min: …}`; see At a moment"

DESCRIBED: Mapping[type[shape.Shape], Mapping[str, str]] = {
    shape.RoutineShape: {
        "title": "Spoken first; the title of an exported file",
        "about": "A line for whoever reads the file. It is not spoken",
        "phase": "`warm-up`, `core`, `cool-down`, `heat`, `screening`, `training` or `mixed`. It decides which rules "
        "apply: with `training`, anybody's workout, the advice on backs is silent",
        "accept": "Ids of rules whose warnings you have answered; see `check`",
        "language": "`da` or `en`; `--lang` overrides it",
        "prepare": "Time to get ready before each exercise and each heat or cold, from the end of the timed part "
        "before; after a rest there is none",
        "change": "Time to change sides, from the end of the left to the start of the right; also between the "
        "heat and the cold of a `contrast`",
        "count": "How seconds are counted; see Counting",
        "count in": "“Three, two, one” before each exercise; see Counting",
        "intro": "Said after the title",
        "outro": "Said after “That's it.”",
        "steps": "What is done",
        "heat caution": "May not be turned off before heat; see Heat and cold",
        "sources": "Ids from `scripts/sources.yaml`, or titles. They are not spoken",
    },
    shape.ExerciseStepShape: {
        "exercise": "An id of the library, or an exercise written here",
        "hold": "How long it is held; with `reps`, each of them. Or `5 breaths`, or `{left: 90 s, right: 2 min}`",
        "duration": "How long it goes on: walking, cycling",
        "reps": "How often: `8`, `8-12`, or `max`, until you stop",
        "release": "Between held repetitions",
        "sets": "How many times all of it is done",
        "rest": "Between the sets; `0 s` is no rest",
        "tempo": "Of repetitions that are not held",
        "words": "What is said on the two halves of a paced repetition: `{up: …, down: …}`, or `off`",
        "pace": "`own`: in your own time",
        "time": "How long there is for repetitions in your own time",
        "name": "Your own name for an exercise of the library",
        "setup": "Your own words for how to stand or lie",
        "instruction": "Your own words for what to do",
        "tips": "Your own tips, in place of the exercise's",
        "load": "What is lifted: told with the name, “with sixty kilos”",
        "note": "Shown by `show` and on a sheet, never said",
        "sides": f"{_SIDES}; see Sides",
        "breathing": "Paces the breath of a hold or a duration; see Breathing",
        "count": "How seconds are counted; see Counting",
        "halfway": "`true` says when half of the timed part is done; a text is said in its place: "
        "`halfway: Change legs.`",
        "prepare": _PREPARE,
        "count in": f"{_COUNT_IN}; see below",
        "at": _AT,
        "change": "Time to change sides, for this step alone",
    },
    shape.ExerciseShape: {
        "name": "needed; said in the get-ready time",
        "kind": "needed: `stretch` (held), `mobility` (moving), `strength`, `cardio` or `breathing`. "
        "The rules look at it",
        "sides": "what a step does that names no sides; `none` by default",
        "hold": "what a step does that names no `hold`, `duration` or `reps`: how long it is held",
        "duration": "likewise: how long it goes on",
        "reps": "likewise: how often",
        "words": "what is said on the halves of a paced repetition, or `off`",
        "setup": "how to stand or lie; said in the get-ready time",
        "instruction": "what to do; said before a hold begins, and over led breaths; in a set that moves, just "
        "after its start where no “down” or “begin” is lost by it, else before it",
        "reminder": "how it is done in few words, for the second side and later rounds; without it, the first "
        "sentence of `instruction`",
        "tips": "shared among the sides and rounds, each says at least one; in a set of three minutes or "
        "more all of them",
        "caution": "said in the get-ready time; each sentence of it once a session, whoever has it",
        "limb": "what a side is a side of: with `limb: knee` the coach says “Now the right knee”",
        "place": "where it is done: `standing`, `chair`, `back`, `front`, `side`, `kneeling` or `all-fours`; "
        "see Places",
        "ending": "how one gets out of it; said after the end",
        "equipment": "a list of what is needed: see below",
        "easier": "the id of a gentler substitute, which `--easier` puts in its place with the lengths of the step",
        "intensity": "`easy` or `hard`. Without it the name decides: burpees and sprints are hard",
        "sources": "not spoken",
    },
    shape.BreathingShape: {
        "in": "How long the breath goes in",
        "out": "How long it goes out",
        "hold_in": "The pause after the breath in; none by default",
        "hold_out": "The pause after the breath out; none by default",
        "lock": "`true`: the hold becomes a whole number of breaths inside its range, and no breath is bent",
    },
    shape.TempoShape: {"up": "The first half of a repetition", "down": "The second half"},
    shape.WordsShape: {"up": "Said on the first half of a repetition", "down": "Said on the second half"},
    shape.SectionShape: {"section": "A heading: it is said, and stands over the chapters and on a sheet"},
    shape.SilenceShape: {"silence": "Nothing is heard, exactly so long"},
    shape.RestShape: {
        "rest": "Nothing is done for so long",
        "title": f"{_TITLE}; without it, the rest belongs to the chapter before",
        "at": _AT,
    },
    shape.SayShape: {
        "say": "What the coach says",
        "title": f"{_TITLE}; without it, its first words",
        "time": "What it asks for takes so long: silence after the words",
        "at": _AT,
    },
    shape.StopShape: {
        "stop": "What the coach says before it waits for you",
        "title": f"{_TITLE}; without it, “Training”",
    },
    shape.HeatShape: {
        "heat": "`pad` or `belt`; `none` leaves the step out",
        "duration": "How long; heat must have an end",
        "check every": _CHECK,
        "prepare": _PREPARE,
        "count in": _COUNT_IN,
        "at": _AT,
    },
    shape.NoHeatShape: {
        "heat": "`none` leaves the step out",
        "duration": "May stay in the file for the day when there is a pad",
        "check every": _CHECK,
        "prepare": _PREPARE,
        "count in": _COUNT_IN,
        "at": _AT,
    },
    shape.ColdShape: {
        "cold": "`pack`",
        "duration": "How long; cold must have an end",
        "check every": _CHECK,
        "prepare": _PREPARE,
        "count in": _COUNT_IN,
        "at": _AT,
    },
    shape.ContrastTimesShape: {
        "heat": "How long each heat lasts",
        "cold": "How long each cold lasts",
        "rounds": "How often; once by default",
        "first": "`heat` or `cold`; `heat` by default",
        "check every": _CHECK,
    },
    shape.ContrastShape: {
        "contrast": "Heat and cold in turn, with a pad and a pack, in one chapter",
        "prepare": "Time to get ready for the first of them",
    },
    shape.RepeatShape: {
        "repeat": "How often the steps are done: a number from 1 to 100, or a range of numbers",
        "between": "A rest before each round but the first; `0 s` is no rest",
        "steps": "What is done in each round",
    },
}
