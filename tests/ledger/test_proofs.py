"""Proofs of single entries: over blocks of the tree, as a file that anybody checks alone, and every way they break."""

from __future__ import annotations

import json

import pytest
from django.db import transaction

from dean06.clock.errors import BadInput
from dean06.ledger import live, proof_file, proving, service
from dean06.ledger.models import Entry
from dean06.ledger.tree import verify_inclusion
from ledger.permits import Permit, Thing

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]

SHA = "ab" * 32
DOCX = "cd" * 32


def record(paper: int, digest: str = SHA, **note) -> int:
    with transaction.atomic():
        return service.append(
            Permit(obj=Thing("paper", str(paper))),
            scope="to-mau",
            kind="paper",
            object_id=str(paper),
            digest=digest,
            note=note,
        )


def test_every_entry_is_proved_whatever_the_size_of_the_log(monkeypatch):
    monkeypatch.setattr(proving, "BLOCK", 4)
    monkeypatch.setattr(proving, "_roots", {})
    for upto in (1, 3, 4, 9, 17):
        while Entry.objects.count() < upto:
            record(Entry.objects.count() + 1)
        service.sequence()
        head = service.newest_head()
        proofs = service.inclusions(Entry.objects.values_list("pk", flat=True), head)
        assert len(proofs) == head.size == upto
        for one in proofs.values():
            path = [bytes.fromhex(node) for node in one.path]
            assert verify_inclusion(
                bytes.fromhex(one.leaf_hash), one.leaf_index, one.size, path, bytes.fromhex(one.root)
            )


def test_an_entry_that_waits_for_its_leaf_has_no_proof_yet():
    assert service.newest_head() is None
    record(1)
    service.sequence()
    waiting = record(2)
    assert service.inclusions([waiting], service.newest_head()) == {}


def test_kept_roots_of_another_past_are_read_again(monkeypatch):
    monkeypatch.setattr(proving, "BLOCK", 2)
    for number in range(1, 6):
        record(number)
    service.sequence()
    head = service.newest_head()
    monkeypatch.setattr(proving, "_roots", {head.origin: [b"\x00" * 32]})
    assert len(service.inclusions([Entry.objects.first().pk], head)) == 1


def proof() -> dict:
    """Return the proof of a paper of two files, as the page hands it out."""
    for number in (7, 8):
        record(number)
    entry = record(9, number=5, symbol="BC-TCTĐA", docx=DOCX)
    service.sequence()
    head = service.newest_head()
    held = service.inclusions([entry], head)[entry]
    return {
        "format": service.PROOF_FORMAT,
        "paper": {"number": "05/BC-TCTĐA", "issued_on": "2022-08-03", "issuer": "Tổ mẫu", "state": "in_force"},
        "files": [
            {"kind": "pdf", "sha256": SHA, "entry": entry},
            {"kind": "docx", "sha256": DOCX, "entry": entry},
        ],
        "origin": head.origin,
        "key": head.key,
        "checkpoint": head.note,
        "entries": [
            {"entry": entry, "body": held.body, "leaf_index": held.leaf_index, "path": list(held.path)},
        ],
    }


def told(kept: dict, files=(), key="") -> list[str]:
    return [one.where for one in proof_file.faults(proof_file.read(json.dumps(kept), "x.json"), files, key=key)]


def test_a_proof_is_checked_alone_and_every_change_of_it_is_found():
    kept = proof()
    entry = kept["entries"][0]
    assert told(kept) == []
    assert told(kept, [("a.pdf", SHA)], key=kept["key"]) == []
    assert told(kept, [("a.pdf", "0" * 64)]) == ["a.pdf"]
    assert told(kept, key="0" * 64) == ["key"]
    changed = kept["checkpoint"].replace("\n3\n", "\n4\n")
    assert told(kept | {"checkpoint": changed}) == ["checkpoint"]
    assert told(kept | {"origin": "dean06/000000000000/main"}) == ["checkpoint"]
    other = entry | {"body": entry["body"].replace(SHA, "0" * 64)}
    assert told(kept | {"entries": [other]}) == [f"entry {entry['entry']}", "pdf"]
    assert told(kept | {"entries": [entry | {"leaf_index": 1}]}) == [f"entry {entry['entry']}"]
    assert told(kept | {"entries": [entry | {"path": ["zz", *entry["path"][1:]]}]}) == [f"entry {entry['entry']}"]
    assert told(kept | {"paper": kept["paper"] | {"number": "06/BC-TCTĐA"}}) == ["paper"]
    assert told(kept | {"files": [kept["files"][0] | {"sha256": "0" * 64}]}) == ["pdf"]
    assert told(kept | {"files": []}) == ["paper"]


def test_a_file_of_proof_is_checked_at_the_terminal(tmp_path):
    path, paper = tmp_path / "bang-chung.json", tmp_path / "a.pdf"
    kept = proof()
    path.write_text(json.dumps(kept))
    paper.write_bytes(b"%PDF-1.7")
    number, faults = live.verify_proof(path, [paper], key=kept["key"])
    assert number == "05/BC-TCTĐA"
    assert [one.where for one in faults] == ["a.pdf"]
    path.write_text('{"format": "x"}')
    with pytest.raises(BadInput, match=r"bang-chung\.json"):
        live.verify_proof(path)
