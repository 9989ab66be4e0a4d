"""The language of the person at the terminal, as their system says it."""

from __future__ import annotations

import locale
import os
import re

from voicecoach.model import LANGUAGES, Language


def locale_language() -> Language | None:
    """That of `LC_ALL`, `LC_MESSAGES` or `LANG`, the first that is set; `None` if it is none of ours."""
    set_ = next((value for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (value := os.environ.get(name))), None)
    tag = (set_ or locale.getlocale()[0] or "").lower()  # Windows says “Danish_Denmark”, and only to `locale`
    first = re.split(r"[^a-z]", tag)[0]
    code = locale.normalize(first).partition("_")[0]  # which knows the names of languages too
    return code if code in LANGUAGES else None
