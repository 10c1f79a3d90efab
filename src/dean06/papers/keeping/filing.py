"""Work files as other rooms know them, and what a new file or piece must say. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from dean06.clock.errors import BadInput
from dean06.ledger.types import digest_of
from dean06.papers.keeping.retention import Term, hand_in_before, is_owed, kept_until
from dean06.papers.writing.sections import clean

SUFFIXES = ("pdf", "docx", "xlsx", "png", "jpg", "zip")
MOST_PAGES = 9999
MOST_UPLOADED = 20_000_000


class FileState(StrEnum):
    """Where a work file stands."""

    PLANNED = "planned"
    OPEN = "open"
    CLOSED = "closed"
    OFFERED = "offered"
    ARCHIVED = "archived"


class PieceKind(StrEnum):
    """What lies in a file: a paper of ours, one that came in, or another document."""

    OUT = "out"
    IN = "in"
    UPLOAD = "doc"


class Outcome(StrEnum):
    """What may be decided about a file whose term has run out."""

    DESTROY = "destroy"
    LONGER = "longer"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewFile:
    """What a list says of a file, or of one opened beside the list."""

    heading: str
    heading_title: str
    title: str
    term: Term
    term_source: str
    keeper: str
    compared: bool = True
    note: str = ""

    def __post_init__(self) -> None:
        _fit(self, "heading", "đề mục", 10)
        _fit(self, "heading_title", "tên đề mục", 200)
        _fit(self, "title", "tiêu đề hồ sơ", 300)
        _fit(self, "term_source", "căn cứ thời hạn", 300)
        _fit(self, "keeper", "người lập hồ sơ", 200)
        _fit(self, "note", "ghi chú", 300, empty=True)
        if not self.heading.isalpha() or not self.heading.isupper():
            raise BadInput(
                "Ký hiệu đề mục viết liền bằng chữ in hoa, ví dụ TH.",
                "A heading's letters are capitals without spaces, such as TH.",
            )

    def digest(self) -> str:
        """Return the SHA-256 (hex) to which the permit is bound."""
        return digest_of(
            heading=self.heading, title=self.title, term=self.term.vi, source=self.term_source, keeper=self.keeper,
            note=self.note,
        )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPiece:
    """A paper or document that is put into a file; `ref` is the paper's id, a number of arrival, or a checksum."""

    kind: PieceKind
    ref: str
    title: str
    author: str
    pages: int
    symbol: str = ""
    dated_on: date | None = None
    note: str = ""
    sha256: str = ""
    suffix: str = ""

    def __post_init__(self) -> None:
        _fit(self, "ref", "số đến", 80)
        _fit(self, "title", "trích yếu", 600)
        _fit(self, "author", "tác giả văn bản", 300)
        _fit(self, "symbol", "số, ký hiệu", 80, empty=True)
        _fit(self, "note", "ghi chú", 300, empty=True)
        if not 1 <= self.pages <= MOST_PAGES:
            raise BadInput(f"Số trang phải từ 1 đến {MOST_PAGES}.", f"The number of pages is from 1 to {MOST_PAGES}.")
        if self.suffix and self.suffix not in SUFFIXES:
            raise BadInput(
                f"Tệp .{self.suffix} không nhận được: chọn {', '.join(SUFFIXES)}.",
                f"A .{self.suffix} file is not taken: choose {', '.join(SUFFIXES)}.",
            )

    def digest(self) -> str:
        """Return the SHA-256 (hex) to which the permit is bound."""
        return digest_of(
            kind=self.kind, ref=self.ref, symbol=self.symbol, dated_on=self.dated_on, title=self.title,
            author=self.author, pages=self.pages, note=self.note, sha256=self.sha256,
        )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Signer:
    """Who gives or receives at a hand-in, as the record prints them."""

    name: str
    post: str = ""

    def __post_init__(self) -> None:
        _fit(self, "name", "họ và tên", 200)
        _fit(self, "post", "chức vụ", 200, empty=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewFate:
    """A decision about a file whose term has run out, by number and date of its paper."""

    outcome: Outcome
    instrument: str
    signed_on: date
    reason: str
    more_years: int = 0

    def __post_init__(self) -> None:
        _fit(self, "instrument", "số quyết định", 80)
        _fit(self, "reason", "lý do", 300)
        if (self.outcome is Outcome.LONGER) != (1 <= self.more_years <= 99):
            raise BadInput(
                "Kéo dài thời hạn phải ghi thêm bao nhiêu năm (1 đến 99); hủy thì không ghi.",
                "A longer term says how many years more (1 to 99); a destruction says none.",
            )

    def digest(self) -> str:
        """Return the SHA-256 (hex) to which the permit is bound."""
        return digest_of(
            outcome=self.outcome, instrument=self.instrument, on=self.signed_on, reason=self.reason,
            more=self.more_years,
        )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class FileListInfo:
    """The list of files of a year, and the decision it was issued under."""

    group_id: int
    year: int
    instrument: str
    signed_on: date | None

    @property
    def decided(self) -> bool:
        """Say whether the list was issued."""
        return self.signed_on is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class PieceInfo:
    """A piece of a file; one that was taken out has no number and says why."""

    id: int
    number: int | None
    kind: PieceKind
    ref: str
    symbol: str
    dated_on: date | None
    title: str
    author: str
    pages: int
    note: str
    sha256: str
    suffix: str
    put_at: datetime
    taken_out_at: datetime | None
    taken_out_why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FateInfo:
    """What was decided about a file whose term has run out."""

    outcome: Outcome
    more_years: int
    instrument: str
    signed_on: date
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkFileInfo:
    """A work file: what the list says, what lies in it, and how far it has come."""

    id: int
    group_id: int
    holder_id: int
    ref: str
    year: int
    heading: str
    heading_title: str
    number: int
    title: str
    term: Term
    term_source: str
    compared: bool
    keeper: str
    note: str
    planned: bool
    state: FileState
    opened_at: datetime | None
    ended_on: date | None
    pieces: int
    pages: int
    from_on: date | None
    to_on: date | None
    hand_in_id: int | None
    fates: tuple[FateInfo, ...] = ()

    @property
    def symbol(self) -> str:
        """Number and letters of the heading, as printed: 01.TH."""
        return f"{self.number:02d}.{self.heading}"

    @property
    def due_before(self) -> date | None:
        """The first day on which it is late at the archive; None while its work goes on or where it is not owed."""
        return hand_in_before(self.ended_on) if self.ended_on and is_owed(self.term) else None

    @property
    def kept_until(self) -> date | None:
        """The last day on which it must be kept, with what was added by decision; None where no year ends it."""
        if self.ended_on is None:
            return None
        last = kept_until(self.term, self.ended_on)
        more = sum(one.more_years for one in self.fates)
        return last.replace(year=last.year + more) if last else None  # always 31 December

    @property
    def destroyed_by(self) -> FateInfo | None:
        """The decision to destroy it, if there is one."""
        return next((one for one in self.fates if one.outcome is Outcome.DESTROY), None)

    def late_on(self, day: date) -> bool:
        """Say whether it should be at the archive already."""
        due = self.due_before
        return due is not None and day >= due and self.state is not FileState.ARCHIVED

    def run_out_on(self, day: date) -> bool:
        """Say whether its term is over and nothing was decided yet."""
        last = self.kept_until
        return last is not None and day > last and self.destroyed_by is None


@dataclass(frozen=True, slots=True, kw_only=True)
class HandInInfo:
    """A hand-in to the archive: the giver signed when it was made, the receiver signs or sends it back."""

    id: int
    group_id: int
    number: int
    ref: str
    given_by: str
    giver: Signer
    given_at: datetime
    condition: str
    receiver: Signer | None
    received_at: datetime | None
    returned_at: datetime | None
    returned_why: str

    @property
    def waiting(self) -> bool:
        """Say whether the archive has not answered yet."""
        return self.received_at is None and self.returned_at is None


def _fit(of: object, name: str, where: str, most: int, *, empty: bool = False) -> None:
    """Clean a text of a value; refuse one that is empty or longer than its place."""
    text = clean(getattr(of, name), where, empty=empty)
    if len(text) > most:
        raise BadInput(f"{where}: dài quá {most} ký tự, hãy viết gọn lại.", f"{name}: longer than {most} characters.")
    object.__setattr__(of, name, text)
