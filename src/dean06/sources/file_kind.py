"""What a file really is, whatever its name says, and the limits a file must keep."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path

from dean06.clock.errors import BadInput

MOST_BYTES = 200 * 1024 * 1024
MOST_ROWS = 1_048_576
MOST_UNPACKED = 2 * 1024 * 1024 * 1024
_BLOCK = 1 << 20
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")


class Kind(StrEnum):
    """The kinds of file that intake reads."""

    XLSX = "xlsx"
    XLS = "xls"
    TEXT = "csv"
    PARQUET = "parquet"


_BY_SUFFIX = {
    ".xlsx": Kind.XLSX,
    ".xlsm": Kind.XLSX,
    ".xls": Kind.XLS,
    ".csv": Kind.TEXT,
    ".txt": Kind.TEXT,
    ".tsv": Kind.TEXT,
    ".parquet": Kind.PARQUET,
}
_CALLED = {
    Kind.XLSX: ("bảng tính Excel (.xlsx)", "an Excel workbook (.xlsx)"),
    Kind.XLS: ("bảng tính Excel đời cũ (.xls)", "an old Excel workbook (.xls)"),
    Kind.TEXT: ("văn bản CSV (.csv)", "CSV text (.csv)"),
    Kind.PARQUET: ("tệp Parquet (.parquet)", "a Parquet file (.parquet)"),
}


def sha256(path: Path, progress: Callable[[int], None] | None = None) -> str:
    """Return the SHA-256 of a file's bytes."""
    digest = hashlib.sha256()
    with path.open("rb") as handle:
        while block := handle.read(_BLOCK):
            digest.update(block)
            if progress:
                progress(len(block))
    return digest.hexdigest()


def kind_of(path: Path) -> Kind:
    """Return what to read a file as; a sentence when it cannot be read, is too large, or is not what it says."""
    if not path.is_file():
        raise BadInput(
            f"Không có tệp «{path.name}»: kiểm tra lại đường dẫn.", f"There is no file {path.name!r}: check the path."
        )
    size = path.stat().st_size
    if size == 0:
        raise BadInput(
            f"Tệp «{path.name}» rỗng (0 byte): gửi lại tệp.",
            f"The file {path.name!r} is empty (0 bytes): send it again.",
        )
    if size > MOST_BYTES:
        raise BadInput(
            f"Tệp «{path.name}» lớn {size / 1_048_576:.0f} MB, vượt giới hạn 200 MB: chia thành nhiều tệp.",
            f"The file {path.name!r} is {size / 1_048_576:.0f} MB, over the limit of 200 MB: split it.",
        )
    said = _BY_SUFFIX.get(path.suffix.lower())
    if said is None:
        raise BadInput(
            f"Tệp «{path.name}» có đuôi không đọc được: dùng .xlsx, .xls, .csv hoặc .parquet.",
            f"The file {path.name!r} has a suffix that is not read: use .xlsx, .xls, .csv or .parquet.",
        )
    _refuse_disguise(path, said)
    return said


def _refuse_disguise(path: Path, said: Kind) -> None:
    with path.open("rb") as handle:
        head = handle.read(4096)
    if head.startswith(_OLE) and said is Kind.XLSX:
        if b"E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e" in _directory(path):
            raise locked(path)
        raise _disguised(path, Kind.XLS)
    found = _found(head)
    if found is Kind.TEXT and said is not Kind.TEXT:
        if head.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] == b"<":
            raise BadInput(
                f"Tệp «{path.name}» là trang web (HTML): mở bằng Excel rồi lưu lại thành .xlsx.",
                f"The file {path.name!r} is a web page (HTML): open it in Excel and save it as .xlsx.",
            )
        if not _looks_like_text(head):
            raise damaged(path)
    if found is not said:
        raise _disguised(path, found)
    if said is Kind.XLSX:
        _refuse_bomb(path)


def _found(head: bytes) -> Kind:
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return Kind.XLSX
    if head.startswith((_OLE, b"\x09\x08", b"\x09\x04", b"\x09\x02", b"\x09\x00")):
        return Kind.XLS
    return Kind.PARQUET if head.startswith(b"PAR1") else Kind.TEXT


def _looks_like_text(head: bytes) -> bool:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    return head.count(0) == 0 and sum(byte < 9 or 13 < byte < 32 for byte in head) * 20 < len(head)


def _directory(path: Path) -> bytes:
    """Return the parts of a compound file where its stream names stand: small files whole, others both ends."""
    with path.open("rb") as handle:
        first = handle.read(8 * _BLOCK)
        handle.seek(max(8 * _BLOCK, path.stat().st_size - 8 * _BLOCK))
        return first + handle.read()


def _refuse_bomb(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
            names = archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as problem:
        raise damaged(path) from problem
    if not any(name.startswith("xl/") for name in names):
        raise BadInput(
            f"Tệp «{path.name}» không phải bảng tính Excel (là tệp nén khác): lưu lại thành .xlsx.",
            f"The file {path.name!r} is not an Excel workbook (another kind of archive): save it as .xlsx.",
        )
    if unpacked > MOST_UNPACKED:
        size, most = unpacked >> 20, MOST_UNPACKED >> 20
        raise BadInput(
            f"Tệp «{path.name}» bung ra {size} MB, vượt giới hạn {most} MB: chia thành nhiều tệp.",
            f"The file {path.name!r} unpacks to {size} MB, over the limit of {most} MB: split it.",
        )


def damaged(path: Path) -> BadInput:
    """Return the sentence for a file that cannot be opened as what it is."""
    return BadInput(
        f"Tệp «{path.name}» bị hỏng, không mở được: mở bằng Excel, lưu lại rồi gửi lại tệp.",
        f"The file {path.name!r} is damaged and cannot be opened: open it in Excel, save it again and send it anew.",
    )


def locked(path: Path) -> BadInput:
    """Return the sentence for a workbook under a password."""
    return BadInput(
        f"Tệp «{path.name}» có mật khẩu: bỏ mật khẩu (Tệp, Thông tin, Bảo vệ sổ làm việc) rồi gửi lại.",
        f"The file {path.name!r} is under a password: remove it (File, Info, Protect Workbook) and send it again.",
    )


def too_many_rows(path: Path) -> BadInput:
    """Return the sentence for a file over the limit of rows."""
    return BadInput(
        f"Tệp «{path.name}» có hơn 1.048.576 dòng, vượt giới hạn của một bảng: chia thành nhiều tệp.",
        f"The file {path.name!r} has more than 1,048,576 rows, over the limit of one table: split it.",
    )


def _disguised(path: Path, found: Kind) -> BadInput:
    vi, en = _CALLED[found]
    suffix = {Kind.TEXT: ".csv"}.get(found, f".{found}")
    return BadInput(
        f"Tệp «{path.name}» mang đuôi {path.suffix} nhưng thực ra là {vi}: đổi đuôi thành {suffix} rồi gửi lại.",
        f"The file {path.name!r} is named {path.suffix} but is really {en}: rename it to {suffix} and send it again.",
    )
