"""What a delivery was checked for: each rule of its contract with the rows that break it, and each column's profile."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.html import format_html, format_html_join
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST

from dean06.flows import intake
from dean06.reconcile.service import runs
from dean06.sources import service as sources
from dean06.sources.live import Contract, Contracts
from dean06.sources.types import BrokenRow, BrokenRows, Checked, ColumnProfile, DeliveryInfo, Profile, RuleCount
from dean06.web import sheet, writing
from dean06.web.language import words
from dean06.web.marks import bar, chip
from dean06.web.pages.listing import page_number
from dean06.web.pages.titles import field_title, rule_title, severity_chip, source_title
from dean06.web.parts.charts import Bars
from dean06.web.parts.page import Action, Empty, Link, PageHead
from dean06.web.parts.tables import Column, Pager, Row, Table
from dean06.web.reader import Reader, group_page

__all__ = ["examine", "rules"]


def _own(reader: Reader, delivery_id: int) -> DeliveryInfo:
    delivery = sources.delivery(reader.viewer, delivery_id)
    if delivery is None or delivery.group_id != reader.group.id:
        raise Http404
    return delivery


def _head(request: HttpRequest, reader: Reader, delivery: DeliveryInfo, checked: Checked | None) -> PageHead:
    run = runs.latest_of_delivery(delivery.id)
    back = reader.url("runs-one", run.id) if run else reader.url("deliveries-one", delivery.id)
    meta = [
        delivery.file_name,
        format_html("SHA-256 <code>{} … {}</code>", delivery.file_sha256[:8], delivery.file_sha256[-4:]),
    ]
    if checked:
        day = writing.day(checked.day)
        meta.append(
            words(f"hợp đồng bản {checked.version}, theo ngày {day}", f"contract {checked.version}, as of {day}")
        )
    return PageHead(
        title=words("Kiểm tra theo hợp đồng dữ liệu", "Checked against the contract"),
        crumb=Link(
            label=f"{source_title(delivery.source, reader.contracts)}, {writing.month(delivery.period)}", href=back
        ),
        meta=tuple(meta),
        actions=tuple(sheet.offers(request)) if checked and checked.broken_rows else (),
    )


@dataclass(frozen=True, slots=True)
class _Read:
    """A delivery with the contract it was read by, whatever is in force today: the words of its rules and columns."""

    delivery: DeliveryInfo
    contract: Contract
    paused: tuple[tuple[str, str], ...]
    make_href: str

    def dispute_href(self, one: RuleCount) -> str:
        """Return the form on which a rule is said to be wrong."""
        return f"{self.make_href}?{urlencode({'luat': f'{one.rule}.{one.field}'})}"

    @property
    def known(self) -> Contracts:
        return Contracts({self.delivery.source: self.contract})

    def rule(self, code: str) -> str:
        """Return what a rule says is wrong."""
        return rule_title(self.delivery.source, code, self.known)

    def field(self, code: str) -> str:
        """Return the name of a column."""
        return field_title(self.delivery.source, code, self.known)


def _rule_row(read: _Read, one: RuleCount, chosen: str, severity: int | None) -> Row:
    said = read.rule(one.rule)
    link = format_html(
        '<a href="?{}" aria-current="{}">{}</a>',
        urlencode({"luat": one.rule}),
        "true" if one.rule == chosen else "false",
        said,
    )
    share = one.broken / one.tested if one.tested else None
    rests = (one.rule, one.field) in read.paused
    state = chip("warn", words("tạm dừng", "at rest"), with_sign="clock") if rests else ""
    return Row(
        cells=(
            link if one.broken else said,
            read.field(one.field),
            severity_chip(severity) if severity else "",
            writing.number(one.tested),
            writing.number(one.broken),
            writing.percent(share) if one.broken else "",
            format_html('{} <a href="{}">{}</a>', state, read.dispute_href(one), words("Báo sai", "Dispute"))
            if one.broken and not rests
            else state,
        )
    )


def _rules_table(read: _Read, checked: Checked, chosen: str) -> Table:
    severities = {one.code: one.severity for one in read.contract.rules}
    told = sorted(checked.rules, key=lambda one: (-one.broken, one.rule not in severities))
    return Table(
        caption=words("Luật kiểm tra, luật bị trái nhiều nhất trước", "Rules, the most broken first"),
        columns=(
            Column(label=words("Luật", "Rule"), kind="text"),
            Column(label=words("Cột", "Column")),
            Column(label=words("Mức", "Severity"), nowrap=True),
            Column(label=words("Dòng kiểm được", "Rows tested"), kind="num"),
            Column(label=words("Dòng trái luật", "Rows breaking it"), kind="num"),
            Column(label=words("Tỉ lệ", "Share"), kind="num"),
            Column(label=words("Tình trạng", "State"), nowrap=True),
        ),
        rows=tuple(_rule_row(read, one, chosen, severities.get(one.rule)) for one in told),
    )


def _broken_table(read: _Read, found: BrokenRows, chosen: str) -> Table:
    text = words(f"{writing.number(found.total)} lỗi, theo dòng của tệp", f"{writing.number(found.total)} by row")
    return Table(
        caption=text,
        label=words("Dòng trái luật", "Rows that break a rule"),
        columns=(
            Column(label=words("Trang tính", "Sheet")),
            Column(label=words("Dòng", "Row"), kind="num"),
            Column(label=words("Luật", "Rule"), kind="text"),
            Column(label=words("Cột", "Column")),
        ),
        rows=tuple(Row(cells=_place(read, one)) for one in found.rows),
        pager=Pager(
            text=text,
            page=found.number,
            pages=max(1, -(-found.total // found.size)),
            query=urlencode({"luat": chosen}) if chosen else "",
        ),
    )


def _place(read: _Read, one: BrokenRow) -> tuple[str, ...]:
    said, field = read.rule(one.rule), read.field(one.field)
    return one.sheet, str(one.row), said, field


def _column_row(read: _Read, one: ColumnProfile, rows: int) -> Row:
    least, middle, most = one.lengths
    share = one.filled / rows if rows else None
    years = Bars.over(one.years, words("Số dòng theo năm", "Rows by year")) if one.years else None
    return Row(
        cells=(
            read.field(one.field),
            format_html("{} {}", bar(one.filled, rows), writing.percent(share)),
            writing.number(one.distinct),
            words(f"{least}–{most}, giữa {middle}", f"{least}–{most}, middle {middle}"),
            _listing(one.shapes, code=True),
            _listing({code or words("ngoài danh mục", "in no list"): count for code, count in one.codes.items()}),
            years.drawn if years else "",
        )
    )


def _listing(counts: Mapping[str, int], *, code: bool = False) -> str:
    """Say what there is and how often, the commonest first."""
    pattern = "<code>{}</code> {}" if code else "{} {}"
    told = [format_html(pattern, name, writing.number(count)) for name, count in list(counts.items())[:6]]
    return format_html_join(SafeString("<br>"), "{}", ((one,) for one in told))


def _profile_table(read: _Read, known: Profile) -> Table:
    return Table(
        caption=words(
            "Hồ sơ từng cột: số đếm, kiểu viết; không có giá trị của ai", "Each column in numbers and shapes"
        ),
        columns=(
            Column(label=words("Cột", "Column")),
            Column(label=words("Có dữ liệu", "Filled"), nowrap=True),
            Column(label=words("Khác nhau", "Distinct"), kind="num"),
            Column(label=words("Độ dài", "Length"), nowrap=True),
            Column(label=words("Kiểu viết (9 chữ số, a chữ cái)", "Shapes (9 digit, a letter)"), nowrap=True),
            Column(label=words("Theo mã", "By code"), nowrap=True),
            Column(label=words("Theo năm", "By year"), nowrap=True),
        ),
        rows=tuple(_column_row(read, one, known.rows) for one in known.columns),
    )


def _sheet(reader: Reader, read: _Read, chosen: str) -> sheet.Sheet:
    delivery = read.delivery

    def rows() -> Iterator[tuple[sheet.Cell, ...]]:
        number = 1
        while (found := sources.broken_rows(reader.viewer, delivery.id, rule=chosen, number=number)).rows:
            yield from (_place(read, one) for one in found.rows)
            number += 1

    return sheet.Sheet(
        title=words("Dòng trái luật kiểm tra", "Rows that break a rule"),
        notes=(source_title(delivery.source, reader.contracts), writing.month(delivery.period), delivery.file_name),
        header=(words("Trang tính", "Sheet"), words("Dòng", "Row"), words("Luật", "Rule"), words("Cột", "Column")),
        rows=rows(),
    )


def _missing(reader: Reader, delivery: DeliveryInfo) -> Action:
    """Return what may be done where nothing was checked: check it now, or see why the file is not read."""
    if delivery.state == "read" and not reader.ending:
        href = reader.url("deliveries-examine", delivery.id)
        return Action(label=words("Kiểm tra ngay", "Check it now"), href=href, post=True, kind="primary")
    return Action(label=words("Mở lần nộp", "Open the delivery"), href=reader.url("deliveries-one", delivery.id))


@require_POST
@group_page
def examine(_request: HttpRequest, reader: Reader, delivery_id: int) -> HttpResponse:
    """Check a delivery that came before there were rules."""
    delivery = _own(reader, delivery_id)
    intake.examine(reader.account, reader.group, delivery)
    return HttpResponseRedirect(reader.url("deliveries-rules", delivery.id))


@group_page
def rules(request: HttpRequest, reader: Reader, delivery_id: int) -> HttpResponse:
    """Show what a delivery was checked for, by place and count: no value of a person stands here."""
    delivery = _own(reader, delivery_id)
    checked = sources.examined(reader.viewer, delivery_id)
    read = _Read(
        delivery,
        sources.contract_of_delivery(delivery_id),
        checked.paused if checked else (),
        reader.url("disputes-make", delivery.source),
    )
    known = {one.rule for one in checked.rules} if checked else set()
    chosen = request.GET.get("luat", "")
    chosen = chosen if chosen in known else ""
    if sheet.asked(request) and checked:
        return sheet.answer(request, _sheet(reader, read, chosen), f"trai-luat-{reader.group.slug}-{delivery.id}")
    found = sources.broken_rows(reader.viewer, delivery_id, rule=chosen, number=page_number(request))
    profile = sources.profiled(reader.viewer, delivery_id)
    shown = {
        "head": _head(request, reader, delivery, checked),
        "checked": checked,
        "untested": [read.rule(code) for code in checked.untested] if checked else [],
        "rules": _rules_table(read, checked, chosen) if checked else None,
        "broken": _broken_table(read, found, chosen) if found.total else None,
        "all_href": "?" if chosen else "",
        "profile": _profile_table(read, profile) if profile else None,
        "empty": Empty(
            title=words("Lần nộp này chưa được kiểm tra", "This delivery was not checked yet"),
            text=words(
                "Lần nộp có trước khi có luật kiểm tra, hoặc tệp chưa đọc xong.",
                "It came before there were rules, or is not read yet.",
            ),
            action=_missing(reader, delivery),
        ),
    }
    return render(request, "dean06/pages/rules.html", shown)
