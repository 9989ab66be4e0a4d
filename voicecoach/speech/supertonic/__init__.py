"""The Supertonic engine: ten natural voices, each of which speaks Danish and English."""
