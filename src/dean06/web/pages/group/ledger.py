"""Sổ ghi: the newest signed head, the latest acts of the group, and a check of the whole log on demand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import format_html, format_html_join

from dean06.adoption import service as adoption
from dean06.charter import service as charters
from dean06.charter.types import Citation
from dean06.flows import powers
from dean06.flows.powers import Acting
from dean06.ledger import service as ledger
from dean06.ledger.types import Act
from dean06.web import writing
from dean06.web.language import words
from dean06.web.pages.clauses import cite, cite_house_rules
from dean06.web.parts.page import Action, Figure, Figures, Notice, PageHead
from dean06.web.parts.tables import Column, Row, Table
from dean06.web.reader import Reader, group_page

LATEST = 50

__all__ = ["ledger_page"]


OBJECTS = {
    "absence": ("Vắng mặt", "Absence"),
    "account": ("Tài khoản", "Account"),
    "budget": ("Dự toán tổng hợp", "Budget"),
    "charter": ("Quy chế", "Charter"),
    "commendation": ("Khen thưởng", "Commendation"),
    "charter_draft": ("Bản thảo quy chế", "Charter draft"),
    "delegation": ("Ủy quyền", "Delegation"),
    "delivery": ("Lần nộp", "Delivery"),
    "estimate": ("Dự toán", "Estimate"),
    "findings": ("Sai lệch", "Discrepancies"),
    "fund_entry": ("Bút toán", "Journal entry"),
    "fund_source": ("Nguồn kinh phí", "Source of money"),
    "fund_year": ("Năm ngân sách", "Budget year"),
    "group": ("Tổ công tác", "Group"),
    "local_rule": ("Quy ước", "Local rule"),
    "month_scores": ("Bảng điểm tháng", "Scores of a month"),
    "mechanism": ("Cơ chế kinh phí", "Funding mechanism"),
    "order": ("Đơn sửa", "Order"),
    "handover": ("Bàn giao sai lệch", "Hand-over of corrections"),
    "answers": ("Tệp trả lời", "File of answers"),
    "field_sheet": ("Phiếu xác minh", "Field sheet"),
    "acknowledgement": ("Xác nhận đã đọc", "Acknowledgement"),
    "agency": ("Cơ quan", "Agency"),
    "replacement": ("Thay thành viên", "Replacement"),
    "seal": ("Con dấu", "Seal"),
    "paper": ("Văn bản", "Paper"),
    "register": ("Sổ dân cư", "Register"),
    "report": ("Báo cáo", "Report"),
    "run": ("Lượt đối soát", "Run"),
    "seat": ("Vị trí", "Seat"),
    "spending": ("Đề nghị chi", "Request to spend"),
    "submission": ("Tờ trình", "Submission"),
    "source": ("Nguồn dữ liệu", "Source"),
    "task": ("Nhiệm vụ", "Task"),
    "threshold": ("Ngưỡng", "Threshold"),
}
STAMP = re.compile(r"\d{20}|[0-9a-f]{12}")
PERIOD = re.compile(r"\d{4}-\d{2}(-\d{2})?")


def _spoken_of_the_installation() -> frozenset[str]:
    """Return the acts that the installation's own charter decides; their clauses are not the group's."""
    norms = adoption.installation_charter().norms
    return frozenset(action for norm in norms for action in (norm.action, *norm.extends_to) if action)


def _object(reader: Reader, entry: Act) -> str:
    """Name what was acted upon without the stamps that make its id unique."""
    named = OBJECTS.get(entry.object_kind)
    kind = words(*named) if named else entry.object_kind
    parts = [part for part in entry.object_id.split(":") if part != reader.group.slug and not STAMP.fullmatch(part)]
    return " ".join((kind, *(writing.month(part) if PERIOD.fullmatch(part) else part for part in parts)))


def _clause(reader: Reader, entry: Act, installation: frozenset[str]) -> str:
    cited = [Citation.parse(label) for label in entry.citations[:2]]
    if not cited:
        return ""
    if entry.action not in installation:
        return format_html_join(" ", "{}", ((cite(reader, one, text=reader.hash_at(entry.done_at)),) for one in cited))
    return cite_house_rules(reader, cited)


def _when(entry: Act) -> str:
    """Return when an act was done; by the day of a demonstration, also when it was written down."""
    done, written = writing.instant(entry.done_at), writing.instant(entry.at)
    if entry.done_at.date() == entry.at.astimezone(entry.done_at.tzinfo).date():
        return done
    told = words(f"ghi sổ {written}", f"written {written}")
    return format_html('{}<span class="cell-note">{}</span>', done, told)


def _role(entry: Act, acting: Sequence[Acting]) -> str:
    """Return the seat an act was done in; done for another it says for whom, and since when."""
    role = charters.vocabulary().roles.get(entry.role)
    name = words(role.vi, role.en) if role else entry.role
    power = powers.acting_for(acting, entry.role, entry.done_at)
    if power is None or not {cited.dotted for cited in power.clauses} & set(entry.citations):
        return name
    since = writing.instant(power.since)
    told = words(f"thay {power.for_title} từ {since}", f"for the {power.for_title} since {since}")
    return format_html('{}<span class="cell-note">{}</span>', name, told)


def _acts(reader: Reader, acts: Iterable[Act], caption: str) -> Table:
    vocabulary = charters.vocabulary()
    installation = _spoken_of_the_installation()
    acting = powers.actings(reader.group)
    rows = []
    for entry in acts:
        action = vocabulary.actions.get(entry.action)
        rows.append(
            Row(
                cells=(
                    _when(entry),
                    words(action.name.vi, action.name.en) if action else entry.action,
                    _role(entry, acting),
                    _object(reader, entry),
                    _clause(reader, entry, installation),
                    "" if entry.leaf is None else writing.number(entry.leaf),
                )
            )
        )
    return Table(
        caption=caption,
        columns=(
            Column(label=words("Lúc", "When"), nowrap=True),
            Column(label=words("Việc", "Act")),
            Column(label=words("Vai", "Seat")),
            Column(label=words("Đối tượng", "Object")),
            Column(label=words("Căn cứ", "Clause")),
            Column(label=words("Lá", "Leaf"), kind="num"),
        ),
        rows=tuple(rows),
        heading=None,
    )


def _asked(request: HttpRequest, reader: Reader) -> Table:
    """Show the latest acts of the group, or, of one object, all of them."""
    kind, _, name = request.GET.get("doi_tuong", "").partition(":")
    if name:
        found = ledger.acts_on(reader.group.slug, kind, name)
        return _acts(reader, found, words("Các việc với đối tượng này", "The acts on this object"))
    latest = ledger.latest_of(reader.group.slug, LATEST)
    return _acts(reader, latest, words("Các việc gần nhất của tổ", "The group's latest acts"))


@group_page
def ledger_page(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Show the state of the log; `?kiem=1` checks every entry of it, `?doi_tuong=` the acts on one object."""
    head = ledger.newest_checkpoint()
    report = ledger.verify() if request.GET.get("kiem") else None
    notice = None
    if report is not None:
        notice = Notice(
            text=words(
                f"Đã kiểm {writing.number(report.entries)} mục ghi và {writing.number(report.checkpoints)} mốc: "
                + ("không đứt." if report.sound else f"{len(report.faults)} chỗ sai."),
                f"{report.entries} entries and {report.checkpoints} checkpoints checked: "
                + ("unbroken." if report.sound else f"{len(report.faults)} faults."),
            ),
            tone="ok" if report.sound else "warn",
            sign="ok" if report.sound else "warn",
        )
    shown = {
        "head": PageHead(
            title=words("Sổ ghi", "Ledger"),
            meta=(words("Mọi việc đều nằm ở đây, kèm điều khoản cho phép", "Every act, with its clause"),),
            actions=(Action(label=words("Kiểm toàn bộ", "Check it whole"), href="?kiem=1", sign="chain"),),
        ),
        "figures": Figures(
            items=(
                Figure(
                    value=writing.number(head[0]) if head else "0",
                    label=words("mục ghi đã ký mốc", "entries under a signed head"),
                ),
                Figure(value=head[1][:12] if head else "–", label=words("gốc cây băm", "root of the tree")),
            )
        ),
        "notice": notice,
        "table": _asked(request, reader),
    }
    return render(request, "dean06/pages/ledger.html", shown)
