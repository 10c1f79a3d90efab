"""Reading .csv: the encoding, the separator, and records that a stray quotation mark cannot swallow."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from dean06.orthography.service import Encoding, detect_column, shown_as_1252
from dean06.sources.file_kind import MOST_ROWS, damaged, too_many_rows
from dean06.sources.header import TwoClaims, find_header
from dean06.sources.headings import Headings
from dean06.sources.table import Record, Table

SEPARATORS = ",;\t|"
_BLOCK = 1 << 20
_SAMPLE_LINES = 300
_MOST_LINES_OF_A_RECORD = 60
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_HINT = re.compile(r"sep=(.)\r?\n?", re.IGNORECASE)
_C1 = str.maketrans({chr(code): shown_as_1252(bytes([code])) for code in range(0x80, 0xA0)})
_BETWEEN = re.compile(r"[,;\t|\r\n\"]+")


@dataclass(frozen=True, slots=True)
class _Text:
    """How to read a file as text: the codec, and whether its bytes are shown as Windows-1252."""

    codec: str
    errors: str = "strict"
    shown: bool = False

    def lines(self, path: Path, progress: Callable[[float], None] | None = None) -> Iterator[str]:
        """Yield the physical lines, ends kept."""
        size = path.stat().st_size
        with path.open("rb", buffering=_BLOCK) as raw:
            text = io.TextIOWrapper(raw, self.codec, self.errors, newline="")
            for number, line in enumerate(text):
                if progress and number % 20_000 == 0:
                    progress(min(raw.tell() / size, 1.0))
                yield line.translate(_C1) if self.shown else line


def table(path: Path, headings: Headings, progress: Callable[[float], None] | None = None) -> Table:
    """Return the one table of a text file."""
    text = _text_of(path)
    try:
        head = list(islice(text.lines(path), _SAMPLE_LINES))
    except UnicodeError as problem:
        raise damaged(path) from problem
    hint = _HINT.fullmatch(head[0]) if head else None
    separator, width = (hint[1], 0) if hint else _separator(head, headings)
    if hint:
        width = _width(head[1:], hint[1], headings)
    records = _Records(text.lines(path, progress), separator, width)
    return Table(title="", height=0, rows=_capped(path, records.read()), strict_width=True)


def _capped(path: Path, records: Iterator[Record]) -> Iterator[Record]:
    try:
        for count, record in enumerate(records):
            if count >= MOST_ROWS:
                raise too_many_rows(path)
            yield record
    except UnicodeError as problem:
        raise damaged(path) from problem


# ---------------------------------------------------------------- encoding


def _text_of(path: Path) -> _Text:
    with path.open("rb") as handle:
        sample = handle.read(_BLOCK)
    for bom, codec in _BOMS:
        if sample.startswith(bom):
            return _Text(codec, "replace")
    wide = _unmarked_utf16(sample)
    if wide:
        return _Text(wide, "replace")
    if _is_utf8(path):
        return _Text("utf-8")
    shown = shown_as_1252(sample)
    if _nearly_utf8(sample):
        return _Text("utf-8", "replace")
    cells = list(islice((cell for cell in _BETWEEN.split(shown) if not cell.isascii()), 4000))
    return _Text("cp1258", "replace") if detect_column(cells) is Encoding.CP1258 else _Text("latin-1", shown=True)


def _unmarked_utf16(sample: bytes) -> str | None:
    half = max(len(sample) // 2, 1)
    if sample[1::2].count(0) > half * 0.3 and sample[0::2].count(0) < half * 0.02:
        return "utf-16-le"
    if sample[0::2].count(0) > half * 0.3 and sample[1::2].count(0) < half * 0.02:
        return "utf-16-be"
    return None


def _is_utf8(path: Path) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        with path.open("rb") as handle:
            while block := handle.read(_BLOCK):
                decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _nearly_utf8(sample: bytes) -> bool:
    """Tell whether bytes are UTF-8 with a few broken places: the broken rows are then set aside, not the file."""
    text = sample.decode("utf-8", "replace")
    whole = sum(letter > "\u00ff" and letter != "\ufffd" for letter in text)
    return whole >= 20 and text.count("\ufffd") * 20 < whole


# ---------------------------------------------------------------- separator


def _separator(head: Sequence[str], headings: Headings) -> tuple[str, int]:
    found = [(_claims(head, mark, headings), mark) for mark in SEPARATORS]
    (claims, width), mark = max(found, key=lambda entry: (entry[0][0], entry[0][1]))
    if claims:
        return mark, width
    counts = {mark: sum(mark in line for line in head) for mark in SEPARATORS}
    return max(counts, key=lambda mark: counts[mark]), 0


def _claims(head: Sequence[str], mark: str, headings: Headings) -> tuple[int, int]:
    try:
        rows = list(csv.reader(head, delimiter=mark))
    except csv.Error:
        return 0, 0
    try:
        header = find_header(rows, headings)
    except TwoClaims as problem:
        return len(SEPARATORS), len(rows[problem.row])
    return (len(header.claims), len(header.names)) if header else (0, 0)


def _width(head: Sequence[str], mark: str, headings: Headings) -> int:
    return _claims(head, mark, headings)[1]


# ---------------------------------------------------------------- records


class _Records:
    """Records of a text file with the line each begins on; lines swallowed by an open quotation mark are given back."""

    def __init__(self, lines: Iterator[str], separator: str, width: int) -> None:
        self._lines = lines
        self._separator = separator
        self._marks = max(width - 1, 1)
        self._taken: list[str] = []
        self._count = 0
        self._ended = False

    def _feed(self) -> Iterator[str]:
        for line in self._lines:
            self._count += 1
            self._taken.append(line)
            yield line
        self._ended = True

    def read(self) -> Iterator[Record]:
        """Yield every record."""
        feed = self._feed()
        reader = csv.reader(feed, delimiter=self._separator)
        while True:
            start = self._count + 1
            self._taken.clear()
            try:
                row = next(reader)
            except StopIteration:
                return
            except csv.Error:
                yield from self._given_back(start)
                reader = csv.reader(feed, delimiter=self._separator)
                continue
            # A record that reaches for more lines than the file has is one whose quotation mark was never closed.
            if self._ended or (len(self._taken) > 1 and self._swallowed()):
                yield from self._given_back(start)
            else:
                yield start, row, ""

    def _swallowed(self) -> bool:
        if len(self._taken) > _MOST_LINES_OF_A_RECORD or sum(line.count('"') for line in self._taken) % 2:
            return True
        return all(self._taken[end].count(self._separator) >= self._marks for end in (0, -1))

    def _given_back(self, start: int) -> Iterator[Record]:
        for offset, line in enumerate(tuple(self._taken)):
            if line.count('"') % 2:
                yield start + offset, line.rstrip("\r\n").split(self._separator), "ngoac_kep_ho"
            else:
                yield start + offset, self._cut(line), ""

    def _cut(self, line: str) -> list[str]:
        try:
            return next(csv.reader([line], delimiter=self._separator), [])
        except csv.Error:  # a cell longer than the parser takes
            return line.rstrip("\r\n").split(self._separator)
