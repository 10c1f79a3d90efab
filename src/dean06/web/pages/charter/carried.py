"""Quy chế được thực thi thế nào: every norm of the group's charter, who does what, on which screen, how tested."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from dean06.charter import service as charters
from dean06.charter.types import Norm
from dean06.web import enforcement, marks, writing
from dean06.web.language import current_language, words
from dean06.web.pages import clauses
from dean06.web.parts.page import Figure, Figures, Link, PageHead
from dean06.web.parts.tables import Column, Facet, Facets, Row, Table
from dean06.web.reader import Reader, group_page

__all__ = ["carried"]

# Pages that stand under no group.
OUTSIDE = {"account": "account-factor", "admin": "admin-accounts"}
HOMES = {
    "meetings-round": "meetings-rounds",
    "runs": "deliveries",
    "contracts": "sources",
    "violations": "commendations",
    "charter-draft": "charter-drafts",
    "charter-gap": "charter-gaps",
    "settings-swap": "settings-days",
    "settings-unswap": "settings-days",
    "openrefine": "lookups",
    "demo": "desk",
}
KINDS = (
    ("man-hinh", "có màn hình", "with a screen"),
    ("lenh", "có lệnh", "with a command"),
    ("du-lieu", "trong dữ liệu", "in the data"),
    ("lam-tay", "làm tay", "by hand"),
    ("cho", "chờ phần việc sau", "waiting"),
)


def _kind(norm: Norm) -> str:
    how = enforcement.table().get(norm.action or "")
    if how is None:
        return "du-lieu"
    if how.screens:
        return "man-hinh"
    if how.commands:
        return "lenh"
    return "lam-tay" if how.by_hand else "cho"


def _screens(reader: Reader, names: tuple[str, ...]) -> SafeString:
    found: dict[str, str] = {}
    for name in names:
        family, vi, en = enforcement.page_of(name)
        href = reverse(OUTSIDE[family]) if family in OUTSIDE else reader.url(HOMES.get(family, family))
        found.setdefault(words(vi, en), href)
    return format_html_join(", ", '<a href="{}">{}</a>', ((href, label) for label, href in found.items()))


def _how(reader: Reader, norm: Norm) -> SafeString | str:
    how = enforcement.table().get(norm.action or "")
    if how is None:
        return words("dữ liệu của quy chế", "the data of the charter")
    if how.screens:
        return _screens(reader, how.screens)
    if how.commands:
        return format_html_join(", ", "<code>dean06 {}</code>", ((name,) for name in how.commands))
    if how.by_hand:
        chip = marks.chip("mute", words("Làm tay", "By hand"), with_sign="pen")
        return format_html("{} {}", chip, words(*how.by_hand))
    chip = marks.chip("info", words("Chờ", "Waiting"), with_sign="clock")
    return format_html("{} {}", chip, words(*enforcement.LATER[how.waits_for]))


def _row(reader: Reader, norm: Norm, seen: int | None) -> Row:
    charter, language = reader.charter, current_language()
    who = ", ".join(charters.party_name(charter, bearer.party, language) for bearer in norm.bearers)
    act = charters.norm_act(norm, language).partition(" (")[0]
    measured = norm.type != "duty" or norm.testable
    unmeasured = marks.chip("mute", words("Không đo được", "Cannot be measured"), with_sign="dash")
    return Row(
        cells=(
            clauses.cite(reader, norm.cite),
            ": ".join(part for part in (who, act) if part) or words("Quy định nền", "General"),
            charters.type_name(norm.type, language) if measured else unmeasured,
            _how(reader, norm),
            writing.number(seen),
        )
    )


def _table(reader: Reader, norms: Sequence[Norm], seen: Mapping[str, int]) -> Table:
    return Table(
        caption=words("Từng quy phạm", "Each norm"),
        columns=(
            Column(label=words("Điều khoản", "Clause"), nowrap=True),
            Column(label=words("Ai làm gì", "Who does what"), kind="text"),
            Column(label=words("Loại", "Kind"), nowrap=True),
            Column(label=words("Làm ở đâu", "Where"), kind="text"),
            Column(label=words("Số ca kiểm thử", "Test cases"), kind="num"),
        ),
        rows=tuple(_row(reader, norm, seen.get(norm.key) if seen else None) for norm in norms),
    )


def _facets(reader: Reader, kinds: Mapping[str, int], asked: str) -> Facets:
    every = Facet(
        label=words("Tất cả", "All"),
        count=writing.number(sum(kinds.values())),
        href=reader.url("charter-carried"),
        current=asked not in kinds,
    )
    some = (
        Facet(label=words(vi, en), count=writing.number(kinds[code]), href=f"?xem={code}", current=asked == code)
        for code, vi, en in KINDS
        if kinds.get(code)
    )
    return Facets(label=words("Lọc theo cách làm", "Filter by how"), items=(every, *some))


@group_page
def carried(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Show how each norm of the group's charter is carried out."""
    charter = reader.charter
    seen = enforcement.cases(charter.line)
    kinds = Counter(_kind(norm) for norm in charter.norms)
    asked = request.GET.get("xem", "")
    testable, duties = charters.coverage(charter)
    measured = words(f"đo được {testable} trên {duties} nghĩa vụ", f"{testable} of {duties} duties are measured")
    figures = (
        (len(charter.norms), words("quy phạm", "norms")),
        (kinds["man-hinh"] + kinds["lenh"], words("làm được trên hệ thống", "done in the system")),
        (kinds["cho"], words("chờ phần việc sau", "waiting for later work")),
    )
    shown = {
        "head": PageHead(
            title=words("Quy chế được thực thi thế nào", "How the charter is carried out"),
            crumb=Link(label=words("Quy chế", "Charter"), href=reader.url("charter")),
            meta=(charter.title, measured),
        ),
        "figures": Figures(items=tuple(Figure(value=writing.number(count), label=label) for count, label in figures)),
        "facets": _facets(reader, kinds, asked),
        "table": _table(reader, [norm for norm in charter.norms if not kinds.get(asked) or _kind(norm) == asked], seen),
        "tested": bool(seen),
    }
    return render(request, "dean06/pages/charter_carried.html", shown)
