"""Chooses who speaks."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence

from voicecoach.advice import Advice, do
from voicecoach.errors import MissingError, NotFoundError
from voicecoach.language.wording import name_in_english
from voicecoach.model import Language, Quality, Voice

_BEST_FIRST: tuple[Quality, ...] = ("own", "natural", "good", "basic")
_LIST_THEM = Advice("List the voices: ", do("voices"))


def choose_voice(voices: Sequence[Voice], language: Language, wanted: str | None) -> Voice:
    """See `speaker.Speaker.voice_for`. Unnamed, none speaks that its licence restricts."""
    if wanted is None:
        return _best([voice for voice in voices if not voice.restriction], language, "")
    if wanted in {_engine_of(voice) for voice in voices}:
        return _best([voice for voice in voices if _engine_of(voice) == wanted], language, f" by {wanted}")
    voice = find_voice(voices, wanted)
    if voice is None:
        near = difflib.get_close_matches(wanted, [voice.id for voice in voices], n=1, cutoff=0.5)
        raise NotFoundError(f"there is no voice “{wanted}”", hint=f"Did you mean {near[0]}?" if near else _LIST_THEM)
    if not voice.speaks(language):
        spoken = " and ".join(map(name_in_english, voice.languages))
        raise NotFoundError(
            f"the voice {voice.id} speaks {spoken}, not {name_in_english(language)}", hint=_others(voices, language)
        )
    if not voice.installed:
        raise MissingError(f"the voice {voice.id} is not installed", hint=_how_to_get(voice))
    return voice


def find_voice(voices: Iterable[Voice], wanted: str) -> Voice | None:
    """The voice of an id, of its part after the colon, or of the name that it is called by (“joe”), where only one is
    called that."""
    voices = list(voices)
    if exact := [voice for voice in voices if wanted in (voice.id, voice.id.partition(":")[2])]:
        return exact[0]
    called = [voice for voice in voices if voice.name.partition(" ")[0].casefold() == wanted.casefold()]
    return called[0] if len(called) == 1 else None


def natural_voice(voices: Iterable[Voice], language: Language) -> Voice | None:
    """The natural voice to get for a language that only a plain one speaks here."""
    fit = (voice for voice in voices if voice.speaks(language) and not voice.restriction and not voice.installed)
    return next((voice for voice in fit if voice.quality == "natural"), None)


def _best(voices: Sequence[Voice], language: Language, by: str) -> Voice:
    speakers = sorted(
        (voice for voice in voices if voice.speaks(language)), key=lambda voice: _BEST_FIRST.index(voice.quality)
    )
    installed = [voice for voice in speakers if voice.installed]
    if installed:
        return installed[0]  # sorting kept the engine's own order among equals
    hint = _how_to_get(speakers[-1]) if speakers else _LIST_THEM  # the plainest one is the easiest to get
    raise MissingError(f"no voice here speaks {name_in_english(language)}{by}", hint=hint)


def _others(voices: Iterable[Voice], language: Language) -> str:
    ids = [voice.id for voice in voices if voice.speaks(language) and voice.installed]
    return f"{name_in_english(language)} is spoken by {', '.join(ids)}" if ids else _LIST_THEM


def _how_to_get(voice: Voice) -> str:
    return Advice("Get it: ", voice.how_to_get) if voice.how_to_get else _LIST_THEM


def _engine_of(voice: Voice) -> str:
    return voice.id.partition(":")[0]
