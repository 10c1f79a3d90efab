"""Delegations on the page of powers: those that were made, the form that makes one, the ways to end what stands."""

from __future__ import annotations

from collections.abc import Sequence

from dean06.charter import service as charters
from dean06.flows import delegating
from dean06.offices.types import AbsenceInfo, DelegationInfo, SeatInfo
from dean06.web import writing
from dean06.web.language import words
from dean06.web.marks import chip, link
from dean06.web.pages.offices.typed import moment_fields
from dean06.web.parts.forms import Field, Form, Panel
from dean06.web.parts.tables import Column, Row, Table
from dean06.web.reader import Reader

__all__ = ["delegation_table", "grant_panel", "open_panels"]


def _delegation_state(reader: Reader, one: DelegationInfo) -> str:
    if one.in_force_at(reader.now):
        return chip("ok", words("Đang hiệu lực", "In force"), with_sign="ok")
    if one.revoked_at is not None:
        return chip("mute", words("Đã thu hồi", "Taken back"), with_sign="end")
    if one.since > reader.now:
        return chip("info", words("Chưa đến ngày", "Not yet"), with_sign="clock")
    return chip("mute", words("Đã hết", "Over"), with_sign="end")


def _covers(one: DelegationInfo) -> str:
    """Return the acts that a delegation covers, in words."""
    if not one.actions:
        return words("mọi việc ủy quyền được", "whatever can be delegated")
    known = charters.vocabulary().actions
    return ", ".join(words(known[code].name.vi, known[code].name.en) for code in one.actions)


def delegation_table(reader: Reader, found: Sequence[DelegationInfo], names: dict[int, SeatInfo]) -> Table:
    def person(seat_id: int) -> str:
        seat = names.get(seat_id)
        return f"{seat.holder} ({seat.title})" if seat else ""

    def written(one: DelegationInfo) -> str:
        if one.paper_id:
            return link(one.instrument or words("dự thảo", "draft"), reader.url("papers-one", one.paper_id))
        return one.instrument

    return Table(
        caption=words("Ủy quyền", "Delegations"),
        columns=(
            Column(label=words("Cho", "To"), kind="text"),
            Column(label=words("Phạm vi", "Scope"), kind="text"),
            Column(label=words("Từ – đến", "Span"), nowrap=True),
            Column(label=words("Lý do", "Ground"), kind="text"),
            Column(label=words("Giấy", "Paper")),
            Column(label=words("Hiệu lực", "State")),
        ),
        rows=tuple(
            Row(
                cells=(
                    person(one.to_seat),
                    _covers(one),
                    f"{writing.instant(one.since)} – {writing.instant(one.ends)}",
                    one.ground,
                    written(one),
                    _delegation_state(reader, one),
                ),
                id=f"uq-{one.id}",
            )
            for one in found
        ),
    )


def _grant_form(reader: Reader, takers: tuple[tuple[str, str], ...], role: str) -> Form:
    known = charters.vocabulary().actions
    scope = delegating.scope(reader.group, role)
    return Form(
        id="uy-quyen",
        action=reader.url("offices-delegate"),
        button=words("Ủy quyền", "Delegate"),
        kind="primary",
        fields=(
            Field(name="cho", label=words("Người được ủy quyền", "Delegate"), kind="choice", choices=takers),
            *moment_fields(reader.now),
            Field(name="ly_do", label=words("Lý do", "Ground"), longest=300),
            Field(
                name="viec",
                label=words("Phạm vi", "Scope"),
                hint=words("Không chọn việc nào là mọi việc ủy quyền được.", "None chosen: whatever can be delegated."),
                kind="checks",
                required=False,
                choices=tuple((code, words(known[code].name.vi, known[code].name.en)) for code in scope),
            ),
            Field(name="so_vb", label=words("Số giấy ủy quyền", "Number of the paper"), required=False, longest=120),
            Field(name="ngay_vb", label=words("Ngày giấy", "Its date"), kind="day", required=False),
        ),
    )


def grant_panel(reader: Reader, found: Sequence[SeatInfo]) -> Panel:
    """Return the form by which the leader delegates; only those to whom the charter allows it can be chosen."""
    to = charters.delegates(reader.charter)
    takers = tuple((str(one.id), f"{one.holder} ({one.title})") for one in found if one.role in to and one.holder)
    text = words(
        "Chỉ Tổ trưởng lập; người nhận không ủy quyền lại. Hết hạn tự hết hiệu lực.",
        "The leader alone does this; the delegate passes nothing on. It ends by itself.",
    )
    nobody = words(
        "Quy chế không cho ủy quyền cho vị trí nào đang có người giữ.",
        "The charter allows a delegation to no seat that is held.",
    )
    return Panel(
        id="lap-uy-quyen",
        title=words("Lập ủy quyền", "Delegate"),
        text=text if takers else nobody,
        parts=(_grant_form(reader, takers, to[0]),) if takers else (),
    )


def open_panels(
    reader: Reader, given: Sequence[DelegationInfo], away: Sequence[AbsenceInfo], names: dict[int, SeatInfo]
) -> list[Panel]:
    """Return the ways to end what stands now: take a delegation back, come back earlier."""
    made = []
    for one in given:
        if one.until <= reader.now or one.revoked_at is not None:
            continue
        holder = names[one.to_seat].holder if one.to_seat in names else ""
        revoke_ = Form(
            id=f"thu-hoi-{one.id}",
            action=reader.url("offices-revoke", one.id),
            button=words("Thu hồi từ lúc này", "Take back from now on"),
            fields=(Field(name="ly_do", label=words("Lý do thu hồi", "Why"), longest=300),),
        )
        paper_ = Form(
            id=f"giay-{one.id}",
            action=reader.url("offices-delegation-paper", one.id),
            button=words("Soạn giấy ủy quyền", "Write the paper"),
        )
        title = words(f"Ủy quyền cho {holder}", f"Delegation to {holder}")
        parts = (revoke_,) if one.paper_id else (paper_, revoke_)
        made.append(Panel(id=f"uq-dang-{one.id}", title=title, parts=parts))
    for absence in away:
        if absence.until <= reader.now or absence.since >= reader.now:
            continue
        back_ = Form(
            id=f"ve-{absence.id}",
            action=reader.url("offices-back", absence.id),
            button=words("Ghi đã về", "Record the return"),
            fields=(
                Field(name="ngay", label=words("Về ngày", "Day"), kind="day", value=writing.day(reader.now)),
                Field(name="gio", label=words("Giờ", "Hour"), kind="hour", value=writing.hour(reader.now)),
                Field(name="ly_do", label=words("Ghi chú", "Ground"), required=False, longest=300),
            ),
        )
        title = words(f"{absence.holder} về sớm", f"{absence.holder} comes back earlier")
        made.append(Panel(id=f"vang-{absence.id}", title=title, fold=True, parts=(back_,)))
    return made
