"""The files of the model Supertonic 3: which there are, where they lie, and what its licence asks. Nothing heavy is
imported.

All lie in one folder, as in the model's own repository. Bytes and SHA-256 are those of the revision below; several
public lists agree on them, and whatever a server says does not count.
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from voicecoach.reading_files import is_ordinary
from voicecoach.speech.folders import data_folder

REVISION = "724fb5abbf5502583fb520898d45929e62f02c0b"
BASE_URL = f"https://huggingface.co/Supertone/supertonic-3/resolve/{REVISION}"

PINNED: dict[str, tuple[int, str]] = {
    "LICENSE": (15_007, "0d944a9110fed9a9602d60e0423a272903e7bd21ab060490774efc77c2275e9f"),
    "onnx/tts.json": (8_253, "42078d3aef1cd43ab43021f3c54f47d2d75ceb4e75f627f118890128b06a0d09"),
    "onnx/unicode_indexer.json": (277_676, "9bf7346e43883a81f8645c81224f786d43c5b57f3641f6e7671a7d6c493cb24f"),
    "onnx/duration_predictor.onnx": (3_700_147, "c3eb91414d5ff8a7a239b7fe9e34e7e2bf8a8140d8375ffb14718b1c639325db"),
    "onnx/text_encoder.onnx": (36_416_150, "c7befd5ea8c3119769e8a6c1486c4edc6a3bc8365c67621c881bbb774b9902ff"),
    "onnx/vector_estimator.onnx": (256_534_781, "883ac868ea0275ef0e991524dc64f16b3c0376efd7c320af6b53f5b780d7c61c"),
    "onnx/vocoder.onnx": (101_424_195, "085de76dd8e8d5836d6ca66826601f615939218f90e519f70ee8a36ed2a4c4ba"),
    "voice_styles/F1.json": (292_046, "bbdec6ee00231c2c742ad05483df5334cab3b52fda3ba38e6a07059c4563dbc2"),
    "voice_styles/F2.json": (292_423, "7c722c6a72707b1a77f035d67f0d1351ba187738e06f7683e8c72b1df3477fc6"),
    "voice_styles/F3.json": (290_794, "12f6ef2573baa2defa1128069cb59f203e3ab67c92af77b42df8a0e3a2f7c6ab"),
    "voice_styles/F4.json": (291_808, "c2fa764c1225a76dfc3e2c73e8aa4f70d9ee48793860eb34c295fff01c2e032b"),
    "voice_styles/F5.json": (291_479, "45966e73316415626cf41a7d1c6f3b4c70dbc1ba2bee5c1978ef0ce33244fc8d"),
    "voice_styles/M1.json": (291_748, "e35604687f5d23694b8e91593a93eec0e4eca6c0b02bb8ed69139ab2ea6b0a5b"),
    "voice_styles/M2.json": (292_055, "b76cbf62bac707c710cf0ae5aba5e31eea1a6339a9734bfae33ab98499534a50"),
    "voice_styles/M3.json": (290_198, "ea1ac35ccb91b0d7ecad533a2fbd0eec10c91513d8951e3b25fbba99954e159b"),
    "voice_styles/M4.json": (291_522, "ca8eefad4fcd989c9379032ff3e50738adc547eeb5e221b82593a6d7b3bac303"),
    "voice_styles/M5.json": (291_469, "dd22b92740314321f8ae11c5e87f8dd60d060f15dd3a632b5adf77f471f77af2"),
}
"""Path → bytes and SHA-256."""
LAST = "onnx/tts.json"
"""The file that is put in place last: without it the others are no voice."""
STYLES = tuple(Path(path).stem for path in PINNED if path.startswith("voice_styles/"))
SPOKEN_FROM = tuple(path for path in PINNED if path != "LICENSE")

LICENCE = "BigScience Open RAIL-M"
LICENCE_URL = f"{BASE_URL.replace('/resolve/', '/blob/')}/LICENSE"
RESTRICTION = "its licence forbids giving medical advice"
"""What voicecoach comes near: `screening` asks about signs of illness, and heat has cautions."""
USE_RESTRICTIONS = (
    "Not to give medical advice, nor to interpret medical results.",
    "Wherever you put what it says, you tell plainly that a machine made it.",
    "Not to break the law; not to exploit or harm minors; not to spread what is false in order to harm.",
    "Not to spread personal data that could harm someone; not to defame, harass or impersonate anybody.",
    "Not to decide over people's rights automatically, to discriminate, or to exploit anyone's weakness.",
    "Not for courts, police, immigration or asylum.",
    "Whoever uses it through you has to keep to this as well.",
)
"""Paragraph 5 and attachment A of the licence in short. Its own words count."""


def model_folder() -> Path:
    """`$VOICECOACH_DATA_DIR/voices/supertonic-3`, or that in the system's place for a user's data. Not made here."""
    return data_folder() / "voices" / "supertonic-3"


def is_whole(folder: Path) -> bool:
    """Whether all is there that speaks."""
    return all(is_ordinary(folder / path) for path in SPOKEN_FROM)


def has_extra() -> bool:
    """Whether there is what speaks: the packages of the extra `supertonic`."""
    return all(find_spec(module) for module in ("supertonic", "onnxruntime"))
