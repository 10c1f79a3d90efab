"""A proof that travels as a file: the papers, the entries that name their files, the path to a signed head. Pure.

Whoever has the file and the public key of the log checks it alone: no installation, no network.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from dean06.clock.errors import BadInput
from dean06.ledger.checkpoint import parse
from dean06.ledger.tree import leaf_hash, verify_inclusion
from dean06.ledger.types import Fault

FORMAT = "dean06-proof/1"
HEX = r"^[0-9a-f]{64}$"


class _Closed(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ProvedPaper(_Closed):
    """The paper as the proof names it."""

    number: str
    issued_on: str
    issuer: str
    state: str


class ProvedFile(_Closed):
    """One file of the paper, and the entry that names its checksum."""

    kind: str
    sha256: str = Field(pattern=HEX)
    entry: int


class ProvedEntry(_Closed):
    """An entry with its place in the tree."""

    entry: int
    body: str
    leaf_index: int = Field(ge=0)
    path: tuple[str, ...] = Field(max_length=64)


class ProofFile(_Closed):
    """The whole proof."""

    format: str
    paper: ProvedPaper
    files: tuple[ProvedFile, ...]
    origin: str
    key: str = Field(pattern=HEX)
    checkpoint: str
    entries: tuple[ProvedEntry, ...] = Field(max_length=1000)


def read(text: str, name: str) -> ProofFile:
    """Return a proof from its JSON."""
    try:
        proof = ProofFile.model_validate(json.loads(text))
    except (ValueError, ValidationError) as problem:
        raise BadInput(
            f"{name}: không phải tệp bằng chứng {FORMAT}; hãy tải lại từ trang xác thực.",
            f"{name}: not a {FORMAT} proof; download it again from the page of verification.",
        ) from problem
    if proof.format != FORMAT:
        raise BadInput(f"{name}: phiên bản {proof.format} chưa đọc được.", f"{name}: format {proof.format} unknown.")
    return proof


def faults(proof: ProofFile, checked: Sequence[tuple[str, str]] = (), *, key: str = "") -> list[Fault]:
    """Return what is wrong with a proof, and with files beside it.

    Args:
        proof: the proof.
        checked: name and SHA-256 (hex) of each file that should be one of the paper's.
        key: the public key of the log as published elsewhere (hex); empty: the proof's own is taken.
    """
    found = []
    if key and key.lower() != proof.key:
        found.append(_fault("key", "Khóa công khai khác khóa đã công bố.", "The key is not the one published."))
    public = Ed25519PublicKey.from_public_bytes(bytes.fromhex(proof.key))
    head = parse(proof.checkpoint, public)
    if head is None or head.origin != proof.origin:
        return [*found, _fault("checkpoint", "Mốc ký sai chữ ký.", "The head is not signed by this key.")]
    for entry in proof.entries:
        path = _nodes(entry.path)
        leaf = leaf_hash(entry.body.encode())
        if path is None or not verify_inclusion(leaf, entry.leaf_index, head.size, path, head.root):
            where = f"entry {entry.entry}"
            found.append(_fault(where, "Mục ghi không có trong cây.", "The entry does not stand in the tree."))
    found += _files(proof)
    known = {one.sha256: one.kind for one in proof.files}
    for name, sha256 in checked:
        if sha256 not in known:
            found.append(_fault(name, "Tệp khác mọi tệp của văn bản.", "The file is none of the paper's."))
    return found


def _files(proof: ProofFile) -> list[Fault]:
    """Check that each file is named by the entry that the proof says, an entry on a paper of this number."""
    found = []
    bodies = {entry.entry: _body(entry.body) for entry in proof.entries}
    numbers = {label for body in bodies.values() if (label := _label(body))}
    if not proof.files or numbers != {proof.paper.number}:
        found.append(_fault("paper", "Số, ký hiệu không có trong mục ghi.", "No entry names this number."))
    if len({_object(body) for body in bodies.values()}) > 1:
        found.append(_fault("entries", "Các mục ghi nói về văn bản khác nhau.", "The entries speak of several papers."))
    found += [
        _fault(one.kind, "Mục ghi không nêu mã của tệp.", "The entry does not name the file.")
        for one in proof.files
        if one.sha256 not in checksums(bodies.get(one.entry, {}))
    ]
    return found


def checksums(body: Mapping[str, object]) -> set[str]:
    """Return the checksums that an entry names: of the object after the act, and in its note."""
    thing, note = body.get("object"), body.get("note")
    named = {str(thing.get("digest"))} if isinstance(thing, Mapping) else set()
    return named | ({str(value) for value in note.values()} if isinstance(note, Mapping) else set())


def _object(body: Mapping[str, object]) -> str:
    thing = body.get("object")
    return f"{thing.get('kind')} {thing.get('id')}" if isinstance(thing, Mapping) else ""


def _label(body: Mapping[str, object]) -> str:
    note = body.get("note")
    if not isinstance(note, Mapping) or not isinstance(note.get("number"), int):
        return ""
    return f"{note['number']:02d}/{note.get('symbol')}"


def _body(text: str) -> dict[str, object]:
    try:
        body = json.loads(text)
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}


def _nodes(path: Sequence[str]) -> list[bytes] | None:
    try:
        return [bytes.fromhex(node) for node in path]
    except ValueError:
        return None


def _fault(where: str, vi: str, en: str) -> Fault:
    return Fault(where=where, vi=vi, en=en)
