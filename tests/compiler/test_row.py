"""Words one after another: as much silence as what was said asks for, and never too quick."""

from __future__ import annotations

from itertools import pairwise

import pytest

from tests.compiler.measures import simple
from voicecoach.compiler.row import GRID_MS, PAUSE_WITHIN_MS, QUESTION_MS, in_a_row
from voicecoach.model import ROLES, Cue, Manner, Role, Sound, SoundLength, SourceLocation, Tone, Utterance

HERE = SourceLocation(path="test", line=1, column=1)
NO_HURRY = Manner(words_a_minute=1000)


def cue(text: str, role: Role, pause_ms: int = 0) -> Cue:
    sound: Sound = Utterance(text=text, language="en", voice="fake:en") if text else Tone(name="side")
    return Cue(sound=sound, role=role, step_index=0, anchor="lead", location=HERE, pause_ms=pause_ms)


def pauses(cues: list[Cue], manner: Manner = NO_HURRY) -> list[int]:
    row = in_a_row(cues, simple, manner)
    return [after - before - length.duration_ms for (before, length), (after, _) in pairwise(row)]


@pytest.mark.parametrize(
    ("first", "second", "least_ms"),
    [
        (cue("Plank.", "name"), cue("Number two.", "place"), PAUSE_WITHIN_MS),
        (cue("Ten seconds.", "length"), cue("Sit.", "setup"), ROLES["length"].pause_ms),
        (cue("Sit.", "setup"), cue("Round your back.", "instruction"), ROLES["setup"].pause_ms),
        (cue("Round your back.", "instruction"), cue("Get ready.", "ready"), ROLES["instruction"].pause_ms),
        (cue("Are you hurt?", "caution"), cue("Then stop.", "caution"), QUESTION_MS),
        (cue("Come down to the floor.", "setup", 17_000), cue("Lie down.", "setup"), 17_000),
    ],
)
def test_a_pause_is_as_long_as_what_was_said_asks_for(first: Cue, second: Cue, least_ms: int) -> None:
    (pause_ms,) = pauses([first, second])
    assert least_ms <= pause_ms < least_ms + GRID_MS


def test_what_somebody_has_to_do_gets_two_to_three_seconds_and_a_sentence_one() -> None:
    to_do: tuple[Role, ...] = ("setup", "instruction", "side", "heat", "cold")
    assert all(2000 <= ROLES[role].pause_ms <= 3000 for role in to_do)
    assert ROLES["name"].pause_ms == ROLES["say"].pause_ms == 1000


def test_no_row_is_quicker_than_its_manner() -> None:
    def short(sound: Sound) -> SoundLength:
        return SoundLength(duration_ms=900, onset_ms=0)

    cues = [cue("", "side"), *(cue("One two three four five six.", "say") for _ in range(4))]
    for words_a_minute in (80, 125, 155):
        row = in_a_row(cues, short, Manner(words_a_minute=words_a_minute))
        talk_ms = row[-1][0] + row[-1][1].duration_ms - row[1][0]
        assert 0.97 * words_a_minute < 24 * 60_000 / talk_ms <= words_a_minute


def test_a_calm_manner_has_longer_pauses() -> None:
    cues = [cue("Sit.", "setup"), cue("Rest.", "instruction")]
    (usual,), (calm,) = pauses(cues), pauses(cues, Manner(words_a_minute=1000, pauses=1.5))
    assert calm == pytest.approx(1.5 * usual, abs=2 * GRID_MS)
