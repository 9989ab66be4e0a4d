"""Chooses who speaks."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence

from voicecoach.advice import Advice, do
from voicecoach.errors import MissingError, NotFoundError
from voicecoach.language.wording import name_in_english
from voicecoach.model import Language, Quality, Voice

_BEST_FIRST: tuple[Quality, ...] = ("natural", "good", "basic", "own")
"""A person's own recordings come last: they speak only where they were chosen."""
_LIST_THEM = Advice("List the voices: ", do("voices"))


def choose_voice(voices: Sequence[Voice], language: Language, wanted: str | None) -> Voice:
    """See `speaker.Speaker.voice_for`."""
    if wanted is None:
        return _best([voice for voice in voices if voice.quality != "own"], language, "")
    if wanted in {_engine_of(voice) for voice in voices}:
        return _best([voice for voice in voices if _engine_of(voice) == wanted], language, f" by {wanted}")
    voice = _find(voices, wanted)
    if voice.language != language:
        raise NotFoundError(
            f"the voice {voice.id} speaks {name_in_english(voice.language)}, not {name_in_english(language)}",
            hint=_others(voices, language),
        )
    if not voice.installed:
        raise MissingError(f"the voice {voice.id} is not installed", hint=_how_to_get(voice))
    return voice


def _best(voices: Sequence[Voice], language: Language, by: str) -> Voice:
    speakers = sorted(
        (voice for voice in voices if voice.language == language), key=lambda voice: _BEST_FIRST.index(voice.quality)
    )
    installed = [voice for voice in speakers if voice.installed]
    if installed:
        return installed[0]  # sorting kept the engine's own order among equals
    hint = _how_to_get(speakers[-1]) if speakers else _LIST_THEM  # the plainest one is the easiest to get
    raise MissingError(f"no voice here speaks {name_in_english(language)}{by}", hint=hint)


def _find(voices: Sequence[Voice], wanted: str) -> Voice:
    for voice in voices:
        if wanted in (voice.id, voice.id.partition(":")[2]):
            return voice
    near = difflib.get_close_matches(wanted, [voice.id for voice in voices], n=1, cutoff=0.5)
    hint = f"Did you mean {near[0]}?" if near else _LIST_THEM
    raise NotFoundError(f"there is no voice “{wanted}”", hint=hint)


def _others(voices: Iterable[Voice], language: Language) -> str:
    ids = [voice.id for voice in voices if voice.language == language and voice.installed]
    return f"{name_in_english(language)} is spoken by {', '.join(ids)}" if ids else _LIST_THEM


def _how_to_get(voice: Voice) -> str:
    return Advice("Get it: ", voice.how_to_get) if voice.how_to_get else _LIST_THEM


def _engine_of(voice: Voice) -> str:
    return voice.id.partition(":")[0]
