"""The agencies' monthly reports: drafted, written, sent, received or returned; each sending stays for ever."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime

from django.db import IntegrityError, transaction

from dean06.charter.types import Permit
from dean06.clock.errors import BadInput
from dean06.ledger.types import canonical, digest_of
from dean06.reports.agency_form import AgencyForm, Part, agency_form
from dean06.reports.agency_reading import (
    arrivals,
    attached_file,
    every,
    for_work,
    listed,
    one,
    received_in,
    seen_reports,
)
from dean06.reports.agency_rows import (
    State,
    content_of,
    counting,
    digest_of_content,
    enter,
    frozen,
    info,
    locked,
    move,
    object_id,
    require_open,
    require_own,
    whole,
)
from dean06.reports.models import AgencyFile, AgencyReport, AgencySending
from dean06.reports.stored import sheet_in
from dean06.reports.types import AgencyReportInfo, AttachedFile, Correction, FactSheet

LONGEST, LONGEST_REASON = 10_000, 1_000
PLATFORM, PAPER = "platform", "paper"

__all__ = [
    "PAPER",
    "PLATFORM",
    "AgencyForm",
    "Part",
    "agency_form",
    "arrivals",
    "attach",
    "attached_file",
    "begin",
    "detach",
    "enter_on_paper",
    "every",
    "for_work",
    "frozen",
    "listed",
    "object_id",
    "one",
    "paper_digest",
    "receive",
    "received_in",
    "return_it",
    "seen_reports",
    "send",
    "sending_digest",
    "take_back",
    "write",
    "written_digest",
]


# ------------------------------------------------------------ writing


def begin(by: Permit, agency: str, sheet: FactSheet) -> AgencyReportInfo:
    """Make an agency's report from the platform's facts, or count them anew; its words and corrections stay."""
    require_own(by, agency)
    try:
        with transaction.atomic():
            held = AgencyReport.objects.select_for_update()
            row = held.filter(group_id=sheet.group_id, month=sheet.month, agency=agency).first()
            if row is None:
                row = AgencyReport(group_id=sheet.group_id, month=sheet.month, agency=agency, made_at=by.at)
            require_open(row)
            row.sheet, row.changed_at = sheet.as_json(), by.at
            row.save()
            digest = sheet.digest()
            enter(by, row, digest=digest, bound=digest)
    except IntegrityError as problem:
        raise BadInput(
            "Báo cáo này vừa được người khác lập: mở lại trang.",
            "Somebody else has just begun this report: open the page again.",
        ) from problem
    return info(whole().get(pk=row.pk))


def written_digest(words: Mapping[str, str], corrected: Mapping[str, Correction]) -> str:
    """Return the SHA-256 (hex) of what an agency writes, to which its permit is bound."""
    return digest_of(
        words=canonical(dict(words)),
        corrected=canonical({code: [str(one.value), one.reason] for code, one in corrected.items()}),
    )


def write(
    by: Permit, report_id: int, words: Mapping[str, str], corrected: Mapping[str, Correction]
) -> AgencyReportInfo:
    """Take the agency's words by part and its own figures; a figure that differs from the platform's says why."""
    with transaction.atomic():
        row = locked(report_id)
        require_own(by, row.agency)
        require_open(row)
        row.words = _checked_words(words)
        row.corrected = _checked_figures(sheet_in(row.sheet), corrected)
        row.changed_at = by.at
        row.save(update_fields=["words", "corrected", "changed_at"])
        enter(by, row, digest=digest_of_content(content_of(row)), bound=written_digest(words, corrected))
    return info(whole().get(pk=row.pk))


def _checked_words(words: Mapping[str, str]) -> dict[str, str]:
    known = agency_form().keys
    strange = next((key for key in words if key not in known), None)
    if strange is not None:
        raise BadInput(f"Báo cáo không có phần «{strange}».", f"The report has no part {strange!r}.")
    long = next((key for key, text in words.items() if len(text) > LONGEST), None)
    if long is not None:
        raise BadInput(
            f"Phần «{long}» dài quá {LONGEST} ký tự: rút gọn hoặc đính kèm tệp.",
            f"The part {long!r} is over {LONGEST} characters: shorten it or attach a file.",
        )
    return {key: text.strip() for key, text in words.items() if text.strip()}


def _checked_figures(sheet: FactSheet, corrected: Mapping[str, Correction]) -> dict[str, dict[str, object]]:
    known, allowed = sheet.by_code(), agency_form().figures
    kept: dict[str, dict[str, object]] = {}
    for code, made in corrected.items():
        if code not in known or code not in allowed:
            raise BadInput(f"Số liệu {code} không sửa được.", f"The figure {code} cannot be corrected.")
        if made.value == known[code].value:
            continue
        if made.value < 0 or not made.reason.strip() or len(made.reason) > LONGEST_REASON:
            raise BadInput(
                f"«{known[code].label}»: sửa số của hệ thống thì ghi số không âm và lý do "
                f"(đến {LONGEST_REASON} ký tự).",
                f"{known[code].label}: a corrected figure is not negative and has its reason "
                f"(to {LONGEST_REASON} characters).",
            )
        kept[code] = asdict(made)
    return kept


def attach(by: Permit, report_id: int, file: AttachedFile) -> AgencyReportInfo:
    """Put a kept file beside a report that is still open."""
    with transaction.atomic():
        row = locked(report_id)
        require_own(by, row.agency)
        require_open(row)
        _put(row, file, by.at)
        enter(by, row, digest=digest_of_content(content_of(row)), bound=digest_of(sha256=file.sha256, name=file.name))
    return info(whole().get(pk=row.pk))


def _put(row: AgencyReport, file: AttachedFile, at: datetime) -> None:
    AgencyFile.objects.create(
        group_id=row.group_id,
        report=row,
        sha256=file.sha256,
        suffix=file.suffix,
        name=file.name[:200],
        scan=file.scan,
        at=at,
    )


def detach(by: Permit, report_id: int, file_id: int) -> AgencyReportInfo:
    """Take a file away from a report that is still open; what was sent before keeps it."""
    with transaction.atomic():
        row = locked(report_id)
        require_own(by, row.agency)
        require_open(row)
        row.files.filter(pk=file_id, removed_at=None).update(removed_at=by.at)
        enter(by, row, digest=digest_of_content(content_of(row)), bound=digest_of(detach=file_id))
    return info(whole().get(pk=row.pk))


# ------------------------------------------------------------ sending and receiving


def sending_digest(report_id: int) -> str:
    """Return the SHA-256 (hex) of what would be sent now, to which the permit is bound."""
    return digest_of_content(content_of(AgencyReport.objects.get(pk=report_id)))


def send(by: Permit, report_id: int, to: str) -> AgencyReportInfo:
    """Send a report to its collector: it arrives at the instant of the permit, and its content stays as it is."""
    with transaction.atomic():
        row = locked(report_id)
        require_own(by, row.agency)
        require_open(row)
        _require_whole(row)
        content = content_of(row)
        _sending(by, row, content, channel=PLATFORM, to=to, arrived_at=by.at)
        row.state = State.SENT
        row.save(update_fields=["state", "version", "changed_at"])
        digest = digest_of_content(content)
        enter(by, row, digest=digest, bound=digest, version=row.version, act="sent")
    return info(whole().get(pk=row.pk))


def _require_whole(row: AgencyReport) -> None:
    wanting = [part.vi for part in agency_form().parts if part.needed and not row.words.get(part.key)]
    wanted = [part.en for part in agency_form().parts if part.needed and not row.words.get(part.key)]
    if wanting:
        raise BadInput(
            f"Chưa viết phần: {'; '.join(wanting)}. Viết rồi gửi.",
            f"Not written yet: {'; '.join(wanted)}. Write first.",
        )


def _sending(
    by: Permit, row: AgencyReport, content: Mapping[str, object], *, channel: str, to: str, arrived_at: datetime
) -> AgencySending:
    row.version += 1
    row.changed_at = by.at
    return AgencySending.objects.create(
        group_id=row.group_id,
        report=row,
        version=row.version,
        content=content,
        digest=digest_of_content(content),
        channel=channel,
        to=to,
        arrived_at=arrived_at,
        account=by.actor.account,
        entered_at=by.at,
    )


def take_back(by: Permit, report_id: int) -> AgencyReportInfo:
    """Take a sent report back while nobody has received it; it is open again, and its arrival counts no more."""
    with transaction.atomic():
        row = locked(report_id)
        require_own(by, row.agency)
        sending = counting(row, State.SENT)
        sending.ended_at = by.at
        sending.save(update_fields=["ended_at"])
        move(row, State.DRAFT, by.at)
        enter(by, row, digest=sending.digest, bound=digest_of(take_back=sending.version))
    return info(whole().get(pk=row.pk))


def receive(by: Permit, report_id: int) -> AgencyReportInfo:
    """Record that the collector has taken a sent report in."""
    with transaction.atomic():
        row = locked(report_id)
        sending = counting(row, State.SENT)
        sending.received_at, sending.received_by = by.at, by.actor.account
        sending.save(update_fields=["received_at", "received_by"])
        move(row, State.RECEIVED, by.at)
        enter(by, row, digest=sending.digest, bound=digest_of(receive=sending.digest), act="received")
    return info(whole().get(pk=row.pk))


def return_it(by: Permit, report_id: int, reason: str) -> AgencyReportInfo:
    """Return a sent or received report for a reason; only when it is sent again does it count."""
    if not reason.strip() or len(reason) > LONGEST_REASON:
        raise BadInput(
            f"Trả lại thì ghi lý do (đến {LONGEST_REASON} ký tự).",
            f"A report is returned for a reason (to {LONGEST_REASON} characters).",
        )
    with transaction.atomic():
        row = locked(report_id)
        sending = counting(row, State.SENT, State.RECEIVED)
        sending.ended_at, sending.returned, sending.reason = by.at, True, reason.strip()
        sending.save(update_fields=["ended_at", "returned", "reason"])
        move(row, State.RETURNED, by.at)
        bound = digest_of(returned=sending.digest, reason=reason)
        enter(by, row, digest=sending.digest, bound=bound, act="returned")
    return info(whole().get(pk=row.pk))


def paper_digest(agency: str, sheet: FactSheet, words: Mapping[str, str], scan: str, arrived_at: datetime) -> str:
    """Return the SHA-256 (hex) of a report on paper as it is entered, to which the permit is bound."""
    return digest_of(
        agency=agency, sheet=sheet.digest(), words=canonical(dict(words)), scan=scan, at=arrived_at.isoformat()
    )


def enter_on_paper(
    by: Permit,
    agency: str,
    sheet: FactSheet,
    words: Mapping[str, str],
    scan: AttachedFile,
    *,
    to: str,
    arrived_at: datetime,
) -> AgencyReportInfo:
    """Enter a report that came on paper: its scan, the words of it, and when it arrived; it is received with that."""
    if arrived_at > by.at:
        raise BadInput("Giờ nhận báo cáo giấy không thể sau lúc này.", "A paper cannot have arrived after now.")
    with transaction.atomic():
        held = AgencyReport.objects.select_for_update()
        row = held.filter(group_id=sheet.group_id, month=sheet.month, agency=agency).first()
        if row is None:
            row = AgencyReport(group_id=sheet.group_id, month=sheet.month, agency=agency, made_at=by.at)
        require_open(row)
        row.sheet, row.words, row.changed_at = sheet.as_json(), _checked_words(words), by.at
        row.save()
        _put(row, scan, by.at)
        sending = _sending(by, row, content_of(row), channel=PAPER, to=to, arrived_at=arrived_at)
        sending.received_at, sending.received_by = by.at, by.actor.account
        sending.save(update_fields=["received_at", "received_by"])
        row.state = State.RECEIVED
        row.save(update_fields=["state", "version", "changed_at"])
        bound = paper_digest(agency, sheet, words, scan.sha256, arrived_at)
        enter(by, row, digest=sending.digest, bound=bound, version=row.version)
    return info(whole().get(pk=row.pk))
