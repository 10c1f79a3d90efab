"""The spool of one pull in the vault: pieces, each written whole; what is there when the power goes is what was taken.

A piece is one file: a line that says what it is, its rows as JSON lines, or its bytes. It is written beside, flushed
and renamed, so it is there whole or not at all. Numbers give the order; the last file says that all are there.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from dean06.clock.errors import BadInput, Unavailable
from dean06.sources.connectors.types import Piece
from dean06.sources.keeping import private

KEY = re.compile(r"[A-Za-z0-9_.:-]{1,80}")
PIECE, WHOLE, PART = ".manh", "du.json", ".part"
_BLOCK = 1 << 20

__all__ = ["Kept", "Spool", "written"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A piece in the spool, without its content; `fields` are those that any of its rows names."""

    path: Path
    key: str
    mark: str
    period: str
    rows: int
    fields: tuple[str, ...]
    file_name: str


class Spool:
    """The pieces of one pull."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._pieces = [_head(path) for path in sorted(folder.glob(f"*{PIECE}"))]

    def kept(self) -> tuple[Kept, ...]:
        """Return the pieces that are there, in the order they came."""
        return tuple(self._pieces)

    def is_whole(self) -> bool:
        """Say whether all pieces are there."""
        return (self.folder / WHOLE).exists()

    def add(self, piece: Piece) -> Kept:
        """Keep one piece; when this returns, no power cut takes it away."""
        if not KEY.fullmatch(piece.key) or any(one.key == piece.key for one in self._pieces):
            raise BadInput(
                "Bộ đọc của kết nối đánh tên mảnh dữ liệu sai hoặc trùng: báo người vận hành.",
                "The reader of the feed gave a piece a wrong name or one that was used: tell the operator.",
            )
        path = self.folder / f"{len(self._pieces):06d}{PIECE}"
        told = {
            "key": piece.key,
            "mark": piece.mark,
            "period": piece.period,
            "rows": len(piece.rows),
            "fields": sorted({field for row in piece.rows for field in row}),
            "file_name": piece.file_name if piece.file is not None else "",
        }

        def fill(out: IO[bytes]) -> None:
            out.write(_line(told))
            if piece.file is None:
                out.writelines(_line(dict(row)) for row in piece.rows)
            else:
                _copy(piece.file, out)

        written(path, fill)
        self._pieces.append(_head(path))
        return self._pieces[-1]

    def finish(self) -> None:
        """Say that all pieces are there."""
        written(self.folder / WHOLE, lambda out: out.write(_line({"pieces": len(self._pieces)})))

    def rows(self) -> Iterator[Mapping[str, str]]:
        """Yield the rows of all pieces, in order."""
        for one in self.kept():
            with one.path.open("rb") as handle:
                handle.readline()
                for line in handle:
                    yield json.loads(line)

    def bytes_of(self, kept: Kept, target: Path) -> None:
        """Write the bytes of a whole file."""

        def fill(out: IO[bytes]) -> None:
            with kept.path.open("rb") as handle:
                handle.readline()
                shutil.copyfileobj(handle, out, _BLOCK)

        written(target, fill)

    def remove(self) -> None:
        """Remove the spool; rows of people do not linger."""
        shutil.rmtree(self.folder, ignore_errors=True)


def _line(told: Mapping[str, Any]) -> bytes:
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _head(path: Path) -> Kept:
    with path.open("rb") as handle:
        told = json.loads(handle.readline())
    return Kept(
        path=path,
        key=told["key"],
        mark=told["mark"],
        period=told["period"],
        rows=told["rows"],
        fields=tuple(told["fields"]),
        file_name=told["file_name"],
    )


def _copy(source: Path | bytes | IO[bytes], out: IO[bytes]) -> None:
    if isinstance(source, bytes):
        out.write(source)
    elif isinstance(source, Path):
        with source.open("rb") as handle:
            shutil.copyfileobj(handle, out, _BLOCK)
    else:
        source.seek(0)
        shutil.copyfileobj(source, out, _BLOCK)


def written(path: Path, fill: Callable[[IO[bytes]], object]) -> None:
    """Write a file whole or not at all: beside, flushed, renamed, and the folder flushed too."""
    draft = path.with_name(path.name + PART)
    try:
        private(path.parent)
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
            fill(out)
            out.flush()
            os.fsync(out.fileno())
        draft.replace(path)
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
    except OSError as problem:
        raise Unavailable(
            f"Không cất được dữ liệu vừa lấy vào kho ({problem.strerror}): giải phóng chỗ; việc lấy tiếp từ chỗ dừng.",
            f"What was pulled cannot be stored ({problem.strerror}): free space; the pull goes on where it stopped.",
        ) from problem
