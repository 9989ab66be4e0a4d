"""The language of the person at the terminal, as their system says it."""

from __future__ import annotations

import locale
import os

from voicecoach.model import LANGUAGES, Language


def locale_language() -> Language | None:
    """That of `LC_ALL`, `LC_MESSAGES` or `LANG`, the first that is set; `None` if it is none of ours."""
    set_ = next((value for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (value := os.environ.get(name))), None)
    tag = (set_ or locale.getlocale()[0] or "").lower()  # Windows says “Danish_Denmark”, and only to `locale`
    return next((language for language in LANGUAGES if tag[:2] == language and not tag[2:3].isalnum()), None) or (
        {"danish": "da", "english": "en"}.get(tag.partition("_")[0])
    )
