"""The playback room: blocks come in, sound goes out on a device; commands come in, events and snapshots go out."""
