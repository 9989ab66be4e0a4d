"""Voices of a person's own recordings."""
