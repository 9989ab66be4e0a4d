"""A workout → the YAML of a routine, as a person would write it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence

from voicecoach.language.imported import any_of
from voicecoach.model import DurationRange
from voicecoach.routine.importers.moves import is_called, moves_in
from voicecoach.routine.importers.workout import Loss, Move, Part, Pause, Repeat, Section, Words, Workout
from voicecoach.units import format_duration, format_range

_BREATHS = "{in: 4 s, out: 4 s}"
"""A calm breath of somebody who holds a pose; a file of yoga only says how many."""
_WORDS_IN_A_REST_MS = 1000
_MOST_TOLD = 40
_PLAIN = re.compile(r"[^\W\d_][^\x00-\x1f:#{}\[\]\"'&*!|>%@`,]*")
_MEASURE = re.compile(r"\d[\d.,/–-]* [^\W\d_][^\x00-\x1f:#{}\[\]\"'&*!|>%@`,]*")
"""`80 kg`: a number with a word is a text of YAML."""
_A_WORD_OF_YAML = re.compile(r"(?:true|false|null|yes|no|on|off|y|n|~)", re.I)


def written(workout: Workout, source: str, losses: Sequence[Loss] = ()) -> str:
    """The text of a routine file."""
    lines = [f"# From {source}. Look it over: what is not right is changed here.", *_told(losses)]
    lines += [f"title: {_text(workout.title)}"]
    lines += [f"about: {_text(workout.about)}"] if workout.about else []
    lines += ["phase: training", f"language: {workout.language}"]
    lines += ["prepare: 0 s        # one interval follows the other at once"] if workout.timed else []
    if accepted := list(_accepted(workout)):
        lines += [f"accept: [{', '.join(accepted)}]"]
    lines += [f"intro: {_text(workout.intro)}"] if workout.intro else []
    lines += ["", "steps:", *_steps(workout.parts, "  ")]
    lines += ["", f"outro: {_text(workout.outro)}"] if workout.outro else []
    return "\n".join(lines) + "\n"


def _accepted(workout: Workout) -> Iterator[str]:
    """What the author meant: intervals at once, though a name takes its time; and words with numbers of their own."""
    moves = list(moves_in(workout.parts))
    if workout.timed or any(move.at_once for move in moves):
        yield from ("get-ready-grew", "rest-grew")
    numbered = rf"\d|(?<!\w){any_of('each')}\s+{any_of('sides')}(?!\w)"
    if any(re.search(numbered, move.instruction, re.I) for move in moves):
        yield "text-contradicts-timing"


def _told(losses: Sequence[Loss]) -> Iterator[str]:
    if losses:
        yield "# Lost on the way, by the lines of that file:"
    for loss in losses[:_MOST_TOLD]:
        yield f"#   {loss.line}: {' '.join(loss.what.split())}"
    if len(losses) > _MOST_TOLD:
        yield f"#   and {len(losses) - _MOST_TOLD} more"


def _steps(parts: Iterable[Part], indent: str) -> Iterator[str]:
    for index, part in enumerate(parts):
        if isinstance(part, Section) and index:
            yield ""
        first, *rest = _step(part, indent)
        yield f"{indent}- {first}"
        yield from (f"{indent}  {line}" for line in rest)


def _step(part: Part, indent: str) -> list[str]:
    if isinstance(part, Section):
        return [f"section: {_text(part.title)}"]
    if isinstance(part, Words):
        return [f"say: {_text(part.text)}", *([f"time: {_time(part.time)}"] if part.time else [])]
    if isinstance(part, Pause):
        said = [f"at: {{{format_duration(_WORDS_IN_A_REST_MS)}: {_text(part.words, flow=True)}}}"]
        return [f"rest: {_time(part.time)}", *(said if part.words else [])]
    if isinstance(part, Repeat):
        between = [f"between: {_time(part.between)}"] if part.between else []
        return [f"repeat: {part.rounds}", *between, "steps:", *_steps(part.parts, "  ")]
    return [*_exercise(part), *_timing(part)]


def _exercise(move: Move) -> list[str]:
    keys = {
        "name": move.name,
        "kind": _kind(move),
        "limb": move.limb if move.sides else "",
        "instruction": move.instruction,
    }
    given = {key: value for key, value in keys.items() if value}
    flow = ", ".join(f"{key}: {_text(value, flow=True)}" for key, value in given.items())
    if len(flow) < 90 and not move.instruction:
        return [f"exercise: {{{flow}}}"]
    return ["exercise:", *(f"    {key}: {_text(value)}" for key, value in given.items())]


def _timing(move: Move) -> Iterator[str]:
    if move.reps:
        yield f"reps: {move.reps}"
        if move.held:
            yield f"hold: {_time(move.held)}"
            if move.release:
                yield f"release: {_time(_one(move.release))}"
        else:
            yield "pace: own"
            if move.time:
                yield f"time: {_time(_one(move.time))}"
    elif move.breaths:
        yield f"hold: {move.breaths} breaths"
        yield f"breathing: {_BREATHS}"
    elif move.time:
        yield f"{'hold' if move.still else 'duration'}: {_time(move.time)}"
    if move.sets > 1:
        yield f"sets: {move.sets}"
        if move.rest:
            yield f"rest: {_time(move.rest)}"
    if move.sides:
        yield f"sides: {move.sides}"
    if move.at_once:
        yield "prepare: 0 s"
    if move.halfway:
        yield f"halfway: {_text(move.halfway)}"
    if move.said_at:
        said = (f"{format_duration(ms)}: {_text(text, flow=True)}" for ms, text in move.said_at)
        yield f"at: {{{', '.join(said)}}}"
    if move.load:
        yield f"load: {_text(move.load)}"
    if move.note:
        yield f"note: {_text(move.note)}"


def _one(range_: DurationRange) -> DurationRange:
    """The middle of a range, where a key takes one time."""
    middle = round((range_.low_ms + range_.high_ms) / 2000) * 1000 or range_.high_ms
    return DurationRange(low_ms=middle, high_ms=middle)


def _kind(move: Move) -> str:
    if move.breaths or (move.still and is_called(move.name, "stretch")):
        return "stretch"
    for kind in ("breathing", "stretch", "cardio", "mobility"):
        if is_called(move.name, kind):
            return kind
    return "strength"


def _time(range_: DurationRange) -> str:
    low, high = range_.low_ms, range_.high_ms
    if low != high and high < 120_000 and low % 1000 == high % 1000 == 0:
        return f"{low // 1000}-{high // 1000} s"
    return format_range(range_.low_ms, range_.high_ms)


def _text(text: str, *, flow: bool = False) -> str:
    """A scalar that YAML reads as this text. Braces are doubled: single ones are a variable of a routine."""
    text = text.replace("{", "{{").replace("}", "}}")
    plain = (
        _PLAIN.fullmatch(text)
        or _MEASURE.fullmatch(text)
        or (not flow and re.fullmatch(r"[^\W\d_](?:[^\x00-\x1f:#\"{}]|:(?! |$)|(?<! )#)*", text))
    )
    if plain and text == text.strip() and not _A_WORD_OF_YAML.fullmatch(text):
        return text
    return json.dumps(text, ensure_ascii=False)
