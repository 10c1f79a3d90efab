"""Các bản của một hợp đồng: what was in force when, what each changed, its text, and the way back to it."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.html import format_html
from django.views.decorators.http import require_POST

from dean06.clock.errors import BadInput
from dean06.flows import contracting
from dean06.offices import service as offices
from dean06.sources import live
from dean06.sources import service as sources
from dean06.sources.live import Contract
from dean06.sources.types import VersionInfo
from dean06.web import writing
from dean06.web.language import words
from dean06.web.marks import chip
from dean06.web.pages.contracts.draft import head, known_source
from dean06.web.pages.contracts.words import differences_table
from dean06.web.pages.slips import UNUSABLE, Slip, slips_of
from dean06.web.parts.forms import Field, Form, Panel
from dean06.web.parts.page import Action, Link, PageHead
from dean06.web.parts.tables import Column, Row, Table
from dean06.web.reader import Reader, group_page

PRODUCT = 0  # the number of the product's own text on these pages

__all__ = ["again", "begin_new", "one", "text", "text_in_force", "versions"]


def _shipped(source: str) -> Contract | None:
    return live.SHIPPED.find(source)


def _texts(reader: Reader, source: str) -> list[tuple[VersionInfo | None, Contract]]:
    """Return every text of a source, the newest first; the product's own, where there is one, is the last."""
    own = sources.contract_texts(reader.viewer, reader.group.id, source)
    product = _shipped(source)
    return [*own, (None, product)] if product else [*own]


def _state(reader: Reader, info: VersionInfo | None, contract: Contract, source: str) -> str:
    binding = reader.contracts.find(source)
    if binding == contract:
        return chip("ok", words("đang có hiệu lực", "in force"), with_sign="ok")
    if info is not None and info.in_force_from > reader.today:
        return chip("info", words("chưa đến ngày", "to come"), with_sign="clock")
    return chip("mute", words("bản trước", "earlier"), with_sign="end")


@group_page
def versions(request: HttpRequest, reader: Reader, source: str) -> HttpResponse:
    """Show every version of a source's contract, with what it changed."""
    texts = _texts(reader, known_source(reader, source))
    names = {seat.account: seat.holder for seat in offices.holders(reader.group.id, reader.today)}
    rows = []
    for place, (info, contract) in enumerate(texts):
        before = texts[place + 1][1] if place + 1 < len(texts) else None
        count = len(_changed(before, contract)) if before else 0
        rows.append(_row(reader, source, info, contract, count, names.get(info.adopted_by, "") if info else ""))
    title = words("Các bản của hợp đồng", "Versions of the contract")
    table = Table(
        caption=title,
        columns=(
            Column(label=words("Bản", "Version"), nowrap=True),
            Column(label=words("Có hiệu lực từ", "In force from"), nowrap=True),
            Column(label=words("Lý do, người ban hành", "Reason, by whom"), kind="text"),
            Column(label=words("Khác bản trước", "Changes"), kind="num"),
            Column(label="SHA-256", nowrap=True),
            Column(label=words("Tình trạng", "State"), nowrap=True),
        ),
        rows=tuple(rows),
    )
    told = {"head": head(reader, source, title), "main": (table,)}
    return render(request, "dean06/pages/panels.html", told)


def _changed(before: Contract, after: Contract) -> Sequence[live.Difference]:
    return live.differences(contracting.body_of(before), contracting.body_of(after))


def _row(reader: Reader, source: str, info: VersionInfo | None, contract: Contract, count: int, who: str) -> Row:
    number = info.version if info else PRODUCT
    label = words(f"Bản {contract.version}", f"Version {contract.version}")
    note = words("của tổ", "of the group") if info else words("kèm phần mềm", "of the product")
    digest = info.sha256 if info else live.digest_of_contract(contract)
    return Row(
        cells=(
            format_html(
                '<a href="{}">{}</a><small class="cell-note">{}</small>',
                reader.url("contracts-version", source, number),
                label,
                note,
            ),
            writing.day(contract.valid_from),
            format_html('{}<small class="cell-note">{}</small>', info.reason, who) if info else "",
            writing.number(count) if count else "",
            format_html("<code>{} … {}</code>", digest[:8], digest[-4:]),
            _state(reader, info, contract, source),
        )
    )


def _one(reader: Reader, source: str, number: int) -> tuple[VersionInfo | None, Contract]:
    known_source(reader, source)
    product = _shipped(source)
    if number == PRODUCT and product is not None:
        return None, product
    found = sources.contract_version(reader.viewer, reader.group.id, source, number)
    if found is None:
        raise Http404
    return found


@group_page
def one(request: HttpRequest, reader: Reader, source: str, number: int) -> HttpResponse:
    """Show one version: what it says otherwise than the one before it, its text, and the way back to it."""
    info, contract = _one(reader, source, number)
    texts = [told for _, told in _texts(reader, source)]
    place = next((at for at, told in enumerate(texts) if told == contract), len(texts))
    before = texts[place + 1] if place + 1 < len(texts) else None
    title = words(f"Hợp đồng bản {contract.version}", f"Version {contract.version} of the contract")
    href = reader.url("contracts-text", source, number)
    shown_head = head(
        reader,
        source,
        title,
        crumb=Link(label=words("Các bản", "Versions"), href=reader.url("contracts-versions", source)),
        meta=(
            words(f"từ {writing.day(contract.valid_from)}", f"from {writing.day(contract.valid_from)}"),
            format_html("SHA-256 <code>{}</code>", info.sha256 if info else live.digest_of_contract(contract)),
            *((info.reason,) if info else ()),
        ),
    )
    main = []
    if before is not None:
        found = _changed(before, contract)
        caption = words(f"Khác bản {before.version}", f"Unlike version {before.version}")
        bodies = (contracting.body_of(before), contracting.body_of(contract))
        table = differences_table(found, bodies, caption)
        main.append(Panel(id="khac", title=caption, aside=str(len(found)), flush=True, parts=(table,)))
    download = Action(label="hop-dong.yaml", href=href, sign="save")
    main.append(Panel(id="van-ban", title=words("Toàn văn", "The text"), parts=(download,)))
    if not reader.ending and reader.contracts.find(source) != contract:
        main.append(_back(reader, source, number))
    return render(request, "dean06/pages/panels.html", {"head": shown_head, "main": tuple(main)})


def _back(reader: Reader, source: str, number: int) -> Panel:
    note = words(
        "Nội dung bản này được đưa vào bản soạn; ban hành thì thành một bản mới, không sửa bản cũ.",
        "What it says goes into the draft; once adopted it is a new version, and no old one changes.",
    )
    form = Form(
        id="lai",
        action=reader.url("contracts-again", source, number),
        button=words("Soạn lại từ bản này", "Write it again from this"),
        note=note,
    )
    return Panel(id="tro-lai", title=words("Trở lại bản này", "Back to this version"), parts=(form,))


@require_POST
@group_page
def again(request: HttpRequest, reader: Reader, source: str, number: int) -> HttpResponse:
    """Put what an earlier version said into the draft."""
    _one(reader, source, number)
    contracting.again(reader.viewer, reader.group, source, number)
    messages.success(request, words("Đã đưa vào bản soạn.", "It is in the draft."))
    return HttpResponseRedirect(reader.url("contracts-edit", source))


def _download(contract: Contract) -> HttpResponse:
    answer = HttpResponse(live.written(contract), content_type="application/yaml; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="hop-dong.yaml"'
    return answer


@group_page
def text(_request: HttpRequest, reader: Reader, source: str, number: int) -> HttpResponse:
    """Give one version as the YAML whose bytes its SHA-256 is of."""
    return _download(_one(reader, source, number)[1])


@group_page
def text_in_force(_request: HttpRequest, reader: Reader, source: str) -> HttpResponse:
    """Give the contract in force as YAML."""
    found = reader.contracts.find(source)
    if found is None:
        raise Http404
    return _download(found)


# ------------------------------------------------------------ a list of one's own


@group_page
def begin_new(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Begin the contract of a list that the product has none for, from the general one."""
    slips: tuple[Slip, ...] = ()
    code, title, english = (request.POST.get(name, "").strip() for name in ("ma", "ten", "ten_en"))
    if request.method == "POST":
        try:
            draft = contracting.begin_new(reader.viewer, reader.group, code, title, english)
        except BadInput as problem:
            slips = slips_of(problem, "moi-ma")
        else:
            return HttpResponseRedirect(reader.url("contracts-edit", draft.source))
    form = _new_form(code, title, english)
    heading = words("Hợp đồng cho danh sách mới", "A contract for a new list")
    told = {
        "head": PageHead(
            title=heading, crumb=Link(label=words("Nguồn dữ liệu", "Sources"), href=reader.url("sources"))
        ),
        "slips": slips,
        "main": (Panel(id="moi-lap", title=words("Danh sách nào", "Which list"), parts=(form,)),),
    }
    return render(request, "dean06/pages/panels.html", told, status=UNUSABLE if slips else 200)


def _new_form(code: str, title: str, english: str) -> Form:
    return Form(
        id="moi",
        action="",
        button=words("Bắt đầu soạn", "Begin"),
        kind="primary",
        note=words(
            "Bắt đầu từ hợp đồng chung: họ tên, ngày sinh, giới tính, số định danh, nơi ở đã có sẵn.",
            "It begins from the general contract: name, birth, sex, number and residence are there.",
        ),
        fields=(
            Field(
                name="ma",
                label=words("Mã nguồn", "Code"),
                value=code,
                longest=40,
                placeholder="hoi-lam-vuon",
                hint=words("Chữ thường không dấu, số, gạch nối.", "Small letters, digits, hyphens."),
            ),
            Field(name="ten", label=words("Tên nguồn", "Title in Vietnamese"), value=title, longest=200),
            Field(
                name="ten_en", label=words("Tên bằng tiếng Anh", "Title"), value=english, required=False, longest=200
            ),
        ),
    )
