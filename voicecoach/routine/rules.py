"""Every rule that `check` knows: its id, how much it matters, where it comes from, and why.

The language's rules come from docs/routines.md; those of the coaching come from the source article and its references
(ids of scripts/sources.yaml). A rule claims no more than its source does.
"""

from __future__ import annotations

from dataclasses import dataclass

from voicecoach.model import Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    id: str
    severity: Severity
    source: str
    """`language`, `timing`, `ours` (a limit that voicecoach sets), or the id of a source in scripts/sources.yaml."""
    explanation: str


def _rule(id_: str, severity: Severity, source: str, explanation: str) -> Rule:
    return Rule(id=id_, severity=severity, source=source, explanation=explanation)


_COACHING = (
    _rule(
        "static-stretch-in-warm-up",
        "warning",
        "article",
        "The article advises against static stretching before training: warm up with controlled, flowing "
        "movements, and keep the held stretches for afterwards. That mobility held for 40 seconds or more is such "
        "a stretch is voicecoach's own rule.",
    ),
    _rule(
        "stretch-before-warmth",
        "warning",
        "article",
        "The article stretches when the body is warm. Put movement (or heat) before the first held stretch.",
    ),
    _rule("stretch-hold-range", "warning", "article", "The article holds each stretch for 20–30 seconds."),
    _rule(
        "plank-hold-range",
        "warning",
        "article",
        "The article holds the plank for 20–30 seconds. That all planks of a routine together last at most 3 "
        "minutes is voicecoach's own limit.",
    ),
    _rule(
        "heat-before-range",
        "error",
        "article",
        "The article uses a heat pad or belt for 10–15 minutes before training: anywhere in a warm-up, before the "
        "stop of a session, before the first exercise and before strength. In a routine of heat alone, which may "
        "come after training, this is a warning.",
    ),
    _rule("heat-without-end", "error", "language", "Heat must end: the coach has to know when to say “off”."),
    _rule(
        "heat-over-20-min",
        "error",
        "ours",
        "voicecoach never leads more than 20 minutes of heat without a break, erring on the careful side of the "
        "10–15 minutes in the article. A break is time without heat that is at least as long as all the heat "
        "since the last break that counted, or 20 minutes. Heat counts by the high end of its range, breaks by "
        "their low end; words and a stop have no length. The limit is voicecoach's own.",
    ),
    _rule(
        "heat-too-much",
        "error",
        "ours",
        "At most 60 minutes of heat in a routine, by the high ends of all ranges. The article names no such "
        "limit: it is voicecoach's own.",
    ),
    _rule(
        "cold-over-20-min",
        "error",
        "ours",
        "At most 20 minutes of cold without a break, counted like heat: a break is as long as the cold before it, "
        "or 20 minutes. The article names no length for cold: the limit is voicecoach's own.",
    ),
    _rule(
        "heat-in-text",
        "warning",
        "ours",
        "Heat or cold that a text tells has no end, no question before it and no skin check. A text beside a heat "
        "step may name the pad; one that gives heat a time of its own, gives it to somebody asleep, or calls it "
        "good for an injury is told wherever it stands. The article waits 24 hours after an injury; that texts "
        "are looked through is voicecoach's own care.",
    ),
    _rule(
        "heat-caution-off",
        "error",
        "article",
        "The article: no heat right after an acute injury, wait 24 hours. The compiler asks about it before heat; "
        "a routine may not turn that off.",
    ),
    _rule(
        "cool-down-active-part",
        "warning",
        "article",
        "The article ends training with 5–10 minutes of light movement: slow walking, calm cycling, deep "
        "breathing and light mobility, all exercises before the first stretch or heat together. Longer easy "
        "movement is no fault; what is hard is no cool-down.",
    ),
    _rule(
        "warm-up-too-short",
        "warning",
        "article",
        "The article warms up for 5–10 minutes. All movement of the warm-up counts together, by the low ends of "
        "its ranges; heat, breathing, still stretches, rests and getting ready do not.",
    ),
    _rule(
        "intensity-starts-high",
        "warning",
        "article",
        "The article names going too hard too soon as a common mistake: start slowly, above all with strength "
        "training. Put mobility or easy movement before strength and before fast cardio.",
    ),
    _rule(
        "text-contradicts-timing",
        "warning",
        "language",
        "A text or a name tells a time, a number of repetitions, or both sides, that the step does not do. The "
        "coach says lengths, numbers and sides itself, so the text need not.",
    ),
    _rule("unused-var", "warning", "language", "A variable was given, and no text of the routine uses it."),
    _rule("ignored-key", "warning", "language", "A key is known, and changes nothing beside the others of its step."),
    _rule("sides-never-changed", "warning", "language", "One side is done and the other never is."),
    _rule("rest-at-end", "warning", "language", "A rest comes between two things; after this one there is nothing."),
    _rule(
        "cue-dropped", "warning", "timing", "There was no room to say this. `show` tells what was left out and why."
    ),
    _rule(
        "not-recorded",
        "warning",
        "timing",
        "The recordings that are configured as the voice lack lines of the routine, and nobody fills the gaps.",
    ),
    _rule(
        "get-ready-grew",
        "warning",
        "timing",
        "Names, set-ups, cautions and changes of side are never left out: the get-ready time grew to hold them.",
    ),
    _rule(
        "rest-grew",
        "warning",
        "timing",
        "A rest is as long as it is written, unless the name, the caution or the side of what comes next needs "
        "more: then it grew to hold them.",
    ),
    _rule(
        "breath-bent",
        "warning",
        "timing",
        "Not even one breath as it is written fits into the hold within 15 %, so that it is led longer or shorter.",
    ),
    _rule(
        "text-not-for-the-ear",
        "warning",
        "language",
        "A text is spoken: HTML, entities, addresses, Markdown, underscores and letters of another script have no "
        "sound that helps.",
    ),
    _rule(
        "text-in-another-language",
        "warning",
        "language",
        "A text reads like another language than the one that its file, or its key, names, and a voice would read "
        "it by the wrong rules. Names may be in any language.",
    ),
)

_LANGUAGE = tuple(
    _rule(id_, "error", "language", explanation)
    for id_, explanation in {
        "unreadable-file": "The file is missing, is a folder, or may not be read.",
        "too-large": "A routine is text that a person writes: at most 1 MB, and at most 100,000 values.",
        "not-text": "The file holds bytes that no text has.",
        "not-utf-8": "Files are UTF-8.",
        "foreign-file": "The file is one of another program. The hint says whether it can be imported.",
        "yaml-syntax": "The file is not valid YAML.",
        "one-document": "One file holds one routine.",
        "unknown-alias": "A YAML alias (`*name`) needs its anchor (`&name`) above it.",
        "too-deep": "Values lie at most 30 levels deep, and nothing contains itself.",
        "unknown-tag": "YAML tags (`!name`) have no meaning in a routine.",
        "merge-key": "`<<` is no part of YAML 1.2: the keys are written out, or the whole step is an alias.",
        "bad-key": "A key is a single word or number.",
        "duplicate-key": "A key stands once in its mapping: which of the two would hold?",
        "not-a-mapping": "Keys and values are expected here.",
        "not-a-list": "A list is expected here.",
        "empty-list": "The list needs at least one item.",
        "unknown-key": "No key of this name is known at this place.",
        "unknown-word": "The key takes one of a few words.",
        "missing-key": "A key that is needed is missing.",
        "unknown-step": "A step is one of exercise, repeat, rest, heat, cold, contrast, section, silence, say, stop.",
        "unknown-exercise": "The exercise is not in the library.",
        "no-length": "An exercise needs `hold`, `duration` or `reps`.",
        "two-lengths": "`duration` and `hold` (or `reps`) both say how long.",
        "duration": "A duration is written 30 s, 5 min, 1 min 30 s or 1:30; a range 20-30 s.",
        "too-short": "The coach could not say anything in so short a time.",
        "count": "Counting is one of: down, up, last N, every N s, off.",
        "count-in": "Seconds are counted in from a number up to 10; 0 and off are none.",
        "at-past-end": "What is said at a moment of a step has one that the step may reach.",
        "breaths": "Breaths are held in a step that says with `breathing` how long each is.",
        "hold-sides": "Where sides are meant to differ, `hold` has a left and a right, and both sides are done.",
        "load": "A load has its unit: 60 kg.",
        "words": "`words` are a word for each half of a repetition, or off.",
        "rounds": "`repeat` takes a number of rounds, such as 2, or a range, such as 2-4.",
        "whole-number": "A number above zero is expected; of repetitions also a range, 8-12, or max.",
        "accept": "`accept` lists ids of rules whose problems are warnings; errors cannot be accepted.",
        "true-or-false": "true or false is expected.",
        "id": "An id is lower-case words joined by hyphens.",
        "source": "A source is the id of a reference, or its title.",
        "not-a-text": "A text is expected.",
        "empty-text": "A text that is said must say something.",
        "long-text": "A text is at most 5,000 characters long.",
        "unknown-language": "The languages are da and en.",
        "which-language": "A plain text needs `language:` in its file.",
        "unspeakable": "There is no word in it, or one that no voice can say whole.",
        "missing-var": "A text has a variable, `{name}`, and no value for it. A brace that is meant is doubled.",
        "missing-language": "A routine in one language never speaks a text of another silently.",
        "too-long": "The repeats multiply into more steps than anybody does.",
    }.items()
)

RULES: dict[str, Rule] = {rule.id: rule for rule in (*_COACHING, *_LANGUAGE)}
