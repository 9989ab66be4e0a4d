"""Natural voices by Piper (the extra `neural`)."""
