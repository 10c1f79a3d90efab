"""The versions of a charter on its pages: which one is shown, how it stands, the list of all, what is still to come."""

from __future__ import annotations

from django.http import Http404, HttpRequest
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.safestring import SafeString

from dean06.adoption.service import VersionInfo
from dean06.charter.types import Charter
from dean06.flows import versions as kept
from dean06.flows.versions import Version
from dean06.web import marks, writing
from dean06.web.language import words
from dean06.web.parts.page import Link, Notice
from dean06.web.parts.tables import Column, Row, Table
from dean06.web.reader import Reader

__all__ = [
    "covering_words",
    "decision",
    "pending",
    "shown_text",
    "standing",
    "version_meta",
    "version_of",
    "version_table",
]


def shown_text(request: HttpRequest, reader: Reader) -> Charter:
    """Return the text that an address names by `ban`; without it, the one in force."""
    asked = request.GET.get("ban", "")
    if not asked:
        return reader.charter
    found = next((one for one in reader.texts if str(one.version) == asked), None)
    if found is None:
        raise Http404
    return found


def version_of(reader: Reader, text: Charter) -> Version:
    """Return how a text of the group's charter stands."""
    return next(one for one in reader.charter_versions if one.info.hash == text.hash)


def decision(info: VersionInfo) -> str:
    """Name the decision a text stands under, with its day."""
    if not info.instrument:
        return words("văn bản để trống số, ngày", "a text without number and date")
    if info.signed_on is None:
        return words(f"Quyết định số {info.instrument}", f"Decision {info.instrument}")
    day = writing.day(info.signed_on)
    return words(f"Quyết định số {info.instrument} ngày {day}", f"Decision {info.instrument} of {day}")


def covering_words(one: Version) -> str:
    """Say whose decision the covering part of a text is, where the text has one and the decision is known."""
    has_part = kept.covering_part(one.charter) is not None
    return decision(one.covering) if has_part and one.covering.instrument else ""


def standing(reader: Reader, one: Version) -> Notice:
    """Say how a version stands: under which decision, from when to when, and what it amends."""
    info = one.info
    if info.printed_blank and not info.is_confirmed:
        text = words(
            "Văn bản chưa có số, ngày hoặc chưa đủ hai người xác nhận: đọc và thử được, chưa áp dụng.",
            "The text has no number or date confirmed by two people: it can be read, not enforced.",
        )
        return Notice(text=text, tone="warn", sign="warn")
    since, until = _since(info), writing.day(info.in_force_to) if info.in_force_to else ""
    to_vi, to_en = (f" đến hết {until}", f" until {until}") if until else ("", "")
    entered = (
        words(
            " (số và ngày do hai người nhập, văn bản gốc để trống)", " (entered by two people; the text leaves it open)"
        )
        if info.printed_blank
        else ""
    )
    said = f"{decision(info)}{_amending(one)}"
    text = words(f"{said}, có hiệu lực từ {since}{to_vi}{entered}.", f"{said}, in force from {since}{to_en}{entered}.")
    if info.hash == reader.charter.hash:
        return Notice(text=text, tone="law", sign="law")
    number = one.number
    shown = (
        words(f"Đây là phiên bản {number}, chưa tới ngày có hiệu lực.", f"This is version {number}, not in force yet.")
        if info.is_pending(reader.today)
        else words(f"Đây là phiên bản {number}, không còn hiệu lực.", f"This is version {number}, no longer in force.")
    )
    back = Link(label=words("Xem bản đang hiệu lực", "See the one in force"), href=reader.url("charter"))
    return Notice(text=f"{shown} {text}", tone="warn", sign="warn", link=back)


def _amending(one: Version) -> str:
    if one.before is None:
        return ""
    before = decision(one.before)
    named = f"{before[:1].lower()}{before[1:]}" if not one.before.instrument else before
    if one.amends:
        return words(f", sửa đổi, bổ sung {named}", f", amending {named}")
    return words(f", thay thế {named}", f", replacing {named}")


def pending(reader: Reader, shown: Version) -> list[Notice]:
    """Tell of every version that is adopted and comes into force after today, but the one shown."""
    return [
        Notice(
            text=words(
                f"Phiên bản {one.number} ({decision(one)}) đã thông qua, có hiệu lực từ {_since(one)}.",
                f"Version {one.number} ({decision(one)}) is adopted and in force from {_since(one)}.",
            ),
            sign="clock",
            link=Link(label=words("Đọc phiên bản ấy", "Read it"), href=_href(reader, one.number)),
        )
        for one in (version.info for version in reader.charter_versions)
        if one.is_pending(reader.today) and one.number != shown.number
    ]


def _since(info: VersionInfo) -> str:
    return writing.day(info.in_force_from) if info.in_force_from else ""


def _href(reader: Reader, number: int) -> str:
    return f"{reader.url('charter')}?{urlencode({'ban': number})}"


def _state(reader: Reader, info: VersionInfo) -> SafeString:
    if info.in_force_from is None:
        return marks.chip("mute", words("Chưa áp dụng", "Binds nobody yet"), with_sign="dash")
    if info.is_pending(reader.today):
        return marks.chip("info", words("Chưa tới ngày", "Not in force yet"), with_sign="clock")
    if info.binds(reader.today) and reader.ending is None:
        return marks.chip("ok", words("Đang hiệu lực", "In force"), with_sign="ok")
    return marks.chip("mute", words("Hết hiệu lực", "No longer in force"), with_sign="end")


def _span(info: VersionInfo) -> str:
    if info.in_force_from is None:
        return ""
    since = writing.day(info.in_force_from)
    if info.in_force_to is None:
        return words(f"từ {since}", f"from {since}")
    until = writing.day(info.in_force_to)
    return words(f"từ {since} đến hết {until}", f"from {since} until {until}")


def _entered(info: VersionInfo) -> str:
    if not info.printed_blank or not info.is_confirmed:
        return ""
    return words(" (bản in để trống, hai người nhập)", " (blank in print, entered by two people)")


def _row(reader: Reader, one: Version) -> Row:
    info = one.info
    title = marks.link(words(f"Phiên bản {one.number}", f"Version {one.number}"), _href(reader, one.number))
    draft = (
        marks.link(
            words(f"Bản thảo {one.draft.id}", f"Draft {one.draft.id}"), reader.url("charter-draft", one.draft.id)
        )
        if one.draft
        else ""
    )
    compared: SafeString | str = ""
    if one.before is not None:
        query = urlencode({"ban": str(one.number), "voi": f"v{one.before.number}"})
        label = words(f"So với phiên bản {one.before.number}", f"Against version {one.before.number}")
        compared = marks.link(label, f"{reader.url('charter-compare')}?{query}")
    return Row(
        cells=(
            title,
            f"{decision(info)}{_amending(one)}{_entered(info)}",
            format_html("{}<br>{}", _state(reader, info), _span(info)),
            draft,
            compared,
            format_html('<code title="{}">{}…</code>', info.hash, info.hash[:16]),
        )
    )


def version_table(reader: Reader) -> Table:
    """List the versions of the charter, the newest first."""
    return Table(
        caption=words("Các phiên bản", "Versions"),
        show_caption=True,
        columns=(
            Column(label=words("Phiên bản", "Version"), nowrap=True),
            Column(label=words("Văn bản", "Decision"), kind="text"),
            Column(label=words("Hiệu lực", "In force")),
            Column(label=words("Soạn từ", "Made from"), nowrap=True),
            Column(label=words("Khác bản trước", "Difference"), nowrap=True),
            Column(label="SHA-256", nowrap=True),
        ),
        rows=tuple(_row(reader, one) for one in reversed(reader.charter_versions)),
    )


def version_meta(reader: Reader, charter: Charter) -> tuple[str, ...]:
    """Name the version shown, where the charter has had several."""
    if len(reader.texts) == 1:
        return ()
    return (words(f"phiên bản {charter.version}", f"version {charter.version}"),)
