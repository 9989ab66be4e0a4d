"""The speech room: words go in, sound that is ready for the mix comes out.

In:   `model.Utterance` (exact words, language, voice, pace).
Out:  `model.Audio` (48 kHz, mono, float32, no silence at either end, `onset_ms` filled), `model.SoundLength`,
      `model.Voice`. The door is `speaker.Speaker`.
May import: the ground, `language/` and itself.

    Speaker ─▶ memory ─▶ disk cache ─▶ engine (a folder each) ─▶ resample ─▶ trim ─▶ onset

`engine` says how to add an engine, `voice_choice` who speaks where nobody is named, `processing` what happens to its
raw sound.
"""
