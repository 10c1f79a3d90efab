"""The four printed forms of keeping (Decree 30/2020, Appendix V), as PDF/A: lists of files and the hand-in's record."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime

from dean06.clock import service as clock
from dean06.papers.keeping.filing import FileListInfo, HandInInfo, PieceInfo, PieceKind, Signer, WorkFileInfo
from dean06.papers.printing.layout import FONT_DESCENT, SINGLE_LINE
from dean06.papers.printing.letters import FAMILY
from dean06.papers.printing.typesetting import set_pdf
from dean06.papers.writing.document import Issuer
from dean06.papers.writing.wording import MOTTO, NATION, place_date_line, roman, two_digits

TEMPLATE = "ho-so.typ"
SIGN_HERE = "(Ký và ghi rõ họ và tên, chức vụ)"
UNITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")


@dataclass(frozen=True, slots=True, kw_only=True)
class Letterhead:
    """Whose form it is and where it is made."""

    issuer: Issuer
    place: str


@dataclass(frozen=True, slots=True)
class _Column:
    title: str
    share: float
    align: str = "left"


@dataclass(frozen=True, slots=True)
class _Row:
    cells: tuple[str, ...]
    bold: bool = False


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    bold: bool = False
    flush: bool = False


@dataclass(frozen=True, slots=True)
class _Sign:
    title: str
    name: str = ""
    post: str = ""
    note: str = ""
    hint: str = SIGN_HERE


def _set(letterhead: Letterhead, created: datetime, **form: object) -> bytes:
    parent, body = letterhead.issuer.parent, letterhead.issuer.body
    data = {
        "author": " ".join((*parent, *body)),
        "font": {"family": FAMILY, "descent": FONT_DESCENT, "single": SINGLE_LINE},
        "nation": NATION,
        "motto": MOTTO,
        "parent": parent,
        "body": body,
        "wide": False,
        "place_date": "",
        "subtitle": (),
        "under": (),
        "before": (),
        "columns": (),
        "rows": (),
        "after": (),
        "signers": (),
        "signed_at": "",
    }
    return set_pdf(TEMPLATE, data | form, created)


def _dicts(parts: Iterable[_Column | _Row | _Line | _Sign]) -> list[dict[str, object]]:
    return [asdict(one) for one in parts]


def list_of_files(
    letterhead: Letterhead, info: FileListInfo, files: Sequence[WorkFileInfo], created: datetime
) -> bytes:
    """Return the list of files of a year (Appendix V, part II)."""
    rows: list[_Row] = []
    for one in files:
        if not any(row.bold and row.cells[1].endswith(f". {one.heading_title.upper()}") for row in rows):
            number = roman(sum(row.bold for row in rows) + 1)
            rows.append(_Row(("", f"{number}. {one.heading_title.upper()}", "", "", ""), bold=True))
        rows.append(_Row((one.symbol, one.title, one.term.vi, one.keeper, _note(one))))
    for_ever = sum(one.term.for_ever for one in files)
    under = f"(Kèm theo Quyết định số {info.instrument} ngày {_long(info.signed_on)})" if info.signed_on else ""
    return _set(
        letterhead,
        created,
        title=f"Danh mục hồ sơ năm {info.year}",
        heading="DANH MỤC HỒ SƠ",
        subtitle=(f"Năm {info.year}",),
        under=(under,) if under else ("(Chưa ban hành)",),
        columns=_dicts(
            (
                _Column("Số và ký hiệu hồ sơ", 1.3, "centre"),
                _Column("Tên đề mục và tiêu đề hồ sơ", 4.6),
                _Column("Thời hạn bảo quản", 1.5, "centre"),
                _Column("Người lập hồ sơ", 1.7),
                _Column("Ghi chú", 1.3),
            )
        ),
        rows=_dicts(rows),
        after=_dicts(
            (
                _Line(f"Danh mục hồ sơ này có {len(files):02d} hồ sơ, bao gồm:"),
                _Line(f"{for_ever:02d} hồ sơ bảo quản vĩnh viễn;"),
                _Line(f"{len(files) - for_ever:02d} hồ sơ bảo quản có thời hạn."),
            )
        ),
    )


def _note(one: WorkFileInfo) -> str:
    return "; ".join(filter(None, (one.note, "" if one.planned else "Ngoài danh mục")))


def contents_of_file(
    letterhead: Letterhead, info: WorkFileInfo, pieces: Sequence[PieceInfo], created: datetime
) -> bytes:
    """Return the table of contents of a file (Appendix V, part IV), with where each piece's pages begin."""
    rows, first = [], 1
    for one in pieces:
        pages = f"{first:02d}" if one.pages == 1 else f"{first:02d}-{first + one.pages - 1:02d}"
        first += one.pages
        note = "; ".join(filter(None, (one.note, "Văn bản đến" if one.kind is PieceKind.IN else "")))
        rows.append(
            _Row((f"{one.number or 0:02d}", one.symbol, _short(one.dated_on), one.title, one.author, pages, note))
        )
    span = f"từ ngày {_short(info.from_on)} đến ngày {_short(info.to_on)}" if info.from_on else ""
    counted = f"Mục lục này gồm {info.pieces:02d} văn bản, tài liệu, {info.pages} trang"
    return _set(
        letterhead,
        created,
        wide=True,
        title=f"Mục lục văn bản, tài liệu, hồ sơ {info.symbol} năm {info.year}",
        heading="MỤC LỤC VĂN BẢN, TÀI LIỆU",
        subtitle=(f"Số, ký hiệu hồ sơ: {info.symbol}", f"Năm {info.year}"),
        under=(info.title,),
        columns=_dicts(
            (
                _Column("STT", 0.6, "centre"),
                _Column("Số, ký hiệu văn bản", 1.6),
                _Column("Ngày tháng năm văn bản", 1.4, "centre"),
                _Column("Tên loại và trích yếu nội dung văn bản", 4.6),
                _Column("Tác giả văn bản", 2.2),
                _Column("Tờ số/ Trang số", 1, "centre"),
                _Column("Ghi chú", 1.4),
            )
        ),
        rows=_dicts(rows),
        after=_dicts((_Line(f"{', '.join(filter(None, (counted, span)))}."),)),
    )


_HANDED_IN = (
    _Column("Số TT", 0.6, "centre"),
    _Column("Số, ký hiệu hồ sơ", 1.2, "centre"),
    _Column("Tiêu đề hồ sơ", 4.6),
    _Column("Thời gian tài liệu", 2.2, "centre"),
    _Column("Thời hạn bảo quản", 1.4, "centre"),
    _Column("Số tờ/ Số trang", 1, "centre"),
    _Column("Ghi chú", 1.4),
)


def _handed_in(at: int, one: WorkFileInfo) -> _Row:
    span = f"{_short(one.from_on)} - {_short(one.to_on)}" if one.from_on else str(one.year)
    return _Row((f"{at:02d}", one.symbol, one.title, span, one.term.vi, str(one.pages), one.note))


def list_handed_in(letterhead: Letterhead, info: HandInInfo, files: Sequence[WorkFileInfo], created: datetime) -> bytes:
    """Return the list of files handed in (Appendix V, part III)."""
    return _set(
        letterhead,
        created,
        wide=True,
        title=f"Mục lục hồ sơ, tài liệu nộp lưu, lần {info.number}",
        heading="MỤC LỤC HỒ SƠ, TÀI LIỆU NỘP LƯU",
        subtitle=(_years(files),),
        columns=_dicts(_HANDED_IN),
        rows=_dicts(_handed_in(at, one) for at, one in enumerate(files, start=1)),
        after=_dicts(
            (
                _Line(f"Mục lục này gồm: {len(files):02d} hồ sơ (đơn vị bảo quản)."),
                _Line(f"Viết bằng chữ: {in_words(len(files))} hồ sơ (đơn vị bảo quản)."),
            )
        ),
        signed_at=_place_date(letterhead, info.given_at),
        signers=_dicts((_Sign("", hint=""), _signed("NGƯỜI LẬP", info.giver, info.given_at))),
    )


def _agreed(letterhead: Letterhead, info: HandInInfo, files: Sequence[WorkFileInfo]) -> tuple[_Line, ...]:
    received = info.receiver or Signer(name="……………………………")
    spans = [day for one in files for day in (one.from_on, one.to_on) if day]
    pieces = sum(one.pieces for one in files)
    return (
        _Line("Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020 của Chính phủ về công tác văn thư;"),
        _Line(f"Căn cứ Danh mục hồ sơ {_years(files).lower()},"),
        _Line("Chúng tôi gồm:"),
        _Line(f"BÊN GIAO: {' '.join(letterhead.issuer.body)}", bold=True, flush=True),
        *_person(info.giver),
        _Line("BÊN NHẬN: Lưu trữ cơ quan", bold=True, flush=True),
        *_person(received),
        _Line("Thống nhất lập biên bản giao nhận tài liệu với những nội dung như sau:"),
        _Line(f"1. Tên khối tài liệu giao nộp: Hồ sơ công việc của {' '.join(letterhead.issuer.body)}"),
        _Line(f"2. Thời gian của hồ sơ, tài liệu: {_span(spans) or _years(files).lower()}"),
        _Line("3. Số lượng tài liệu:"),
        _Line("a) Đối với hồ sơ, tài liệu giấy"),
        _Line("- Tổng số hộp (cặp): …………… Tổng số hồ sơ (đơn vị bảo quản): …………… Quy ra mét giá: …………… mét."),
        _Line("b) Đối với hồ sơ, tài liệu điện tử"),
        _Line(f"- Tổng số hồ sơ: {len(files):02d}"),
        _Line(f"- Tổng số tệp tin trong hồ sơ: {pieces:02d}"),
        _Line(f"4. Tình trạng tài liệu giao nộp: {info.condition}"),
        _Line("5. Mục lục hồ sơ, tài liệu nộp lưu kèm theo."),
        _Line("Biên bản này được lập thành hai bản; bên giao giữ một bản, bên nhận giữ một bản./."),
    )


def record_of_hand_in(
    letterhead: Letterhead, info: HandInInfo, files: Sequence[WorkFileInfo], created: datetime
) -> bytes:
    """Return the record of giving and receiving (Appendix V, part V)."""
    return _set(
        letterhead,
        created,
        title=f"Biên bản giao nhận hồ sơ, tài liệu, lần {info.number}",
        place_date=_place_date(letterhead, info.received_at or info.given_at),
        heading="BIÊN BẢN",
        subtitle=("Giao nhận hồ sơ, tài liệu",),
        before=_dicts(_agreed(letterhead, info, files)),
        signers=_dicts(
            (
                _signed("ĐẠI DIỆN BÊN GIAO", info.giver, info.given_at, hint="(Ký và ghi rõ họ và tên)"),
                _signed("ĐẠI DIỆN BÊN NHẬN", info.receiver, info.received_at, hint="(Ký và ghi rõ họ và tên)"),
            )
        ),
    )


def _person(who: Signer) -> tuple[_Line, _Line]:
    return _Line(f"Ông (bà): {who.name}"), _Line(f"Chức vụ công tác: {who.post or '……………………………'}")


def _signed(title: str, who: Signer | None, at: datetime | None, *, hint: str = SIGN_HERE) -> _Sign:
    if who is None or at is None:
        return _Sign(title, hint=hint)
    when = at.astimezone(clock.TZ)
    note = f"Đã xác nhận trên hệ thống lúc {when:%H:%M} ngày {when:%d/%m/%Y}"
    return _Sign(title, who.name, who.post, note, hint)


def in_words(number: int) -> str:
    """Return a number up to 999 in words, as records write it."""
    if not 0 <= number <= 999:
        return str(number)
    hundreds, rest = divmod(number, 100)
    words = [f"{UNITS[hundreds]} trăm"] if hundreds else []
    tens, unit = divmod(rest, 10)
    if hundreds and not tens and unit:
        words.append("lẻ")
    if tens:
        words.append("mười" if tens == 1 else f"{UNITS[tens]} mươi")
    if unit or not words:
        changed = {1: "mốt", 5: "lăm"} if tens > 1 else {5: "lăm"} if tens else {}
        words.append(changed.get(unit, UNITS[unit]))
    return " ".join(words)


def _years(files: Sequence[WorkFileInfo]) -> str:
    years = sorted({one.year for one in files})
    if not years:
        return "Năm …"
    return f"Năm {years[0]}" if len(years) == 1 else f"Các năm {', '.join(map(str, years))}"


def _span(days: Sequence[date]) -> str:
    return f"từ {_short(min(days))} đến {_short(max(days))}" if days else ""


def _place_date(letterhead: Letterhead, at: datetime) -> str:
    return place_date_line(letterhead.place, at.astimezone(clock.TZ).date())


def _short(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""


def _long(day: date | None) -> str:
    if day is None:
        return ""
    month = two_digits(day.month) if day.month <= 2 else str(day.month)
    return f"{two_digits(day.day)} tháng {month} năm {day.year}"
