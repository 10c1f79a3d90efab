"""The face of pulls: one going of a puller to the other side, taken up again after a kill, delivered once.

Pieces lie in the vault until they are delivered: what is there was taken, what the table says of their number is told
to people alone. The cursor of the feed moves in the transaction that records the delivery.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from django.db import transaction
from django.db.models import Max

from dean06.charter.types import Permit
from dean06.clock import service as clock
from dean06.clock.errors import BadInput, HouseError
from dean06.ledger import service as ledger
from dean06.ledger.types import digest_of
from dean06.offices import service as offices
from dean06.offices.types import Viewer
from dean06.sources.connectors import patience
from dean06.sources.connectors.assembling import Assembled
from dean06.sources.connectors.assembling import assemble as assembled
from dean06.sources.connectors.kinds import kind
from dean06.sources.connectors.spool import Spool
from dean06.sources.connectors.types import AccessRefused, Reader, TryLater, Window
from dean06.sources.feed import PullInfo
from dean06.sources.keeping import private, vault
from dean06.sources.models import Delivery, Feed, Pull
from dean06.sources.schedule import read
from dean06.sources.service.feeds import LIVE, read_by, ref

SHOWN = 50

__all__ = [
    "AccessRefused",
    "Assembled",
    "PullInfo",
    "alone",
    "ask",
    "assemble",
    "begin",
    "current",
    "delivered",
    "due",
    "failed",
    "fetch",
    "known_before",
    "last_of",
    "nothing",
    "of_feed",
    "put_away",
    "standing_of",
    "sweep",
    "to_put_away",
]


def _info(row: Pull) -> PullInfo:
    refused = row.delivery if row.news else None
    return PullInfo(
        id=row.pk,
        group_id=row.group_id,
        feed_id=row.feed_id,
        asked_by=str(row.asked_by) if row.asked_by else "",
        state=row.state,
        period=row.period,
        extent="delta" if row.extent == "delta" else "full",
        since=row.since,
        until=row.until,
        pieces=row.pieces,
        rows=row.rows,
        tries=row.tries,
        next_try_at=row.next_try_at,
        problem_vi=row.problem_vi or (refused.problem_vi if refused else ""),
        problem_en=row.problem_en or (refused.problem_en if refused else ""),
        delivery_id=row.delivery_id,
        news=row.news,
        begun_at=row.begun_at,
        finished_at=row.finished_at,
    )


def _folder() -> Path:
    return vault() / "pulls"


def _spool(pull_id: int) -> Spool:
    return Spool(_folder() / str(pull_id))


@contextmanager
def alone(feed_id: int) -> Iterator[None]:
    """Hold a feed for one puller; the system lets go of it when its holder dies. Held already, it is a refusal."""
    descriptor = os.open(private(_folder()) / f"{feed_id}.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BadInput(
                "Kết nối này đang được lấy dữ liệu: chờ xong rồi làm lại.",
                "Data are being pulled over this feed: wait until it is done, then try again.",
            ) from None
        yield
    finally:
        os.close(descriptor)


def due(now: datetime) -> list[int]:
    """Return the feeds that are to be gone to: their pull is to be tried again, or the schedule asks for one."""
    rows = Feed.objects.filter(enabled=True).order_by("next_at", "pk")
    waiting = dict(Pull.objects.filter(state__in=LIVE, feed__enabled=True).values_list("feed_id", "next_try_at"))
    return [row.pk for row in rows if waiting.get(row.pk, row.next_at) <= now]


def begin(feed_id: int, period: str) -> PullInfo:
    """Begin the pull that the schedule asks for."""
    with transaction.atomic():
        row = Feed.objects.select_for_update().get(pk=feed_id)
        return _info(_begun(row, period, None))


def ask(by: Permit, feed_id: int, period: str) -> PullInfo:
    """Ask for a pull at once; one that waits is tried at once."""
    with transaction.atomic():
        row = Feed.objects.select_for_update().get(pk=feed_id)
        if not row.enabled:
            raise BadInput(
                f"Kết nối «{row.name}» đang tắt: bật lại trước khi lấy.",
                f"The feed {row.name!r} is switched off: switch it on first.",
            )
        slug, digest = row.group.slug, digest_of(pull=row.name, period=period)
        ledger.append(by, scope=slug, kind="feed", object_id=ref(slug, row.name), digest=digest, bound=digest)
        waiting = Pull.objects.filter(feed=row, state__in=LIVE).first()
        if waiting is None:
            return _info(_begun(row, period, by.actor.account))
        waiting.next_try_at, waiting.asked_by = clock.now(), by.actor.account
        waiting.save(update_fields=["next_try_at", "asked_by"])
    return _info(waiting)


def _begun(row: Feed, period: str, asked_by: str | None) -> Pull:
    """Fix what is asked for: what changed, or everything where nothing of the period was delivered whole yet."""
    now = clock.now()
    whole = Pull.objects.filter(
        feed=row, period=period, extent="full", state=Pull.State.DONE, delivery__state__in=["received", "read"]
    )
    changed = row.extent == "delta" and row.since is not None and whole.exists()
    row.next_at = read(row.schedule).next_after(now)
    row.save(update_fields=["next_at"])
    return Pull.objects.create(
        group_id=row.group_id,
        feed=row,
        asked_by=asked_by,
        period=period,
        extent="delta" if changed else "full",
        since=row.since if changed else None,
        until=clock.now(offices.group_by_id(row.group_id)),
        next_try_at=now,
        begun_at=now,
    )


def current(feed_id: int) -> PullInfo | None:
    """Return the pull of a feed that is to be finished."""
    row = Pull.objects.filter(feed_id=feed_id, state__in=LIVE).first()
    return _info(row) if row else None


def fetch(pull_id: int, reader: Reader, tell: Callable[[int], None] = lambda _pieces: None) -> None:
    """Bring the pieces that are not there yet, each kept whole before the next one is asked for.

    A piece that was kept begins the count of failures anew: a long list over a bad line is not given up half way.
    """
    row = Pull.objects.select_related("feed").get(pk=pull_id)
    spool = _spool(pull_id)
    again = clock.now() + timedelta(seconds=patience.shipped().wait(row.fruitless + 1))  # not at once, if we are killed
    _set(row, state=Pull.State.RUNNING, next_try_at=again)
    if spool.is_whole():
        return
    window = Window(
        period=row.period,
        extent="delta" if row.extent == "delta" else "full",
        since=row.since,
        until=row.until,
        known=_known(row.feed),
    )
    done = {one.key: one.mark for one in spool.kept()}
    before = len(done)
    for piece in reader.pieces(window, done):
        spool.add(piece)
        kept = spool.kept()
        further = {"fruitless": 0} if len(kept) > before else {}  # it goes on: only tries that bring nothing count
        _set(row, pieces=len(kept), rows=sum(one.rows for one in kept), **further)
        tell(len(kept))
        if len(kept) > patience.shipped().pieces:
            raise BadInput(
                "Bên kia trả quá nhiều mảnh trong một lần lấy: kiểm tra cấu hình của kết nối.",
                "The other side gives too many pieces in one pull: check the feed's settings.",
            )
    spool.finish()


def _known(feed: Feed) -> dict[str, str]:
    """Return what was delivered before; a queue that offers anew what was put away has something new to say."""
    again = kind(feed.kind).queue
    return {told["key"]: told["problem"] for told in feed.taken if not (again and told["away"])}


def _set(row: Pull, **values: object) -> None:
    """Write where a live pull stands; one given up meanwhile stays given up, and its puller stops."""
    if not Pull.objects.filter(pk=row.pk, state__in=LIVE).update(**values):
        raise _given_up()


def _given_up() -> BadInput:
    return BadInput(
        "Lần lấy này đã bị thôi: kết nối vừa được đổi hoặc tắt.",
        "This pull was given up: its feed was changed or switched off.",
    )


def assemble(pull_id: int) -> Assembled:
    """Make the one file that a whole spool comes to; a list of everybody without anybody is refused."""
    row = Pull.objects.select_related("feed").get(pk=pull_id)
    made = assembled(_spool(pull_id), read_by(row.group_id, row.feed.source), row.feed.source, row.period)
    if made.path is None and row.extent == "full" and row.feed.whole and not kind(row.feed.kind).files:
        raise BadInput(
            "Bên kia trả một danh sách đủ mà không có dòng nào: không nhận, kẻo coi như không còn ai.",
            "The other side gave a full list without a row: it is not taken, so that nobody is thought to be gone.",
        )
    return made


def known_before(pull_id: int, period: str, sha256: str) -> int | None:
    """Return the delivery that these bytes are already; what a person took back comes again only when asked for."""
    row = Pull.objects.select_related("feed").get(pk=pull_id)
    twins = Delivery.objects.filter(group_id=row.group_id, source=row.feed.source, period=period, file_sha256=sha256)
    if row.asked_by:
        twins = twins.exclude(state=Delivery.State.UNDONE)
    return twins.order_by("-pk").values_list("pk", flat=True).first()


def delivered(pull_id: int, made: Assembled, delivery_id: int, *, news: bool) -> PullInfo:
    """End a pull with its delivery and move the feed's cursor, inside the transaction that records the delivery."""
    with transaction.atomic():
        row = Pull.objects.select_for_update().get(pk=pull_id)
        feed = Feed.objects.select_for_update().get(pk=row.feed_id)
        if kind(feed.kind).files or kind(feed.kind).queue:
            fresh = [{"key": key, "delivery": delivery_id, "problem": "", "away": False} for key in made.keys]
            feed.taken = [*feed.taken, *fresh][-patience.shipped().kept_files :]
        if kind(feed.kind).files:
            feed.next_at = clock.now()  # the next file, if there is one
        row.delivery_id, row.news, row.period = delivery_id, news, made.period
        _end(row, feed)
    return _info(row)


def nothing(pull_id: int) -> PullInfo:
    """End a pull that found nothing new.

    An earlier one of the schedule that found nothing either is forgotten; so is this one where it looked for files, for
    what became of the last file is what is to be seen.
    """
    with transaction.atomic():
        row = Pull.objects.select_for_update().get(pk=pull_id)
        feed = Feed.objects.select_for_update().get(pk=row.feed_id)
        empty = Pull.objects.filter(feed=feed, state=Pull.State.DONE, delivery=None, asked_by=None)
        empty.exclude(pk=row.pk).delete()
        _end(row, feed)
        told = _info(row)
        if kind(feed.kind).files and row.asked_by is None:
            row.delete()
    return told


def _end(row: Pull, feed: Feed) -> None:
    if row.state not in LIVE:
        raise _given_up()
    now = clock.now()
    row.state, row.finished_at, row.problem_vi, row.problem_en = Pull.State.DONE, now, "", ""
    row.save()
    feed.since, feed.succeeded_at = row.until, now
    feed.save(update_fields=["since", "succeeded_at", "taken", "next_at"])


def failed(pull_id: int, problem: HouseError) -> PullInfo:
    """Write down why a try failed and when the next one is; after the last, the pull is given up."""
    now, bound = clock.now(), patience.shipped()
    asked = problem.seconds if isinstance(problem, TryLater) else 0
    with transaction.atomic():
        row = Pull.objects.select_for_update().get(pk=pull_id)
        if row.state not in LIVE:
            return _info(row)
        row.tries, row.fruitless = row.tries + 1, row.fruitless + 1
        row.problem_vi, row.problem_en = problem.vi[:600], problem.en[:600]
        over = row.fruitless >= bound.tries
        row.state = Pull.State.FAILED if over else Pull.State.WAITING
        row.finished_at = now if over else None
        row.next_try_at = now + timedelta(seconds=bound.wait(row.fruitless, asked))
        row.save()
    if over:
        _spool(pull_id).remove()
    return _info(row)


def sweep(feed_id: int) -> None:
    """Remove the spools of a feed's pulls that are over: rows of people do not linger after a kill."""
    there = [int(path.name) for path in _folder().glob("[0-9]*") if path.is_dir()]
    over = Pull.objects.filter(pk__in=there, feed_id=feed_id).exclude(state__in=LIVE)
    for pk in over.values_list("pk", flat=True):
        _spool(pk).remove()


def to_put_away(feed_id: int) -> list[tuple[str, str]]:
    """Return the whole files that intake has judged and that still lie where they were found, with its refusals."""
    taken = Feed.objects.get(pk=feed_id).taken
    open_ones = {told["key"]: told["delivery"] for told in taken if not told["away"]}
    known = {row.pk: row for row in Delivery.objects.filter(pk__in=open_ones.values())}
    judged = [(key, known[pk]) for key, pk in open_ones.items() if known[pk].state != Delivery.State.RECEIVED]
    return [(key, row.problem_vi if row.state == Delivery.State.REFUSED else "") for key, row in judged]


def put_away(feed_id: int, key: str, problem: str) -> None:
    """Write down that a file was put away at the other side."""
    with transaction.atomic():
        feed = Feed.objects.select_for_update().get(pk=feed_id)
        for told in feed.taken:
            if told["key"] == key:
                told["away"], told["problem"] = True, problem[:300]
        feed.save(update_fields=["taken"])


def standing_of(delivery_id: int) -> str:
    """Return the permit under which a delivery came by itself; empty where a person handed it in or asked for it."""
    row = Pull.objects.filter(delivery_id=delivery_id, news=True, asked_by=None).select_related("feed").first()
    return row.feed.permit_digest if row else ""


def of_feed(viewer: Viewer, feed_id: int) -> list[PullInfo]:
    """Return the last pulls of a feed of a group in which the reader sits, newest first."""
    found = Pull.objects.filter(feed_id=feed_id, group_id__in=viewer.groups).select_related("delivery")
    rows = found.order_by("-pk")[:SHOWN]
    return [_info(row) for row in rows]


def last_of(viewer: Viewer, group_id: int) -> dict[int, PullInfo]:
    """Return the newest pull of each feed of a group in which the reader sits."""
    if not viewer.sits_in(group_id):
        return {}
    newest = Feed.objects.filter(group_id=group_id).annotate(newest=Max("pull__pk")).values("newest")
    return {row.feed_id: _info(row) for row in Pull.objects.filter(pk__in=newest).select_related("delivery")}
