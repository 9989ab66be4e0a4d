"""A routine and what was chosen → a cue sheet: all that is said, in which step and in what order."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from voicecoach.advice import Advice, Option, do
from voicecoach.coach.options import Options
from voicecoach.coach.profiled import in_profile
from voicecoach.coach.progress import timed
from voicecoach.coach.sounds import Sounds
from voicecoach.coach.voices import choose_voice
from voicecoach.compiler.choice import LEVEL_CHOICES, Choice
from voicecoach.compiler.estimate import estimate
from voicecoach.compiler.expand import expand
from voicecoach.compiler.planner import plan
from voicecoach.compiler.schedule import schedule
from voicecoach.compiler.talk import USUAL_MS
from voicecoach.compiler.variables import filled
from voicecoach.errors import NotRecordedError, RoutineError, UnspeakableError
from voicecoach.model import CueSheet, Language, Level, Problem, Routine, Utterance, Voice
from voicecoach.speech.recordings.lines import recorded_only


def plan_routine(
    routine: Routine,
    options: Options,
    language: Language,
    voice: Voice,
    choice: Choice | None = None,
    pace: float = 1.0,
) -> CueSheet:
    """The cue sheet. The total time that the introduction tells is estimated from the words alone."""
    with timed("plan"):
        routine = filled(routine, options.vars, language)
        performed = expand(routine, choice or LEVEL_CHOICES[options.level])

        def length_ms(sheet: CueSheet) -> int:
            return options.fit_ms or schedule(sheet, estimate).duration_ms

        return plan(routine, performed, language=language, voice=voice.id, length_ms=length_ms, pace=pace)


def plan_cues(routine: Routine, options: Options, sounds: Sounds, choice: Choice | None = None) -> CueSheet:
    """The cue sheet in the voice that was chosen, in the words of the profile. Nothing is spoken.

    Raises what `choose_voice` raises, `RoutineError` for texts that are missing in the language, `NotRecordedError`.
    """
    language, voice = choose_voice(routine, options, sounds)
    own = voice.quality == "own"  # has the one pace in which it was recorded
    pace = 1.0 if own else options.pace or sounds.config.speaking(language).pace
    sheet = in_profile(plan_routine(routine, options, language, voice, choice, pace), options)
    return _recorded(sheet, routine, sounds) if own else sheet


def estimated_ms(routine: Routine, language: Language, level: Level = "normal") -> int:
    """How long a routine lasts, about: no voice is asked."""
    performed = expand(routine, LEVEL_CHOICES[level])
    sheet = plan(routine, performed, language=language, voice="", length_ms=lambda sheet: USUAL_MS)
    return schedule(sheet, estimate).duration_ms


@contextlib.contextmanager
def told_at_its_line(sheet: CueSheet) -> Iterator[None]:
    """A text that no voice can say becomes a problem of the routine, at the line where it stands."""
    try:
        yield
    except UnspeakableError as error:
        cues = (cue for cue in sheet.cues if isinstance(cue.sound, Utterance) and cue.sound.text == error.text)
        location = next((cue.location for cue in cues), None)
        if location is None:
            raise
        problem = Problem(
            rule="unspeakable", severity="error", message=error.message, location=location, hint=error.hint
        )
        raise RoutineError([problem]) from error


def _recorded(sheet: CueSheet, routine: Routine, sounds: Sounds) -> CueSheet:
    """What was recorded of the cue sheet. Raises `NotRecordedError` with every line that is missing."""
    sheet, missing = recorded_only(sheet, sounds.speaker.gap)
    if missing:
        path = routine.location.path
        name = routine.id if str(sounds.places.routine_files().get(routine.id)) == path else path
        count = "1 line is" if len(missing) == 1 else f"{len(missing)} lines are"
        lines = "".join(f"\n  “{text}” ({why})" for text, why in missing.items())
        hint = Advice("List what to record: ", do("record-list", name, Option("voice", str(sheet.voice))))
        raise NotRecordedError(f"{count} missing in {sheet.voice}:{lines}", hint=hint)
    return sheet
