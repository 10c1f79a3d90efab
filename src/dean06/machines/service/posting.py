"""Carrying events to the addresses of software: CloudEvents 1.0 over HTTP, asked first, signed, tried again.

An event may arrive twice, never under two ids. A worker may die at any point: what it had in hand is free again after a
while. Called by the worker, outside of transactions.
"""

from __future__ import annotations

import json
from datetime import UTC, timedelta
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction

from dean06.clock import service as clock
from dean06.clock.errors import HouseError, Unavailable
from dean06.machines import reaching, signing_keys
from dean06.machines.errors import AddressRefused
from dean06.machines.message_signing import signed
from dean06.machines.models import Hook, Parcel
from dean06.machines.reaching import Reply
from dean06.machines.service.hooks import give_up
from dean06.machines.types import Carried, HookState, ParcelState
from dean06.offices import service as offices

CONTENT_TYPE = "application/cloudevents+json; charset=utf-8"
MOST_AT_ONCE = 60
MOST_TRIES = 15
MINUTE = timedelta(minutes=1)
LEASE = timedelta(minutes=5)
LONGEST_PAUSE = timedelta(hours=2)
GONE, SLOWER, AWAY = 410, 429, 503
# What another try would not mend: the receiver does not take such a body at all.
NEVER = frozenset({400, 413, 415, 422})

__all__ = ["carry"]


def carry(group_id: int) -> Carried:
    """Ask the receivers of a group that were not asked yet, and post what waits; one that is away holds up no other."""
    now = clock.now()
    due = Hook.objects.filter(group_id=group_id, free_at__lte=now)
    opened = sum(_ask(row) for row in due.filter(state=HookState.WAITING.value).order_by("pk"))
    sent = dead = 0
    for row in Hook.objects.filter(group_id=group_id, free_at__lte=now, state=HookState.OPEN.value).order_by("pk"):
        here, given_up = _post_all(row)
        sent, dead = sent + here, dead + given_up
    waiting = Parcel.objects.filter(group_id=group_id, state=ParcelState.QUEUED.value).count()
    return Carried(sent=sent, dead=dead, waiting=waiting, opened=opened)


def _origin() -> str:
    """Return the name under which this installation asks to be let in."""
    return urlsplit(settings.PUBLIC_URL).hostname or "localhost"


def _ask(row: Hook) -> bool:
    """Ask a receiver whether it wants events from here (the handshake of CloudEvents webhooks)."""
    try:
        reply = reaching.exchange(
            row.url,
            "OPTIONS",
            {"WebHook-Request-Origin": _origin(), "WebHook-Request-Rate": str(MOST_AT_ONCE), "User-Agent": "dean06"},
        )
    except AddressRefused as problem:
        return _shut(row, problem.vi)
    except Unavailable as problem:
        return _later(row, problem.vi)
    if reply.status in {SLOWER, AWAY} or reply.status >= 500:
        return _later(row, f"Bên nhận trả lời {reply.status}.", _pause_asked(reply))
    allowed = reply.headers.get("webhook-allowed-origin", "")
    if not 200 <= reply.status < 300 or allowed not in {"*", _origin()}:
        return _shut(row, f"Bên nhận không đồng ý nhận tin từ {_origin()} (trả lời {reply.status}).")
    row.state, row.rate, row.note, row.tries = HookState.OPEN.value, _rate(reply), "", 0
    row.opened_at = row.free_at = clock.now()
    row.save(update_fields=["state", "rate", "note", "tries", "opened_at", "free_at"])
    return True


def _rate(reply: Reply) -> int | None:
    told = reply.headers.get("webhook-allowed-rate", "").strip()
    return max(1, min(int(told), 1_000_000)) if told.isascii() and told.isdecimal() and len(told) < 10 else None


def _shut(row: Hook, note: str) -> bool:
    row.state, row.note = HookState.REFUSED.value, note[:200]
    row.save(update_fields=["state", "note"])
    return False


def _later(row: Hook, note: str, pause: timedelta | None = None) -> bool:
    """Leave an address alone for a while, each pause twice as long as the last; who never answers is given up."""
    row.tries = min(row.tries + 1, 1000)
    if row.state == HookState.WAITING.value and row.tries >= MOST_TRIES:
        return _shut(row, note)
    wait = pause or min(timedelta(minutes=1) * 2 ** min(row.tries - 1, 10), LONGEST_PAUSE)
    row.free_at, row.note = clock.now() + wait, note[:200]
    row.save(update_fields=["tries", "free_at", "note"])
    return False


def _pause_asked(reply: Reply) -> timedelta | None:
    """Return how long a receiver asks to be left alone, within reason; None where it does not say."""
    told = reply.headers.get("retry-after", "").strip()
    if told.isascii() and told.isdecimal() and len(told) < 7:
        wait = timedelta(seconds=int(told))
    else:
        try:
            at = parsedate_to_datetime(told)
        except ValueError:
            return None
        wait = (at if at.tzinfo else at.replace(tzinfo=UTC)) - clock.now()
    return min(max(wait, timedelta(seconds=1)), LONGEST_PAUSE)


def _in_hand(row: Hook) -> list[Parcel]:
    """Take the events that are due into this worker's hand for a while, as many as the receiver allows in a minute."""
    now, most = clock.now(), MOST_AT_ONCE
    with transaction.atomic():
        Hook.objects.select_for_update().get(pk=row.pk)
        if row.rate is not None:
            lately = Parcel.objects.filter(hook=row, status__isnull=False, settled_at__gt=now - MINUTE).count()
            most = max(0, min(most, row.rate - lately))
        free = Parcel.objects.filter(hook=row, state=ParcelState.QUEUED.value, free_at__lte=now).order_by("pk")[:most]
        taken = list(free)
        Parcel.objects.filter(pk__in=[one.pk for one in taken]).update(free_at=now + LEASE)
    return taken


def _post_all(row: Hook) -> tuple[int, int]:
    """Post what waits at one address, in order, until the receiver wants a pause; returns what went and what died."""
    taken, sent, dead = _in_hand(row), 0, 0
    left = [one.pk for one in taken]
    for one in taken:
        left.remove(one.pk)
        match _post(row, one):
            case ParcelState.SENT:
                sent += 1
            case ParcelState.DEAD:
                dead += 1
            case ParcelState.QUEUED:
                break
        if row.state != HookState.OPEN.value:
            break
    held = Parcel.objects.filter(pk__in=left, state=ParcelState.QUEUED.value)
    held.update(free_at=clock.now())  # those not reached wait for the address alone
    return sent, dead


def _body(row: Hook, one: Parcel) -> bytes:
    slug = offices.group_by_id(row.group_id).slug
    told = {
        "specversion": "1.0",
        "id": one.event_id,
        "source": f"{settings.PUBLIC_URL or 'urn:dean06'}/t/{slug}/",
        "type": one.kind,
        "subject": one.subject,
        "time": one.at.astimezone(clock.TZ).isoformat(timespec="seconds"),
        "datacontenttype": "application/json",
        "data": one.data,
    }
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()


def _post(row: Hook, one: Parcel) -> ParcelState:
    body = _body(row, one)
    key_id = signing_keys.published()["kid"]
    headers = signed(
        signing_keys.event_key(), key_id, url=row.url, content_type=CONTENT_TYPE, body=body, at=clock.now()
    )
    try:
        reply = reaching.exchange(row.url, "POST", headers | {"User-Agent": "dean06"}, body)
    except HouseError as problem:
        return _not_taken(row, one, problem.vi)
    one.status = reply.status
    if 200 <= reply.status < 300:
        return _taken(row, one)
    if reply.status == GONE:
        row.state, row.note = HookState.GONE.value, "Bên nhận trả lời 410: không nhận tin nữa."
        row.save(update_fields=["state", "note"])
        state = _settle(one, ParcelState.DEAD, row.note)
        give_up(row, row.note)
        return state
    if reply.status in NEVER:
        return _settle(one, ParcelState.DEAD, f"Bên nhận không nhận dạng tin này (trả lời {reply.status}).")
    return _not_taken(row, one, f"Bên nhận trả lời {reply.status}.", _pause_asked(reply))


def _taken(row: Hook, one: Parcel) -> ParcelState:
    row.told_at, row.tries, row.note = clock.now(), 0, ""
    row.save(update_fields=["told_at", "tries", "note"])
    return _settle(one, ParcelState.SENT, "")


def _not_taken(row: Hook, one: Parcel, note: str, pause: timedelta | None = None) -> ParcelState:
    _later(row, note, pause)
    one.tries += 1
    if one.tries >= MOST_TRIES:
        return _settle(one, ParcelState.DEAD, f"{note} Đã thử {one.tries} lần, không tự gửi nữa.")
    one.note, one.free_at = note[:200], row.free_at
    one.save(update_fields=["tries", "note", "free_at", "status"])
    return ParcelState.QUEUED


def _settle(one: Parcel, state: ParcelState, note: str) -> ParcelState:
    one.state, one.note, one.settled_at = state.value, note[:200], clock.now()
    one.tries += state is ParcelState.SENT
    one.save(update_fields=["state", "note", "settled_at", "tries", "status"])
    return state
