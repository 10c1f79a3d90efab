"""A charter as a booklet: each clause in our own words, and beside it who must or may do what, and by when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime

from dean06.adoption.service import VersionInfo
from dean06.charter import service as charters
from dean06.charter.types import Charter, Norm, Provision
from dean06.clock.service import TZ
from dean06.flows.versions import Version, covering_part
from dean06.papers.service import printing
from dean06.papers.types import Booklet, Part, Passage, Reading

OVER = "QUY CHẾ DƯỚI DẠNG DỮ LIỆU"
WARNING = (
    "Mỗi điều khoản được mô tả bằng lời của hệ thống, không phải nguyên văn. Nguyên văn là tệp của cơ quan ban hành. "
    "Cột bên là quy phạm mà hệ thống đọc từ điều khoản và dùng để trả lời, nhắc hạn, ngăn việc sai."
)
TEMPLATE = "Mẫu để soạn quy chế, không có giá trị pháp lý."
HEADS = ("Điều khoản", "Hệ thống đọc thành")
TERMS = ("when", "deadline", "recipients", "via", "seal", "coordinators", "systems")

__all__ = ["booklet", "charter_pdf"]


def charter_pdf(charter: Charter, created: datetime, standing: Version | None = None) -> bytes:
    """Return a charter as PDF/A; the same charter, standing and moment give the same bytes."""
    return printing.render_booklet(booklet(charter, standing), created)


def booklet(charter: Charter, standing: Version | None = None) -> Booklet:
    """Lay a charter out as a booklet; `standing` says what the group entered for it and what it amends."""
    return Booklet(
        over=OVER,
        title=charter.title,
        about=tuple(_about(charter, standing)),
        warning=WARNING if charter.kind != "template" else f"{TEMPLATE} {WARNING}",
        heads=HEADS,
        parts=tuple(_parts(charter, standing)),
        foot=f"{charter.line}, phiên bản {charter.version}. SHA-256 {charter.hash}",
        author=charter.body.short_name,
    )


def _about(charter: Charter, standing: Version | None) -> Iterator[tuple[str, str]]:
    if charter.instrument.number and charter.instrument.date:
        yield "Ban hành", f"Quyết định {_decision(charter.instrument.number, charter.instrument.date)}"
    elif charter.kind == "regulation":
        yield "Ban hành", _blank(charter, standing.info if standing else None)
    if standing is not None and standing.before is not None:
        before = standing.before
        what = "Sửa đổi, bổ sung" if standing.amends else "Thay thế"
        named = _decision(before.instrument, before.signed_on)
        yield what, f"Quyết định {named} (phiên bản {before.number})"
    since = standing.info.in_force_from if standing else charter.in_force_from
    if since:
        until = f" đến {charter.in_force_to:%d/%m/%Y}" if charter.in_force_to else ""
        yield "Có hiệu lực", f"từ {since:%d/%m/%Y}{until}"
    testable, duties = charters.coverage(charter)
    yield "Quy phạm", f"{len(charter.norms)}, trong đó {duties} nghĩa vụ, hệ thống đo được {testable}"
    yield "Phiên bản", str(charter.version)
    yield from ((f"Lưu ý {note.code}", note.vi) for note in charter.notes if not note.where)


def _decision(number: str, day: date | None) -> str:
    return f"số {number} ngày {day:%d/%m/%Y}" if day else f"số {number}"


def _blank(charter: Charter, entered: VersionInfo | None) -> str:
    """Say that the text leaves number or day blank, and what people entered for it."""
    if entered is None or not entered.confirmed_by or entered.confirmed_at is None:
        printed = _decision(charter.instrument.number, None) if charter.instrument.number else ""
        told = f"Quyết định {printed}. " if printed else ""
        return f"{told}Văn bản để trống số hoặc ngày: đọc và thử được, chưa áp dụng."
    named, day = _decision(entered.instrument, entered.signed_on), entered.confirmed_at.astimezone(TZ)
    if entered.is_confirmed:
        return (
            f"Bản in để trống số hoặc ngày. Tổ đã nhập: Quyết định {named}; hai người xác nhận, đủ vào ngày "
            f"{day:%d/%m/%Y}."
        )
    return (
        f"Bản in để trống số hoặc ngày. Một người đã nhập Quyết định {named} vào ngày {day:%d/%m/%Y}, chờ người thứ "
        "hai xác nhận: đọc và thử được, chưa áp dụng."
    )


def _parts(charter: Charter, standing: Version | None) -> Iterator[Part]:
    covering = covering_part(charter)
    for part in charters.tree(charter):
        made = _part(charter, part)
        if part is covering and standing is not None and standing.covering.instrument:
            first = next(made, None)
            if first is not None:
                issued = _decision(standing.covering.instrument, standing.covering.signed_on)
                yield replace(first, title=f"{first.title} {issued}")
        yield from made


def _part(charter: Charter, node: Provision) -> Iterator[Part]:
    if node.kind == "article":
        named = charters.clause_label(node.cite) if node.cite else node.label
        yield Part(
            title=f"{named[:1].upper()}{named[1:]}. {node.heading}",
            level=2,
            passages=tuple(_passages(charter, node, -1)),
        )
        return
    articles_alone = any(child.kind == "article" for child in node.children)
    if node.kind == "chapter" or articles_alone:
        yield Part(title=f"Chương {node.label}. {node.heading}" if node.kind == "chapter" else node.heading, level=1)
    for child in node.children:
        yield from _part(charter, child)


def _passages(charter: Charter, node: Provision, depth: int) -> Iterator[Passage]:
    norms = [norm for norm in charter.norms if norm.cite == node.cite]
    notes = [note for note in charter.notes if node.cite is not None and note.where == node.cite.dotted]
    if depth >= 0 or node.summary.vi or norms or notes:
        yield Passage(
            label=_label(node),
            text=node.summary.vi,
            depth=max(depth, 0),
            readings=tuple(_reading(charter, norm) for norm in norms),
            notes=tuple(f"Lưu ý {note.code}: {note.vi}" for note in notes),
        )
    for child in node.children:
        yield from _passages(charter, child, depth + 1)


def _label(node: Provision) -> str:
    match node.kind:
        case "clause":
            return f"{node.label}."
        case "point":
            return f"{node.label})"
        case "dash":
            return "-"
        case _:
            return ""


def _reading(charter: Charter, norm: Norm) -> Reading:
    who = ", ".join(charters.party_name(charter, bearer.party) for bearer in norm.bearers)
    act = charters.norm_act(norm)
    told = charters.plain_norm(charter, norm)
    terms = [
        (charters.field_name(name).capitalize(), charters.value_text(charter, name, told[name]))
        for name in TERMS
        if told[name] not in (None, [], {"form": "none"})
    ]
    if norm.sign_form and norm.bearers:
        lines = charters.sign_lines(charter, norm.bearers[0].role, norm.sign_form, norm.on_behalf_of)
        terms.append(("Thể thức", " / ".join(lines)))
    if norm.why_not_testable:
        terms.append(("Không đo được", norm.why_not_testable))
    elif norm.when or norm.type == "prohibition":
        terms.append(("Khi không đủ điều kiện", charters.enforcement_name(norm.enforcement)))
    if norm.reading:
        terms.append(("Cách hiểu", norm.reading.vi))
    gaps = charters.vocabulary().gaps
    terms += [("Quy chế để ngỏ", gaps[code].vi) for code in norm.gaps if code in gaps]
    title = ": ".join(part for part in (who, act) if part) or "Quy định nền"
    tag = charters.type_name(norm.type) if norm.bearers else ""
    return Reading(title=title, tag=tag, terms=tuple(terms))
