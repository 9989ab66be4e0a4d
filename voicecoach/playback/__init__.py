"""The playback room: blocks come in, sound goes out on a device."""
