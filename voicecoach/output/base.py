"""What every file format takes.

To add a format:
1. Write `output/<name>.py` with a class that has `suffix` and `write`, as `Format` below says.
2. Pull the blocks once, in order, and hold no more than a few: a programme may last for hours.
3. Write `programme.duration_ms` exactly, and the same bytes for the same blocks.
4. Add one line to `FORMATS` in `output/formats.py`; the contract test in `tests/output/test_formats.py` finds it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO, Protocol

from voicecoach.model import Utterance

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy as np
    from numpy.typing import NDArray

    from voicecoach.model import Chapter, Language, Timeline

_ISO_639_2 = {"da": "dan", "en": "eng"}


@dataclass(frozen=True, slots=True, kw_only=True)
class CueText:
    """Words, and when they are heard: for lyrics."""

    start_ms: int
    end_ms: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Programme:
    """What a file says of itself beside its sound."""

    title: str
    language: Language
    duration_ms: int
    chapters: tuple[Chapter, ...] = ()
    """In the order of their starts."""
    cues: tuple[CueText, ...] = ()
    """In the order of their starts."""
    artist: str = "voicecoach"
    album: str = "voicecoach"

    @property
    def language_iso_639_2(self) -> str:
        """`dan` or `eng`, as ID3 wants it."""
        return _ISO_639_2[self.language]


class Format(Protocol):
    """A file format."""

    @property
    def suffix(self) -> str:
        """The ending of its files: `.mp3`."""

    def write(self, blocks: Iterable[NDArray[np.float32]], programme: Programme, file: BinaryIO) -> None:
        """Write all of `blocks` (mono float32 at 48 kHz) to `file`, which is empty and can seek.

        The blocks hold exactly `programme.duration_ms`.
        """


def programme_of(timeline: Timeline) -> Programme:
    """What `timeline` says of itself."""
    cues = (
        CueText(start_ms=clip.start_ms, end_ms=clip.end_ms, text=clip.sound.text)
        for clip in timeline.clips
        if isinstance(clip.sound, Utterance)
    )
    return Programme(
        title=timeline.title,
        language=timeline.language,
        duration_ms=timeline.duration_ms,
        chapters=timeline.chapters,
        cues=tuple(cues),
    )
