"""Opening a stranger's .xlsx: what the package may hold and how much, before anything in it is read.

Nothing of the file is run or fetched. Only the parts that a table is read from are handed on, unpacked here within
limits, so that the reader behind never meets more than was counted. Every limit has a name.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib

from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from dean06.clock.errors import BadInput

MOST_UNPACKED = 120_000_000
MOST_PARTS = 2_000
MOST_RATIO = 250
RATIO_FROM = 4_000_000
MOST_ROWS, MOST_COLUMNS = 50_000, 400

_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_PROGRAMS = re.compile(r"vbaProject|macrosheets/|dialogsheets/|activeX/|embeddings/|externalLinks/", re.IGNORECASE)
_READ = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|xl/workbook\.xml|xl/_rels/workbook\.xml\.rels|xl/styles\.xml"
    r"|xl/sharedStrings\.xml|xl/worksheets/[^/]+\.xml",
    re.IGNORECASE,
)
_PLACE = re.compile(rb'<(?:\w+:)?c [^>]*?r="([A-Z]{1,3})(\d{1,7})"')
_ROW = re.compile(rb'<(?:\w+:)?row [^>]*?r="(\d{1,7})"')
_BROKEN_BY = (
    zipfile.BadZipFile, KeyError, NotImplementedError, RuntimeError, EOFError, OSError, ValueError, IndexError,
    zlib.error, struct.error,
)  # fmt: skip

__all__ = ["MOST_COLUMNS", "MOST_ROWS", "opened"]


def broken(name: str) -> BadInput:
    """Return the refusal of a file that is no workbook."""
    return BadInput(
        f"Tệp «{name}» không phải bảng tính .xlsx hoặc đã hỏng: mở bằng Excel, lưu lại dạng .xlsx rồi gửi lại.",
        f"The file {name!r} is no .xlsx workbook or is damaged: open it in Excel, save it as .xlsx and send it anew.",
    )


def opened(data: bytes, name: str) -> CalamineWorkbook:
    """Open a workbook; refuse what is not one, is protected, carries programs, or unpacks without end."""
    if data.startswith(_OLD_OFFICE):
        raise _old(data, name)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _within_limits(archive.infolist(), name)
            packed = _repacked(archive, name)
    except _BROKEN_BY as error:
        raise broken(name) from error
    try:
        return CalamineWorkbook.from_filelike(io.BytesIO(packed))
    except (CalamineError, PasswordError, OSError, ValueError) as error:
        raise broken(name) from error
    except BaseException as problem:
        if type(problem).__name__ == "PanicException":  # the reader's way of saying that the bytes make no sense
            raise broken(name) from problem
        raise


def _old(data: bytes, name: str) -> BadInput:
    if _ENCRYPTED in data:
        return BadInput(
            f"Tệp «{name}» có mật khẩu: bỏ mật khẩu (Tệp, Thông tin, Bảo vệ sổ làm việc) rồi gửi lại.",
            f"The file {name!r} is under a password: remove it (File, Info, Protect Workbook) and send it again.",
        )
    return BadInput(
        f"Tệp «{name}» là bảng tính đời cũ (.xls): mở bằng Excel, lưu thành .xlsx rồi gửi lại.",
        f"The file {name!r} is an old workbook (.xls): open it in Excel, save it as .xlsx and send it again.",
    )


def _within_limits(parts: list[zipfile.ZipInfo], name: str) -> None:
    programs = [part.filename for part in parts if _PROGRAMS.search(part.filename)]
    if programs:
        raise BadInput(
            f"Tệp «{name}» có macro hoặc nội dung nhúng ({programs[0]}): lưu thành .xlsx không macro rồi gửi lại.",
            f"The file {name!r} carries macros or embedded content ({programs[0]}): save it as a plain .xlsx.",
        )
    swollen = any(
        part.file_size > RATIO_FROM and part.file_size > MOST_RATIO * max(part.compress_size, 1) for part in parts
    )
    if len(parts) > MOST_PARTS or swollen or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise BadInput(
            f"Tệp «{name}» bung ra quá lớn so với cỡ của nó: không mở. Xóa ảnh và trang thừa rồi gửi lại.",
            f"The file {name!r} unpacks to far more than its size and is not opened: drop pictures and spare sheets.",
        )


def _repacked(archive: zipfile.ZipFile, name: str) -> bytes:
    """Return the parts that are read, as an archive whose sizes are true."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as kept:
        for part in archive.infolist():
            if not _READ.fullmatch(part.filename):
                continue
            content = archive.read(part)
            if part.filename.lower().startswith("xl/worksheets/"):
                _within_spread(content, name)
            kept.writestr(part.filename, content)
    return target.getvalue()


def _within_spread(content: bytes, name: str) -> None:
    """Refuse a sheet whose cells lie so far apart that a table over them fills the memory."""
    rows = max((int(row) for _, row in _PLACE.findall(content)), default=0)
    rows = max([rows, *(int(row) for row in _ROW.findall(content))])
    columns = max((_column(letters) for letters in {letters for letters, _ in _PLACE.findall(content)}), default=0)
    if rows > MOST_ROWS or columns > MOST_COLUMNS:
        raise BadInput(
            f"Tệp «{name}» có trang trải tới dòng {rows}, cột {columns}, vượt giới hạn {MOST_ROWS} dòng, "
            f"{MOST_COLUMNS} cột: xóa ô thừa ở xa rồi gửi lại.",
            f"The file {name!r} has a sheet that reaches row {rows}, column {columns}, over the limit of {MOST_ROWS} "
            f"rows and {MOST_COLUMNS} columns: delete far-off cells and send it again.",
        )


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
