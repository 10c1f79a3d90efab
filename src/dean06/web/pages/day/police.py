"""The day of the police of the territory: what to decide, who to confirm, whom to visit, what came back."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.html import format_html
from django.utils.http import urlencode

from dean06.corrections.types import ProposalInfo
from dean06.flows import day as journey
from dean06.flows.day import PoliceDay
from dean06.places import service as places
from dean06.sources.types import DeliveryInfo
from dean06.web import writing
from dean06.web.language import words
from dean06.web.pages.day.sections import Section, rule_line, section, to
from dean06.web.pages.titles import cause_title, source_title
from dean06.web.parts.page import Link
from dean06.web.parts.work import Check
from dean06.web.reader import Reader

__all__ = ["police"]


def police(reader: Reader, delivered: Iterable[DeliveryInfo]) -> list[Section]:
    found = journey.police_day(reader.viewer, reader.group, delivered, reader.see_all)
    return [
        section(
            "quyet",
            words("Chờ quyết định: đề nghị về sổ dân cư, luật bị báo sai", "To decide: proposals, disputed rules"),
            [
                *(_proposal_line(reader, one) for one in found.decide),
                *(rule_line(reader, one) for one in found.disputed),
            ],
            words("Không có đề nghị hay tranh chấp nào chờ.", "Nothing waits for a decision."),
            count=len(found.decide) + len(found.disputed),
            more=Link(label=words("Mọi đề nghị", "All proposals"), href=reader.url("proposals")),
        ),
        section(
            "xac-nhan",
            words("Chưa rõ là ai, chờ xác nhận", "Who it is, to confirm"),
            [_confirm_line(reader, source, n) for source, n in found.confirm.items()],
            words("Không có dòng nào phải xác nhận.", "No row is to be confirmed."),
            count=sum(found.confirm.values()),
        ),
        section(
            "thuc-dia",
            words("Phải đến nhà, theo xã", "To be seen at their door, by commune"),
            [_visit_line(reader, commune, n) for commune, n in found.visit.items()],
            words("Không ai phải đến gặp.", "Nobody is to be visited."),
            count=sum(found.visit.values()),
            more=Link(label=words("Phiếu xác minh theo thôn", "Field sheets by hamlet"), href=reader.url("visits")),
        ),
        section(
            "tra-ve",
            words("Dòng trở lại, dòng không dùng được", "Rows returned or unusable"),
            _returned(reader, found),
            words("Không có dòng nào trở lại.", "No row came back."),
            count=sum(found.returned.values()) + sum(one.quarantined for one in found.aside),
        ),
    ]


def _proposal_line(reader: Reader, one: ProposalInfo) -> Check:
    since = (reader.today - one.made_at.date()).days
    return Check(
        text=to(
            reader.url("proposals-one", one.id),
            f"{one.label}, {source_title(one.finding.source, reader.contracts)}",
        ),
        tone="warn" if since > 5 else "ask",
        sign="clock",
        note=words(f"{cause_title(one.finding.cause)}, chờ {since} ngày", f"waits {since} days"),
        aside=reader.agency(one.agency) if one.agency else "",
    )


def _confirm_line(reader: Reader, source: str, count: int) -> Check:
    run = next((one for one in reader.finished_runs if one.source == source), None)
    title = source_title(source, reader.contracts)
    href = f"{reader.url('runs-one', run.id)}?{urlencode({'ket_qua': 'NGHI_VAN'})}" if run else ""
    return Check(
        text=to(href, title) if href else title,
        tone="ask",
        sign="eye",
        note=words(f"{writing.number(count)} dòng có nhiều người khớp", f"{writing.number(count)} rows"),
    )


def _visit_line(reader: Reader, commune: str, count: int) -> Check:
    unit = places.unit(commune, reader.today) if commune else None
    name = unit.name if unit else commune or words("chưa rõ xã", "commune not told")
    return Check(
        text=to(reader.url("findings"), name) if reader.oversees else name,
        tone="mute",
        sign="dots",
        aside=format_html("<b>{}</b>", writing.number(count)),
    )


def _returned(reader: Reader, found: PoliceDay) -> list[Check]:
    back = [
        Check(
            text=source_title(source, reader.contracts),
            tone="bad",
            sign="warn",
            note=words(
                f"{writing.number(n)} dòng báo đã sửa nhưng vẫn sai", f"{writing.number(n)} said to be corrected"
            ),
        )
        for source, n in found.returned.items()
    ]
    aside = [
        Check(
            text=to(
                reader.url("deliveries-one", one.id),
                f"{source_title(one.source, reader.contracts)}, {writing.month(one.period)}",
            ),
            tone="warn",
            sign="bang",
            note=words("tệp không đọc được", "unreadable")
            if one.state == "refused"
            else words(f"{writing.number(one.quarantined)} dòng tách riêng", f"{one.quarantined} rows set aside"),
            aside=reader.agency(one.agency),
        )
        for one in found.aside
    ]
    return [*back, *aside]
