"""Linux's own library of sound."""

from __future__ import annotations

import contextlib
import ctypes
import sys
from functools import lru_cache


@lru_cache(maxsize=1)
def quiet_alsa() -> None:
    """Keep ALSA from writing 30 lines to the terminal where there is no sound card; the error says enough.

    Its handler is called from any thread and at any time, so it must not be Python: any C function serves that
    reads no arguments and does nothing.
    """
    if sys.platform != "linux":
        return
    with contextlib.suppress(OSError, AttributeError):
        alsa, libc = ctypes.CDLL("libasound.so.2"), ctypes.CDLL(None)
        alsa.snd_lib_error_set_handler(libc.getppid)
