"""A file that only grows, each record encrypted and on the disk before `append` returns.

    magic | length (4 bytes, big-endian) nonce (12) ciphertext | length nonce ciphertext | …

A record is bound to the file's label and to its place, so none can be moved, left out of the middle or put into another
file. What a power cut left of the last record is cut off when the file is opened: it was never answered for.
"""

from __future__ import annotations

import os
import secrets
import struct
from collections.abc import Iterable
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from dean06.clock.errors import Unavailable

MAGIC = b"dean06h1"
KEY_BYTES = 32
LARGEST = 16 * 1024
_NONCE, _LENGTH = 12, struct.Struct(">I")

__all__ = ["KEY_BYTES", "SealedLog", "key_of"]


class SealedLog:
    """The file; one process has it open at a time, which its caller sees to. `held` is what it held when opened."""

    def __init__(self, path: Path, key: bytes, label: str) -> None:
        self.path = path
        self._cipher = AESGCM(key)
        self._label = label.encode()
        self._handle = self._opened()
        self.held: tuple[bytes, ...] = tuple(self._records())
        self._count = len(self.held)

    def _opened(self) -> int:
        descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600)
        if os.fstat(descriptor).st_size < len(MAGIC):
            os.ftruncate(descriptor, 0)
            os.pwrite(descriptor, MAGIC, 0)
            os.fsync(descriptor)
            _flush(self.path.parent)
        return descriptor

    def _records(self) -> list[bytes]:
        """Return every record, and cut off a last one that was not wholly written."""
        size = os.fstat(self._handle).st_size
        text = os.pread(self._handle, size, 0)
        if not text.startswith(MAGIC):
            raise self._damaged()
        found: list[bytes] = []
        at = len(MAGIC)
        while at < size:
            (length,) = _LENGTH.unpack_from(text, at) if at + _LENGTH.size <= size else (LARGEST,)
            end = at + _LENGTH.size + length
            if end > size:
                if size - at > LARGEST:  # more than any last record can have left
                    raise self._damaged()
                break
            try:
                found.append(self._open(text[at + _LENGTH.size : end], len(found)))
            except InvalidTag:
                if end < size or not found:
                    raise self._damaged() from None
                break
            at = end
        if at < size:
            os.ftruncate(self._handle, at)
            os.fsync(self._handle)
        os.lseek(self._handle, at, os.SEEK_SET)
        return found

    def append(self, record: bytes) -> None:
        """Write one record; when this returns, no power cut takes it away."""
        text = self._sealed(record, self._count)
        if len(text) > LARGEST:
            raise ValueError(len(text))
        while text:
            text = text[os.write(self._handle, text) :]
        os.fsync(self._handle)
        self._count += 1

    def rewrite(self, records: Iterable[bytes]) -> None:
        """Put these records in the place of all others, whole or not at all."""
        draft = self.path.with_name(f"{self.path.name}.part")
        self._count = 0
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
            out.write(MAGIC)
            for record in records:
                out.write(self._sealed(record, self._count))
                self._count += 1
            out.flush()
            os.fsync(out.fileno())
        draft.replace(self.path)
        _flush(self.path.parent)
        os.close(self._handle)
        self._handle = os.open(self.path, os.O_RDWR)
        os.lseek(self._handle, 0, os.SEEK_END)

    def close(self) -> None:
        """Let go of the file."""
        os.close(self._handle)

    def _bound(self, place: int) -> bytes:
        return self._label + place.to_bytes(8, "big")

    def _sealed(self, record: bytes, place: int) -> bytes:
        nonce = secrets.token_bytes(_NONCE)
        text = nonce + self._cipher.encrypt(nonce, record, self._bound(place))
        return _LENGTH.pack(len(text)) + text

    def _open(self, text: bytes, place: int) -> bytes:
        if len(text) < _NONCE:
            raise InvalidTag
        return self._cipher.decrypt(text[:_NONCE], text[_NONCE:], self._bound(place))

    def _damaged(self) -> Unavailable:
        return Unavailable(
            f"Sổ câu trả lời {self.path.parent.name} không mở được: khóa khác hoặc tệp hỏng. Khôi phục khóa và sổ từ"
            " bản sao lưu; hoặc xóa thư mục này, và những người đã hỏi sẽ bị hỏi lại.",
            f"The book of answers {self.path.parent.name} does not open: another key, or a damaged file. Restore both"
            " from a backup; or delete its folder, and those asked about are asked about again.",
        )


def key_of(path: Path) -> bytes:
    """Return the key that a file holds; made now where there is none, and only once."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not path.exists():
        draft = path.with_name(f".{path.name}-{os.getpid()}-{secrets.token_hex(4)}")
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
            out.write(secrets.token_bytes(KEY_BYTES))
            out.flush()
            os.fsync(out.fileno())
        try:
            os.link(draft, path)
        except FileExistsError:
            pass  # another process was first; its key stands
        finally:
            draft.unlink()
        _flush(path.parent)
    key = path.read_bytes()
    if len(key) != KEY_BYTES:
        raise Unavailable(
            f"Khóa {path.name} không đúng cỡ: khôi phục tệp khóa từ bản sao lưu.",
            f"The key {path.name} has another size: restore the file from a backup.",
        )
    return key


def _flush(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
