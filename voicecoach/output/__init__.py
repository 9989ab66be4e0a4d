"""Blocks of samples in, a file out.

What comes in: mono float32 blocks at 48 kHz, and what is known of them (`programme.Programme`). What goes out: a file
in one of `formats.FORMATS`, or an `album` of them, whole or not at all (`files`).

`base`, `formats`, a module a format, `mp3/` · `programme` (what a file says of itself), `vorbis`, `riff_info` (tags),
`cover`, `sidecar` · `marks` tells which files are ours.
"""
