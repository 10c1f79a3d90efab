"""The three courses by which services let themselves be pulled: by days, by what waits, by a list of numbers.

Each brings its pieces in an order that does not change, and skips what is kept already.
"""

from __future__ import annotations

import hashlib
import re
from base64 import urlsafe_b64encode
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from dean06.clock import service as clock
from dean06.clock.errors import BadInput
from dean06.sources.connectors.answers import Row, cut_short, malformed, text_at
from dean06.sources.connectors.asking import Asking, checked_id
from dean06.sources.connectors.description import Dated, Listed, Waiting
from dean06.sources.connectors.types import Piece, Rows, Window

DATES = "%d/%m/%Y"
MOST_PAGES = 10_000
MARK, MARKS = 8, 9  # letters of one record's mark in a key, and how many records a piece may have

__all__ = ["ByDays", "ByNumbers", "OfWaiting"]


def _share(items: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    yield from (items[at : at + size] for at in range(0, len(items), size))


@dataclass(frozen=True, slots=True)
class ByDays:
    """A window of days after another: its list page by page, then the details of what it names, each once a pull."""

    asking: Asking
    course: Dated
    begin: date | None

    def test(self, today: date) -> int:
        """Ask for one day's list; return how many it names on its first page."""
        return len(self._page(today, today, 0)[0])

    def pieces(self, window: Window, done: Mapping[str, str]) -> Iterator[Piece]:
        """Bring a piece for each window of days."""
        seen = {one for mark in done.values() for one in mark.split()}
        for start, end in self._windows(window):
            key = f"{start:%Y-%m-%d}.{end:%Y-%m-%d}"
            if key in done:
                continue
            listed = {one: row for one, row in self._listed(start, end).items() if one not in seen}
            yield Piece(key=key, rows=self._rows(listed), mark=" ".join(listed))
            seen.update(listed)

    def _windows(self, window: Window) -> Iterator[tuple[date, date]]:
        start, last = self._start(window), window.until.astimezone(clock.TZ).date()
        while start <= last:
            end = min(start + timedelta(days=self.course.days - 1), last)
            yield start, end
            start = end + timedelta(days=1)

    def _start(self, window: Window) -> date:
        if window.extent == "delta" and window.since is not None:
            return window.since.astimezone(clock.TZ).date()
        return self.begin or datetime.strptime(window.period, "%Y-%m").date()  # noqa: DTZ007  a day, no instant

    def _listed(self, start: date, end: date) -> dict[str, Row]:
        """Return what is listed between two days, by id; of several rows of one id the last."""
        title, found = self.asking.service.title, dict[str, Row]()
        total: int | None = None
        for page in range(MOST_PAGES):
            rows, all_told = self._page(start, end, page)
            if page and all_told != total:
                raise cut_short(title)  # the list changed while it was read
            total = all_told
            for row in rows:
                one = checked_id(title.vi, title.en, text_at(title, row, self.course.id).strip())
                found.pop(one, None)
                found[one] = row
            if self.course.page is None or len(rows) < self.course.page:
                return found
            if len(rows) > self.course.page:
                raise cut_short(title)
        raise malformed(title, "danh sách dài vô tận", "its list does not end")

    def _page(self, start: date, end: date, page: int) -> tuple[tuple[Row, ...], int | None]:
        size = self.course.page or 0
        filling = {
            "day": start.strftime(DATES),
            "from": start.strftime(DATES),
            "to": end.strftime(DATES),
            "page": str(page + 1),
            "offset": str(page * size),
            "limit": str(size),
        }
        told = self.asking.rows(self.course.list, self.course.list_envelope, filling)
        if told.total is not None and len(told.rows) != max(min(size or told.total, told.total - page * size), 0):
            raise cut_short(self.asking.service.title)
        return told.rows, told.total

    def _rows(self, listed: Mapping[str, Row]) -> Rows:
        made = []
        for share in _share(list(listed), self.course.many):
            details = self._details(share)
            made += [self.asking.translated(self._answers(details[one], listed[one])) for one in share]
        return tuple(made)

    def _answers(self, detail: Row, row: Row) -> dict[str, Row]:
        answers = {"detail": detail, "list": row}
        course, title = self.course, self.asking.service.title
        if course.more and course.more_envelope and course.more_by:
            one = checked_id(title.vi, title.en, text_at(title, row, course.more_by).strip())
            answers["more"] = self.asking.one(course.more, course.more_envelope, {"id": one}) or {}
        return answers

    def _details(self, share: Sequence[str]) -> dict[str, Row]:
        """Return the details of exactly what was asked for, by id."""
        title = self.asking.service.title
        asked = {"ids": list(share), "id": share[0]}
        rows = self.asking.rows(self.course.detail, self.course.detail_envelope, asked).rows
        found = {text_at(title, row, self.course.detail_id).strip(): row for row in rows}
        if len(rows) != len(share) or found.keys() != set(share):
            raise cut_short(title)
        return found


@dataclass(frozen=True, slots=True)
class OfWaiting:
    """What the service keeps ready for us; a piece is named by marks of its records, and these are taken off later."""

    asking: Asking
    course: Waiting
    offered: dict[str, dict[str, Row]] = field(default_factory=dict, repr=False)
    """What was still offered when something was first put away."""

    def test(self, _today: date) -> int:
        """Ask for the first queue; return how many wait in it. Nothing is taken off."""
        return len(self._waiting(next(iter(self.course.queues))))

    def pieces(self, window: Window, done: Mapping[str, str]) -> Iterator[Piece]:
        """Bring what waits in each queue and is neither kept yet nor delivered before."""
        known = [key for key, refused in window.known.items() if not refused]
        kept = {(queue, mark) for key in (*done, *known) for queue, mark in _marks_in(key)}
        for queue in self.course.queues:
            waiting = self._waiting(queue)
            fresh = [mark for mark in waiting if (queue, mark) not in kept]
            for share in _share(fresh, MARKS):
                rows = tuple(self.asking.translated({"detail": waiting[mark]}) for mark in share)
                yield Piece(key=f"{queue}.{''.join(share)}", rows=rows)

    def taken(self, keys: Sequence[str]) -> None:
        """Tell the service which records were delivered; those it no longer offers are told already."""
        wanted: dict[str, set[str]] = {}
        for key in keys:
            for queue, mark in _marks_in(key):
                wanted.setdefault(queue, set()).add(mark)
        for queue, marks in wanted.items():
            if queue not in self.offered:
                self.offered[queue] = self._waiting(queue)
            rows = [self.offered[queue].pop(mark) for mark in sorted(marks & self.offered[queue].keys())]
            ids = [text_at(self.asking.service.title, row, self.course.id).strip() for row in rows]
            for share in _share(ids, 50):
                told = {"ids": list(share), "queue": self.course.queues[queue]}
                self.asking.rows(self.course.taken, self.course.taken_envelope, told)

    def _waiting(self, queue: str) -> dict[str, Row]:
        title, found = self.asking.service.title, dict[str, Row]()
        for row in self.asking.rows(self.course.list, self.course.list_envelope, {"queue": queue}).rows:
            one = checked_id(title.vi, title.en, text_at(title, row, self.course.id).strip())
            mark = urlsafe_b64encode(hashlib.sha256(one.encode()).digest())[:MARK].decode()
            if mark in found:
                raise malformed(title, "một hồ sơ đứng hai lần trong hàng chờ", "a record waits twice")
            found[mark] = row
        return found


def _marks_in(key: str) -> Iterator[tuple[str, str]]:
    queue, _, marks = key.partition(".")
    yield from ((queue, marks[at : at + MARK]) for at in range(0, len(marks), MARK))


@dataclass(frozen=True, slots=True)
class ByNumbers:
    """Each number of a list is asked for; one that the service does not know leaves a row with its number alone."""

    asking: Asking
    course: Listed
    numbers: tuple[str, ...] = field(repr=False)

    def test(self, _today: date) -> int:
        """Ask for the first number; return how many the list has."""
        self._row(self.numbers[0])
        return len(self.numbers)

    def pieces(self, _window: Window, done: Mapping[str, str]) -> Iterator[Piece]:
        """Bring the list, a share at a time."""
        kept = {one for mark in done.values() for one in mark.split()}
        for share in _share([one for one in self.numbers if one not in kept], self.course.many):
            name = hashlib.sha256(" ".join(share).encode()).hexdigest()[:16]
            yield Piece(key=f"danh-sach.{name}", rows=tuple(map(self._row, share)), mark=" ".join(share))

    def _row(self, number: str) -> dict[str, str]:
        found = self.asking.one(self.course.detail, self.course.detail_envelope, {"id": number})
        empty = dict.fromkeys(self.asking.service.fields, "")
        return (self.asking.translated({"detail": found}) if found else empty) | {self.course.number_to: number}


def numbers_of(text: str, pattern: str, name: str) -> tuple[str, ...]:
    """Return the numbers of a list, one a line, each once; a first line of words is its heading."""
    found: dict[str, None] = {}
    for at, line in enumerate(text.lstrip("\ufeff").splitlines(), start=1):
        told = re.split(r"[,;\t]", line, maxsplit=1)[0].strip().strip('"').strip()
        if not told or (at == 1 and not any(sign.isdigit() for sign in told)):
            continue
        if not re.fullmatch(pattern, told):
            raise BadInput(
                f"Danh sách «{name}» sai ở dòng {at}: cột đầu phải là mã số cần hỏi. Sửa dòng đó.",
                f"The list {name!r} is wrong at line {at}: the first column must hold the number to ask for. Mend it.",
            )
        found[told] = None
    if not found:
        raise BadInput(
            f"Danh sách «{name}» trống: ghi mỗi dòng một mã số.", f"The list {name!r} is empty: one number a line."
        )
    return tuple(found)
