"""Opening a stranger's .docx: what the package may hold and how much, before anything in it is read.

Nothing of the file is run, fetched or drawn. Every limit has a name here.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import NoReturn
from xml.etree import ElementTree as ET

from typing_extensions import override

from dean06.clock.errors import BadInput

MOST_BYTES = 20_000_000
MOST_UNPACKED = 30_000_000
MOST_TOTAL = 300_000_000
MOST_PARTS = 2_000
MOST_RATIO = 250
RATIO_FROM = 4_000_000
MOST_PIXELS = 80_000_000
MOST_ELEMENTS = 300_000
MOST_DEPTH = 150
IMAGE_HEAD = 256_000

_OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
# What the offices' files link to without fetching anything at opening.
_LINKS_ALLOWED = ("/hyperlink",)
_EMBEDDED = re.compile(r"word/(?:embeddings|activeX)/", re.IGNORECASE)
_BROKEN_BY = (
    zipfile.BadZipFile, KeyError, NotImplementedError, RuntimeError, EOFError, OSError, ValueError, IndexError,
    zlib.error, struct.error, AttributeError, TypeError,
)  # fmt: skip


def broken() -> BadInput:
    """Return the refusal of a file that is no .docx."""
    return BadInput(
        "Tệp không phải .docx hoặc đã hỏng; hãy mở bằng trình soạn thảo rồi lưu lại.",
        "The file is no .docx or is damaged; open it in a word processor and save it again.",
    )


class Package:
    """The parts of a .docx that passed the limits; a part is read when it is asked for."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self.names = tuple(archive.namelist())
        self._elements = 0

    def read(self, name: str) -> bytes:
        """Return a part's bytes, refused when it unpacks to too much."""
        try:
            with self._archive.open(name) as part:
                data = part.read(MOST_UNPACKED + 1)
        except _BROKEN_BY as error:
            raise broken() from error
        if len(data) > MOST_UNPACKED:
            raise BadInput("Tệp .docx bung ra quá lớn.", "The .docx unpacks to too much.")
        return data

    def tree(self, name: str) -> ET.Element | None:
        """Return a part as a tree, None when the file has no such part."""
        return parse(self.read(name)) if name in self.names else None


def opened(data: bytes) -> Package:
    """Open a .docx; refuse what is not one, is protected, carries programs, links out, or unpacks without end."""
    if data.startswith(_OLD_WORD):
        raise _ole(data)
    if len(data) > MOST_BYTES:
        raise BadInput("Tệp .docx lớn quá 20 MB; hãy bỏ bớt ảnh.", "The .docx is larger than 20 MB; drop pictures.")
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        package = Package(archive)
        _within_limits(archive.infolist())
        _without_programs(package)
        _without_links(package)
        _without_picture_bombs(archive)
    except _BROKEN_BY as error:
        raise broken() from error
    if "word/document.xml" not in package.names:
        raise broken()
    return package


def _ole(data: bytes) -> BadInput:
    if _ENCRYPTED in data[:MOST_BYTES]:
        return BadInput(
            "Tệp .docx đặt mật khẩu; hãy mở bằng Word, bỏ mật khẩu rồi lưu lại.",
            "The .docx has a password; open it in Word, remove the password and save it again.",
        )
    return BadInput(
        "Tệp là định dạng .doc cũ (hoặc tệp Office đời cũ đặt mật khẩu); hãy mở và lưu lại dưới dạng .docx.",
        "The file is an old .doc (or an old Office file with a password); open it and save it as .docx.",
    )


def _within_limits(parts: list[zipfile.ZipInfo]) -> None:
    if len(parts) > MOST_PARTS:
        raise BadInput("Tệp .docx có quá nhiều thành phần.", "The .docx has too many parts.")
    whole = sum(part.file_size for part in parts)
    swollen = any(
        part.file_size > RATIO_FROM and part.file_size > MOST_RATIO * max(part.compress_size, 1) for part in parts
    )
    if whole > MOST_TOTAL or swollen:
        raise BadInput(
            "Tệp .docx bung ra quá lớn so với cỡ của nó (bom nén); không mở tệp này.",
            "The .docx unpacks to far more than its size (a zip bomb); it is not opened.",
        )


def _without_programs(package: Package) -> None:
    lower = [name.lower() for name in package.names]
    types = package.read("[Content_Types].xml") if "[Content_Types].xml" in package.names else b""
    if any(name.endswith(("vbaproject.bin", "vbadata.xml")) for name in lower) or b"macroEnabled" in types:
        raise BadInput(
            "Tệp có chứa macro (.docm); hãy lưu lại dưới dạng .docx không macro.",
            "The file carries macros (.docm); save it as a .docx without them.",
        )
    if any(_EMBEDDED.match(name) for name in package.names):
        raise BadInput(
            "Tệp có đối tượng nhúng (OLE, ActiveX); hãy thay bằng bảng, chữ hoặc ảnh rồi lưu lại.",
            "The file has embedded objects (OLE, ActiveX); replace them by tables, text or pictures.",
        )


def _without_links(package: Package) -> None:
    for name in package.names:
        if not name.endswith(".rels"):
            continue
        for link in parse(package.read(name)).iter(_RELATIONSHIP):
            kind = link.get("Type", "")
            if link.get("TargetMode") == "External" and not kind.endswith(_LINKS_ALLOWED):
                word = kind.rpartition("/")[2]
                raise BadInput(
                    f"Tệp liên kết ra ngoài ({word}); hãy ngắt liên kết rồi lưu lại.",
                    f"The file links to something outside ({word}); break the link and save it again.",
                )


# ---------------------------------------------------------------- pictures


def _without_picture_bombs(archive: zipfile.ZipFile) -> None:
    for part in archive.infolist():
        if part.filename.lower().startswith("word/media/"):
            with archive.open(part) as picture:
                head = picture.read(IMAGE_HEAD)
            width, height = dimensions(head)
            if width * height > MOST_PIXELS:
                name = part.filename.rpartition("/")[2]
                raise BadInput(
                    f"Ảnh {name} trong tệp rộng {width} x {height} điểm, quá lớn; hãy thu nhỏ ảnh rồi lưu lại.",
                    f"The picture {name} has {width} x {height} pixels, too many; make it smaller and save again.",
                )


def dimensions(head: bytes) -> tuple[int, int]:
    """Return the width and height that a picture's first bytes state, (0, 0) where they state none."""
    if head.startswith(b"\x89PNG\r\n\x1a\n") and len(head) >= 24:
        width, height = struct.unpack_from(">II", head, 16)
        return width, height
    if head[:4] == b"GIF8" and len(head) >= 10:
        width, height = struct.unpack_from("<HH", head, 6)
        return width, height
    if head[:2] == b"BM" and len(head) >= 26:
        width, height = struct.unpack_from("<ii", head, 18)
        return abs(width), abs(height)
    if head[:2] == b"\xff\xd8":
        return _jpeg(head)
    if head[:4] in (b"II*\0", b"MM\0*"):
        return _tiff(head)
    return 0, 0


def _jpeg(head: bytes) -> tuple[int, int]:
    at = 2
    while at + 9 < len(head) and head[at] == 0xFF:
        kind = head[at + 1]
        if 0xC0 <= kind <= 0xCF and kind not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack_from(">HH", head, at + 5)
            return width, height
        if kind == 0xFF:
            at += 1
        elif kind == 0x01 or 0xD0 <= kind <= 0xD8:
            at += 2
        else:
            (length,) = struct.unpack_from(">H", head, at + 2)
            at += 2 + max(length, 2)
    return 0, 0


def _tiff(head: bytes) -> tuple[int, int]:
    order = "<" if head[:2] == b"II" else ">"
    (at,) = struct.unpack_from(f"{order}I", head, 4)
    if at + 2 > len(head):
        return 0, 0
    (count,) = struct.unpack_from(f"{order}H", head, at)
    found = {}
    for number in range(min(count, 64)):
        entry = at + 2 + 12 * number
        if entry + 12 > len(head):
            break
        tag, kind = struct.unpack_from(f"{order}HH", head, entry)
        if tag in (256, 257):
            (found[tag],) = struct.unpack_from(f"{order}{'H' if kind == 3 else 'I'}", head, entry + 8)
    return found.get(256, 0), found.get(257, 0)


# ---------------------------------------------------------------- trees


class _Bounded(ET.TreeBuilder):
    """A tree without a document type, so without an entity to expand, and no deeper or larger than any paper."""

    def __init__(self) -> None:
        super().__init__()
        self._depth = self._count = 0

    @override
    def start(self, tag: str, attrs: dict[str, str], /) -> ET.Element:
        self._depth += 1
        self._count += 1
        if self._depth > MOST_DEPTH or self._count > MOST_ELEMENTS:
            raise BadInput(
                "Tệp .docx có cấu trúc quá sâu hoặc quá nhiều thành phần; hãy tách nhỏ hoặc lưu lại.",
                "The .docx is too deep or has too many elements; split it or save it again.",
            )
        return super().start(tag, attrs)

    @override
    def end(self, tag: str, /) -> ET.Element:
        self._depth -= 1
        return super().end(tag)

    def doctype(self, name: str, public: str | None, system: str | None) -> NoReturn:
        """Refuse it before anything in it is read."""
        raise ET.ParseError(f"{name}, {public}, {system}")


def parse(text: bytes) -> ET.Element:
    """Return a part's tree; a damaged one is refused."""
    try:
        return ET.fromstring(text, ET.XMLParser(target=_Bounded()))  # noqa: S314  no entity is expanded
    except (ET.ParseError, LookupError, ValueError, TypeError, AssertionError) as error:
        raise broken() from error


def through(element: ET.Element, *skipped: str) -> Iterator[ET.Element]:
    """Give an element and all below in order, without what is within the skipped tags."""
    waiting = [element]
    while waiting:
        here = waiting.pop()
        if here.tag in skipped:
            continue
        yield here
        waiting.extend(reversed(here))
