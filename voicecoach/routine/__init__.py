"""The reading room: files that people wrote come in, checked `Routine` values go out.

`source` reads text safely · `tree` turns YAML into values that know their line · `documents` declares the language
(every key of `docs/routines.md`) · `read` makes the model's values · `library` finds routines and exercises · `check`
knows the rules of the coaching itself. Problems are values, collected and shown together.
May import `model`, `units`, `errors`, `resources` and itself.
"""
