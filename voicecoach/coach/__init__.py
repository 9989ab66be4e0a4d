"""The only room that joins rooms."""
