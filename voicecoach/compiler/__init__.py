"""The compiler: a `Routine` comes in, a `CueSheet` (planned) and then a `Timeline` (placed) go out.

`expand` performs repeats, sides and ranges · `planner` says what is said in each step, on a `draft`, with a file a
kind of step (`exercise` with `tips`, `counting`, `thermal`, `talk`), and `silence` breaks what is silent for long ·
`roles` orders what matters most · `place` finds room for the cues of a timed part · `row` pauses between words ·
`schedule` puts the steps one after another · `estimate` guesses how long words take · `fit` meets a chosen length.
Pure: nothing here speaks, reads a file or knows a clock.
May import `model`, `units`, `errors`, `wording` and itself.
"""
