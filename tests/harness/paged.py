"""A kind of connection for tests: rows in pages out of a JSON file, with the faults that the file asks for.

The file holds `rows`, `size` of a page, and `faults`: by the number of a page, what goes wrong there, once each. What
was asked for is counted in the file, unless it is to stay `still`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from dean06.clock.errors import BadInput, Unavailable
from dean06.sources.connectors import kinds
from dean06.sources.connectors.types import AccessRefused, Kind, Opening, Piece, Setting, TryLater, Window
from dean06.sources.rule import Words

WORDS = Words(vi="Trang thử", en="Pages of a test")
FAULTS: dict[str, Callable[[], Exception]] = {
    "down": lambda: Unavailable("Máy bên kia không trả lời.", "The other side is down."),
    "later": lambda: TryLater("Máy bên kia bận.", "The other side is busy.", 7200),
    "token": lambda: AccessRefused("Mã truy cập hết hạn.", "The token ran out."),
    "cut": lambda: BadInput("Trang bị cắt.", "The page is cut short."),
    "strange": lambda: ValueError("Nguyễn Văn A"),
}


class Paged:
    """An open file of pages; counts what it was asked for in the file itself."""

    def __init__(self, opening: Opening) -> None:
        self.path = Path(opening.settings["tep"])
        self.told = json.loads(self.path.read_text())
        self._count("opened")

    def test(self) -> str:
        return "Đã nối."

    def pieces(self, window: Window, done: Mapping[str, str]) -> Iterator[Piece]:
        told, size = self.told, self.told["size"]
        told["window"] = [window.extent, window.since and window.since.isoformat(), window.until.isoformat()]
        rows = told["rows"] if window.extent == "full" else told.get("changed", [])
        for number, start in enumerate(range(0, len(rows), size), 1):
            if f"trang-{number}" in done:
                assert done[f"trang-{number}"] == f"sau {number}"
                continue
            self._count("asked")
            fault = told["faults"].pop(str(number), "")
            self._write()
            if fault:
                problem = FAULTS[fault]()
                raise problem
            yield Piece(key=f"trang-{number}", rows=tuple(rows[start : start + size]), mark=f"sau {number}")

    def taken(self, keys: tuple[str, ...], problem: str) -> None:
        raise AssertionError("rows are not put away")

    def close(self) -> None:
        self._count("closed")

    def _count(self, what: str) -> None:
        self.told[what] = self.told.get(what, 0) + 1
        self._write()

    def _write(self) -> None:
        if not self.told.get("still"):
            self.path.write_text(json.dumps(self.told))


KIND = Kind(
    code="thu",
    title=WORDS,
    settings=(Setting(code="tep", title=WORDS),),
    secret=None,
    deltas=True,
    open=Paged,
)


@contextmanager
def paged() -> Iterator[None]:
    """Let the kind be known."""
    kinds.SHIPPED.append("harness.paged:KIND")
    kinds.kinds.cache_clear()
    try:
        yield
    finally:
        kinds.SHIPPED.remove("harness.paged:KIND")
        kinds.kinds.cache_clear()
