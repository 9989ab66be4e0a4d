"""The compiler: a `Routine` comes in, a `CueSheet` (planned) and then a `Timeline` (placed) go out.

`expand` performs repeats, sides and ranges · `planner` says what is said in each step, on a `draft`, with a file a
kind of step (`exercise` with `tips`, `counting`, `thermal`, `talk`), and `silence` breaks what is silent for long ·
`place` finds room for the cues of a timed part · `between` makes a rest as long as it is written · `row` pauses
between words · `laying` lays step after step, `schedule` the whole · `estimate` guesses how long words take · `fit`
meets a chosen length. Pure: nothing here speaks, reads a file or knows a clock.
May import the ground, `language/` and itself.
"""
