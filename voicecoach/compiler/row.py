"""Words one after another, with the silence between them that a listener needs.

A pause is as long as what was said asks for: longest after something to do. Then the whole row is slowed by its
pauses until it has no more words a minute than the manner allows. Utterances are a whole number of the grid apart, so
that the same words in another round are the same samples to an encoder.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from voicecoach.model import ROLES, Cue, Manner, Measure, SoundLength, Tone

GRID_MS = 24
"""Steps begin on this grid, and utterances in a row a whole number of it apart, so that the same words in another
round are the same samples to an encoder, at the same phase of its frames (1152 samples at 48 kHz), and are encoded
once. What has a length of its own, a rest or a get-ready time, keeps it."""

QUESTION_MS = 3000
"""The silence after a question, so that it can be answered."""
PAUSE_WITHIN_MS = 500
"""The silence before what belongs to the utterance before it: the place and the length of an exercise to its name.
Much less, and an encoder would hear them as one sound, new in every round (`output.splice.GAP_MS`)."""
JOINED_MS = 90
"""The silence before what goes on with a sentence."""
TONE_MS = 300
"""The silence after a tone."""


def on_grid(ms: int) -> int:
    """The next place on the grid."""
    return -(-ms // GRID_MS) * GRID_MS


def in_a_row(cues: Sequence[Cue], measure: Measure, manner: Manner) -> list[tuple[int, SoundLength]]:
    """For each of the cues, where it begins after the beginning of the first, and how long it is."""
    lengths = [measure(cue.sound) for cue in cues]
    pauses = [_pause_between(before, after, manner) for before, after in pairwise(cues)]
    pauses = _slowed(pauses, cues, lengths, manner)
    at_ms = 0
    row = []
    for index, length in enumerate(lengths):
        row.append((at_ms, length))
        at_ms += on_grid(length.duration_ms + pauses[index]) if index < len(pauses) else 0
    return row


def _slowed(pauses: list[int], cues: Sequence[Cue], lengths: Sequence[SoundLength], manner: Manner) -> list[int]:
    """The pauses, lengthened alike, so that from the first word to the last nobody talks too quickly."""
    texts = [cue.sound.text for cue in cues if not isinstance(cue.sound, Tone)]
    first = next((index for index, cue in enumerate(cues) if not isinstance(cue.sound, Tone)), len(cues))
    joined = [cue.joined for cue in cues[1:]]
    between = len(pauses) - first - sum(joined[first:])
    if between < 1:
        return pauses
    said_ms = sum(length.duration_ms for length in lengths[first:]) + sum(pauses[first:])
    words = sum(len(text.split()) for text in texts)
    slower_ms = -(-max(0, words * 60_000 // manner.words_a_minute - said_ms) // between)
    return [
        *pauses[:first],
        *(pause + slower_ms * (not goes_on) for pause, goes_on in zip(pauses[first:], joined[first:], strict=True)),
    ]


def pause_after(cue: Cue, manner: Manner) -> int:
    """The silence that a cue asks for after it, whatever follows."""
    if isinstance(cue.sound, Tone):
        return TONE_MS
    role_ms = ROLES[cue.role].pause_ms
    if cue.sound.text.rstrip().endswith("?"):
        role_ms = max(role_ms, QUESTION_MS)
    return max(round(role_ms * manner.pauses), cue.pause_ms)


def _pause_between(before: Cue, after: Cue, manner: Manner) -> int:
    if after.joined:
        return JOINED_MS
    if ROLES[after.role].belongs_to_the_one_before:
        return round(PAUSE_WITHIN_MS * manner.pauses)
    return pause_after(before, manner)
