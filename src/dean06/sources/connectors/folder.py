"""A watched folder of the server: `nhan/<group>/<name>` under DEAN06_HOME, where the operator lets files arrive."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import IO

from django.conf import settings as house

from dean06.clock.errors import BadInput, HouseError, Unavailable
from dean06.sources.connectors import inbox
from dean06.sources.connectors.types import Kind, Opening, Piece, Setting, Window
from dean06.sources.keeping import private, vault
from dean06.sources.rule import Words

NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,59}")
_BLOCK = 1 << 20

__all__ = ["KIND", "Folder", "place"]


def place(group: str, name: str) -> Path:
    """Return where the folder of a group lies."""
    return Path(house.HOME) / "nhan" / group / name


class Folder:
    """An open folder."""

    def __init__(self, opening: Opening) -> None:
        told = opening.settings
        self._path = place(opening.group, told["thu_muc"])
        self._where = f"DEAN06_HOME/nhan/{opening.group}/{told['thu_muc']}"
        self._pattern, self._quiet = told["mau_ten"], int(told["yen_giay"])
        if not self._path.is_dir():
            raise Unavailable(
                f"Chưa có thư mục {self._where} trên máy chủ: người vận hành tạo, cho tài khoản dịch vụ đọc và ghi.",
                f"There is no folder {self._where} on the server: the operator makes it, readable and writable.",
            )

    def test(self) -> str:
        """Count what lies in the folder."""
        return inbox.nothing_new(len(list(self.listed())))

    def pieces(self, window: Window, done: Mapping[str, str]) -> Iterator[Piece]:
        """Bring the next file."""
        return inbox.pieces(self, window, done, self._pattern, self._quiet)

    def taken(self, keys: tuple[str, ...], problem: str) -> None:
        """Put the files away."""
        inbox.put_away(self, keys, problem)

    def close(self) -> None:
        """Do nothing: a folder is not held."""

    def listed(self) -> Iterable[inbox.Seen]:
        """Return the plain files of the folder; what is a link leads elsewhere and is left alone."""
        try:
            with os.scandir(self._path) as entries:
                names = [one.name for one in entries if one.is_file(follow_symlinks=False)]
        except OSError as problem:
            raise self._lost(problem) from problem
        return [seen for name in names if (seen := self.look(name))]

    def look(self, name: str) -> inbox.Seen | None:
        """Return a file as it is now."""
        try:
            state = (self._path / name).lstat()
        except OSError:
            return None
        return inbox.Seen(name=name, size=state.st_size, changed=state.st_mtime)

    def copied(self, file: inbox.Seen) -> IO[bytes]:
        """Copy a file into the vault, under no name."""
        content: IO[bytes] = tempfile.TemporaryFile(dir=private(vault() / "pulls"))  # noqa: SIM115  the caller closes it
        try:
            descriptor = os.open(self._path / file.name, os.O_RDONLY | os.O_NOFOLLOW)
            with os.fdopen(descriptor, "rb") as given:
                shutil.copyfileobj(given, content, _BLOCK)
        except OSError as problem:
            content.close()
            raise self._lost(problem) from problem
        return content

    def move(self, file: inbox.Seen, folder: str, reason: str) -> None:
        """Move a file into a folder beside; one of the same name that is there already keeps its own."""
        beside = self._path / folder
        try:
            beside.mkdir(exist_ok=True)
            name = file.name if not (beside / file.name).exists() else f"{file.key}-{file.name}"
            if reason:
                (beside / f"{name}{inbox.REASON}").write_text(reason + "\n", encoding="utf-8")
            (self._path / file.name).rename(beside / name)
        except FileNotFoundError:
            return
        except OSError as problem:
            raise self._lost(problem) from problem

    def _lost(self, problem: OSError) -> HouseError:
        return Unavailable(
            f"Không đọc hoặc ghi được thư mục {self._where} ({problem.strerror}): kiểm tra quyền của dịch vụ.",
            f"The folder {self._where} cannot be read or written ({problem.strerror}): check the service's rights.",
        )


def _check(told: Mapping[str, str]) -> None:
    if not NAME.fullmatch(told["thu_muc"]):
        raise BadInput(
            "Tên thư mục chỉ gồm chữ không dấu, số, gạch ngang và gạch dưới.",
            "The folder's name has letters without marks, digits, dashes and underscores alone.",
        )


KIND = Kind(
    code="folder",
    title=Words(vi="Thư mục trên máy chủ", en="A folder of the server"),
    settings=(
        Setting(
            code="thu_muc",
            title=Words(vi="Tên thư mục", en="Name of the folder"),
            help=Words(
                vi="Người vận hành tạo sẵn trong nhan/<mã tổ>/ của máy chủ.",
                en="The operator makes it in nhan/<group>/ of the server.",
            ),
        ),
        *inbox.SHARED,
    ),
    secret=None,
    deltas=False,
    open=Folder,
    check=_check,
    files=True,
)
