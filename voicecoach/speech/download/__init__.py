"""Voices that are downloaded: the index, the transfer, and what became of it."""
