"""What a person can say to a player: keys and lines, each of which becomes a `Command` of `playback/commands.py`."""
