"""What a file is called: words of its own for the routine, the level, the length and the place, so that two exports
are told apart in any player.

Like `exporting`, which uses it, this joins stages.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from voicecoach.language.phrasebook import phrasebook
from voicecoach.language.wording import iso_639_2
from voicecoach.units import format_duration

if TYPE_CHECKING:
    from voicecoach.coach.exporting import FileOptions
    from voicecoach.coach.pipeline import Options, Sounds
    from voicecoach.model import Language, Phase, Timeline
    from voicecoach.output.programme import Programme

_MINUTE_MS = 60_000


def named(programme: Programme, timeline: Timeline, options: Options, file: FileOptions, sounds: Sounds) -> Programme:
    """`programme` with its title (“Back cool-down · 25 min · gentle · phone”), with who speaks, with the phase as its
    album, and what the routine says about itself as its comment."""
    about = file.about.get(timeline.language) if file.about else None
    return replace(
        programme,
        title=" · ".join([timeline.title, length(timeline.duration_ms), *_variant(timeline.language, options)]),
        artist=_artist(programme.artist, timeline.voice, sounds),
        album=phase_words(timeline.language, file.phase) if file.phase else programme.album,
        comment=" ".join((about or "").split()),
        language_iso_639_2=iso_639_2(timeline.language),
    )


def phase_words(language: Language, phase: Phase) -> str:
    return phrasebook(language).say(f"phase-{phase}")


def length(duration_ms: int) -> str:
    """In whole minutes."""
    return format_duration(max(1, round(duration_ms / _MINUTE_MS)) * _MINUTE_MS)


def _variant(language: Language, options: Options) -> list[str]:
    """What was chosen of all that can be made of one routine."""
    phrases = phrasebook(language).phrases
    easier = [phrases["easier"]] if options.easier else []
    return [phrases[f"level-{options.level}"], *easier, phrases[f"place-{options.profile}"]]


def _artist(program: str, voice_id: str, sounds: Sounds) -> str:
    voice = sounds.speaker.named(voice_id)
    return f"{program} · {voice.name}" if voice else program
