"""The timeline as data: the object of `show --json`, whose keys are fixed (docs/routines.md)."""

from __future__ import annotations

from typing import Any

from voicecoach.compiler.clips import words
from voicecoach.model import Timeline, Tone

SCHEMA = 1


def as_json(timeline: Timeline) -> dict[str, Any]:
    """Times are whole milliseconds from the start of the programme."""
    return {
        "schema": SCHEMA,
        "routine": timeline.routine_id,
        "title": timeline.title,
        "language": timeline.language,
        "voice": timeline.voice,
        "duration_ms": timeline.duration_ms,
        "steps": [
            {
                "index": step.index,
                "kind": step.kind,
                "exercise": step.exercise_id,
                "title": step.title,
                "side": step.side,
                "round": step.round,
                "set": step.set,
                "sets": step.sets,
                "work": step.work,
                "waits": step.waits,
                "note": step.planned.note or None,
                "start_ms": step.start_ms,
                "end_ms": step.end_ms,
                "work_start_ms": step.work_start_ms,
                "work_end_ms": step.work_end_ms,
                "line": step.location.line,
            }
            for step in timeline.steps
        ],
        "cues": [
            {
                "start_ms": clip.start_ms,
                "end_ms": clip.end_ms,
                "onset_ms": clip.onset_ms,
                "kind": "tone" if isinstance(clip.sound, Tone) else "speech",
                "role": clip.role,
                "text": words(clip.sound),
                "step": clip.step_index,
                "line": clip.location.line,
            }
            for clip in timeline.clips
        ],
        "chapters": [
            {
                "title": chapter.title,
                "section": chapter.section,
                "start_ms": chapter.start_ms,
                "end_ms": chapter.end_ms,
            }
            for chapter in timeline.chapters
        ],
        "dropped": [
            {"role": dropped.role, "text": dropped.text, "step": dropped.step_index, "reason": dropped.reason}
            for dropped in timeline.dropped
        ],
    }
