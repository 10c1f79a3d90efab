"""Sổ con dấu: whose seal, who keeps it, its print; which seal goes with which role is read from the charter."""

from __future__ import annotations

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST

from dean06.charter import service as charters
from dean06.flows import seating
from dean06.offices.service import seals as offices_seals
from dean06.offices.types import NewSeal, SealInfo
from dean06.papers.service import pieces
from dean06.web import sheet, writing
from dean06.web.language import words
from dean06.web.marks import chip, link
from dean06.web.pages.clauses import cite
from dean06.web.pages.days import day_given
from dean06.web.pages.offices.frame import home, views
from dean06.web.pages.offices.typed import file_given, one_line
from dean06.web.parts.forms import Field, Form, Panel
from dean06.web.parts.page import Empty, PageHead
from dean06.web.parts.tables import Column, Row, Table
from dean06.web.reader import Reader, group_page

OWN = "own_agency"
PICTURES = ".png,.jpg,.jpeg,.pdf"

__all__ = ["enter", "retire", "seals", "specimen"]


def _register(reader: Reader, found: list[SealInfo]) -> Table:
    return Table(
        caption=words("Sổ con dấu", "Register of seals"),
        columns=(
            Column(label=words("Con dấu", "Seal"), kind="text"),
            Column(label=words("Cơ quan", "Agency")),
            Column(label=words("Người giữ", "Custodian")),
            Column(label=words("Từ ngày", "Since"), nowrap=True),
            Column(label=words("Đến ngày", "Until"), nowrap=True),
            Column(label=words("Mẫu dấu", "Print")),
        ),
        rows=tuple(
            Row(
                cells=(
                    one.name,
                    reader.agency(one.agency),
                    one.custodian,
                    writing.day(one.since),
                    writing.day(one.until) if one.until else chip("ok", words("Đang dùng", "In use"), with_sign="seal"),
                    link(words("xem mẫu", "see"), reader.url("offices-seal-print", one.id)) if one.specimen else "",
                )
            )
            for one in found
        ),
    )


def _rules(reader: Reader, found: list[SealInfo]) -> Table:
    """Return which seal the charter gives to which role, and whether that seal stands in the register."""
    known = {one.agency for one in found if one.until is None}
    rows = []
    for role, rule in reader.charter.index.seals.items():
        if role not in reader.charter.roles:
            continue
        agency = reader.charter.roles[role].agency if rule.seal == OWN else rule.seal
        name = reader.agency(agency) if agency else words("cơ quan của người ký", "the signer's own agency")
        state = (
            chip("ok", words("Có trong sổ", "In the register"), with_sign="ok")
            if agency in known
            else chip("warn", words("Chưa ghi vào sổ", "Not in the register"), with_sign="pen")
        )
        cited: SafeString = cite(reader, rule.norm.cite)
        rows.append(Row(cells=(charters.role_name(reader.charter, role), name, cited, state if agency else "")))
    return Table(
        caption=words("Vai nào dùng dấu nào, theo quy chế", "Which role uses which seal, by the charter"),
        columns=(
            Column(label=words("Vai", "Role")),
            Column(label=words("Dùng dấu của", "Uses the seal of")),
            Column(label=words("Căn cứ", "Clause"), nowrap=True),
            Column(label=words("Sổ con dấu", "Register")),
        ),
        rows=tuple(rows),
    )


def _enter_form(reader: Reader) -> Form:
    return Form(
        id="dau",
        action=reader.url("offices-seal-enter"),
        button=words("Ghi vào sổ", "Enter"),
        kind="primary",
        note=words(
            "Con dấu đang dùng của cơ quan ấy thôi dùng từ hôm trước.",
            "The seal the agency had before ends on the day before.",
        ),
        fields=(
            Field(
                name="co_quan",
                label=words("Cơ quan", "Agency"),
                kind="choice",
                choices=tuple(reader.agencies.items()),
            ),
            Field(name="ten", label=words("Tên con dấu", "Name of the seal"), longest=200),
            Field(name="nguoi_giu", label=words("Người giữ dấu", "Custodian"), longest=200),
            Field(name="tu", label=words("Dùng từ ngày", "Since"), kind="day", value=writing.day(reader.today)),
            Field(
                name="mau",
                label=words("Mẫu dấu (ảnh hoặc PDF)", "Print (picture or PDF)"),
                kind="file",
                required=False,
                accept=PICTURES,
            ),
        ),
    )


def _forms(reader: Reader, found: list[SealInfo]) -> tuple[Panel, ...]:
    made = [Panel(id="ghi-dau", title=words("Ghi con dấu", "Enter a seal"), parts=(_enter_form(reader),))]
    for one in found:
        if one.until is None:
            form = Form(
                id=f"thoi-{one.id}",
                action=reader.url("offices-seal-end", one.id),
                button=words("Thôi dùng", "End"),
                fields=(
                    Field(
                        name="den",
                        label=words("Ngày cuối cùng", "Last day"),
                        kind="day",
                        value=writing.day(reader.today),
                    ),
                ),
            )
            text = words("Thôi dùng con dấu này", "End this seal")
            made.append(Panel(id=f"dau-{one.id}", title=one.name, fold=True, text=text, parts=(form,)))
    return tuple(made)


@group_page
def seals(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Show the register of seals, and which one answers for which role."""
    found = offices_seals.seals(reader.viewer, reader.group.id)
    if sheet.asked(request):
        made = sheet.Sheet(
            title=words(f"Sổ con dấu, {reader.group.name}", f"Seals of {reader.group.name}"),
            notes=(words(f"{len(found)} con dấu", f"{len(found)} seals"),),
            header=tuple(column.label for column in _register(reader, found).columns[:5]),
            rows=((one.name, reader.agency(one.agency), one.custodian, one.since, one.until) for one in found),
        )
        return sheet.answer(request, made, f"so-con-dau-{reader.group.slug}")
    empty = Empty(
        title=words("Sổ con dấu chưa có dòng nào", "No seal is recorded yet"),
        text=words("Ghi con dấu mà quy chế giao cho từng vai.", "Enter the seals that the charter gives to each role."),
        sign="seal",
    )
    shown = {
        "head": PageHead(
            title=words("Sổ con dấu", "Register of seals"),
            crumb=home(reader),
            meta=(words(f"{len(found)} con dấu", f"{len(found)} seals"),),
            actions=sheet.offers(request) if found else (),
        ),
        "facets": views(reader, "offices-seals"),
        "main": (
            _register(reader, found)
            if found
            else Panel(id="trong", title=words("Sổ", "Register"), flush=True, parts=(empty,)),
            Panel(
                id="vai", title=words("Vai và con dấu", "Roles and seals"), flush=True, parts=(_rules(reader, found),)
            ),
        ),
        "side": _forms(reader, found),
    }
    return render(request, "dean06/pages/panels.html", shown)


@require_POST
@group_page
def enter(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Enter a seal."""
    print_ = file_given(request, "mau") if request.FILES.get("mau") else None
    new = NewSeal(
        agency=request.POST.get("co_quan", ""),
        name=one_line(request, "ten"),
        custodian=one_line(request, "nguoi_giu"),
        since=day_given(request.POST.get("tu", ""), words("Dùng từ ngày", "Since")),
    )
    seating.enter_seal(reader.account, reader.group, new, print_)
    messages.success(request, words("Đã ghi con dấu vào sổ.", "The seal is entered."))
    return HttpResponseRedirect(reader.url("offices-seals"))


def _own(reader: Reader, seal_id: int) -> SealInfo:
    mine = offices_seals.seals(reader.viewer, reader.group.id)
    found = next((one for one in mine if one.id == seal_id), None)
    if found is None:
        raise Http404
    return found


@require_POST
@group_page
def retire(request: HttpRequest, reader: Reader, seal_id: int) -> HttpResponse:
    """Record the last day of a seal."""
    seal = _own(reader, seal_id)
    until = day_given(request.POST.get("den", ""), words("Ngày cuối cùng", "Last day"))
    seating.retire_seal(reader.account, reader.group, seal, until)
    messages.success(request, words("Con dấu thôi dùng.", "The seal has ended."))
    return HttpResponseRedirect(reader.url("offices-seals"))


@group_page
def specimen(_request: HttpRequest, reader: Reader, seal_id: int) -> HttpResponseBase:
    """Hand out the picture of a seal's print."""
    seal = _own(reader, seal_id)
    if not seal.specimen:
        raise Http404
    path = pieces.kept_upload(seal.specimen, seal.suffix)
    return FileResponse(path.open("rb"), as_attachment=True, filename=f"mau-dau-{seal.agency}.{seal.suffix}")
