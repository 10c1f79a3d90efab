"""Letters: what is due is gathered, one letter a person, and carried to the mail server, each at most once.

A worker may die at any point. What it had in hand before the server got the text is free again after a while; what
the server may have is never sent again, for the notice stands in the application all the same.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from django.core.mail import EmailMultiAlternatives
from django.db import connection, transaction
from django.db.models import Q, QuerySet

from dean06.clock import service as clock
from dean06.clock.errors import Unavailable
from dean06.identity import service as identity
from dean06.notices import writing
from dean06.notices.mailer import Later, Line, Never, NoSuchBox, Unsure
from dean06.notices.models import Letter, Mailbox, Notice
from dean06.notices.reading import seen_by
from dean06.notices.types import Address, LetterState, Mail, Tally
from dean06.offices import service as offices

LEASE = timedelta(minutes=2)
LONGEST_PAUSE = timedelta(hours=2)
MOST_TRIES = 20
DIGEST_AT = time(7)
MONDAY = 0
MANY = 200

LinkTo = Callable[[int, Address], str]
ConfirmAt = Callable[[str, str], str]

__all__ = ["carry", "due_until", "gather", "waiting"]


def due_until(now: datetime) -> dict[Mail, datetime]:
    """Return, for each way of mailing, the instant before which a notice must have been told to be due now."""
    local = now.astimezone(clock.TZ)
    digest = datetime.combine(local.date(), DIGEST_AT, clock.TZ)
    daily = digest if local >= digest else digest - timedelta(days=1)
    weekly = daily - timedelta(days=(daily.weekday() - MONDAY) % 7)
    return {Mail.AT_ONCE: now, Mail.DAILY: daily, Mail.WEEKLY: weekly}


def gather(now: datetime | None = None) -> int:
    """Make one letter for each person to whom something is due; returns how many letters that is.

    What was read in the application meanwhile is not mailed, nor what was told in a seat that is held no more.
    """
    at = now or clock.now()
    due = _due(at)
    for ids, today in _days_of_their_own(now):
        due = (due & ~Q(group_id__in=ids)) | (_due(today) & Q(group_id__in=ids))
    boxes = dict(Mailbox.objects.filter(confirmed_at__isnull=False, refused_at=None).values_list("account", "address"))
    wanted = Notice.objects.filter(due, letter=None, read_at=None, account__in=boxes)
    accounts = list(wanted.order_by("account").values_list("account", flat=True).distinct()[:MANY])
    return sum(_gathered(str(one), boxes[one], wanted, at) for one in accounts)


def _due(now: datetime) -> Q:
    """Say of a notice that its way of mailing is due."""
    due = Q(pk__in=[])
    for way, until in due_until(now).items():
        due |= Q(mail=way.value, at__lte=until)
    return due


def _days_of_their_own(now: datetime | None) -> list[tuple[list[int], datetime]]:
    """Return the demonstration's groups by the day they stand on: their notices are told, and mailed, by that day."""
    days: dict[date, tuple[list[int], datetime]] = {}
    for group in offices.all_groups():
        if group.own_day is not None:
            days.setdefault(group.own_day, ([], now or clock.now(group)))[0].append(group.id)
    return list(days.values())


def _gathered(account: str, address: str, wanted: QuerySet[Notice], at: datetime) -> bool:
    viewer = offices.viewer(account, clock.today())
    with transaction.atomic():
        Mailbox.objects.select_for_update().get(account=account)
        found = list(wanted.filter(account=account).order_by("at", "pk").values_list("pk", flat=True)[:MANY])
        seen = list(seen_by(viewer).filter(pk__in=found).values_list("pk", flat=True))
        gone = set(found) - set(seen)
        Notice.objects.filter(pk__in=gone).update(mail=Mail.NEVER.value)
        if not seen:
            return False
        letter = Letter.objects.create(account=account, address=address, made_at=at, free_at=at)
        Notice.objects.filter(pk__in=seen).update(letter=letter)
    return True


def waiting() -> int:
    """Return how many letters wait for the mail server."""
    return Letter.objects.filter(state=LetterState.QUEUED.value).count()


def carry(link: LinkTo | None, confirm: ConfirmAt | None) -> Tally:
    """Carry the letters that are due and free; a server that is away keeps them waiting."""
    _settle_broken()
    line, sent, refused = Line(), 0, 0
    try:
        for letter in _in_hand():
            state = _carry(line, letter, link, confirm)
            sent += state is LetterState.SENT
            refused += state is LetterState.REFUSED
            if state is None:
                break
    finally:
        line.close()
    return Tally(sent=sent, refused=refused, waiting=waiting())


def _settle_broken() -> None:
    """Say of letters in whose midst a worker died that they may have arrived."""
    broken = Letter.objects.filter(state=LetterState.SENDING.value, free_at__lte=clock.now())
    broken.update(state=LetterState.UNSURE.value, note="Bị ngắt khi đang gửi: không gửi lại.")


def _in_hand() -> list[Letter]:
    """Take free letters into this worker's hand for a while."""
    now = clock.now()
    free = Letter.objects.filter(state=LetterState.QUEUED.value, free_at__lte=now).order_by("pk")
    with transaction.atomic():
        taken = list(free.select_for_update(skip_locked=True)[:MANY]) if _locks() else list(free[:MANY])
        Letter.objects.filter(pk__in=[one.pk for one in taken]).update(free_at=now + LEASE * (1 + len(taken) // 20))
    return taken


def _locks() -> bool:
    return bool(connection.features.has_select_for_update_skip_locked)


def _carry(line: Line, letter: Letter, link: LinkTo | None, confirm: ConfirmAt | None) -> LetterState | None:
    """Carry one letter; None where the server is away, so that the round ends."""
    mail = _written(letter, link, confirm)
    if mail is None:
        return _settle(letter, LetterState.REFUSED, "Người nhận không còn dùng thư này.")
    try:
        line.open()
        line.send(mail, lambda: _begin(letter))
    except Never as problem:
        if isinstance(problem, NoSuchBox):
            Mailbox.objects.filter(account=letter.account, address=letter.address).update(refused_at=clock.now())
        return _settle(letter, LetterState.REFUSED, problem.vi)
    except Unavailable as problem:
        return _not_taken(letter, problem)
    return _settle(letter, LetterState.SENT, "")


def _not_taken(letter: Letter, problem: Unavailable) -> LetterState | None:
    if isinstance(problem, Unsure):
        return _settle(letter, LetterState.UNSURE, problem.vi)
    if isinstance(problem, Later):
        return _put_off(letter, problem.vi)
    _wait(letter, problem.vi)
    return None


def _written(letter: Letter, link: LinkTo | None, confirm: ConfirmAt | None) -> EmailMultiAlternatives | None:
    """Return the e-mail of a letter, or None where nobody is to get it any more."""
    account = str(letter.account)
    known = identity.active([account]).get(account)
    if known is None or not Mailbox.objects.filter(account=account, address=letter.address).exists():
        return None
    to = writing.Reader(name=known.full_name, language=known.language)
    if letter.confirms:
        return writing.confirmation(letter, to, confirm(account, letter.address) if confirm else "")
    rows = list(letter.notices.select_related("group").order_by("at", "pk"))
    groups = {row.group_id: row.group.short_name for row in rows}

    def href(row: Notice) -> str:
        return link(row.group_id, Address(route=row.route, args=tuple(row.args))) if link else ""

    return writing.letter(letter, to, writing.lines(rows, to, groups, href if link else None)) if rows else None


def _begin(letter: Letter) -> None:
    """Write down, before the server gets the text, that it is about to."""
    letter.state, letter.free_at = LetterState.SENDING.value, clock.now() + LEASE
    letter.save(update_fields=["state", "free_at"])


def _settle(letter: Letter, state: LetterState, note: str) -> LetterState:
    letter.state, letter.note = state.value, note[:200]
    letter.sent_at = clock.now() if state is LetterState.SENT else None
    letter.save(update_fields=["state", "note", "sent_at"])
    return state


def _wait(letter: Letter, note: str) -> None:
    """Leave it queued while the server is away; that costs it no try."""
    letter.state, letter.free_at, letter.note = LetterState.QUEUED.value, clock.now() + timedelta(minutes=1), note[:200]
    letter.save(update_fields=["state", "free_at", "note"])


def _put_off(letter: Letter, note: str) -> LetterState:
    """Leave it queued for a later try, each pause twice as long as the last; after two days it is given up."""
    letter.tries += 1
    if letter.tries >= MOST_TRIES:
        return _settle(letter, LetterState.REFUSED, note)
    pause = min(timedelta(minutes=1) * 2 ** min(letter.tries - 1, 10), LONGEST_PAUSE)
    letter.state, letter.free_at, letter.note = LetterState.QUEUED.value, clock.now() + pause, note[:200]
    letter.save(update_fields=["state", "free_at", "note", "tries"])
    return LetterState.QUEUED
