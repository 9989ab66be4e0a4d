"""From the text of a routine to its timeline, with given clip lengths instead of a voice."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path

from voicecoach.coach.options import Options
from voicecoach.coach.planning import plan_routine
from voicecoach.compiler.choice import Choice
from voicecoach.compiler.clips import words
from voicecoach.compiler.fit import fit
from voicecoach.compiler.schedule import schedule
from voicecoach.language import spoken
from voicecoach.model import CueSheet, Exercise, Language, Level, Measure, Routine, Timeline, Tone, Voice
from voicecoach.routine.library import load_library
from voicecoach.routine.read import read_routine

VOICES: dict[Language, Voice] = {
    language: Voice(id=f"fake:{language}", name=language, language=language, quality="basic", licence="none")
    for language in ("da", "en")
}
_FOLDER = tempfile.TemporaryDirectory(prefix="voicecoach-routines-")


@cache
def library() -> dict[str, Exercise]:
    return dict(load_library().exercises)


def routine_of(text: str) -> Routine:
    """The routine of a text that has no problems."""
    path = Path(_FOLDER.name) / "routine.yaml"
    path.write_text(text, encoding="utf-8")
    routine, problems = read_routine(path, library())
    path.unlink()  # to write over a file can wait for the disk
    assert routine is not None, problems
    return routine


def sheet_of(routine: Routine, language: Language = "en", level: Level = "normal") -> CueSheet:
    return plan_routine(routine, Options(language=language, level=level), language, VOICES[language])


def compiled(text: str, measure: Measure, language: Language = "en", level: Level = "normal") -> Timeline:
    return schedule(sheet_of(routine_of(text), language, level), measure)


def fitted(
    routine: Routine,
    target_ms: int,
    measure: Measure,
    language: Language = "en",
    *,
    compiled: list[tuple[object, int, str]] | None = None,
) -> Timeline:
    """`compiled`: filled with what was compiled on the way, each with what the introduction tells."""

    def build(choice: Choice, padding_ms: int, fit_ms: int) -> Timeline:
        if compiled is not None:
            compiled.append((choice, padding_ms, spoken.about(fit_ms, language)))
        options = Options(language=language, fit_ms=fit_ms)
        sheet = plan_routine(routine, options, language, VOICES[language], choice=choice)
        return schedule(sheet, measure, padding_ms=padding_ms)

    return fit(routine, target_ms, build)


def printed(timeline: Timeline) -> str:
    """The timeline for reading and comparing: a line a step, and under it a line a cue, in milliseconds."""
    lines = [f"{timeline.title} ({timeline.language}) {timeline.duration_ms}"]
    for step in timeline.steps:
        what = " ".join(filter(None, (step.kind, step.exercise_id, step.side, f"round {step.round}")))
        work = f" work {step.work_start_ms}-{step.work_end_ms}" * (
            step.kind not in ("intro", "outro", "say", "section")
        )
        stop = " stop" * step.stop
        lines += ["", f"{step.start_ms}-{step.end_ms} {what}: {step.title}{work}{stop}"]
        for clip in timeline.clips:
            if clip.step_index == step.index:
                text = f"({clip.sound.name})" if isinstance(clip.sound, Tone) else words(clip.sound)
                pace = "" if isinstance(clip.sound, Tone) or clip.sound.pace == 1 else f" x{clip.sound.pace:g}"
                span = f"{clip.start_ms}-{clip.end_ms}"
                lines.append(f"  {clip.onset_ms:>8}  {span:<17}  {clip.role:<12}{text}{pace}")
        lines += [
            f"  dropped {item.role}: {item.text} ({item.reason})"
            for item in timeline.dropped
            if item.step_index == step.index
        ]
    lines += [""] * bool(timeline.problems)
    lines += [f"line {item.location.line}: {item.rule}: {item.message} {item.hint}" for item in timeline.problems]
    return "\n".join(lines) + "\n"
