"""Routines that nobody would write, in the language that anybody may write."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import strategies as st

from tests.compiler.measures import Lengths
from voicecoach.units import parse_duration_range

LIBRARY_IDS = ("knee-to-chest", "plank", "bird-dog", "slow-walk", "glute-bridge", "leg-swings", "deep-breathing")

_words = st.one_of(
    st.sampled_from(["Stræk.", "Lift it. Then lower it! Good?", "x", "Å {{name}} { % } \\ “æøå” 🧘", "ja " * 40]),
    st.text(st.characters(exclude_categories=("Cc", "Cs", "Cn"), max_codepoint=0x2000), min_size=1, max_size=30)
    .map(lambda text: "a" + text),
)  # fmt: skip


@st.composite
def _texts(draw: st.DrawFn) -> dict[str, str]:
    """With a name, since it stands in many places: written out in each, the routines would fill pages."""
    return {"da": draw(_words), "en": draw(_words)}


texts = _texts()


def _shown(ms: int) -> str:
    return f"{ms // 1000} s" if ms % 1000 == 0 else f"{ms} ms"


_work_ms = st.one_of(
    st.integers(1, 120).map(lambda s: s * 1000), st.integers(1, 40_000), st.integers(2, 12).map(lambda m: m * 60_000)
)
durations = _work_ms.map(_shown)
short_durations = st.integers(0, 30).map(lambda s: f"{s} s")
beats = st.integers(100, 6000).map(_shown)
ranges_of_seconds = st.tuples(st.integers(1, 60), st.integers(0, 90)).map(
    lambda pair: f"{pair[0]}-{pair[0] + pair[1]} s"
)
ranges = st.one_of(durations, ranges_of_seconds)
_counts = st.one_of(
    st.sampled_from(["down", "up", "off"]),
    st.integers(1, 200).map(lambda n: f"last {n}"),
    st.integers(1, 60).map(lambda n: f"every {n} s"),
)
_counts_in = st.one_of(st.just("off"), st.integers(0, 10))
_sides = st.sampled_from(["both", "alternate", "left", "right", "none"])
_breaths = st.integers(500, 6000).map(_shown)
_breathing = st.fixed_dictionaries(
    {"in": _breaths, "out": _breaths}, optional={"hold_in": beats, "hold_out": beats, "lock": st.booleans()}
)
_halves = st.one_of(st.just("off"), st.fixed_dictionaries({}, optional={"up": texts, "down": texts}))
_inline = st.fixed_dictionaries(
    {"name": texts, "kind": st.sampled_from(["stretch", "mobility", "strength", "cardio", "breathing"])},
    optional={
        "sides": _sides,
        "setup": texts,
        "instruction": texts,
        "tips": st.lists(texts, max_size=3),
        "caution": texts,
        "words": _halves,
    },
)
_own_words = {
    "name": texts,
    "setup": texts,
    "instruction": texts,
    "tips": st.lists(texts, max_size=3),
    "load": st.one_of(texts, st.sampled_from(["60 kg", "2 x 12,5 kg"])),
    "note": texts,
}
"""Of a step."""


_shares = st.lists(st.sampled_from([0, 0.3, 0.7, 1]), max_size=2)
"""Of the length of a step: where it says something."""


def _said_at(step: dict[str, Any], shares: list[float], words: tuple[Any, ...]) -> dict[str, Any]:
    """Nothing past the end, which would be an error; of repetitions only their start is known here."""
    if not shares or {"contrast", "section", "silence", "stop"} & set(step) or ("say" in step and "time" not in step):
        return step
    keys = ("duration", "hold") if "exercise" in step else ("duration", "rest")
    longest = step.get("time") or next((step[key] for key in keys if key in step), None)
    if "reps" in step or not isinstance(longest, str) or "breaths" in longest or longest == "0 s":
        longest_ms = 0
    else:
        longest_ms = parse_duration_range(longest)[1]
    moments = zip(shares, words, strict=False)
    return {**step, "at": {f"{round(share * longest_ms)} ms": text for share, text in moments}}


def _timings(lengths: st.SearchStrategy[str]) -> st.SearchStrategy[dict[str, Any]]:
    few = st.integers(1, 6)
    reps = st.one_of(few, st.tuples(few, few).map(lambda pair: f"{min(pair)}-{max(pair)}"))
    own = st.fixed_dictionaries({"pace": st.just("own")}, optional={"time": lengths})
    return st.one_of(
        st.fixed_dictionaries({"hold": lengths}),
        st.fixed_dictionaries({"hold": st.fixed_dictionaries({"left": lengths, "right": lengths})}),
        st.fixed_dictionaries({"hold": few.map(lambda n: f"{n} breaths"), "breathing": _breathing}),
        st.fixed_dictionaries({"reps": st.just("max")}, optional={"time": lengths}),
        st.fixed_dictionaries({"reps": st.integers(40, 60), "pace": st.just("own")}),
        st.tuples(st.fixed_dictionaries({"reps": reps}, optional={"hold": lengths}), own).map(
            lambda pair: {**pair[0], **pair[1]}
        ),
        st.fixed_dictionaries({"duration": lengths}),
        st.fixed_dictionaries({"reps": reps}, optional={"words": _halves}),
        st.fixed_dictionaries(
            {"reps": reps, "tempo": st.fixed_dictionaries({"up": beats, "down": beats})}, optional={"words": _halves}
        ),
        st.fixed_dictionaries({"reps": reps, "hold": lengths}, optional={"release": short_durations}),
    )


def _exercise_steps(lengths: st.SearchStrategy[str]) -> st.SearchStrategy[dict[str, Any]]:
    base = st.fixed_dictionaries(
        {"exercise": st.one_of(st.sampled_from(LIBRARY_IDS), _inline)},
        optional={
            "sides": _sides,
            "breathing": _breathing,
            "count": _counts,
            "count in": _counts_in,
            "halfway": st.booleans(),
            "prepare": short_durations,
            "change": short_durations,
            **_own_words,
        },
    )
    sets: st.SearchStrategy[dict[str, Any]] = st.one_of(
        st.just({}),
        st.fixed_dictionaries({"sets": st.integers(1, 3)}, optional={"rest": st.one_of(lengths, short_durations)}),
    )
    return st.tuples(base, _timings(lengths), sets).map(lambda parts: _sided({**parts[0], **parts[1], **parts[2]}))


def _sided(step: dict[str, Any]) -> dict[str, Any]:
    """Sides that are meant to differ are both done."""
    return {**step, "sides": "both"} if isinstance(step.get("hold"), dict) else step


def _thermal_steps(lengths: st.SearchStrategy[str]) -> st.SearchStrategy[dict[str, Any]]:
    check_every = st.integers(30, 200).map(lambda s: f"{s} s")
    optional = {"check every": check_every, "prepare": short_durations, "count in": _counts_in}
    return st.one_of(
        st.fixed_dictionaries(
            {"heat": st.sampled_from(["pad", "belt", "none"]), "duration": lengths}, optional=optional
        ),
        st.fixed_dictionaries({"cold": st.just("pack"), "duration": lengths}, optional=optional),
        st.fixed_dictionaries(
            {
                "contrast": st.fixed_dictionaries(
                    {"heat": lengths, "cold": lengths, "rounds": st.integers(1, 3)},
                    optional={"first": st.sampled_from(["heat", "cold"]), "check every": check_every},
                ),
                "prepare": short_durations,
            }
        ),
    )


def _steps(lengths: st.SearchStrategy[str], rounds: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    plain = st.one_of(
        _exercise_steps(lengths),
        _exercise_steps(lengths),
        _thermal_steps(lengths),
        st.fixed_dictionaries({"rest": st.one_of(lengths, short_durations)}),
        st.fixed_dictionaries({"rest": st.one_of(lengths, short_durations)}),
        st.fixed_dictionaries({"section": texts}),
        st.fixed_dictionaries({"silence": durations}),
        st.fixed_dictionaries({"say": texts, "time": durations}),
        st.fixed_dictionaries({"say": texts}),
        st.fixed_dictionaries({"stop": texts}),
    )
    with_moments = st.tuples(plain, _shares, st.tuples(texts, texts)).map(lambda parts: _said_at(*parts))
    return st.recursive(
        with_moments,
        lambda inner: st.fixed_dictionaries(
            {"repeat": rounds, "steps": st.lists(inner, min_size=1, max_size=3)},
            optional={"between": st.one_of(lengths, short_durations)},
        ),
        max_leaves=4,
    )


few_rounds = st.integers(1, 3)


def routines(
    lengths: st.SearchStrategy[str] = ranges, rounds: st.SearchStrategy[Any] = few_rounds
) -> st.SearchStrategy[str]:
    """The text of a valid routine. JSON is YAML, and its strings need no thought."""
    return st.fixed_dictionaries(
        {"title": texts, "steps": st.lists(_steps(lengths, rounds), min_size=1, max_size=5)},
        optional={
            "phase": st.sampled_from(["warm-up", "core", "cool-down", "heat", "screening", "training", "mixed"]),
            "language": st.sampled_from(["da", "en"]),
            "prepare": short_durations,
            "change": short_durations,
            "count": _counts,
            "count in": _counts_in,
            "intro": texts,
            "outro": texts,
        },
    ).map(lambda routine: json.dumps(routine, ensure_ascii=False, indent=1))


measures = st.builds(
    lambda ends, onset, seed: Lengths(min(ends), max(ends), onset, seed),
    st.tuples(*2 * [st.one_of(st.sampled_from([1, 300, 900, 8000]), st.integers(1, 8000))]),
    st.integers(0, 2000),
    st.integers(0, 9),
)
"""From a millisecond to eight seconds, and words that are heard to begin late."""
