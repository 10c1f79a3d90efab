"""The group's reports: make a month's report from facts, keep the clerk's edits, remember what changed."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import asdict, replace
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from dean06.charter.types import Permit
from dean06.clock.errors import BadInput
from dean06.ledger import service as ledger
from dean06.ledger.types import canonical, digest_of
from dean06.offices.types import Viewer
from dean06.reports.composing import changes, compose, facts_named, keep_edits, number
from dean06.reports.issues import IssueInfo, freeze, issued_between, issues
from dean06.reports.models import IssuedReport, MonthReport, Receipt
from dean06.reports.periods import parse
from dean06.reports.stored import sections_in, sheet_in
from dean06.reports.types import FactSheet, Paragraph, ReportInfo, Section

LEADER = "leader"

__all__ = [
    "IssueInfo",
    "acknowledge",
    "attach_paper",
    "dispatches",
    "edit",
    "facts_named",
    "for_work",
    "issued_between",
    "issues",
    "make",
    "mark_issued",
    "number",
    "receipts",
    "reopen",
    "report",
    "reports",
    "sent",
    "words_digest",
]


def _content(row: MonthReport) -> str:
    """Return the SHA-256 (hex) of facts and words together: what a paper of the report is made of."""
    return hashlib.sha256(canonical({"sheet": row.sheet, "sections": row.sections}).encode()).hexdigest()


def _info(row: MonthReport) -> ReportInfo:
    sheet = sheet_in(row.sheet)
    content = _content(row)
    return ReportInfo(
        id=row.pk,
        group_id=row.group_id,
        month=row.month,
        since=row.since,
        until=row.until,
        version=row.version,
        sheet=sheet,
        sections=tuple(_shown(section) for section in sections_in(row.sections)),
        changes=changes(sheet_in(row.previous), sheet) if row.previous else (),
        paper_id=row.paper_id,
        issued=row.issued,
        content=content,
        is_drafted=row.drafted == content,
    )


def _issues(row: MonthReport) -> int:
    """Return the number of the issue that counts; before the first, that of the first."""
    return max(row.issues.values_list("number", flat=True), default=1)


def _shown(section: Section) -> Section:
    """Leave out the paragraphs that the clerk emptied; they are kept only so that a remaking leaves them empty too."""
    return replace(section, paragraphs=tuple(one for one in section.paragraphs if one.text.strip()))


def make(by: Permit, sheet: FactSheet) -> ReportInfo:
    """Make the report due in a month, or make it again: the clerk's edits stay, and what changed is remembered."""
    try:
        with transaction.atomic():
            return _made(by, sheet)
    except IntegrityError as problem:
        raise BadInput(
            f"Báo cáo {parse(sheet.month).read} vừa được người khác lập: mở lại trang.",
            f"The report of {parse(sheet.month).en} was made by somebody else just now: open the page again.",
        ) from problem


def _made(by: Permit, sheet: FactSheet) -> ReportInfo:
    row = MonthReport.objects.select_for_update().filter(group_id=sheet.group_id, month=sheet.month).first()
    if row and row.issued:
        raise BadInput(
            f"Báo cáo {parse(sheet.month).read} đã phát hành: số liệu đến muộn vào báo cáo thay thế.",
            f"The report of {parse(sheet.month).en} is issued: late data go into a replacing report.",
        )
    fresh = compose(sheet)
    if row is None:
        row = MonthReport(group_id=sheet.group_id, month=sheet.month)
    else:
        fresh = keep_edits(sections_in(row.sections), fresh, sheet.by_code())
        row.version += 1
        row.previous = row.sheet
    row.since, row.until, row.sheet = sheet.since, sheet.until, sheet.as_json()
    row.sections = [asdict(section) for section in fresh]
    row.made_at = by.at
    row.save()
    digest = sheet.digest()
    _enter(by, row, digest, bound=digest, month=sheet.month, version=row.version)
    row.refresh_from_db()
    return _info(row)


def _enter(by: Permit, row: MonthReport, digest: str, *, bound: str, **note: str | int) -> None:
    slug = row.group.slug
    ledger.append(
        by,
        scope=slug,
        kind="report",
        object_id=f"{slug}:{row.month}",
        digest=digest,
        bound=bound,
        note=note,
    )


def words_digest(words: Mapping[str, str]) -> str:
    """Return the SHA-256 (hex) of a clerk's words, to which the permit of the edit is bound."""
    return digest_of(words=canonical(dict(words)))


def edit(by: Permit, report_id: int, words: Mapping[str, str]) -> ReportInfo:
    """Take the clerk's words for paragraphs by key; a number may only be named by the code of a fact of this report."""
    with transaction.atomic():
        row = MonthReport.objects.select_for_update().get(pk=report_id)
        if row.issued:
            raise BadInput("Báo cáo đã phát hành, không sửa được.", "The report is issued and cannot be edited.")
        known = sheet_in(row.sheet).by_code()
        for key, text in words.items():
            strange = [code for code in facts_named(text) if code not in known]
            if strange:
                raise BadInput(
                    f"Đoạn {key}: không có số liệu mang mã {{{strange[0]}}}; xem danh sách mã bên phải.",
                    f"Paragraph {key}: there is no fact {{{strange[0]}}}; see the list of codes.",
                )
        row.sections = [asdict(_with_words(section, words)) for section in sections_in(row.sections)]
        row.save(update_fields=["sections"])
        digest = hashlib.sha256(canonical({"sections": row.sections}).encode()).hexdigest()
        _enter(by, row, digest, bound=words_digest(words))
    row.refresh_from_db()  # as it lies in the store: lists where the values had tuples
    return _info(row)


def _with_words(section: Section, words: Mapping[str, str]) -> Section:
    paragraphs = [
        Paragraph(key=one.key, text=words[one.key], edited=True)
        if one.key in words and words[one.key] != one.text
        else one
        for one in section.paragraphs
    ]
    extra = f"{section.key}.them"
    paragraphs = [one for one in paragraphs if one.text.strip() or not one.key.startswith(extra)]
    if words.get(extra, "").strip():
        taken = [int(one.key.removeprefix(extra) or 0) for one in paragraphs if one.key.startswith(extra)]
        paragraphs.append(Paragraph(key=f"{extra}{max(taken, default=0) + 1}", text=words[extra].strip(), edited=True))
    return replace(section, paragraphs=tuple(paragraphs))


def attach_paper(report_id: int, paper_id: int, content: str) -> None:
    """Remember the draft paper made from a report's content; called in the transaction of the draft."""
    MonthReport.objects.filter(pk=report_id).update(paper_id=paper_id, drafted=content)


def mark_issued(report_id: int, at: datetime) -> None:
    """Close a report whose paper is issued, in the transaction of the issue; refused if the paper says less or more.

    What it says is kept for ever, and its figures are laid out for the groups above.
    """
    row = MonthReport.objects.select_for_update().get(pk=report_id)
    if row.issued or row.drafted != _content(row):
        raise BadInput(
            f"Báo cáo {parse(row.month).read} vừa đổi sau khi lập bản dự thảo: lập lại rồi ký.",
            f"The report of {parse(row.month).en} changed after its draft was made: make it again, then sign.",
        )
    if lost := _info(row).lost:
        raise BadInput(
            f"Báo cáo {parse(row.month).read} còn dẫn số liệu không còn nữa ({', '.join(lost)}): sửa câu chữ rồi ký.",
            f"The report of {parse(row.month).en} still names facts that are gone ({', '.join(lost)}): "
            "mend the words first.",
        )
    row.issued = True
    row.save(update_fields=["issued"])
    freeze(row, at)


def reopen(by: Permit, report_id: int) -> ReportInfo:
    """Open an issued report again, to be issued anew in the place of what was sent; that stays as it is."""
    with transaction.atomic():
        row = MonthReport.objects.select_for_update().get(pk=report_id)
        if not row.issued:
            raise BadInput("Báo cáo chưa phát hành: sửa thẳng.", "The report is not issued: change it as it is.")
        row.issued, row.paper_id, row.drafted = False, None, ""
        row.save(update_fields=["issued", "paper_id", "drafted"])
        _enter(by, row, _content(row), bound=digest_of(reopen=report_id))
    row.refresh_from_db()
    return _info(row)


def acknowledge(by: Permit, report_id: int, recipient: str, by_whom: str) -> None:
    """Record that a recipient's office has received an issued report: never by the one who is that recipient."""
    if not by_whom.strip() or len(by_whom) > 200:
        raise BadInput("Ghi tên người nhận hoặc văn phòng nhận.", "Name the person or the office that received it.")
    if by.actor.role == LEADER:
        raise BadInput(
            "Tổ trưởng không tự xác nhận đã nhận báo cáo: văn phòng nhận và ghi.",
            "The leader does not acknowledge the report himself: the office receives it and records that.",
        )
    with transaction.atomic():
        row = MonthReport.objects.select_for_update().get(pk=report_id)
        done = row.receipts.filter(recipient=recipient, issue=_issues(row), received_at=None)
        if not done.update(received_at=by.at, received_by=by_whom.strip()):
            raise BadInput("Báo cáo chưa gửi nơi này, hoặc đã xác nhận.", "Not sent there, or acknowledged already.")
        digest = digest_of(received=recipient, by=by_whom)
        _enter(by, row, digest, bound=digest)


def sent(by: Permit, report_id: int, recipients: Mapping[str, str]) -> None:
    """Record that an issued report went to each recipient, by code and name."""
    with transaction.atomic():
        row = MonthReport.objects.select_for_update().get(pk=report_id)
        if not row.issued:
            raise BadInput("Chỉ gửi báo cáo đã ký và cấp số.", "Only a signed and numbered report can be sent.")
        issue = _issues(row)
        done = set(row.receipts.filter(issue=issue).values_list("recipient", flat=True))
        Receipt.objects.bulk_create(
            Receipt(group_id=row.group_id, report=row, recipient=code, name=name, sent_at=by.at, issue=issue)
            for code, name in recipients.items()
            if code not in done
        )
        digest = digest_of(to=",".join(sorted(recipients)))
        _enter(by, row, digest, bound=digest)


def receipts(report_id: int) -> list[dict[str, object]]:
    """Return who was sent a report and when, as it was issued last, and who said that it came."""
    rows = list(Receipt.objects.filter(report_id=report_id).order_by("sent_at", "pk"))
    newest = max(IssuedReport.objects.filter(report_id=report_id).values_list("number", flat=True), default=1)
    return [
        {
            "to": row.recipient,
            "name": row.name,
            "at": row.sent_at,
            "received_at": row.received_at,
            "received_by": row.received_by,
        }
        for row in rows
        if row.issue == newest
    ]


def dispatches(group_id: int) -> dict[str, list[tuple[str, datetime]]]:
    """Return when each issued report of a group went to whom, by the month it was due in."""
    found: dict[str, list[tuple[str, datetime]]] = {}
    rows = Receipt.objects.filter(group_id=group_id).order_by("sent_at", "pk")
    for month, recipient, at in rows.values_list("report__month", "recipient", "sent_at"):
        found.setdefault(month, []).append((recipient, at))
    return found


def _seen_by(viewer: Viewer, group_id: int) -> QuerySet[MonthReport]:
    """Narrow a group's reports to those a reader may see: a parent group sees what was issued, not what is drafted."""
    rows = MonthReport.objects.filter(group_id=group_id)
    if viewer.sits_in(group_id):
        return rows
    return rows.filter(issued=True) if viewer.sees_summaries_of(group_id) else rows.none()


def reports(viewer: Viewer, group_id: int, months: Collection[str] | None = None) -> list[ReportInfo]:
    """Return a group's reports, newest month first, or those due in some, to those who sit in it or above it."""
    rows = _seen_by(viewer, group_id)
    return [_info(row) for row in (rows if months is None else rows.filter(month__in=months))]


def report(viewer: Viewer, group_id: int, month: str) -> ReportInfo | None:
    """Return the report due in a month, if it was made and the reader may see it."""
    row = _seen_by(viewer, group_id).filter(month=month).first()
    return _info(row) if row else None


def for_work(group_id: int, month: str) -> ReportInfo | None:
    """Return the report due in a month for the journeys, which check the actor themselves."""
    row = MonthReport.objects.filter(group_id=group_id, month=month).first()
    return _info(row) if row else None
