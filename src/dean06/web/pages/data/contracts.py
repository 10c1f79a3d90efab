"""Nguồn dữ liệu: the contracts of all sources, one of them whole, and its description for other programs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.html import format_html, format_html_join
from django.utils.http import urlencode
from django.utils.safestring import SafeString

from dean06.charter import service as charters
from dean06.charter.types import Answerable
from dean06.sources import live
from dean06.sources import service as sources
from dean06.sources.live import Contract, FieldRule, Rule, Words
from dean06.sources.types import DeliveryInfo, DisputeInfo
from dean06.web import sheet, writing
from dean06.web.language import words
from dean06.web.marks import GONE, chip
from dean06.web.pages.clauses import assignment_of, cite, cite_assignment
from dean06.web.pages.data.dispute import state_chip
from dean06.web.pages.titles import severity_chip, source_title
from dean06.web.parts.page import Action, Link, PageHead
from dean06.web.parts.tables import Column, Row, Table
from dean06.web.parts.work import Fact, SummaryList
from dean06.web.reader import Reader, group_page

EVERY = {
    "month": ("hằng tháng", "monthly"),
    "quarter": ("hằng quý", "quarterly"),
    "year": ("hằng năm", "yearly"),
    "once": ("một lần", "once"),
}
LAYOUTS = {
    "assumed": ("dựng tạm, chờ mẫu của cơ quan", "assumed, until the agency hands over its own"),
    "documented": ("theo tài liệu", "documented"),
}
TYPES = {
    "name": ("họ tên", "name"),
    "text": ("chữ", "text"),
    "date": ("ngày", "date"),
    "sex": ("giới tính", "sex"),
    "number": ("số", "number"),
    "code": ("mã", "code"),
    "mark": ("dấu chọn", "mark"),
}
HEADINGS = 6  # how many ways of writing a heading are told
NO_SYSTEM = "S99"  # after every system that the regulations name
SENSITIVE = {"basic": ("dữ liệu cơ bản", "basic data"), "sensitive": ("dữ liệu nhạy cảm", "sensitive data")}

__all__ = ["listing", "one", "package"]


def _said(text: Words) -> str:
    return words(text.vi, text.en)


def _system(contract: Contract) -> str:
    if not contract.system:
        return ""
    name = charters.vocabulary().systems[contract.system]
    return f"{contract.system} {words(name.vi, name.en)}"


def _answer(reader: Reader, contract: Contract) -> Answerable | None:
    return charters.answerable(reader.charter, contract.system) if contract.system else None


def _who(reader: Reader, contract: Contract) -> tuple[str, str]:
    """Return the agency that answers for a source and the clause that says so; the leader's assignment binds first."""
    held, answer = assignment_of(reader, contract.id), _answer(reader, contract)
    if held:
        return reader.agency(held.agency), cite_assignment(reader, held)
    if answer:
        return reader.agency(answer.agency), cite(reader, answer.citation, kind="reading" if answer.reading else "")
    if contract.owner:
        return reader.agency(contract.owner), words("theo hợp đồng dữ liệu", "by the contract")
    return words("quy chế không nêu", "not in the charter"), ""


def _cadence(contract: Contract) -> str:
    day = contract.cadence.day
    every = words(*EVERY[contract.cadence.every])
    return f"{every}, {words(f'ngày {day}', f'day {day}')}"


def _row(reader: Reader, contract: Contract, last: Mapping[str, DeliveryInfo]) -> Row:
    who, clause = _who(reader, contract)
    delivery = last.get(contract.id)
    return Row(
        cells=(
            format_html(
                '<a href="{}">{}</a><small class="cell-note">{}</small>',
                reader.url("sources-one", contract.id),
                _said(contract.title),
                _system(contract),
            ),
            who,
            clause,
            _cadence(contract),
            writing.number(len(contract.own_fields)),
            writing.number(len(contract.rules)),
            writing.month(delivery.period) if delivery else "",
        )
    )


def _last(reader: Reader) -> dict[str, DeliveryInfo]:
    """Return the newest delivery of each source that was read."""
    found = sources.deliveries(reader.viewer, reader.group.id)
    return {one.source: one for one in reversed(found) if one.state == "read"}


@group_page
def listing(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Show every source there is a contract for; those given to an agency of the group first."""
    last = _last(reader)

    def place(one: Contract) -> tuple[bool, bool, bool, str]:
        return one.id not in reader.standing, one.id not in last, not _answer(reader, one), one.system or NO_SYSTEM

    order, given = sorted(reader.contracts.all().values(), key=place), len(reader.standing)
    if sheet.asked(request):
        return sheet.answer(request, _sheet(reader, order), f"nguon-du-lieu-{reader.group.slug}-{reader.today}")
    shown = {
        "head": PageHead(
            title=words("Nguồn dữ liệu", "Sources"),
            crumb=Link(label=words("Đối soát", "Matching"), href=reader.url("deliveries")),
            meta=(
                words(f"{len(order)} hợp đồng dữ liệu", f"{len(order)} contracts"),
                words(f"{given} nguồn đã giao cho cơ quan", f"{given} given to an agency"),
            ),
            actions=(*_beyond(reader), *sheet.offers(request)),
        ),
        "table": Table(
            caption=words("Các nguồn dữ liệu", "Sources"),
            columns=(
                Column(label=words("Nguồn, hệ thống", "Source, system"), kind="text"),
                Column(label=words("Cơ quan trả lời", "Answerable agency")),
                Column(label=words("Căn cứ", "Clause"), nowrap=True),
                Column(label=words("Nộp", "Delivered")),
                Column(label=words("Cột", "Columns"), kind="num"),
                Column(label=words("Luật", "Rules"), kind="num"),
                Column(label=words("Kỳ mới nhất", "Newest period"), nowrap=True),
            ),
            rows=tuple(_row(reader, contract, last) for contract in order),
        ),
    }
    return render(request, "dean06/pages/sources.html", shown)


def _beyond(reader: Reader) -> tuple[Action, ...]:
    """Return the ways from the list of sources: a new list, what feeds them, what they say beside, disputed rules."""
    new, disputed = words("Hợp đồng cho danh sách mới", "A new list"), words("Luật bị báo sai", "Disputed rules")
    fed, beside = words("Kết nối", "Feeds"), words("Làm giàu", "Enrichment")
    return (
        Action(label=new, href=reader.url("contracts-new"), sign="pen"),
        Action(label=fed, href=reader.url("source-feeds"), kind="quiet", sign="down"),
        Action(label=beside, href=reader.url("enrichment"), kind="quiet", sign="eye"),
        Action(label=disputed, href=reader.url("disputes"), kind="quiet", sign="ask"),
    )


def _sheet(reader: Reader, order: list[Contract]) -> sheet.Sheet:
    return sheet.Sheet(
        title=words(f"Nguồn dữ liệu, {reader.group.name}", f"Sources, {reader.group.name}"),
        notes=(writing.day(reader.today),),
        header=(
            words("Mã", "Code"),
            words("Nguồn", "Source"),
            words("Hệ thống", "System"),
            words("Cơ quan trả lời", "Answerable agency"),
            words("Nộp", "Delivered"),
            words("Lưu (tháng)", "Kept (months)"),
            words("Bản", "Version"),
        ),
        rows=(
            (
                one.id,
                _said(one.title),
                _system(one),
                _who(reader, one)[0],
                _cadence(one),
                one.legal.retention_months,
                one.version,
            )
            for one in order
        ),
    )


# ------------------------------------------------------------ one source


def _own(reader: Reader, source: str) -> Contract:
    found = reader.contracts.find(source)
    if found is None:
        raise Http404
    return found


def _same_file(reader: Reader, contract: Contract) -> Iterator[Fact]:
    """Yield which other lists are matched from the file of this one, with the way to each."""
    others = (contract.beside,) if contract.beside else reader.contracts.beside(contract.id)
    if others:
        ways = ((reader.url("sources-one", one), source_title(one, reader.contracts)) for one in others)
        yield Fact(
            term=words("Cùng tệp còn đối soát", "Also matched from this file"),
            value=format_html_join(SafeString("<br>"), '<a href="{}">{}</a>', ways),
        )


def _keeps(contract: Contract) -> Iterator[Fact]:
    """Yield whom the list rightly keeps, whatever became of them."""
    if contract.keeps:
        states = ", ".join(words(*GONE[state]) for state in contract.keeps)
        yield Fact(term=words("Dòng vẫn đúng khi người đó", "A row stays right when one is"), value=states)


def _facts(reader: Reader, contract: Contract) -> SummaryList:
    who, clause = _who(reader, contract)
    key = _said(contract.field(contract.key).title) if contract.key else words("người tìm được", "the person found")
    facts = [
        Fact(term=words("Cơ quan trả lời", "Answerable agency"), value=format_html("{} {}", who, clause)),
        Fact(term=words("Mỗi dòng là", "A row is"), value=_said(contract.subject)),
        Fact(term=words("Người được đối soát", "Who is matched"), value=_said(contract.person)),
        *_same_file(reader, contract),
        *_keeps(contract),
        Fact(term=words("Khóa của dòng", "Key of a row"), value=key),
        Fact(term=words("Nộp", "Delivered"), value=_cadence(contract)),
        Fact(term=words("Mục đích", "Purpose"), value=_said(contract.legal.purpose)),
        Fact(
            term=words("Căn cứ", "Grounds"),
            value=format_html_join(SafeString("<br>"), "{}", ((_said(ground),) for ground in contract.legal.basis)),
        ),
        Fact(
            term=words("Lưu giữ", "Kept"),
            value=words(f"{contract.legal.retention_months} tháng", f"{contract.legal.retention_months} months"),
            aside=words(*SENSITIVE[contract.legal.sensitivity]),
        ),
        Fact(
            term=words("Cấu trúc", "Layout"),
            value=format_html("{}<br>{}", words(*LAYOUTS[contract.layout.kind]), _said(contract.layout.source)),
        ),
    ]
    return SummaryList(facts=tuple(facts))


def _holds(contract: Contract, field: FieldRule) -> str:
    """Say what a field may hold: its codes, its list of codes, its pattern."""
    if field.type.value == "sex":
        return ", ".join(f"{raw} = {sex or words('khác', 'other')}" for raw, sex in contract.sex_codes.items())
    if field.catalogue:
        return words("theo danh mục ", "by the list ") + _said(live.code_list(field.catalogue).title)
    if field.codes:
        return "; ".join(f"{code} = {said}" for code, said in field.codes.items())
    return format_html("<code>{}</code>", field.pattern) if field.pattern else ""


def _field_row(contract: Contract, field: FieldRule) -> Row:
    parts = [one for one in contract.fields if one.part_of == field.code]
    headings = [*field.headers, *(one.headers[0] for one in parts if one.headers)]
    shown, more = ", ".join(headings[:HEADINGS]), len(headings) - HEADINGS
    if more > 0:
        shown += words(f" và {more} cách khác", f" and {more} more")
    marks_of = [
        words("bắt buộc", "required") if field.required or field.code == contract.key else "",
        words("nhạy cảm", "sensitive") if field.sensitive else "",
        words("dùng để đối soát", "used for matching") if field.role and field.role != "khoa" else "",
    ]
    return Row(
        cells=(
            format_html('{}<small class="cell-note"><code>{}</code></small>', _said(field.title), field.code),
            words(*TYPES[field.type.value]),
            ", ".join(one for one in marks_of if one),
            _holds(contract, field),
            shown,
        )
    )


def _fields_table(contract: Contract) -> Table:
    return Table(
        caption=words("Các cột", "Columns"),
        columns=(
            Column(label=words("Cột", "Column")),
            Column(label=words("Kiểu", "Type"), nowrap=True),
            Column(label=words("Ghi chú", "Notes")),
            Column(label=words("Giá trị được ghi", "What it may hold"), kind="text"),
            Column(label=words("Tiêu đề nhận ra", "Headings known"), kind="text"),
        ),
        rows=tuple(_field_row(contract, field) for field in contract.own_fields),
    )


def _rule_state(reader: Reader, contract: Contract, rule: Rule, told: Sequence[DisputeInfo]) -> str:
    """Show whether a rule works, rests or is disputed; and the way to say that it is wrong."""
    about = [one for one in told if (one.source, one.rule, one.field) == (contract.id, rule.code, rule.blamed)]
    open_one = next((one for one in about if one.waiting or one.rests_on(reader.today)), None)
    if open_one is not None:
        href = reader.url("disputes-one", open_one.id)
        return format_html('{} <a href="{}">{}</a>', state_chip(open_one, reader.today), href, open_one.label)
    href = f"{reader.url('disputes-make', contract.id)}?{urlencode({'luat': f'{rule.code}.{rule.blamed}'})}"
    working = chip("ok", words("đang dùng", "works"), with_sign="ok")
    if reader.ending:
        return working
    return format_html('{} <a href="{}">{}</a>', working, href, words("Báo sai", "Dispute"))


def _rule_row(reader: Reader, contract: Contract, rule: Rule, told: Sequence[DisputeInfo]) -> Row:
    titles = {field.code: _said(field.title) for field in contract.fields}
    named = [titles.get(name, words("ngày của dữ liệu", "the data's day")) for name in rule.names]
    return Row(
        cells=(
            _said(rule.says),
            "; ".join(named),
            severity_chip(rule.severity),
            _said(rule.source),
            _rule_state(reader, contract, rule, told),
        )
    )


def _off_row(rule: Rule) -> Row:
    off = chip("mute", words("đã tắt", "turned off"), with_sign="dash")
    return Row(cells=(_said(rule.says), "", severity_chip(rule.severity), _said(rule.source), off))


def _rules_table(reader: Reader, contract: Contract) -> Table | None:
    if not contract.rules and not contract.rules_off:
        return None
    told = sources.disputes(reader.viewer, reader.group.id)
    return Table(
        caption=words("Luật kiểm tra", "Rules"),
        columns=(
            Column(label=words("Lỗi khi", "It is wrong that"), kind="text"),
            Column(label=words("Đọc cột", "Columns read")),
            Column(label=words("Mức", "Severity"), nowrap=True),
            Column(label=words("Nguồn của luật", "Where it is from"), kind="text"),
            Column(label=words("Tình trạng", "State"), nowrap=True),
        ),
        rows=(
            *(_rule_row(reader, contract, rule, told) for rule in contract.rules),
            *(_off_row(rule) for rule in contract.rules_off),
        ),
    )


def _ways(reader: Reader, source: str) -> tuple[Action, ...]:
    """Return what can be done with a contract: take it out, see its versions, write the next, hand a list in."""
    told = (
        ("datapackage.json", reader.url("sources-package", source), "quiet", "save"),
        ("hop-dong.yaml", reader.url("contracts-in-force", source), "quiet", "save"),
        (words("Các bản", "Versions"), reader.url("contracts-versions", source), "quiet", "doc"),
        (words("Sửa hợp đồng", "Change it"), reader.url("contracts-edit", source), "second", "pen"),
        (words("Nộp dữ liệu", "Hand in data"), f"{reader.url('deliveries-new')}?nguon={source}", "primary", ""),
    )
    return tuple(Action(label=label, href=href, kind=kind, sign=sign) for label, href, kind, sign in told)


@group_page
def one(request: HttpRequest, reader: Reader, source: str) -> HttpResponse:
    """Show one contract whole: who answers, why and how long, every column and rule."""
    contract = _own(reader, source)
    shown = {
        "head": PageHead(
            title=_said(contract.title),
            crumb=Link(label=words("Nguồn dữ liệu", "Sources"), href=reader.url("sources")),
            meta=tuple(
                part
                for part in (
                    _system(contract),
                    words(
                        f"bản {contract.version}, từ {writing.day(contract.valid_from)}", f"version {contract.version}"
                    ),
                )
                if part
            ),
            actions=_ways(reader, source),
        ),
        "facts": _facts(reader, contract),
        "fields": _fields_table(contract),
        "rules": _rules_table(reader, contract),
    }
    return render(request, "dean06/pages/source.html", shown)


@group_page
def package(_request: HttpRequest, reader: Reader, source: str) -> HttpResponse:
    """Give a contract as a Data Package, for the agency's own programs."""
    told = live.data_package(_own(reader, source), reader.today)
    answer = JsonResponse(told, json_dumps_params={"ensure_ascii": False, "indent": 1})
    answer["Content-Disposition"] = 'attachment; filename="datapackage.json"'
    return answer
