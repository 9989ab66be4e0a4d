"""What eSpeak NG makes of a text: its phonemes, from the library that speaks."""

from __future__ import annotations

import ctypes
from functools import cache

_VOICES = {"da": "gmq/da", "en": "gmw/en-us"}


def phonemes(text: str, language: str) -> str:
    """In eSpeak's own notation, the clauses separated by a space."""
    library = _library()
    if library.espeak_SetVoiceByName(_VOICES[language].encode()) != 0:
        raise RuntimeError(f"eSpeak has no voice for {language}")
    buffer = ctypes.create_string_buffer(text.encode())
    rest = ctypes.c_void_p(ctypes.addressof(buffer))
    clauses = []
    while rest.value:
        clauses.append(library.espeak_TextToPhonemes(ctypes.byref(rest), 1, 0).decode())
    return " ".join(clauses)


@cache
def _library() -> ctypes.CDLL:
    import espeakng_loader

    library = ctypes.CDLL(espeakng_loader.get_library_path())
    library.espeak_TextToPhonemes.restype = ctypes.c_char_p
    library.espeak_TextToPhonemes.argtypes = [ctypes.c_void_p, ctypes.c_int, ctypes.c_int]
    retrieval, no_exit = 1, 0x8000
    if library.espeak_Initialize(retrieval, 0, espeakng_loader.get_data_path().encode(), no_exit) < 0:
        raise RuntimeError("eSpeak does not start")
    return library
