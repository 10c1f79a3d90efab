"""Signed notes: what was signed reads back, and no changed byte does."""

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from dean06.ledger.checkpoint import Checkpoint, parse, sign

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
HEAD = Checkpoint(origin="dean06/test/main", size=42, root=bytes(32))
NOTE = sign(HEAD, KEY)


def test_a_note_reads_back():
    assert parse(NOTE, KEY.public_key()) == HEAD


def test_another_key_is_not_believed():
    assert parse(NOTE, Ed25519PrivateKey.generate().public_key()) is None


@pytest.mark.parametrize("position", range(len(NOTE)))
def test_every_changed_character_is_noticed(position):
    changed = NOTE[:position] + ("x" if NOTE[position] != "x" else "y") + NOTE[position + 1 :]
    assert parse(changed, KEY.public_key()) is None


@pytest.mark.parametrize("note", ["", "\n\n", "a\n1\nAA==\n\n", "a\nb\n!!\n\n— a AA==\n", NOTE[:-1]])
def test_malformed_notes_are_no_notes(note):
    assert parse(note, KEY.public_key()) is None
