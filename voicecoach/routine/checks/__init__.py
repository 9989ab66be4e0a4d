"""The rules by families: heat and cold, what is held, the parts of a session, sides and rests, and the texts."""
