"""What a watched folder and an SFTP folder share: which file is next, and where a file goes once it was judged."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from fnmatch import fnmatchcase
from typing import IO, Protocol

from dean06.clock import service as clock
from dean06.clock.errors import BadInput
from dean06.sources.connectors.types import Form, Piece, Setting, Window
from dean06.sources.file_kind import MOST_BYTES
from dean06.sources.rule import Words

TAKEN, REFUSED, REASON = "da-nhan", "khong-nhan", ".ly-do.txt"
UNFINISHED = (".part", ".tmp", ".filepart", ".crdownload", ".swp")
MONTH = re.compile(r"(?<!\d)(20\d\d)[-_.]?(0[1-9]|1[0-2])(?!\d)")
LONGEST_NAME = 180

SHARED = (
    Setting(
        code="mau_ten",
        title=Words(vi="Mẫu tên tệp", en="Pattern of file names"),
        help=Words(vi="Ví dụ bhyt-*.xlsx; * là mọi tệp.", en="Such as bhyt-*.xlsx; * is every file."),
        default="*",
        required=False,
    ),
    Setting(
        code="yen_giay",
        title=Words(vi="Chờ tệp yên (giây)", en="Quiet time of a file (seconds)"),
        help=Words(
            vi="Chỉ lấy tệp không đổi ít nhất chừng này.", en="A file is taken once it has not changed for so long."
        ),
        form=Form.NUMBER,
        default="60",
        required=False,
    ),
)

__all__ = ["REASON", "REFUSED", "SHARED", "TAKEN", "Inbox", "Seen", "nothing_new", "pieces", "put_away", "too_large"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A file that lies in an inbox; whoever puts another one there under its name makes another file of it."""

    name: str
    size: int
    changed: float

    @property
    def key(self) -> str:
        """Return the name of the piece that this file is."""
        told = f"{self.name}\0{self.size}\0{self.changed:.6f}"
        return f"tep-{hashlib.sha256(told.encode()).hexdigest()[:24]}"

    @property
    def period(self) -> str:
        """Return the month that the file's name tells, if it does."""
        found = MONTH.search(self.name)
        return f"{found[1]}-{found[2]}" if found else ""


class Inbox(Protocol):
    """A folder here or elsewhere."""

    def listed(self) -> Iterable[Seen]:
        """Return the plain files that lie in it."""
        ...

    def copied(self, file: Seen) -> IO[bytes]:
        """Return the content of a file, in a place that vanishes with its handle."""
        ...

    def look(self, name: str) -> Seen | None:
        """Return a file as it is now."""
        ...

    def move(self, file: Seen, folder: str, reason: str) -> None:
        """Move a file into a folder beside, with the sentence why if there is one; a file that is gone is no fault."""
        ...


def pieces(inbox: Inbox, window: Window, done: Mapping[str, str], pattern: str, quiet: int) -> Iterator[Piece]:
    """Bring the oldest file that is new and has stopped growing."""
    if done:
        return
    for file in sorted(inbox.listed(), key=lambda one: (one.changed, one.name)):
        if not _is_next(file, window, pattern, quiet):
            continue
        if file.size > MOST_BYTES or len(file.name) > LONGEST_NAME:
            inbox.move(file, REFUSED, too_large(file))
            continue
        with inbox.copied(file) as content:
            if inbox.look(file.name) != file:
                raise BadInput(
                    f"Tệp «{file.name}» thay đổi trong lúc lấy: sẽ lấy lại khi tệp yên.",
                    f"The file {file.name!r} changed while it was taken: it is taken again once it is quiet.",
                )
            yield Piece(key=file.key, file=content, file_name=file.name, period=file.period)
        return


def _is_next(file: Seen, window: Window, pattern: str, quiet: int) -> bool:
    if file.name.startswith((".", "~$")) or file.name.lower().endswith((*UNFINISHED, REASON)):
        return False
    still = clock.now() - datetime.fromtimestamp(file.changed, tz=clock.TZ) >= timedelta(seconds=quiet)
    return still and fnmatchcase(file.name, pattern) and file.key not in window.known


def too_large(file: Seen) -> str:
    """Return the sentence for a file that no delivery is made of."""
    if len(file.name) > LONGEST_NAME:
        return f"Tên tệp dài quá {LONGEST_NAME} chữ: đặt tên ngắn hơn rồi gửi lại."
    return f"Tệp lớn {file.size >> 20} MB, vượt giới hạn {MOST_BYTES >> 20} MB: chia thành nhiều tệp rồi gửi lại."


def put_away(inbox: Inbox, keys: tuple[str, ...], problem: str) -> None:
    """Move the files of these pieces to where those taken, or those refused, are kept."""
    for file in list(inbox.listed()):
        if file.key in keys:
            inbox.move(file, REFUSED if problem else TAKEN, problem)


def nothing_new(files: int) -> str:
    """Return the sentence of a test that found the folder."""
    return f"Đã mở được thư mục; đang có {files} tệp."
