"""Timeline in, blocks of samples out.

What comes in: a `Timeline` and a function that gives the `Audio` of a `Sound`. What goes out: the timeline with
every clip's level set (`levels.with_levels`), and mono float32 blocks at 48 kHz (`mix.render_blocks`).
May import `model`, `units`, `errors`, `resources` and itself; numpy and soxr, never scipy (1.8 s to import).

`tone` makes the tones of `audio/tones.yaml` · `segment` is the bridge to pydub · `loudness` measures ·
`levels` decides every clip's gain · `clip` applies it, and limits peaks · `mix` sums clips into blocks.
`profile` presses speech for loud places · `bed` lays `music` (of `track`s) or a `floor` under the blocks.
"""
