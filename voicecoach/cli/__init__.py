"""The command line: words in, calls of `coach` out, and everything that is printed.

`main` finds the command and turns every error into one clear message and an exit code · one file a command ·
`options` are those that several share · `console` prints · `keys` reads single keys. May import
`coach`, `control`, `model`, `errors` and `units`, and no stage.
"""
