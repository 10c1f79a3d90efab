"""What the sectors say of one person, for a purpose and a case; each look is recorded, also one that shows nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import format_html

from dean06.clock.errors import BadInput
from dean06.flows import enriching
from dean06.reconcile.service import feeds
from dean06.reconcile.service.statements import Asked, Statement
from dean06.sources import live as contracts
from dean06.web import writing
from dean06.web.language import words
from dean06.web.pages.slips import UNUSABLE, Misfilled, Slip, slips_of
from dean06.web.pages.titles import source_title
from dean06.web.parts.page import Empty, Link, Notice, PageHead
from dean06.web.parts.tables import Column, Row, Table
from dean06.web.reader import Reader, group_page

__all__ = ["look"]


def _asked(request: HttpRequest) -> Asked:
    post = request.POST
    number = "".join(post.get("so", "").split())
    if not (len(number) == 12 and number.isascii() and number.isdigit()):
        raise Misfilled("so", "Số định danh phải đủ 12 chữ số.", "A personal number has 12 digits.")
    if post.get("muc_dich", "") not in contracts.purposes():
        raise Misfilled("muc_dich", "Chọn mục đích.", "Choose the purpose.")
    case = " ".join(post.get("vu_viec", "").split())[:200]
    if not case:
        raise Misfilled("vu_viec", "Nêu hồ sơ, vụ việc cần đến thông tin này.", "Name the case that needs it.")
    return Asked(number=number, purpose=post["muc_dich"], case=case)


def _row(reader: Reader, told: Statement) -> Row:
    predicate = contracts.predicates()[told.predicate].title
    times = writing.day(told.said)
    if told.first_said != told.said:
        times = words(f"{times}, lần đầu {writing.day(told.first_said)}", f"{times}, first {told.first_said:%d/%m/%Y}")
    return Row(
        cells=(
            words(predicate.vi, predicate.en),
            told.value,
            source_title(told.source, reader.contracts),
            times,
            f"{writing.day(told.since)} – {writing.day(told.until)}",
            writing.percent(told.confidence),
            format_html('{}<small class="cell-note">{}</small>', words(*told.basis), told.granted),
        )
    )


def _table(reader: Reader, found: Sequence[Statement]) -> Table:
    return Table(
        caption=words("Nguồn ngành nói về người này", "What the sectors say of this person"),
        columns=(
            Column(label=words("Thông tin", "Statement"), nowrap=True),
            Column(label=words("Giá trị", "Value"), nowrap=True),
            Column(label=words("Nguồn", "Source")),
            Column(label=words("Nguồn ghi nhận", "Source's own day"), nowrap=True),
            Column(label=words("Hiệu lực", "Valid"), nowrap=True),
            Column(label=words("Độ chắc", "Certainty"), kind="num"),
            Column(label=words("Căn cứ của nguồn, của luồng", "Grounds of source and feed"), kind="text"),
        ),
        rows=tuple(_row(reader, told) for told in found),
    )


def _differ(found: Sequence[Statement]) -> Notice | None:
    """Say where several values stand for one thing: none of them is held to be the right one."""
    several = [code for code, count in Counter(one.predicate for one in found).items() if count > 1]
    if not several:
        return None
    titles = [contracts.predicates()[code].title for code in several]
    named = ", ".join(words(one.vi, one.en).lower() for one in titles)
    return Notice(
        text=words(
            f"Có nhiều giá trị về {named}: xếp cạnh nhau, không giá trị nào được coi là đúng hơn.",
            f"Several values stand for {named}: side by side, none of them held to be the right one.",
        ),
        tone="warn",
        sign="bang",
    )


@group_page
def look(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Ask what the sectors say of one person; the answer is shown once and kept nowhere."""
    slips: tuple[Slip, ...] = ()
    found: Sequence[Statement] | None = None
    if request.method == "POST":
        try:
            found = enriching.read(reader.viewer, reader.group, _asked(request))
        except BadInput as problem:
            slips = slips_of(problem)
    granted = {code for one in feeds.feeds(reader.viewer, reader.group.id) if one.active for code in one.purposes}
    shown = {
        "head": PageHead(
            title=words("Tra thông tin bổ sung của một người", "Look a person up"),
            crumb=Link(label=words("Làm giàu dữ liệu", "Enrichment"), href=reader.url("enrichment")),
            meta=(words("mỗi lần tra đều ghi sổ, kể cả khi không có kết quả", "each look is recorded"),),
        ),
        "slips": slips,
        "typed": request.POST,
        "purposes": [
            (code, words(said.vi, said.en))
            for code, said in contracts.purposes().items()
            if code in granted or code == request.POST.get("muc_dich")
        ],
        "table": _table(reader, found) if found else None,
        "differ": _differ(found) if found else None,
        "nothing": Empty(
            title=words("Không có thông tin nào cho mục đích này", "Nothing may be told for this purpose"),
            text=words("Lần tra đã được ghi cùng mục đích.", "The look is recorded with its purpose."),
            sign="eye",
        )
        if found is not None and not found
        else None,
    }
    answer = render(request, "dean06/pages/enrichment_look.html", shown, status=UNUSABLE if slips else 200)
    answer["Cache-Control"] = "no-store"
    return answer
