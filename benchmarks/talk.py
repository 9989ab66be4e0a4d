"""How the coach talks: python benchmarks/talk.py [--profile gym] [--level gentle] [--easier] [--voice ID] [ROUTINE…]

For every shipped routine and language, from the timeline that would be heard: words a minute of the talk before each
start, with its pauses; the new words before a start (set-up and instruction); the silence between the last new word
and the start tone. The last line is the worst of all of it, beside what is wanted.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from voicecoach.coach.compiling import compile_routine
from voicecoach.coach.options import Options
from voicecoach.coach.reading import load
from voicecoach.coach.sounds import Sounds
from voicecoach.model import LANGUAGES, LEVELS, Clip, Role, Timeline, Utterance
from voicecoach.render.profile import PROFILES
from voicecoach.resources import shipped

MOST_WORDS_A_MINUTE = {"home": 135, "phone": 135, "gym": 165}
MOST_NEW_WORDS = 25
LEAST_GAP_MS = 2000
_NEW: tuple[Role, ...] = ("setup", "instruction")
_KNOWN = frozenset({"ready", "count-in", "begin", "go", "side"})
"""What is said before a start and tells nothing that must be thought about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """The talk before one start tone."""

    title: str
    is_hold: bool
    words_a_minute: float
    """0 where too little is said to have a pace."""
    new_words: int
    gap_ms: int
    """From the end of the last new word to the start."""


def words(clips: Sequence[Clip]) -> int:
    return sum(len(clip.sound.text.split()) for clip in clips if isinstance(clip.sound, Utterance))


def starts(timeline: Timeline) -> Iterator[Start]:
    """The starts of all exercises before which something is said."""
    spoken = [clip for clip in timeline.clips if isinstance(clip.sound, Utterance)]
    for step in timeline.steps:
        if step.kind != "exercise":
            continue
        before = [clip for clip in spoken if clip.step_index == step.index and clip.end_ms <= step.work_start_ms]
        if not before:
            continue
        minutes = (before[-1].end_ms - before[0].start_ms) / 60_000
        new = [clip for clip in before if clip.role not in _KNOWN]
        yield Start(
            title=step.title,
            is_hold=step.work == "hold",
            words_a_minute=words(before) / minutes if len(before) > 2 else 0,
            new_words=words([clip for clip in before if clip.role in _NEW]),
            gap_ms=step.work_start_ms - new[-1].end_ms if new else step.work_start_ms - step.start_ms,
        )


def measured(path: Path, options: Options, sounds: Sounds) -> list[Start]:
    routine, _ = load(str(path), easier=options.easier)
    return list(starts(compile_routine(routine, options, sounds)))


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("routines", nargs="*", type=Path)
    parser.add_argument("--profile", choices=sorted(PROFILES), default="home")
    parser.add_argument("--level", choices=LEVELS, default="normal")
    parser.add_argument("--easier", action="store_true")
    parser.add_argument("--voice")
    asked = parser.parse_args()
    paths = asked.routines or sorted(shipped("scripts", "routines").glob("*.yaml"))
    every: list[Start] = []
    print(f"{'routine':<22} {'':<3} {'start':<34} {'words/min':>9} {'new words':>9} {'gap':>7}")
    with Sounds() as sounds:
        for path in paths:
            for language in LANGUAGES:
                options = Options(
                    language=language,
                    voice=asked.voice,
                    level=asked.level,
                    profile=asked.profile,
                    easier=asked.easier,
                )
                found = measured(path, options, sounds)
                every += found
                for start in found:
                    pace = f"{start.words_a_minute:.0f}" if start.words_a_minute else "–"
                    title = start.title + " (held)" * start.is_hold
                    gap = f"{start.gap_ms / 1000:.1f} s"
                    print(f"{path.stem:<22} {language:<3} {title:<34} {pace:>9} {start.new_words:>9} {gap:>7}")
    print(_summary(every, asked.profile))


def _summary(every: Sequence[Start], profile: str) -> str:
    if not every:
        return "nothing starts"
    paces = [start.words_a_minute for start in every if start.words_a_minute]
    gaps = [start.gap_ms for start in every if start.is_hold]
    most = MOST_WORDS_A_MINUTE[profile]
    return (
        f"{len(every)} starts ({profile}): at most {max(paces, default=0):.0f} words a minute (wanted {most}), "
        f"{max(start.new_words for start in every)} new words ({MOST_NEW_WORDS}); "
        f"at least {min(gaps, default=0) / 1000:.1f} s before a hold ({LEAST_GAP_MS / 1000:.0f} s)"
    )


if __name__ == "__main__":
    main()
