"""MP3 files, laid out of frames that were encoded before."""
