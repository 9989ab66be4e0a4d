"""The command line: words in, calls of `coach` out, and everything that is printed.

`main` finds the command and turns every error into one clear message and an exit code · one file a command ·
`options` are those that several share · `console` prints, `screen` shows what is played · `stopping` ends it as it
should. It uses no stage.
"""
