"""What people write that the language does not have, and what they mean by it: tables, which `hints` looks up.

Words are compared without case, spaces, hyphens and underscores. A sentence says what this version can do.
"""

from __future__ import annotations

from typing import Any

from voicecoach.advice import Advice, Option
from voicecoach.language.wording import of_all, wording

_LETTERS = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa"})
_JOINTS = str.maketrans({" ": None, "_": None, "-": None})

KEYS = {
    "name": "navn title titel",
    "exercise": "øvelse øvelser exercises move movement activity aktivitet name navn",
    "repeat": "gentag loop circuit cirkel rounds round runder runde omgange times gange",
    "rounds": "runder omgange gange repeat gentag times sets",
    "between": "mellem rest_between pause_between pause_mellem rest_time",
    "rest": "hvile hvil pause wait vent break recover recovery rest_seconds rest_time",
    "heat": "varme hot warm",
    "cold": "kulde ice",
    "contrast": "kontrast",
    "section": "afsnit part del segment block blok group",
    "silence": "stilhed silent quiet stille mute",
    "accept": "accepter ignore allow suppress disable",
    "say": "sig tell speak talk text tekst message besked announce announcement",
    "title": "titel name navn heading overskrift workout_name",
    "about": "description beskrivelse om note notes noter summary",
    "phase": "fase type category kategori",
    "language": "sprog locale",
    "prepare": "preparation prep forbered forberedelse get_ready klar klargør lead_in",
    "change": "skift switch transition switch_time",
    "count": "counting tæl tælling countdown nedtælling",
    "count in": "tæl_ind indtælling countdown_before start_countdown",
    "at": "ved moments tidspunkter announcements",
    "intro": "indledning introduction introduktion before_workout_announce welcome velkomst",
    "outro": "afslutning slut end after_workout_announce goodbye",
    "steps": "trin øvelser exercises workout program items sequence intervals sets plan",
    "duration": "varighed tid time length længde seconds sekunder secs sek minutes minutter exercise_time",
    "hold": "hold_time holdetid hold_seconds holding",
    "reps": "repetitions repetitioner gentagelser rep repeats",
    "release": "slip",
    "sets": "sæt set series serier antal_sæt",
    "sides": "side sider each_side per_side",
    "breathing": "vejrtrækning åndedræt breath breathe",
    "tempo": "rytme cadence rhythm",
    "halfway": "halvvejs half midway",
    "kind": "slags type art category",
    "setup": "opstilling starting_position start_position position udgangsstilling stilling",
    "instruction": "instruktion instructions how howto description beskrivelse",
    "tips": "tip råd hints cues",
    "caution": "advarsel forsigtig warning",
    "easier": "lettere easy regression alternative modification",
    "intensity": "intensitet effort",
    "equipment": "udstyr gear redskaber",
    "place": "position sted",
    "sources": "kilder source kilde reference references",
    "check every": "tjek_hver skin_check check",
    "in": "ind inhale breathe_in",
    "out": "ud exhale breathe_out",
    "pace": "own_pace eget_tempo speed",
    "words": "ord",
    "note": "notes comment kommentar rpe",
    "load": "weight weights kg belastning vægt vægte",
    "up": "op concentric lift",
    "down": "ned eccentric lower",
}
"""Our key, and the other words for it: Danish, other programs', everyday ones. A word may stand at several keys: the
one that is known in its place is meant."""

_OF_ITS_OWN = (
    "An exercise of the library keeps it. Write the whole exercise here instead: "
    "`exercise: {{name: …, kind: …, {key}: …}}`."
)
_COMMENT = "Nothing is done with it: write it as a comment, `# {key}: …`."

IN_A_STEP = {
    "sets sæt set series serier": (
        "Sets belong to an exercise. Other steps go under a repeat: "
        "`- repeat: {n}` with `between: 60 s` and `steps:`."
    ),
    "repeat": "It goes around steps: `- repeat: {n}`, and this step under its `steps:`.",
    "rest between": (
        "A rest is a step of its own: `- rest: {time}`. Between the rounds of a `repeat` it is its `between`."
    ),
    "note notes comment kommentar": (
        "Nobody hears a note: write it as a comment, `# …`. What is to be heard is a step, `- say: …`."
    ),
    "load": "A load belongs to an `exercise` step.",
    "work arbejde": "How long one works stands at the exercise: `duration: {time}`.",
    "tabata": "Write `- repeat: 8` with `between: 10 s`, and under its `steps:` an exercise with `duration: 20 s`.",
    "emom": (
        "Each minute is a round: `- repeat: {n}` with `between: 10 s`, and in its `steps:` an exercise with `reps` "
        "and `time: 50 s`."
    ),
    "amrap": "It is one step: an `exercise` with `duration: {time}`, and the moves in its `instruction`.",
    "at": (
        "It belongs to one timed part: an exercise, a rest, heat, cold, or a `say` with `time`. "
        "Between two steps a sentence is a step: `- say: …`."
    ),
}
"""For keys of a step, with the sentence that helps."""

IN_AN_EXERCISE_STEP = {
    "caution kind ending equipment place easier intensity": _OF_ITS_OWN,
    "between rest_between rest_between_sets set_rest pause_between mellem pause_mellem": (
        "Here it is called `rest`: the time between its `sets`."
    ),
    "left right hold_left hold_right left_hold right_hold venstre højre": (
        "Sides that differ are told at `hold`: `hold: {{left: {time}, right: {time}}}`."
    ),
    "breaths åndedrag": "Breaths are a hold: `hold: {n} breaths`, with `breathing` beside it.",
}

IN_A_REST = {"duration seconds sekunder secs time tid length": "`rest` itself says how long: `rest: {time}`."}

IN_A_SECTION = {
    "steps trin exercises øvelser": "A section is a heading alone: what belongs to it follows it in the same list."
}

IN_A_ROUTINE = {
    "rounds repeat sets": "Put the steps under a repeat: `- repeat: {n}` with `steps:`.",
    "duration time length varighed tid total fit": Advice(
        "The steps say how long. Ask for a length when it is played: ", Option("fit", "20 min"), "."
    ),
    "music musik background background_urls": Advice(
        "Music is chosen when it is played: ", Option("music", "PATH"), "."
    ),
    "voice stemme say_voice": Advice("The voice is chosen when it is played: ", Option("voice", "ID"), "."),
    "pace speed hastighed tempo": Advice("The pace is chosen when it is played: ", Option("pace", "calm"), "."),
    "level niveau difficulty": Advice(
        "The level is chosen when it is played: ", Option("level", "gentle"), ". Ranges give it room."
    ),
    "warm_up warmup opvarmning cool_down cooldown nedkøling core training træning": (
        "All steps stand in one list under `steps:`; `phase:` says what they are."
    ),
    "rest": "A rest is a step: `- rest: {time}` under `steps:`.",
}
"""For keys of the routine itself."""

ANYWHERE = {
    "include import use extends routine": "A routine cannot take in another: copy its steps here.",
    "author date version license tags id image picture video url link created updated forfatter dato": _COMMENT,
}

VALUES = {
    "phase": {
        "warm-up": "warmup opvarmning warm",
        "cool-down": "cooldown nedkøling udstrækning stretching stretch afspænding",
        "core": "kerne mave strength styrke abs",
        "heat": "varme cold kulde contrast",
        "screening": "spørgsmål questions",
        "training": "træning workout hiit gym cardio tabata interval intervaller strength-training",
        "mixed": "session full blandet other andet",
    },
    "kind": {
        "stretch": "static statisk udstrækning stræk stretching hold yoga yin flexibility smidighed",
        "mobility": "dynamic dynamisk bevægelighed warmup warm-up",
        "strength": "styrke core isometric gym weights vægte bodyweight resistance",
        "cardio": "kondition aerobic walk gang puls hiit conditioning plyometric endurance",
        "breathing": "åndedræt vejrtrækning breath breathwork meditation",
    },
    "sides": {
        "both": (
            "each per_side each_side both_sides bilateral leftright rightleft left,right right,left "
            "left/right right/left l/r l+r begge hver hver_side begge_sider two 2 true yes ja"
        ),
        "alternate": "alternating skiftevis alternerende switch",
        "left": "l venstre v",
        "right": "r højre h",
        "none": "no nej ingen off one single 1 middle center centre false",
    },
    "heat": {
        "pad": "varmepude pude on true yes hot bottle varmedunk",
        "belt": "bælte varmebælte",
        "none": "off no nej",
    },
    "cold": {"pack": "is ice pose kuldepakke icepack on true yes"},
    "intensity": {"easy": "low light let rolig gentle", "hard": "high hård fast intense medium"},
    "level": {"gentle": "easy low let beginner begynder min", "normal": "medium mid middle", "full": "hard high max"},
    "profile": {"phone": "mobile telefon mobil bluetooth", "home": "hjemme speaker", "gym": "fitness center centre"},
    "true-or-false": {"true": "yes ja on 1 y sand", "false": "no nej off 0 n falsk"},
}
"""By key: our word, and the other words for it."""

MEANINGS = {
    "both": "It is all of the left, then all of the right.",
    "alternate": "It changes sides at each repetition.",
    "mixed": "It holds any training.",
    "training": "It is anybody's workout, without the advice on backs.",
}
"""What some of our words say, where that is not what was written."""

_NUMBER = r"(?P<n>\d+)"
_SIDE = r"(?:each|(?:each|per|a|/|pr\.?|på hver|hver|every)\s*(?:side|leg|arm|ben|knee|knæ))"
_ENDLESS = r"(?:max|amrap|failure|to failure|until failure|udmattelse|til udmattelse|as many as possible|∞|forever)"

_SET_OF = r"(?:\s*(?:sets?|sæt|series|serier)\s*(?:of|af|à|á|a|på|med|x|×)?\s*|\s*(?:x|×|\*|times|gange)\s*)"
_REPS = r"(?P<rest>\d+(?:\s*[-–]\s*\d+)?)\s*(?:reps?|repetitions|gentagelser)?\.?"

UNLIKE_SETS = (
    r"(?P<n>\d+)(?:(?:\s*[/,;]\s*\d+)+|(?:\s*[-–]\s*\d+){2,})",
    "Sets that differ are steps of their own: one with `reps: {n}`, then `- rest: 60 s`, then the next.",
)

REPS = (
    (rf"{_NUMBER}{_SET_OF}{_REPS}\s*{_SIDE}", "Write `sets: {n}`, `reps: {rest}` and `sides: both`."),
    (rf"{_NUMBER}{_SET_OF}{_REPS}", "Write `sets: {n}` and `reps: {rest}`."),
    UNLIKE_SETS,
    (rf"{_NUMBER}\s*\+", "Write `reps: {n}`, or `reps: max` for as many as one can."),
    (r"(?P<low>\d+)\s*(?:to|til)\s*(?P<high>\d+)", "Write a range as `reps: {low}-{high}`."),
    (
        rf"{_NUMBER}\b.*(?:failure|max|amrap|udmattelse)",
        "Write `reps: max`, until one stops, or `reps: {n}`: a step does one of them.",
    ),
    (_ENDLESS, "As many as one can are `reps: max`; with `time: 40 s` beside it a tone ends them."),
    (rf"{_NUMBER}\s*{_SIDE}", "Write `reps: {n}` and `sides: both`."),
    (
        r"(?P<rest>\d+\s*(?:s|sek|sec|seconds?|sekunder|min|minutes?|minutter)\.?)",
        "That is a time: write `duration: {rest}`.",
    ),
    (rf"{_NUMBER}\D*", "Write `reps: {n}`, with no unit."),
)
"""What stands at `reps`: a pattern, and what to write."""

_FIGURES = (
    "one two three four five six seven eight ten fifteen twenty thirty forty fifty sixty ninety half "
    "en et to tre fire fem seks syv otte ti femten tyve tredive fyrre halvtreds tres halvfems halv"
).replace(" ", "|")

TIMES = (
    (rf"{_NUMBER}{_SET_OF}(?P<rest>\d.*?)\s*{_SIDE}", "Write `sets: {n}`, `{key}: {rest}` and `sides: both`."),
    (rf"{_NUMBER}{_SET_OF}(?P<rest>\d.*)", "Write `sets: {n}` and `{key}: {rest}`."),
    (
        rf"{_NUMBER}\s*(?:breaths?|åndedrag|vejrtrækninger|åndinger)",
        "Breaths are held: write `hold: {n} breaths` in the step, with `breathing` beside it.",
    ),
    (rf"(?P<rest>\d.*?)\s*{_SIDE}", "Write `{key}: {rest}` and `sides: both`."),
    (
        r"(?:ca\.?|about|around|approx\.?|~|≈|omkring|cirka)\s*(?P<rest>\d.*)",
        "Write `{key}: {rest}`, or a range such as 20-30 s.",
    ),
    (r"(?P<low>\d+)(?:\s*[a-z]+\.?)?\s*(?:to|til|or|eller)\s*(?P<rest>\d.*)", "Write a range as {low}-{rest}."),
    (r"own(?: pace| time)?|eget tempo", "One's own time is `pace: own`."),
    (_ENDLESS, "Nobody knows when that is over: write a time, such as `{key}: 60 s`."),
    (
        r"(?:until|till|indtil|til|as needed|efter behov|when|når|free|fri|open|manual)\b.*",
        "Nobody knows when that is over: write a time, such as `{key}: 60 s`; a `- stop: …` waits for the person.",
    ),
    (rf"(?:{_FIGURES})\b.*", "Write numbers in figures, such as 30 s or 5 breaths."),
    (r"(?P<low>\d+)\s*[-–]\s*(?P<high>\d+)", "{low}-{high} what? Write {low}-{high} {unit}."),
    (r"(?P<rest>\d+(?:[.,]\d+)?)", "{rest} what? Write {rest} {unit}."),
)
"""What stands where a time is expected."""

PACES = (
    (r"(?:fast|quick|hurtig|brisk|explosive)", "Write `tempo: {{up: 1 s, down: 1 s}}`; `pace` is only `own`."),
    (r"(?:slow|langsom|calm|rolig|controlled)", "Write `tempo: {{up: 3 s, down: 3 s}}`; `pace` is only `own`."),
    (
        r"(?P<rest>\d+\s*(?:s|sek|sec|seconds?|sekunder|min|minutes?|minutter)\.?)",
        "How long there is for them is `time: {rest}`; `pace` is only `own`.",
    ),
    (r"(?P<up>\d).*", "Seconds up and down are `tempo: {{up: {up} s, down: {up} s}}`; `pace` is only `own`."),
    (r"(?:self|mine?|my own|eget|eget tempo|fri|frit|free|own pace|own time)", "Write `pace: own`."),
    (r".*", "Write `pace: own`: in one's own time. Who is to be paced has `tempo: {{up: 2 s, down: 2 s}}`."),
)

WORDS = (
    (r"(?:no|none|false|nej|ingen|silent|stille|never)", "Write `words: off`."),
    (
        r"(?P<up>[^,/;|{}]+?)(?:\s*[,/;|]\s*|\s+(?:and|og)\s+)(?P<down>[^,/;|{}]+)",
        "Write a word for each half: `words: {{up: {up}, down: {down}}}`.",
    ),
)

ROUNDS = (
    (rf"(?:x|×)?\s*{_NUMBER}\s*(?:x|×|times|gange|rounds?|runder?|sets?|sæt)?\.?", "Write `{key}: {n}`."),
    (_ENDLESS, "Write how many rounds, such as `{key}: 3`."),
)

SETS = (
    (
        r"(?P<n>\d+)\s*[x×*]\s*(?P<rest>\d+)\s*(?:reps?|gentagelser|gange)?\.?",
        "Write `sets: {n}` and `reps: {rest}`.",
    ),
    (
        r"(?P<n>\d+)\s*[x×*]\s*(?P<low>\d+)\s*[-–]\s*(?P<high>\d+)",
        "Write `sets: {n}` and `reps: {low}-{high}`.",
    ),
    (
        r"(?P<n>\d+)\s*[x×*]\s*(?P<rest>\d+)\s*(?:s|sec|sek|secs|seconds?|sekunder|\")\.?",
        "Write `sets: {n}` and `hold: {rest} s`.",
    ),
    (r"(?P<n>\d+)\s*[-–]\s*\d+", "Write one number, such as `sets: {n}`."),
    UNLIKE_SETS,
    *ROUNDS,
)

ONLY_A_HOLD = (
    "Only a `hold` has a left and a right. Write two steps instead, one with `sides: left`, one with `sides: right`."
)

COUNTS = (
    (_NUMBER, "Write `count: last {n}` for the last {n} seconds."),
    (r"(?:last|sidste|de sidste)\s*(?P<n>\d+).*", "Write `count: last {n}`."),
    (r"(?:each|hver|hvert)\s*(?P<rest>\d.*)", "Write `count: every {rest}`."),
    (r"(?:true|yes|on|ja)", "Write `count: down` for every second, or `count: last 5`."),
    (r"(?:false|no|none|nej|never)", "Write `count: off`."),
    (r"(?:ned|countdown|backwards)", "Write `count: down`."),
    (r"(?:op|forwards)", "Write `count: up`."),
)

COUNTS_IN = (
    (rf"(?:last|from|sidste|fra)\s*{_NUMBER}.*", "Write `count in: {n}`."),
    (rf"{_NUMBER}\s*(?:s|sek|sec|seconds?|sekunder)\.?", "Write `count in: {n}`, without a unit."),
    (r"(?:true|yes|on|ja|down|ned)", "Write `count in: 3`: three, two, one."),
    (r"(?:false|no|none|nej|never)", "Write `count in: off`."),
)

MOMENTS = ((r".*", "Write when it is said, and what: `at: {{1 min: …}}`."),)

TEMPOS = (
    (
        r"(?P<down>\d)[-–/\s]?(?P<low>\d)[-–/\s]?(?P<up>\d|x)[-–/\s]?(?P<high>\d|x)",
        "Down {down} s and up {up} s are {{up: {up} s, down: {down} s}}; the pauses between have no key.",
    ),
    (
        r"(?P<down>\d)[-–/\s]?(?P<low>\d)[-–/\s]?(?P<up>\d|x)",
        "Down {down} s and up {up} s are {{up: {up} s, down: {down} s}}; the pause between has no key.",
    ),
    (r"(?P<down>\d+)(?:\s*s)?\s*[-–/\s]\s*(?P<up>\d+)(?:\s*s)?", "Write {{up: {up} s, down: {down} s}}."),
    (r"(?:fast|quick|hurtig|brisk|explosive)", "Write {{up: 1 s, down: 1 s}}."),
    (r"(?:slow|langsom|calm|rolig|controlled)", "Write {{up: 3 s, down: 3 s}}."),
    (r".*", "Write both halves: {{up: 2 s, down: 2 s}}."),
)
"""Four digits are a lifter's: down, a pause, up, a pause; x is as fast as one can."""

BREATHS = (
    (r"(?P<low>\d+)\s*[-–/:\s]\s*(?P<high>\d+)", "Write {{in: {low} s, out: {high} s}}."),
    (
        r"(?P<low>\d+)[-–/:\s](?P<hold>\d+)[-–/:\s](?P<high>\d+)(?:[-–/:\s](?P<rest>\d+))?",
        "Write {{in: {low} s, hold_in: {hold} s, out: {high} s}}.",
    ),
    (r".*", "Write {{in: 4 s, out: 6 s}}."),
)

PATTERNS = {
    "reps": REPS,
    "repeat": ROUNDS,
    "sets": SETS,
    "rounds": ROUNDS,
    "count": COUNTS,
    "count in": COUNTS_IN,
    "at": MOMENTS,
    "tempo": TEMPOS,
    "breathing": BREATHS,
    "pace": PACES,
    "words": WORDS,
}


def other_word(key: str, written: Any) -> str | None:
    """Our word for another one at `key`: `da` for `dk`."""
    text = ",".join(map(str, written)) if isinstance(written, list) else str(written)
    values = VALUES.get(key, {}) if key != "language" else of_all(lambda code: wording(code)["also"])
    words = {plain(word): ours for ours, others in values.items() for word in others.split()}
    return words.get(plain(text))


def plain(word: Any) -> str:
    return letters(word).translate(_JOINTS)


def letters(word: Any) -> str:
    return str(word).strip().casefold().translate(_LETTERS)
