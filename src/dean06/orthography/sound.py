"""A sound key: spellings that one region or another pronounces alike share it.

It is a key for gathering candidates beside a birth date, never a reason to call two names one: Lam and Nam meet here.
"""

from __future__ import annotations

# Applied in order at the start of each syllable of a folded text; y and i are one sound anywhere.
ONSETS = (
    (" ngh", " ng"),
    (" gh", " g"),
    (" gi", " d"),
    (" r", " d"),
    (" tr", " ch"),
    (" x", " s"),
    (" l", " n"),
    ("y", "i"),
    (" k", " c"),
    (" qu", " cu"),
)


def phonetic_key(folded: str) -> str:
    """Return the sound of a folded text, syllable by syllable."""
    sound = " " + folded
    for written, heard in ONSETS:
        sound = sound.replace(written, heard)
    return sound[1:]
