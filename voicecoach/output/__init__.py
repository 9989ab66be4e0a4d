"""Blocks of samples in; sound or a file out.

What comes in: mono float32 blocks at 48 kHz, and what is known of them (`base.Programme`) or a `Timeline` to move
about in. What goes out: a file in one of `formats.FORMATS`, whole or not at all (`files`), or sound (`player`).
May import `model`, `units`, `errors`, `resources` and itself. `device` alone imports the playback library.

`base`, `formats`, `files`, a module a format, `programme` (what a file says of itself), `id3`, `vorbis` (tags),
`cover`, `sidecar`: export · `player`, `feed`, `device`, `watch`: play.
"""
