"""What a person can say to a player: keys and lines, each of which becomes a `Command` of `playback/commands.py`.

`keyboard` hears single keys of a terminal, `key_codes` knows what it sends for each, `key_commands` what each does ·
`lines` reads commands of a file or a pipe · `answers` hears what a person says to a question, by key or line.
"""
