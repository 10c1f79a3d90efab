"""The log's signing key and the installation's commitment key; files of their own, never in the database."""

from __future__ import annotations

import os
import secrets
import threading
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

from dean06.ledger.errors import LedgerStopped


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyFiles:
    """Where the keys of an installation lie."""

    home: Path

    @property
    def private(self) -> Path:
        return self.home / "keys" / "ledger.key"

    @property
    def public(self) -> Path:
        return self.home / "keys" / "ledger.pub"

    @property
    def origin(self) -> Path:
        return self.home / "keys" / "ledger.origin"

    @property
    def last_checkpoint(self) -> Path:
        return self.home / "keys" / "ledger.checkpoint"

    @property
    def commitment(self) -> Path:
        return self.home / "keys" / "commitment.key"

    def missing(self) -> tuple[Path, ...]:
        """Return the key files that are not there; all of them before the first entry, none afterwards."""
        return tuple(path for path in (self.commitment, self.origin, self.private, self.public) if not path.exists())


def make(files: KeyFiles) -> None:
    """Make the keys of a new log, the public one last; what is there already stays."""
    commitment_key(files)
    origin(files)
    signing_key(files)


def keep_once(path: Path, content: bytes) -> None:
    """Write a key file only if it is not there; two processes that start together keep one and the same."""
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_name(f"{path.name}.{os.getpid()}-{threading.get_ident()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as handle:
        handle.write(content)
        handle.flush()
        os.fsync(handle.fileno())
    try:
        os.link(draft, path)
    except FileExistsError:  # another process was first; its key stands
        return
    finally:
        draft.unlink()


def _write_once(path: Path, content: bytes) -> bytes:
    """Write a file only if it is not there, and return what is there."""
    keep_once(path, content)
    return path.read_bytes()


def signing_key(files: KeyFiles) -> Ed25519PrivateKey:
    """Return the log's key, made on first use; a key that was lost is never replaced, as nobody could tell the two."""
    if files.public.exists() and not files.private.exists():
        raise LedgerStopped(
            f"Mất khóa ký {files.private}: khôi phục tệp từ bản sao lưu; sổ ghi không ký tiếp bằng khóa khác.",
            f"The signing key {files.private} is lost: restore it from a backup; the log takes no other key.",
        )
    fresh = Ed25519PrivateKey.generate()
    pem = _write_once(files.private, fresh.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    try:
        key = load_pem_private_key(pem, password=None)
    except ValueError:
        key = None
    if not isinstance(key, Ed25519PrivateKey):
        raise LedgerStopped(
            f"Tệp khóa {files.private.name} không phải khóa Ed25519: khôi phục tệp từ bản sao lưu.",
            f"The key file {files.private.name} is no Ed25519 key: restore it from a backup.",
        )
    shown = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    if _write_once(files.public, shown) != shown:
        raise LedgerStopped(
            f"Khóa ký {files.private.name} và khóa công khai {files.public.name} không cùng cặp: khôi phục cả hai.",
            f"The signing key {files.private.name} and {files.public.name} are no pair: restore both from a backup.",
        )
    return key


def public_key(files: KeyFiles) -> Ed25519PublicKey:
    """Return the log's public key; needs no secret."""
    try:
        key = load_pem_public_key(files.public.read_bytes())
    except (OSError, ValueError) as problem:
        raise LedgerStopped(
            f"Không đọc được khóa công khai {files.public}: kiểm tra DEAN06_HOME hoặc khôi phục tệp.",
            f"The public key {files.public} cannot be read: check DEAN06_HOME or restore the file.",
        ) from problem
    if not isinstance(key, Ed25519PublicKey):
        raise LedgerStopped(f"{files.public} không phải khóa Ed25519.", f"{files.public} is no Ed25519 key.")
    return key


def kept_origin(files: KeyFiles) -> str:
    """Return the name of a log that exists already; a checker makes nothing."""
    try:
        return files.origin.read_text(encoding="utf-8")
    except (OSError, ValueError) as problem:
        raise LedgerStopped(
            f"Không đọc được tên sổ ghi ở {files.origin}: kiểm tra DEAN06_HOME hoặc khôi phục tệp.",
            f"The name of the log at {files.origin} cannot be read: check DEAN06_HOME or restore the file.",
        ) from problem


def kept_checkpoint(files: KeyFiles) -> str | None:
    """Return the newest signed head kept outside the store, or None where none was kept yet."""
    try:
        return files.last_checkpoint.read_bytes().decode(errors="replace")
    except FileNotFoundError:
        return None


def origin(files: KeyFiles) -> str:
    """Return the name of this log, made on first use: it tells two installations apart."""
    return _write_once(files.origin, f"dean06/{secrets.token_hex(6)}/main".encode()).decode()


def commitment_key(files: KeyFiles) -> bytes:
    """Return the key under which values of people are committed to; a new one would make every finding a new one."""
    if files.public.exists() and not files.commitment.exists():
        raise LedgerStopped(
            f"Mất khóa cam kết {files.commitment}: khôi phục tệp từ bản sao lưu rồi làm lại.",
            f"The commitment key {files.commitment} is lost: restore it from a backup and try again.",
        )
    return _write_once(files.commitment, secrets.token_bytes(32))
