"""Who speaks by Supertonic: ten voices, of which all or none are here."""

from __future__ import annotations

from voicecoach.advice import do, how_to_get
from voicecoach.model import LANGUAGES, Language, Voice
from voicecoach.speech.supertonic.files import (
    LICENCE,
    PINNED,
    RESTRICTION,
    STYLES,
    has_extra,
    is_whole,
    model_folder,
)

ENGINE = "supertonic"
GET_EXTRA = 'pip install "voicecoach[supertonic]"'
SPOKEN: tuple[Language, ...] = tuple(language for language in LANGUAGES if language in ("da", "en"))
"""Of the 31 languages of the model, those that a coach speaks."""
SIZE_BYTES = sum(size for size, _ in PINNED.values())


def voices() -> tuple[Voice, ...]:
    """See `engine.Engine.voices`: F1 is the one that speaks where only the engine is named."""
    here, extra = is_whole(model_folder()), has_extra()
    how = how_to_get("" if extra else GET_EXTRA, *([] if here else [do("voices add", ENGINE)]))
    return tuple(
        Voice(
            id=f"{ENGINE}:{style}",
            name=f"Supertonic {style}",
            language=SPOKEN[0],
            also=SPOKEN[1:],
            quality="natural",
            licence=LICENCE,
            installed=here and extra,
            how_to_get=how,
            size_mb=0 if here else round(SIZE_BYTES / 1e6),
            restriction=RESTRICTION,
        )
        for style in STYLES
    )
