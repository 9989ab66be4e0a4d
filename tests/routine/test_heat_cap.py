"""The heat cap against an oracle that is written otherwise: a clock that ticks once a minute over a drawn day."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hypothesis import example, given
from hypothesis import strategies as st

from tests.compiler.compiling import routine_of
from voicecoach.coach.ruling import rule_problems

_parts = st.one_of(
    st.tuples(st.just("heat"), st.integers(1, 22)),
    st.tuples(st.sampled_from(["rest", "cold", "walk"]), st.integers(1, 24)),
    st.tuples(st.sampled_from(["say", "stop"]), st.just(0)),
)
_days = st.lists(
    st.tuples(st.integers(1, 3), st.integers(0, 12), st.lists(_parts, min_size=1, max_size=4)), max_size=4
)
"""Repeats: rounds, the rest between them in minutes, and what they hold."""

STEPS = {
    "heat": "{{heat: pad, duration: 1-{} min}}",
    "rest": "{{rest: {}-60 min}}",
    "cold": "{{cold: pack, duration: {}-60 min}}",
    "walk": "{{exercise: slow-walk, duration: {}-60 min}}",
    "say": "{{say: Hello.}}",
    "stop": "{{stop: Hello.}}",
}


def written(day: list[tuple[int, int, list[tuple[str, int]]]]) -> str:
    lines = ["title: Trial", "language: en", "phase: cool-down", "steps:", "  - {say: Hello.}"]
    for rounds, between, parts in day:
        lines.append(f"  - repeat: {rounds}")
        lines += [f"    between: {between}-60 min"] * bool(between)
        lines.append("    steps: [" + ", ".join(_step(kind, minutes) for kind, minutes in parts) + "]")
    return "\n".join(lines) + "\n"


def _step(kind: str, minutes: int) -> str:
    text = "{heat: pad, duration: 1 min}" if (kind, minutes) == ("heat", 1) else STEPS[kind].format(minutes)
    return text.replace("{{", "{").replace("}}", "}")


def drawn(day: list[tuple[int, int, list[tuple[str, int]]]]) -> str:
    """A letter a minute: `h` with heat, `.` without."""
    letters = {"heat": "h", "rest": ".", "cold": ".", "walk": ".", "say": "", "stop": ""}
    rounds_of = (
        ("." * between).join(["".join(letters[kind] * minutes for kind, minutes in parts)] * rounds)
        for rounds, between, parts in day
    )
    return "".join(rounds_of)


def is_too_much(minutes: str) -> bool:
    """Whether heat runs over twenty minutes: breaks that count cut the day into pieces, the earliest first."""
    return any(piece.count("h") > 20 for piece in _pieces(minutes))


def _pieces(minutes: str) -> Iterator[str]:
    for pause in re.finditer(r"\.+", minutes):
        heat = minutes[: pause.start()].count("h")
        if len(pause.group()) >= min(heat, 20):
            yield minutes[: pause.start()]
            yield from _pieces(minutes[pause.end() :])
            return
    yield minutes


@given(_days)
@example([(1, 0, [("heat", 15), ("rest", 14), ("heat", 6)])])
@example([(1, 0, [("heat", 15), ("rest", 15), ("heat", 6)])])
@example([(1, 0, [("heat", 10), ("say", 0), ("heat", 10), ("stop", 0)]), (1, 0, [("rest", 19), ("heat", 1)])])
@example([(2, 7, [("heat", 8), ("heat", 2)])])
def test_heat_is_too_much_exactly_where_the_oracle_says(day: list[tuple[int, int, list[tuple[str, int]]]]) -> None:
    rules = {problem.rule for problem in rule_problems(routine_of(written(day)))}
    assert ("heat-over-20-min" in rules) == is_too_much(drawn(day))
    assert ("heat-too-much" in rules) == (drawn(day).count("h") > 60)
