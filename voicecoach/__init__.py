"""voicecoach: a coach that you hear. See ARCHITECTURE.md for the rooms and the way of the data."""

__version__ = "0.1.0"
