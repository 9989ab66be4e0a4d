"""The voices of eSpeak NG that speak our languages, the best of each first."""

from __future__ import annotations

from voicecoach.model import Language

# American before British English: a recogniser (PocketSphinx, American, told to expect one of 35 words) misheard 24
# of 210 words of the first and 47 of the second.
ESPEAK_VOICES: tuple[tuple[str, str, Language], ...] = (
    ("gmq/da", "eSpeak Danish", "da"),
    ("gmw/en-us", "eSpeak English (America)", "en"),
    ("gmw/en", "eSpeak English (Great Britain)", "en"),
)
