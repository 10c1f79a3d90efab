"""Preparing a meeting: its draft, its agenda, who is invited, what lies on the table; convening and calling off."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from dean06.charter.types import Permit
from dean06.meetings.errors import MeetingRefused
from dean06.meetings.models import Counter, Invitee, Item, Meeting, MeetingPaper, Presence, Series
from dean06.meetings.rows import (
    cited_by,
    happened,
    item_info,
    locked,
    meeting_info,
    next_number,
    plain,
    ref_of,
    require,
    search_text,
)
from dean06.meetings.types import (
    Called,
    ItemInfo,
    ItemState,
    MeetingInfo,
    NewItem,
    NewMeeting,
    Slot,
    State,
    Upload,
)
from dean06.offices.types import Capacity

BEFORE = (State.DRAFT, State.CONVENED)
AT_WORK = (State.DRAFT, State.CONVENED, State.OPEN)
MOST_ITEMS = 40

__all__ = [
    "add_item",
    "approve_agenda",
    "attach",
    "call_off",
    "change",
    "change_item",
    "convene",
    "create",
    "detach",
    "drop_item",
    "invite",
    "mark_content",
    "move_item",
    "reserve",
    "uninvite",
]


def reserve(group_id: int, slug: str, year: int) -> Slot:
    """Keep the next number of a group and year for a meeting about to be prepared.

    Inside the caller's transaction a refusal gives the number back, and two offices never get the same one.
    """
    with transaction.atomic():
        number = next_number(group_id, Counter.MEETING, year)
    return Slot(group_id=group_id, year=year, number=number, ref=ref_of(slug, year, number))


def create(by: Permit, slot: Slot, new: NewMeeting, seats: tuple[Capacity, Capacity | None]) -> MeetingInfo:
    """Prepare a meeting: a draft with its number; nobody is called yet.

    Args:
        by: given for object id `slot.ref`, act `drafted`, what `new.told()` says.
        slot: from `reserve`.
        new: what was entered.
        seats: who presides and who keeps the minutes.
    """
    _sound(new)
    with transaction.atomic():
        row = Meeting(group_id=slot.group_id, year=slot.year, number=slot.number)
        row.created_at, row.created_by = by.at, by.actor.account
        _fill(row, new, seats, by.at)
        row.save()
        happened(by, row, "drafted", new.told(), row.title)
    return meeting_info(row)


def change(by: Permit, meeting_id: int, new: NewMeeting, seats: tuple[Capacity, Capacity | None]) -> MeetingInfo:
    """Change what was entered; a convened meeting keeps its number, and calendars are told of the change."""
    _sound(new)
    with transaction.atomic():
        row = locked(meeting_id)
        require(row, *BEFORE)
        if new.starts_at.astimezone(by.at.tzinfo).year != row.year:
            raise MeetingRefused(
                f"Cuộc họp đánh số theo năm {row.year}: sang năm khác thì lập cuộc họp mới.",
                f"The meeting is numbered in {row.year}: prepare another one for another year.",
            )
        _fill(row, new, seats, by.at)
        row.sequence += row.state == State.CONVENED
        row.save()
        happened(by, row, "changed", new.told(), row.title)
    return meeting_info(row)


def _sound(new: NewMeeting) -> None:
    if not new.title.strip() or not new.place.strip():
        raise MeetingRefused("Cuộc họp cần tên và địa điểm.", "A meeting needs a title and a place.")
    if new.ends_at <= new.starts_at:
        raise MeetingRefused(
            "Giờ kết thúc dự kiến phải sau giờ bắt đầu.", "The planned end must lie after the beginning."
        )


def _fill(row: Meeting, new: NewMeeting, seats: tuple[Capacity, Capacity | None], at: datetime) -> None:
    chair, secretary = seats
    row.kind, row.title, row.about, row.place = new.kind.value, new.title, new.about, new.place
    row.starts_at, row.ends_at = new.starts_at, new.ends_at
    row.search = search_text(row.number, row.year, new.title, new.place)
    row.series = Series.objects.get_or_create(group_id=row.group_id, name=new.series)[0] if new.series else None
    if new.previous and not Meeting.objects.filter(pk=new.previous, group_id=row.group_id).exists():
        raise MeetingRefused("Cuộc họp trước không thuộc tổ này.", "The former meeting is not one of this group.")
    row.previous_id = new.previous
    row.chair_seat, row.chair_name, row.chair_role = chair.seat_id, chair.holder, chair.role
    row.chair_post, row.chair_account = chair.hat, chair.account or ""
    row.secretary_seat = secretary.seat_id if secretary else None
    row.secretary_name = secretary.holder if secretary else ""
    row.secretary_post = secretary.hat if secretary else ""
    row.secretary_account = (secretary.account or "") if secretary else ""
    row.changed_at = at


# ------------------------------------------------------------------ agenda


def _agenda_moves(row: Meeting) -> None:
    """An agenda that was approved and is changed before the meeting wants approval again."""
    if row.state != State.OPEN:
        row.agenda_approved_at, row.agenda = None, {}
        row.save(update_fields=["agenda_approved_at", "agenda"])


def add_item(by: Permit, meeting_id: int, new: NewItem) -> ItemInfo:
    """Put an item at the end of the agenda; during a meeting too, as meetings do."""
    with transaction.atomic():
        row = locked(meeting_id)
        require(row, *AT_WORK)
        count = row.items.count()
        if not new.title.strip() or count >= MOST_ITEMS:
            raise MeetingRefused(
                f"Nội dung cần tên; một chương trình có tối đa {MOST_ITEMS} nội dung.",
                f"An item needs a title; an agenda has at most {MOST_ITEMS}.",
            )
        if new.carried_from and row.items.filter(carried_from_id=new.carried_from).exists():
            raise MeetingRefused("Nội dung này đã được đưa vào rồi.", "This item was taken over already.")
        _own_item_elsewhere(row, new.carried_from)
        made = Item.objects.create(
            group_id=row.group_id,
            meeting=row,
            order=count + 1,
            title=new.title[:300],
            kind=new.kind.value,
            minutes=new.minutes,
            agency=new.agency,
            carried_from_id=new.carried_from,
        )
        _agenda_moves(row)
        happened(by, row, "item_added", {"title": new.title, "from": new.carried_from}, new.title)
    return item_info(made)


def _own_item_elsewhere(row: Meeting, item_id: int | None) -> None:
    if item_id and not Item.objects.filter(pk=item_id, group_id=row.group_id).exclude(meeting=row).exists():
        raise MeetingRefused("Nội dung chuyển tiếp không thuộc tổ này.", "The item is not one of this group.")


def own_item(row: Meeting, item_id: int) -> Item:
    """Return an item of a meeting; one of another is not there."""
    item = row.items.filter(pk=item_id).first()
    if item is None:
        raise MeetingRefused("Nội dung này không có trong chương trình.", "There is no such item on the agenda.")
    return item


def change_item(by: Permit, meeting_id: int, item_id: int, new: NewItem) -> ItemInfo:
    """Change an item that has not begun."""
    with transaction.atomic():
        row = locked(meeting_id)
        require(row, *AT_WORK)
        item = own_item(row, item_id)
        if item.state != ItemState.WAITING or not new.title.strip():
            raise MeetingRefused("Chỉ sửa nội dung chưa bắt đầu.", "Only an item that has not begun is changed.")
        item.title, item.kind, item.minutes, item.agency = new.title[:300], new.kind.value, new.minutes, new.agency
        item.save(update_fields=["title", "kind", "minutes", "agency"])
        _agenda_moves(row)
        happened(by, row, "item_changed", {"item": item_id, "title": new.title}, new.title)
    return item_info(item)


def drop_item(by: Permit, meeting_id: int, item_id: int) -> None:
    """Take an item off before the meeting; its papers become papers of the meeting."""
    with transaction.atomic():
        row = locked(meeting_id)
        require(row, *BEFORE)
        item = own_item(row, item_id)
        title = item.title
        item.papers.update(item=None)
        item.delete()
        _renumber(row)
        _agenda_moves(row)
        happened(by, row, "item_dropped", {"item": item_id}, title)


def move_item(by: Permit, meeting_id: int, item_id: int, step: int) -> None:
    """Move an item up (-1) or down (+1) among those that have not begun."""
    with transaction.atomic():
        row = locked(meeting_id)
        require(row, *AT_WORK)
        items = list(row.items.select_for_update())
        place = next((at for at, one in enumerate(items) if one.pk == item_id), None)
        if place is None or not 0 <= place + step < len(items):
            return
        if {items[place].state, items[place + step].state} != {ItemState.WAITING.value}:
            raise MeetingRefused("Chỉ đổi chỗ nội dung chưa bắt đầu.", "Only items that have not begun change places.")
        items[place], items[place + step] = items[place + step], items[place]
        for order, one in enumerate(items, start=1):
            if one.order != order:
                one.order = order
                one.save(update_fields=["order"])
        _agenda_moves(row)
        happened(by, row, "item_moved", {"item": item_id, "step": step}, items[place + step].title)


def _renumber(row: Meeting) -> None:
    for order, one in enumerate(row.items.all(), start=1):
        if one.order != order:
            one.order = order
            one.save(update_fields=["order"])


def approve_agenda(by: Permit, meeting_id: int) -> MeetingInfo:
    """Approve the agenda as it stands."""
    with transaction.atomic():
        row = locked(meeting_id)
        require(row, *BEFORE)
        titles = list(row.items.values_list("title", flat=True))
        if not titles:
            raise MeetingRefused("Chương trình chưa có nội dung nào.", "The agenda has no item yet.")
        row.agenda_approved_at, row.agenda = by.at, plain(cited_by(by))
        row.save(update_fields=["agenda_approved_at", "agenda"])
        happened(by, row, "agenda_approved", {"items": len(titles)})
    return meeting_info(row)


def mark_content(by: Permit, meeting_id: int) -> MeetingInfo:
    """Record that content and situation report of the meeting are ready."""
    with transaction.atomic():
        row = locked(meeting_id)
        require(row, *AT_WORK)
        row.content_at = row.content_at or by.at
        row.save(update_fields=["content_at"])
        happened(by, row, "content_ready", {})
    return meeting_info(row)


# ------------------------------------------------------------------ papers and people


def attach(by: Permit, meeting_id: int, what: Upload | int, item_id: int | None = None, form: str = "") -> int:
    """Lay a paper on the table: an uploaded file, or a draft of the papers room by its number."""
    with transaction.atomic():
        row = locked(meeting_id)
        require(row, *AT_WORK, State.CLOSED)
        item = own_item(row, item_id) if item_id else None
        file = what if isinstance(what, Upload) else None
        made = MeetingPaper.objects.create(
            group_id=row.group_id,
            meeting=row,
            item=item,
            form=form,
            paper_id=what if isinstance(what, int) else None,
            sha256=file.sha256 if file else "",
            suffix=file.suffix if file else "",
            name=file.name[:200] if file else "",
        )
        told = {"paper": made.paper_id, "sha256": made.sha256, "item": item_id, "form": form}
        happened(by, row, "paper_made" if form else "paper_laid", told, made.name or form)
    return made.pk


def detach(by: Permit, meeting_id: int, attached: int) -> None:
    """Take a paper off the table before the meeting; what the papers room or the archive holds stays there."""
    with transaction.atomic():
        row = locked(meeting_id)
        require(row, *BEFORE)
        paper = row.papers.filter(pk=attached).first()
        if paper is None:
            raise MeetingRefused("Tài liệu này không còn ở cuộc họp.", "The paper is not on the table any more.")
        happened(by, row, "paper_taken_off", {"paper": attached}, paper.name or paper.form)
        paper.delete()


def invite(by: Permit, meeting_id: int, called: Iterable[Called]) -> int:
    """Invite seats and guests; a seat that is invited already stays as it is. Returns how many are new."""
    wanted = list(called)
    with transaction.atomic():
        row = locked(meeting_id)
        require(row, *AT_WORK)
        there = set(row.invitees.values_list("seat_id", flat=True))
        order = row.invitees.count()
        new = [one for one in wanted if one.seat_id is None or one.seat_id not in there]
        if any(not one.name.strip() for one in new):
            raise MeetingRefused("Ghi tên người được mời.", "Give the name of who is invited.")
        Invitee.objects.bulk_create(
            Invitee(
                group_id=row.group_id,
                meeting=row,
                seat_id=one.seat_id,
                role=one.role,
                agency=one.agency,
                name=one.name[:120],
                post=one.post[:200],
                account=one.account,
                organisation=one.organisation[:200],
                votes=one.votes,
                order=order + place,
            )
            for place, one in enumerate(new)
        )
        told = {"seats": ",".join(str(one.seat_id or "-") for one in wanted), "count": len(wanted)}
        happened(by, row, "invited", told)
    return len(new)


def uninvite(by: Permit, meeting_id: int, invitee_id: int) -> None:
    """Take an invitation back before anything was recorded of the invitee."""
    with transaction.atomic():
        row = locked(meeting_id)
        require(row, *BEFORE)
        one = row.invitees.filter(pk=invitee_id).first()
        spoke = one is not None and (hasattr(one, "absence") or hasattr(one, "report"))
        if one is None or spoke or Presence.objects.filter(invitee=one).exists():
            raise MeetingRefused(
                "Người này đã báo vắng, nộp báo cáo hoặc điểm danh: không rút lời mời được.",
                "Something of this invitee is on record: the invitation stays.",
            )
        happened(by, row, "uninvited", {"invitee": invitee_id}, one.name)
        one.delete()


# ------------------------------------------------------------------ convening


def convene(by: Permit, meeting_id: int) -> MeetingInfo:
    """Convene a meeting that has an agenda and somebody invited."""
    with transaction.atomic():
        row = locked(meeting_id)
        require(row, State.DRAFT)
        if not row.items.exists() or not row.invitees.exists():
            raise MeetingRefused(
                "Chưa triệu tập được: chương trình cần ít nhất một nội dung và thành phần cần ít nhất một người.",
                "It cannot be convened: the agenda needs an item and somebody must be invited.",
            )
        row.state, row.convened_at, row.convened_role = State.CONVENED.value, by.at, by.actor.role
        row.convened, row.changed_at = plain(cited_by(by)), by.at
        row.save(update_fields=["state", "convened_at", "convened_role", "convened", "changed_at"])
        happened(by, row, "convened", {"starts": row.starts_at.isoformat()})
    return meeting_info(row)


def call_off(by: Permit, meeting_id: int, reason: str) -> MeetingInfo:
    """Call a meeting off with a reason; it keeps its number, and calendars show it as cancelled."""
    why = " ".join(reason.split())[:400]
    if not why:
        raise MeetingRefused("Nêu lý do hủy cuộc họp.", "Give the reason for calling the meeting off.")
    with transaction.atomic():
        row = locked(meeting_id)
        require(row, *BEFORE)
        row.sequence += row.state == State.CONVENED
        row.state, row.cancelled_at, row.cancel_reason, row.changed_at = State.CANCELLED.value, by.at, why, by.at
        row.save(update_fields=["state", "cancelled_at", "cancel_reason", "sequence", "changed_at"])
        happened(by, row, "called_off", {"reason": why}, why)
    return meeting_info(row)
