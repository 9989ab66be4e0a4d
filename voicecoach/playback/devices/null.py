"""No sound card at all, in real time."""

from __future__ import annotations

from voicecoach.playback.devices.miniaudio import MiniaudioDevice


class NullDevice(MiniaudioDevice):
    """Miniaudio's null backend: it takes frames as a sound card does, and nobody hears them."""

    silent = True
