"""What a person can say to a player."""
