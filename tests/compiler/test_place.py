"""Room in one timed part: who comes first, how near two voices may be, and when the last is silent."""

from __future__ import annotations

from voicecoach.compiler.place import AFTER_SPEECH_MS, GAP_MS, Placement, place
from voicecoach.model import Cue, Sound, SoundLength, SourceLocation, Tone, Utterance

HERE = SourceLocation(path="test", line=1, column=1)
WORD_MS = 1000


def measure(sound: Sound) -> SoundLength:
    return SoundLength(duration_ms=300 if isinstance(sound, Tone) else WORD_MS, onset_ms=0)


def cue(text: str, at_ms: int, earliest_ms: int, latest_ms: int, priority: int = 1) -> Cue:
    return Cue(
        sound=Utterance(text=text, language="en", voice="fake:en"), role="tip", step_index=0, anchor="work",
        location=HERE, offset_ms=at_ms, earliest_ms=earliest_ms, latest_ms=latest_ms, priority=priority,
    )  # fmt: skip


def starts(placement: Placement) -> dict[str, int]:
    return {item.cue.sound.text: item.start_ms for item in placement.placed if isinstance(item.cue.sound, Utterance)}


def test_among_equals_the_later_has_its_wish_whatever_their_order() -> None:
    early, late = cue("early", 4000, 0, 9000), cue("late", 4500, 0, 9000)
    for cues in ([early, late], [late, early]):
        assert starts(place(cues, 10_000, measure)) == {"early": 4500 - GAP_MS - WORD_MS, "late": 4500}


def test_what_matters_more_has_its_wish_though_it_is_earlier() -> None:
    placement = place([cue("more", 4000, 0, 9000, priority=2), cue("less", 4500, 0, 9000)], 10_000, measure)
    assert starts(placement) == {"more": 4000, "less": 4000 + WORD_MS + GAP_MS}


def test_between_two_voices_is_a_gap_and_not_a_millisecond_less() -> None:
    between = 2 * GAP_MS + WORD_MS
    for room_ms, fits in ((between, True), (between - 1, False)):
        first, last = (
            cue("first", 0, 0, 0, 9),
            cue("last", WORD_MS + room_ms, WORD_MS + room_ms, WORD_MS + room_ms, 9),
        )
        placement = place([first, last, cue("middle", 2000, 1000, WORD_MS + room_ms)], 20_000, measure)
        assert ("middle" in starts(placement)) == fits
        assert [item.cue.sound for item in placement.placed if fits] or placement.dropped
    assert GAP_MS >= 70


def test_speech_is_over_before_the_end_tone() -> None:
    assert starts(place([cue("word", 9000, 0, 10_000)], 10_000, measure)) == {"word": 9000 - AFTER_SPEECH_MS}
    assert place([cue("word", 0, 0, 0)], WORD_MS + AFTER_SPEECH_MS - 1, measure).dropped
    assert place([cue("word", 0, 0, 0)], WORD_MS + AFTER_SPEECH_MS, measure).placed
    assert AFTER_SPEECH_MS >= 40
