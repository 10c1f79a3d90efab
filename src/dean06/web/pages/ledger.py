"""Sổ ghi: the newest signed head, the latest acts of the group, and a check of the whole log on demand."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from dean06.charter import service as charters
from dean06.charter.types import Citation
from dean06.ledger import service as ledger
from dean06.web import writing
from dean06.web.language import words
from dean06.web.marks import clause
from dean06.web.parts.page import Action, Figure, Figures, Notice, PageHead
from dean06.web.parts.tables import Column, Row, Table
from dean06.web.reader import Reader, group_page

LATEST = 50

__all__ = ["ledger_page"]


def _acts(reader: Reader) -> Table:
    actions = charters.vocabulary().actions
    roles = charters.vocabulary().roles
    rows = []
    for entry in ledger.latest_of(reader.group.slug, LATEST):
        cited = [charters.clause_label(Citation.parse(label)) for label in entry.citations[:2]]
        action = actions.get(entry.action)
        role = roles.get(entry.role)
        rows.append(
            Row(
                cells=(
                    writing.instant(entry.at),
                    action.name.vi if action else entry.action,
                    role.vi if role else entry.role,
                    f"{entry.object_kind} {entry.object_id}",
                    clause("; ".join(cited)) if cited else "",
                    "" if entry.leaf is None else writing.number(entry.leaf),
                )
            )
        )
    return Table(
        caption=words("Các việc gần nhất của tổ", "The group's latest acts"),
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


@group_page
def ledger_page(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Show the state of the log; `?kiem=1` checks every entry of it."""
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
        "table": _acts(reader),
    }
    return render(request, "dean06/pages/ledger.html", shown)
