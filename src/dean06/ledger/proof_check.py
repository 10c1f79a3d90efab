"""The check of a proof that was downloaded, and of files against it: anybody's, without this installation."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

from dean06.clock.errors import BadInput
from dean06.ledger import proof_file
from dean06.ledger.types import Fault

__all__ = ["verify_proof"]


def verify_proof(path: Path, files: Sequence[Path] = (), *, key: str = "") -> tuple[str, list[Fault]]:
    """Check a downloaded proof of a paper, and files against it; returns the paper's number and what is wrong."""
    proof = proof_file.read(_bytes(path).decode(errors="replace"), path.name)
    checked = [(one.name, hashlib.sha256(_bytes(one)).hexdigest()) for one in files]
    return proof.paper.number, proof_file.faults(proof, checked, key=key)


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as problem:
        raise BadInput(
            f"Không đọc được tệp {path}: kiểm tra đường dẫn và quyền đọc.",
            f"The file {path} cannot be read: check its path and permissions.",
        ) from problem
