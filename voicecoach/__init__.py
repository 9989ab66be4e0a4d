"""voicecoach: a coach that you hear. See ARCHITECTURE.md for the rooms and the way of the data."""

from voicecoach.no_telemetry import switch_off

__version__ = "0.1.0"

switch_off()
