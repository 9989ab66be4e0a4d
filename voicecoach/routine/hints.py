"""What to write instead of a key or a value that the language does not have.

First what the person meant, by the tables of `meant`; then the nearest word, if it is really near; then where the key
has its place; and last what is known here.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from voicecoach.advice import Advice, do, filled
from voicecoach.model import Exercise
from voicecoach.routine import documents as shape
from voicecoach.routine import meant
from voicecoach.routine.meant import letters, other_word, plain
from voicecoach.routine.nearest import nearest, really_near

_STEPS = frozenset(home.shape for home in shape.STEP_HOMES.values())
MAX_LENGTH = 60
"""What is longer than that is no slip."""


def known_keys(model: type[shape.Shape]) -> list[str]:
    return [info.alias or name for name, info in model.model_fields.items()]


def for_key(key: str, value: Any, model: type[shape.Shape]) -> str:
    """What to write instead of `key`, which `model` does not have."""
    known = known_keys(model)
    if same := _same(key, known):
        return _respelt(key, same)
    candidates = _meant_by(key)
    if ours := next((ours for ours in candidates if ours in known), None):
        return f"Here it is called `{ours}`."
    if sentence := _sentence([key, *candidates], model):
        return _filled(sentence, key, value)
    if near := really_near(key, known):
        return f"Did you mean `{near}`?"
    for ours in (key, *candidates):  # right, but in another place
        if place := _elsewhere(ours, model):
            return place
    return f"Known here: {', '.join(known)}."


def for_step(step: Mapping[Any, Any], library: Mapping[str, Exercise]) -> tuple[str, str] | None:
    """The key of a step that says none of our words, and what to write instead; `None` if no key tells."""
    for key, value in step.items():
        if same := _same(key, shape.STEP_KEYS):
            return key, _respelt(key, same)
        if id_ := named(key, library):
            return key, f"Write `- exercise: {id_}`, and its length on the next line: `hold: {_time(value)}`."
    for key, value in step.items():
        candidates = _meant_by(key)
        if ours := next((ours for ours in candidates if ours in shape.STEP_KEYS), None):
            return key, f"Here it is called `{ours}`."
        if sentence := _sentence([key], shape.RestShape):
            return key, _filled(sentence, key, value)
    for key in step:
        if near := really_near(key, shape.STEP_KEYS):
            return key, f"Did you mean `{near}`?"
    return None


def for_plain_step(step: Any, library: Mapping[str, Exercise]) -> str:
    """What to write instead of a step that is a text."""
    text = str(step).strip()
    word = re.split(r"[:\s]", text, maxsplit=1)[0]
    if id_ := named(text, library):
        return f"Write `- exercise: {id_}`, and its length on the next line: `hold: 20-30 s`."
    if key := _same(word, shape.STEP_KEYS):
        rest = text[len(word) :].lstrip(" :") or "…"
        return f"Write `- {key}: {rest}`, with a colon and a space."
    return "Write `- exercise: …`, `- rest: 30 s`, `- say: …` or another step."


def for_word(key: str, written: Any, words: Sequence[str]) -> str:
    """What to write instead of `written`, where one of `words` is expected."""
    if better := for_value("unknown-word", key, written):
        return better
    if (ours := other_word(key, written)) in words:
        return f"Did you mean `{ours}`? {meant.MEANINGS.get(str(ours), '')}".rstrip()
    text = str(written)
    near = really_near(text, words)
    return f"Did you mean `{near}`?" if near else f"Write one of: {', '.join(words)}."


def for_value(rule: str, key: str, value: Any, *, in_minutes: bool = False) -> str | None:
    """What to write instead of `value` at `key`, which `rule` refused; `None` where nobody knows."""
    if rule == "true-or-false":
        ours = other_word(rule, value)
        return f"Write {ours}." if ours else None
    if rule == "id":
        return for_id(value)
    out_of_bounds = rule in ("whole-number", "rounds") and isinstance(value, int) and not isinstance(value, bool)
    if isinstance(value, dict) and key != "hold" and rule in ("whole-number", "duration") and _sides(value):
        return meant.ONLY_A_HOLD
    if isinstance(value, dict) or value is None or out_of_bounds:
        return None
    patterns = meant.TIMES if rule == "duration" else meant.PATTERNS.get(key, ())
    text = ("/".join(map(str, value)) if isinstance(value, list) else str(value)).strip().lower()
    if len(text) > MAX_LENGTH:
        return None
    for pattern, sentence in patterns:
        if match := re.fullmatch(pattern, text):
            return _written(sentence, key, match.groupdict(), in_minutes)
    return None


def _sides(value: Mapping[Any, Any]) -> bool:
    return {other_word("sides", key) or key for key in value} == {"left", "right"}


def for_id(written: Any) -> str:
    """What an id looks like, made of what was written."""
    words = re.findall(r"[a-z0-9]+", letters(written))
    return f"An id is lower-case words joined by hyphens: {'-'.join(words)[:MAX_LENGTH] or 'knee-to-chest'}."


def named(written: Any, library: Mapping[str, Exercise]) -> str | None:
    """The id of the exercise that is written by its id or its name, in either language, in any spelling."""
    wanted = plain(written)
    for id_, exercise in library.items():
        if wanted in {plain(id_), *map(plain, exercise.name.by_language.values())}:
            return id_
    return None


def for_exercise(written: str, library: Mapping[str, Exercise]) -> str:
    """What to write instead of an exercise that the library does not have."""
    if id_ := named(written, library):
        return f"Exercises are named by their ids: `{id_}`."
    names = {name.lower(): id_ for id_, item in library.items() for name in item.name.by_language.values()}
    near = nearest(written, [*library, *names])
    return (
        f"Did you mean `{names.get(near, near)}`?"
        if near
        else Advice(
            "See the library: ", do("exercises"), ", or write your own here: `exercise: {name: …, kind: cardio}`."
        )
    )


def _meant_by(key: Any) -> list[str]:
    """Our keys that `key` may be another word for."""
    return [ours for ours, words in meant.KEYS.items() if plain(key) in _words(words)]


@functools.cache
def _words(words: str) -> frozenset[str]:
    return frozenset(plain(word) for word in words.split())


def _same(key: Any, known: Iterable[str]) -> str | None:
    """The known key that `key` is but for case, spaces, hyphens and underscores."""
    return next((ours for ours in known if plain(ours) == plain(key)), None)


def _respelt(key: str, ours: str) -> str:
    return f"Write `{ours}`: keys are lower-case words." if key.lower() != key else f"Did you mean `{ours}`?"


def _sentence(keys: Sequence[str], model: type[shape.Shape]) -> str | None:
    sentences = _sentences(model)
    return next((sentences[plain(key)] for key in keys if plain(key) in sentences), None)


@functools.cache
def _sentences(model: type[shape.Shape]) -> Mapping[str, str]:
    """By every word, as `plain` has it; the last table that knows it."""
    sentences: dict[str, str] = {}
    for table in (meant.ANYWHERE, *_tables(model)):
        sentences |= {plain(word): sentence for words, sentence in table.items() for word in words.split()}
    return sentences


def _tables(model: type[shape.Shape]) -> tuple[dict[str, str], ...]:
    if model is shape.RoutineShape:
        return (meant.IN_A_ROUTINE,)
    if model is shape.ExerciseStepShape:
        return meant.IN_A_STEP, meant.IN_AN_EXERCISE_STEP
    if model is shape.SectionShape:
        return meant.IN_A_STEP, meant.IN_A_SECTION
    if model is shape.RestShape:
        return meant.IN_A_STEP, meant.IN_A_REST
    return (meant.IN_A_STEP,) if model in _STEPS else ()


def _filled(sentence: str, key: str, value: Any) -> str:
    number = re.search(r"\d+", str(value)) if isinstance(value, (int, str)) else None
    return filled(sentence, key=key, n=number.group() if number else 3, time=_time(value))


def _time(value: Any) -> str:
    """A time as it should be written, from one that may lack its unit."""
    if isinstance(value, bool) or not isinstance(value, (int, str)) or not str(value)[:1].isdigit():
        return "30 s"
    return f"{value} s" if str(value).isdigit() else str(value)


def _elsewhere(key: str, model: type[shape.Shape]) -> str | None:
    if key in shape.STEP_KEYS and model in _STEPS:
        return f"It is a step of its own: `- {key}: …`."
    homes = list(dict.fromkeys(home.called for home in shape.HOMES.values() if _same(key, known_keys(home.shape))))
    if not homes:
        return None
    *others, last = homes
    return f"`{key}` belongs to {', '.join(others)}{' or ' * bool(others)}{last}."


def _written(sentence: str, key: str, found: dict[str, str | None], in_minutes: bool) -> str:
    values: dict[str, Any] = {name: text for name, text in found.items() if text}
    values |= {name: "1" for name in ("up", "high") if values.get(name) == "x"}
    unit = "min" if in_minutes else "s"
    if key == "duration" and not in_minutes and values.get("rest"):
        unit = f"s or {values['rest']} min"
    return sentence.format(key=key, unit=unit, **values)
