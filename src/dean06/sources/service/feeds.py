"""The face of feeds: what feeds a source without a person, who set it up, and the reader that goes there."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings as house
from django.db import IntegrityError, transaction

from dean06.charter.types import Permit
from dean06.clock import service as clock
from dean06.clock.errors import BadInput, Unavailable
from dean06.ledger import service as ledger
from dean06.ledger.types import digest_of
from dean06.offices import service as offices
from dean06.offices.types import Viewer
from dean06.sources.connectors import secrets
from dean06.sources.connectors.kinds import filled, kind, kinds
from dean06.sources.connectors.types import Form, Kind, Opening, Reader, Setting
from dean06.sources.contract import Contract
from dean06.sources.feed import FeedInfo, NewFeed
from dean06.sources.models import Feed, Pull
from dean06.sources.schedule import Daily, Hours, Monthly, Schedule, read
from dean06.sources.versions import contracts

LIVE = (Pull.State.WAITING, Pull.State.RUNNING)

__all__ = [
    "Daily",
    "FeedInfo",
    "Form",
    "Hours",
    "Kind",
    "Monthly",
    "NewFeed",
    "Reader",
    "Schedule",
    "Setting",
    "checked",
    "feed",
    "feed_for_work",
    "feeds",
    "info",
    "kind",
    "kinds",
    "opened",
    "read_by",
    "read_schedule",
    "ref",
    "set_up",
    "switch",
    "where_secret",
    "with_files",
]

read_schedule, where_secret = read, secrets.where


def ref(slug: str, name: str) -> str:
    """Return the id under which permits and the ledger name a feed."""
    return f"{slug}:{name}"


def info(row: Feed) -> FeedInfo:
    """Return a row of the table as other rooms know it."""
    return FeedInfo(
        id=row.pk,
        group_id=row.group_id,
        name=row.name,
        source=row.source,
        agency=row.agency_code,
        kind=row.kind,
        settings=dict(row.settings),
        secret=row.secret,
        schedule=read(row.schedule),
        extent="delta" if row.extent == "delta" else "full",
        whole=row.whole,
        enabled=row.enabled,
        permit_digest=row.permit_digest,
        set_up_by=str(row.set_up_by),
        set_up_at=row.set_up_at,
        since=row.since,
        next_at=row.next_at,
        succeeded_at=row.succeeded_at,
    )


def read_by(group_id: int, source: str) -> Contract:
    """Return the contract that a list which came today would be read by; BadInput names the sources there are."""
    return contracts(group_id, clock.today(offices.group_by_id(group_id))).contract(source)


def checked(group_id: int, new: NewFeed) -> NewFeed:
    """Return what is said of a feed with every setting filled in; BadInput names what is wrong."""
    read_by(group_id, new.source)
    of = kind(new.kind)
    name = " ".join(new.name.split())
    if not name or len(name) > 60:
        raise BadInput("Đặt tên kết nối, tối đa 60 chữ.", "Give the feed a name of at most 60 characters.")
    told = filled(of, new.settings)
    if new.extent == "delta" and not (of.deltas and (not of.delta_needs or told[of.delta_needs])):
        raise BadInput(
            f"Kết nối loại «{of.title.vi}» như đã điền chỉ lấy được toàn bộ: chọn lấy đủ, hoặc điền cột thời điểm sửa.",
            f"This feed ({of.title.en}) brings everything alone: choose a full pull, or tell where changes are dated.",
        )
    if (of.secret is None) != (not new.secret):
        raise BadInput(
            "Loại kết nối này không dùng bí mật: để trống mục đó."
            if of.secret is None
            else f"Ghi tham chiếu tới bí mật ({of.secret.vi}).",
            "This kind of feed has no secret: leave it empty."
            if of.secret is None
            else f"Give a reference to the secret ({of.secret.en}).",
        )
    if new.secret:
        secrets.check(new.secret)
    return NewFeed(
        name=name,
        source=new.source,
        agency=new.agency,
        kind=new.kind,
        settings=told,
        secret=new.secret,
        schedule=new.schedule,
        extent=new.extent,
        whole=new.whole,
    )


def set_up(by: Permit, group_id: int, new: NewFeed, feed_id: int | None = None) -> FeedInfo:
    """Set up a feed, or change one: from then on automatic pulls cite this permit; what was under way begins anew."""
    new = checked(group_id, new)
    try:
        with transaction.atomic():
            row = _row(group_id, feed_id)
            _begin_anew(row, new)
            row.name, row.source, row.agency_code, row.kind = new.name, new.source, new.agency, new.kind
            row.settings, row.secret, row.extent, row.whole = dict(new.settings), new.secret, new.extent, new.whole
            row.schedule = new.schedule.model_dump(mode="json")
            row.permit_digest, row.set_up_by = by.digest(), by.actor.account
            row.enabled, row.set_up_at, row.next_at = True, clock.now(), clock.now()
            row.save()
            slug, digest = row.group.slug, new.digest()
            ledger.append(by, scope=slug, kind="feed", object_id=ref(slug, new.name), digest=digest, bound=digest)
    except IntegrityError as problem:
        raise BadInput(
            f"Tổ đã có kết nối tên «{new.name}»: đặt tên khác.",
            f"There is a feed named {new.name!r}: name it otherwise.",
        ) from problem
    return info(row)


def _row(group_id: int, feed_id: int | None) -> Feed:
    if feed_id is None:
        return Feed(group_id=group_id)
    return Feed.objects.select_for_update().get(pk=feed_id, group_id=group_id)


def _begin_anew(row: Feed, new: NewFeed) -> None:
    """Give up what is under way; where another place is read from now on, nothing of it was delivered yet."""
    if row.pk is None:
        return
    _give_up(row)
    if (row.source, row.kind, row.settings) != (new.source, new.kind, dict(new.settings)):
        row.since, row.taken = None, []


def _give_up(row: Feed) -> None:
    Pull.objects.filter(feed=row, state__in=LIVE).update(
        state=Pull.State.FAILED,
        finished_at=clock.now(),
        problem_vi="Kết nối đã được đổi hoặc tắt trong lúc lấy dữ liệu.",
        problem_en="The feed was changed or switched off while data were pulled.",
    )


def switch(by: Permit, feed_id: int, *, on: bool) -> FeedInfo:
    """Switch a feed on or off; what is under way is given up."""
    with transaction.atomic():
        row = Feed.objects.select_for_update().get(pk=feed_id)
        if row.enabled == on:
            return info(row)
        _give_up(row)
        row.enabled = on
        if on:  # it was somebody's decision once more: automatic pulls cite this one
            row.permit_digest, row.set_up_by = by.digest(), by.actor.account
            row.next_at = clock.now()
        row.save()
        slug, digest = row.group.slug, digest_of(feed=row.name, on=on)
        ledger.append(by, scope=slug, kind="feed", object_id=ref(slug, row.name), digest=digest, bound=digest)
    return info(row)


def feeds(viewer: Viewer, group_id: int) -> list[FeedInfo]:
    """Return the feeds of a group in which the reader sits, by name."""
    if not viewer.sits_in(group_id):
        return []
    rows: Iterable[Feed] = Feed.objects.filter(group_id=group_id).order_by("name")
    return [info(row) for row in rows]


def feed(viewer: Viewer, feed_id: int) -> FeedInfo | None:
    """Return one feed if the reader sits in its group."""
    row = Feed.objects.filter(pk=feed_id, group_id__in=viewer.groups).first()
    return info(row) if row else None


def feed_for_work(feed_id: int) -> FeedInfo:
    """Return one feed for the rooms above, which filter by their own viewer."""
    return info(Feed.objects.get(pk=feed_id))


def with_files() -> list[int]:
    """Return the feeds whose files or waiting rows are put away, and that are switched on."""
    wanted = [one.code for one in kinds() if one.files or one.queue]
    return list(Feed.objects.filter(enabled=True, kind__in=wanted).order_by("pk").values_list("pk", flat=True))


def opened(slug: str, of: FeedInfo, contract: Contract) -> Reader:
    """Open the reader of a group's feed with its secret, which is read now and kept nowhere."""
    known = kind(of.kind)
    told = filled(known, of.settings)
    for host in known.hosts(told):
        _require_named(host)
    secret = secrets.read(slug, of.secret) if of.secret else None
    return known.open(Opening(settings=told, secret=secret, contract=contract, group=slug))


def _require_named(host: str) -> None:
    """Refuse a machine that the operator has not named: no form of a page sends a secret wherever it likes."""
    if host not in house.FEED_HOSTS and host.rpartition(":")[0] not in house.FEED_HOSTS:
        raise Unavailable(
            f"Người vận hành chưa cho kết nối tới {host}: thêm vào DEAN06_FEEDS rồi khởi động lại dịch vụ.",
            f"The operator has not named {host}: it is added to DEAN06_FEEDS, and the service started again.",
        )
