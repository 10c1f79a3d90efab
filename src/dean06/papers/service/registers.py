"""The face of registers as they are printed: outgoing, incoming, and the list of what goes on paper (Appendix IV)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from dean06.clock import service as clock
from dean06.offices import service as offices
from dean06.offices.types import Viewer
from dean06.papers import models
from dean06.papers.edxml.codes import standard
from dean06.papers.forms.kinds import KINDS
from dean06.papers.keeping import circulation
from dean06.papers.models import Channel, Dispatch, Withdrawal
from dean06.papers.post.arriving import IncomingInfo
from dean06.papers.post.outgoing import Ready, ready
from dean06.papers.printing.sheet import Head, Sheet, Turn, sheet_pdf
from dean06.papers.service import incoming as incoming_face
from dean06.papers.writing.wording import two_digits

__all__ = ["Head", "Sheet", "Turn", "hand_list", "incoming", "outgoing", "sheet_pdf"]

OUTGOING = (
    Head(title="Số, ký hiệu văn bản", share=1.5),
    Head(title="Ngày tháng văn bản", share=1.1, centred=True),
    Head(title="Tên loại và trích yếu nội dung văn bản", share=3.6),
    Head(title="Người ký", share=1.5),
    Head(title="Nơi nhận văn bản", share=2.6),
    Head(title="Đơn vị, người nhận bản lưu", share=1.2),
    Head(title="Số lượng bản", share=0.8, centred=True),
    Head(title="Ghi chú", share=1.8),
)
INCOMING = (
    Head(title="Ngày đến", share=1.1, centred=True),
    Head(title="Số đến", share=0.7, centred=True),
    Head(title="Tác giả", share=2.0),
    Head(title="Số, ký hiệu", share=1.4),
    Head(title="Ngày tháng văn bản", share=1.1, centred=True),
    Head(title="Tên loại và trích yếu nội dung", share=3.4),
    Head(title="Đơn vị, người nhận", share=1.7),
    Head(title="Ngày chuyển", share=1.15, centred=True),
    Head(title="Ký nhận", share=0.8),
    Head(title="Ghi chú", share=1.8),
)
BY_HAND = (
    Head(title="TT", share=0.5, centred=True),
    Head(title="Nơi nhận", share=3.5),
    Head(title="Địa chỉ", share=3.0),
    Head(title="Số bản", share=0.8, centred=True),
    Head(title="Ngày gửi", share=1.4, centred=True),
    Head(title="Ký nhận", share=1.8),
)
DONE = {Withdrawal.Kind.RECALL: "Đã thu hồi", Withdrawal.Kind.REPLACEMENT: "Đã thay thế", Withdrawal.Kind.VOID: "Bỏ số"}
CLOSED = "Văn bản hạn chế người đọc."
HOLE = "Số đã cấp nhưng sổ không có văn bản; xem sổ ghi để biết vì sao."


def _day(at: date | datetime | None) -> str:
    local = at.astimezone(clock.TZ).date() if isinstance(at, datetime) else at
    return f"{local:%d/%m/%Y}" if local else ""


def _owner(group_id: int) -> tuple[str, ...]:
    return (offices.group_by_id(group_id).name,)


def outgoing(viewer: Viewer, group_id: int, year: int) -> Sheet | None:
    """Return the register of outgoing papers of a year, by series and number; a number without a paper is told."""
    if not viewer.sees_summaries_of(group_id):
        return None
    rows = models.Paper.objects.filter(group_id=group_id, year=year).exclude(number=None)
    rows = rows.prefetch_related("dispatches", "withdrawal__by_paper", "withdraws__paper").order_by("symbol", "number")
    papers = [ready(row) for row in rows]
    seen = set(circulation.readable(viewer, group_id, rows.prefetch_related(None)).values_list("pk", flat=True))
    series = models.Series.objects.filter(group_id=group_id, year=year)
    holes = list(_holes(series, papers)) if papers else []
    told = sorted(
        [*((one.row.symbol, one.number, _sent(one) if one.row.pk in seen else _closed(one)) for one in papers), *holes],
        key=lambda each: each[:2],
    )
    closed = tuple(
        f"Dãy số {one.symbol} khóa ngày {_day(one.closed_on)} ở số {one.last}."
        for one in series.exclude(closed_on=None).order_by("symbol")
        if papers
    )
    return Sheet(
        owner=_owner(group_id),
        title="SỔ ĐĂNG KÝ VĂN BẢN ĐI",
        about=f"Năm {year}",
        columns=OUTGOING,
        rows=tuple(cells for _, _, cells in told),
        notes=(f"Tổng số: {len(papers)} văn bản, {len(holes)} số không có văn bản.", *closed),
    )


def _holes(series: Iterable[models.Series], papers: Iterable[Ready]) -> Iterable[tuple[str, int, tuple[str, ...]]]:
    used = {(one.row.symbol, one.number) for one in papers}
    for one in series:
        for number in range(1, one.last + 1):
            if (one.symbol, number) not in used:
                label = f"{two_digits(number)}/{one.symbol}"
                yield one.symbol, number, (label, "", "", "", "", "", "", HOLE)


def _sent(paper: Ready) -> tuple[str, ...]:
    document, dispatches = paper.document, list(paper.row.dispatches.all())
    printed = [one for one in dispatches if one.channel == Channel.PAPER]
    return (
        paper.label,
        _day(paper.issued_at),
        f"{KINDS[document.kind].name}: {paper.row.abstract}",
        paper.row.signer,
        "; ".join(one.recipient for one in dispatches) or "; ".join(document.recipients),
        ", ".join(document.kept_by),
        str(len(printed) + 1) if printed else "1",
        _remark(paper.row),
    )


def _closed(paper: Ready) -> tuple[str, ...]:
    """Return what the register says of a paper of restricted circulation to those outside its circle: that it is."""
    return (paper.label, _day(paper.issued_at), CLOSED, "", "", "", "", "")


def _remark(row: models.Paper) -> str:
    told = [f"{one.get_kind_display()} văn bản {ready(one.paper).label}." for one in row.withdraws.all()]
    withdrawal = getattr(row, "withdrawal", None)
    if withdrawal is not None:
        by = f" bằng {ready(withdrawal.by_paper).label}" if withdrawal.by_paper else ""
        what = DONE[Withdrawal.Kind(withdrawal.kind)]
        told.append(f"{what}{by} ngày {_day(withdrawal.at)}: {withdrawal.reason}.")
    return " ".join(told)


def incoming(viewer: Viewer, group_id: int, year: int) -> Sheet | None:
    """Return the register of incoming papers of a year, by number."""
    if not viewer.sits_in(group_id):
        return None
    found = incoming_face.of_year(viewer, group_id, year)
    labels = {one.id: f"{one.number}" for one in found}
    return Sheet(
        owner=_owner(group_id),
        title="SỔ ĐĂNG KÝ VĂN BẢN ĐẾN",
        about=f"Năm {year}",
        columns=INCOMING,
        rows=tuple(_came(one, labels) for one in found),
        notes=(f"Tổng số: {len(found)} văn bản.",),
    )


def _came(one: IncomingInfo, labels: dict[int, str]) -> tuple[str, ...]:
    priority = standard().priority(one.priority)
    told = [
        f"{priority.vi}." if priority and one.priority else "",
        f"Trùng số đến {labels.get(one.duplicate_of or 0, '…')}." if one.duplicate_of else "",
        f"Đã thay bằng số đến {labels.get(one.replaced_by or 0, '…')}." if one.replaced_by else "",
        f"Bên gửi thu hồi ngày {_day(one.recalled_at)}: {one.recall_reason}." if one.recalled_at else "",
        f"Hạn xử lý {_day(one.answer_by)}." if one.answer_by else "",
        one.note,
    ]
    return (
        _day(one.arrived_at),
        str(one.number),
        one.organ_name,
        one.label,
        _day(one.dated),
        f"{one.kind}: {one.abstract}",
        one.handed_to,
        _day(one.handed_at),
        "",
        " ".join(filter(None, told)),
    )


def hand_list(viewer: Viewer, paper_id: int) -> Sheet | None:
    """Return the list with which the printed copies of a paper go out, for receivers to sign on."""
    row = models.Paper.objects.filter(pk=paper_id).exclude(number=None).first()
    if row is None or not viewer.sits_in(row.group_id) or not circulation.reads(viewer, row):
        return None
    paper = ready(row)
    by_hand = Dispatch.objects.filter(paper=row, channel__in=(Channel.PAPER, Channel.NONE)).order_by("pk")
    return Sheet(
        owner=_owner(row.group_id),
        title="DANH SÁCH GỬI BẢN GIẤY",
        about=f"Văn bản {paper.label} ngày {_day(paper.issued_at)}: {row.abstract}",
        columns=BY_HAND,
        rows=tuple(
            (str(at), one.recipient, one.address, "1", _day(one.sent_at), "") for at, one in enumerate(by_hand, start=1)
        ),
        turn=Turn.UPRIGHT,
    )
