"""What a line says → what is done: exercises, sets and rests; and the order of rests in a whole workout."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from voicecoach.language.imported import any_of, limbs, said_as
from voicecoach.model import DurationRange, Language
from voicecoach.routine.importers.clean import sentence, spoken_name
from voicecoach.routine.importers.expressions import TIMES, Amounts, duration_of
from voicecoach.routine.importers.workout import Move, Part, Pause, Repeat, Sides

_A_REPETITION_MS = 10_000


def is_called(name: str, key: str) -> bool:
    """Whether one of the words of `key` is in a name."""
    return bool(re.search(rf"(?<!\w){any_of(key)}(?!\w)", name, re.I))


def moves(told: Amounts, language: Language, *, bare_seconds: bool = False) -> list[Part]:
    """The exercise of a line, with its sets; a rest after it, if it is done once. Without a length: at one's own
    pace."""
    if told.rounds and not told.says_how_long and not told.sets and not told.bare:
        told = replace(told, reps=[told.rounds], rounds="")
    move, rest = _move(told, language, bare_seconds), told.rest
    if told.groups:
        return list(_with_rests([_done(move, sets, what) for sets, what in told.groups], rest))
    if len(told.reps) > 1:
        each = [replace(move, reps=count) for count in told.reps]
        return list(_with_rests(each, rest))
    sets = told.sets or told.rounds
    if move.reps and move.held and told.rest_between == "reps":
        move, rest = replace(move, release=rest), None
    if "-" in sets:
        return [Repeat(rounds=sets, between=rest, parts=(move,))]
    if sets and int(sets) > 1:
        if move.held is None and move.still and move.time and _are_repetitions(int(sets), move.time, rest):
            return [replace(move, reps=sets, held=move.time, time=None)]
        return [replace(move, sets=int(sets), rest=rest)]
    return [move, Pause(time=rest)] if rest and told.rest_between in ("", "exercises") else [move]


def _are_repetitions(sets: int, time: DurationRange, rest: DurationRange | None) -> bool:
    """“10 x 5 s hold” is ten repetitions."""
    return sets >= 5 and time.high_ms <= _A_REPETITION_MS and rest is None


def _move(told: Amounts, language: Language, bare_seconds: bool) -> Move:
    name = spoken_name(told.name)
    still = is_called(name, "still")
    reps, time, held = "".join(told.reps[:1]), told.time, told.held
    if told.bare and (bare_seconds or still):
        time = duration_of(told.bare, "s")
    elif told.bare:
        reps = told.bare
    if told.sets and reps.isdigit() and int(reps) >= 15 and not (time or held or told.counted) and _ends_still(name):
        time, reps = duration_of(reps, "s"), ""  # “Plank 3x30”
    if held and not reps:
        time, held, still = held, None, True
    if told.distance:
        name, reps, time = f"{name} {said_as(told.distance, language)}".strip(), "max", None
        name = name if told.name else f"{said_as(told.distance, language)}"
    elif not (reps or time or told.breaths or told.groups):
        reps = "max"
    load, notes = told.load.strip(), [*told.notes]
    if re.fullmatch(r"\d+(?:[.,]\d+)?", load):  # of what, the file does not say
        load, notes = "", [*notes, f"@ {load}"]
    elif re.fullmatch(r"none|no|off|ingen|-", load, re.I):
        load = ""
    return Move(
        name=name,
        time=time,
        still=still,
        breaths=told.breaths if not (reps or time) else "",
        reps=reps,
        held=held if reps != "max" else None,
        sides=told.sides,
        limb=limbs(language).get(told.limb, [""])[0],
        load=load,
        note=", ".join(dict.fromkeys(notes)),
        instruction=" ".join(filter(None, (sentence(remark) for remark in told.remarks))),
        halfway=sentence(told.halfway),
    )


def _ends_still(name: str) -> bool:
    return bool(re.search(rf"(?<!\w){any_of('still')}$", name, re.I))


def _done(move: Move, sets: str, what: str) -> Move:
    if re.fullmatch(TIMES, what, re.I):
        move = replace(move, time=duration_of(what), reps="")
    elif what:
        move = replace(move, reps="max" if what == "max" else re.sub(r"\D*-\D*|\+", "-", what).strip("-"), time=None)
    return replace(move, sets=int(sets.split("-")[0] or 1))


def _with_rests(done: Sequence[Move], rest: DurationRange | None) -> Iterable[Part]:
    for index, move in enumerate(done):
        yield replace(move, rest=rest) if move.sets > 1 else move
        if rest and index < len(done) - 1:
            yield Pause(time=rest)


# --- rests ---------------------------------------------------------------------------------------------------------


def between_all(parts: Sequence[Part], rest: DurationRange) -> list[Part]:
    """A rest after each exercise but the last, where none is written."""
    found: list[Part] = []
    for part in parts:
        if isinstance(part, (Move, Repeat)) and found and isinstance(found[-1], (Move, Repeat)):
            found.append(Pause(time=rest))
        found.append(part)
    return found


def in_order(parts: Iterable[Part]) -> list[Part]:
    """Rests where a routine has them: the one at the end of a repeat between its rounds, and none at the very end."""
    found = _tidied(parts)
    while found and isinstance(found[-1], Pause) and not found[-1].words:
        found.pop()
    return found


def ends_with_rest(parts: Sequence[Part]) -> bool:
    tidied = _tidied(parts)
    return bool(tidied) and isinstance(tidied[-1], Pause)


def _tidied(parts: Iterable[Part]) -> list[Part]:
    found: list[Part] = []
    for part in parts:
        if isinstance(part, Repeat):
            found += _repeat(part)
        elif (
            isinstance(part, Pause) and found and isinstance(found[-1], Pause) and not (part.words or found[-1].words)
        ):
            found[-1] = Pause(time=_sum(found[-1].time, part.time))
        else:
            found.append(part)
    return found


def _repeat(part: Repeat) -> list[Part]:
    inner = _tidied(part.parts)
    before, after = [], []
    between = part.between
    if len(inner) > 1 and isinstance(inner[-1], Pause) and not inner[-1].words:
        last = inner.pop()
        assert isinstance(last, Pause)
        between = _sum(between, last.time) if between else last.time
        after = [last]
    elif len(inner) > 1 and isinstance(inner[0], Pause) and not inner[0].words and between is None:
        first = inner.pop(0)
        assert isinstance(first, Pause)
        between, before = first.time, [first]
    if not inner:
        return []
    if part.rounds == "1":
        return [*before, *inner, *after]
    return [*before, Repeat(rounds=part.rounds, between=between, parts=tuple(inner)), *after]


def _sum(first: DurationRange, second: DurationRange) -> DurationRange:
    return DurationRange(low_ms=first.low_ms + second.low_ms, high_ms=first.high_ms + second.high_ms)


def moves_in(parts: Iterable[Part]) -> Iterator[Move]:
    """All exercises, those of repeats among them."""
    for part in parts:
        if isinstance(part, Repeat):
            yield from moves_in(part.parts)
        elif isinstance(part, Move):
            yield part


def is_done(parts: Iterable[Part]) -> bool:
    """Whether there is any exercise."""
    return any(True for _ in moves_in(parts))


def is_rest(name: str) -> bool:
    """“Rest”, “Pause 2”, “Rest for the next round”."""
    words = re.findall(r"[^\W\d_]+", name)
    return (
        bool(words)
        and is_called(name, "rest")
        and all(
            re.fullmatch(f"{any_of('filler')}|{any_of('rest')}|{any_of('off')}|{any_of('rounds')}", word, re.I)
            for word in words
        )
    )


def timed_part(name: str, time: DurationRange, language: Language, *, sides: Sides | None = None) -> Part:
    """An interval of a timer: a rest by its name, else an exercise."""
    if is_rest(name) or not re.search(r"\w", name):
        return Pause(time=time)
    if re.match(rf"(?:\w+ )?{any_of('rest')}\b[\s.,:!-]", name, re.I) or re.match(
        rf"{any_of('ready')}\b", name, re.I
    ):
        return Pause(time=time, words=sentence(name))
    return Move(name=spoken_name(name), time=time, still=is_called(name, "still"), sides=sides)
