"""Small text files beside the sound, for players that do not look into it: words with their times, and chapters.

`lrc` (music players), `vtt` and `srt` (video players and browsers), `chapters.json` (the podcast namespace's JSON
chapters 1.2). They hold what is spoken, not the tones. To add one: a function here and a line in `SIDECARS`.
"""

from __future__ import annotations

import json
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

from voicecoach.errors import OutputError
from voicecoach.output.marks import mark

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from voicecoach.output.programme import CueText, Programme

_SHOWN_MS = 1500
"""A subtitle stays at least so long, if the next one lets it."""


def lrc(programme: Programme) -> str:
    """`[mm:ss.xx]words`, a line each, under a head that names the programme."""
    length = f"{programme.duration_ms // 60_000:02}:{programme.duration_ms // 1000 % 60:02}"
    head = [
        f"[ti:{_one_line(programme.title)}]", f"[ar:{programme.artist}]", f"[al:{_one_line(programme.album)}]",
        f"[length:{length}]", f"[la:{programme.language}]", f"[re:{mark(programme.routine)}]",
    ]  # fmt: skip
    return "\n".join([*head, *lrc_lines(programme.cues)]) + "\n"


def lrc_lines(cues: Iterable[CueText]) -> Iterator[str]:
    for cue in cues:
        hundredths = cue.start_ms // 10
        yield f"[{hundredths // 6000:02}:{hundredths // 100 % 60:02}.{hundredths % 100:02}]{cue.text}"


def vtt(programme: Programme) -> str:
    """WebVTT."""
    blocks = [
        f"{_time(start, '.')} --> {_time(end, '.')}\n{_escaped(text)}" for start, end, text in _shown(programme)
    ]
    return "\n\n".join(["WEBVTT", f"NOTE {mark(programme.routine)}", *blocks]) + "\n"


def srt(programme: Programme) -> str:
    """SubRip."""
    blocks = [
        f"{number}\n{_time(start, ',')} --> {_time(end, ',')}\n{text}"
        for number, (start, end, text) in enumerate(_shown(programme), 1)
    ]
    return "\n\n".join(blocks) + "\n"


def chapters_json(programme: Programme) -> str:
    """JSON chapters 1.2 of the podcast namespace; times in seconds."""
    content = {
        "version": "1.2.0",
        "generator": mark(programme.routine),
        "title": programme.title,
        "author": programme.artist,
        "chapters": [
            {
                "startTime": chapter.start_ms / 1000,
                "endTime": chapter.end_ms / 1000,
                "title": chapter.title,
                **({"section": chapter.section} if chapter.section else {}),
            }
            for chapter in programme.chapters
        ],
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


SIDECARS: dict[str, Callable[[Programme], str]] = {"lrc": lrc, "vtt": vtt, "srt": srt, "chapters.json": chapters_json}
"""By the ending of the file."""


def sidecar_kinds(text: str) -> tuple[str, ...]:
    """The kinds of `lrc,vtt`, each once. Raises `OutputError` naming one that is not known."""
    kinds = tuple(dict.fromkeys(part.strip().lower().lstrip(".") for part in text.split(",") if part.strip()))
    for kind in kinds:
        if kind not in SIDECARS:
            near = get_close_matches(kind, SIDECARS, n=1)
            hint = f"Did you mean {near[0]}?" if near else f"What there is: {', '.join(SIDECARS)}."
            raise OutputError(f"there is no sidecar “{kind}”", hint=hint)
    return kinds


def sidecars(programme: Programme, audio: Path, kinds: Sequence[str]) -> list[tuple[Path, bytes]]:
    """The files of `kinds` that belong beside `audio`, and what is in them."""
    contents = (SIDECARS[kind](programme).encode() for kind in kinds)
    return list(zip(sidecar_paths(audio, kinds), contents, strict=True))


def sidecar_paths(audio: Path, kinds: Sequence[str]) -> list[Path]:
    return [audio.with_name(f"{audio.stem}.{kind}") for kind in kinds]


def _shown(programme: Programme) -> Iterator[tuple[int, int, str]]:
    """(start, end, text): each long enough to be read, none under the next one."""
    nexts = [cue.start_ms for cue in programme.cues[1:]] + [programme.duration_ms]
    for cue, following_ms in zip(programme.cues, nexts, strict=True):
        end_ms = min(max(cue.end_ms, cue.start_ms + _SHOWN_MS), following_ms)
        yield cue.start_ms, max(end_ms, cue.start_ms + 1), cue.text


def _time(ms: int, point: str) -> str:
    return f"{ms // 3_600_000:02}:{ms // 60_000 % 60:02}:{ms // 1000 % 60:02}{point}{ms % 1000:03}"


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _one_line(text: str) -> str:
    return " ".join(text.split())
