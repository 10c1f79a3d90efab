"""Calendars: secret addresses that can be revoked, and meetings as RFC 5545 writes them."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable

from django.db import transaction
from icalendar import Calendar, Event, vText

from dean06.charter.types import ObjectRef, Permit
from dean06.clock import service as clock
from dean06.ledger import service as ledger
from dean06.ledger.types import digest_of
from dean06.meetings.errors import MeetingRefused
from dean06.meetings.models import Feed, Invitee, Meeting
from dean06.meetings.rows import meeting_info
from dean06.meetings.types import FeedInfo, MeetingInfo, State
from dean06.offices import service as offices
from dean06.offices.types import Viewer

TOKEN_BYTES = 24
SHOWN = (State.CONVENED.value, State.OPEN.value, State.CLOSED.value, State.CANCELLED.value)
MOST = 500
PRODUCT = "-//dean06//hop//VI"

__all__ = ["feeds", "made", "meetings_of", "new_feed", "new_obj", "revoke", "revoke_obj", "written"]


def _info(row: Feed) -> FeedInfo:
    return FeedInfo(
        id=row.pk,
        group_id=row.group_id,
        account=row.account,
        of_group=row.of_group,
        created_at=row.created_at,
        revoked_at=row.revoked_at,
    )


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def made() -> str:
    """Return a new secret part of an address."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def new_obj(slug: str, token: str, *, of_group: bool) -> ObjectRef:
    """Name an address that is about to be made; its secret part is told by its SHA-256 alone."""
    return ObjectRef(kind="calendar_feed", id=slug, digest=digest_of(token=_digest(token), of_group=of_group))


def revoke_obj(slug: str, feed_id: int) -> ObjectRef:
    """Name an address that is about to be revoked."""
    return ObjectRef(kind="calendar_feed", id=slug, digest=digest_of(revoked=feed_id))


def new_feed(by: Permit, group_id: int, slug: str, token: str, *, of_group: bool) -> FeedInfo:
    """Make an address; whoever knows it reads the calendar, so it is shown once and kept as its SHA-256."""
    what = new_obj(slug, token, of_group=of_group)
    with transaction.atomic():
        row = Feed.objects.create(
            group_id=group_id,
            account=by.actor.account,
            of_group=of_group,
            token_sha256=_digest(token),
            created_at=by.at,
        )
        ledger.append(by, scope=slug, kind="calendar_feed", object_id=slug, digest=what.digest, bound=what.digest)
    return _info(row)


def revoke(by: Permit, group_id: int, slug: str, feed_id: int) -> FeedInfo:
    """Revoke an address: it opens nothing any more."""
    what = revoke_obj(slug, feed_id)
    with transaction.atomic():
        row = Feed.objects.select_for_update().filter(pk=feed_id, group_id=group_id, revoked_at=None).first()
        if row is None or (row.account != by.actor.account and not row.of_group):
            raise MeetingRefused(
                "Địa chỉ lịch này không còn hoặc của người khác.", "This address is gone, or is somebody else's."
            )
        row.revoked_at = by.at
        row.save(update_fields=["revoked_at"])
        ledger.append(by, scope=slug, kind="calendar_feed", object_id=slug, digest=what.digest, bound=what.digest)
    return _info(row)


def feeds(viewer: Viewer, group_id: int) -> tuple[FeedInfo, ...]:
    """Return the addresses in force that a reader may revoke: their own and the group's."""
    if not viewer.sits_in(group_id):
        return ()
    rows = Feed.objects.filter(group_id=group_id, revoked_at=None)
    return tuple(_info(row) for row in rows if row.of_group or row.account == viewer.account)


def meetings_of(token: str) -> tuple[FeedInfo, tuple[MeetingInfo, ...]] | None:
    """Return what an address opens: the convened meetings of the group, or those one person is invited to.

    None where the address is unknown or revoked, or where its maker does not sit in the group any more.
    """
    row = Feed.objects.filter(token_sha256=_digest(token), revoked_at=None).select_related("group").first()
    if row is None:
        return None
    if not offices.viewer(row.account, clock.today()).sits_in(row.group_id):
        return None
    rows = Meeting.objects.filter(group_id=row.group_id, state__in=SHOWN).exclude(convened_at=None)
    if not row.of_group:
        mine = Invitee.objects.filter(group_id=row.group_id, account=row.account).values("meeting_id")
        rows = rows.filter(pk__in=mine)
    listed = rows.select_related("group", "series").order_by("-starts_at")[:MOST]
    return _info(row), tuple(meeting_info(one) for one in listed)


def written(meetings: Iterable[MeetingInfo], name: str, href: str) -> bytes:
    """Write meetings as a calendar; one that was called off stays in it as cancelled.

    Args:
        meetings: what the calendar holds.
        name: its title.
        href: address of a meeting's page, with `{id}` where its number stands.
    """
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    for one in meetings:
        event = Event()
        event.add("uid", f"{digest_of(meeting=one.ref)[:32]}@dean06")
        event.add("dtstamp", one.changed_at)
        event.add("last-modified", one.changed_at)
        event.add("sequence", one.sequence)
        event.add("dtstart", one.starts_at)
        event.add("dtend", one.ends_at)
        event.add("summary", one.title)
        event.add("location", vText(one.place))
        event.add("status", "CANCELLED" if one.state is State.CANCELLED else "CONFIRMED")
        event.add("url", href.replace("{id}", str(one.id)))
        if one.about or one.cancel_reason:
            event.add("description", one.cancel_reason or one.about)
        calendar.add_component(event)
    return bytes(calendar.to_ical())
