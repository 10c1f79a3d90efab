"""Feeds: which source may say things of people beside the register, and what was destroyed when one was withdrawn.

A statement lies in the vault, in one file a feed and run; withdrawing a feed destroys its files and no other's.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from django.db import IntegrityError, transaction

from dean06.charter.types import Permit
from dean06.clock import service as clock
from dean06.clock.errors import Unavailable
from dean06.ledger import service as ledger
from dean06.ledger.types import digest_of
from dean06.offices.types import Viewer
from dean06.population import service as population
from dean06.reconcile.errors import FeedRefused
from dean06.reconcile.models import Feed, Filling
from dean06.sources import live as contracts
from dean06.sources import service as sources
from dean06.sources.live import Contract

KIND = "feed"
LONGEST_BASIS, LONGEST_REASON = 400, 300

__all__ = [
    "KIND",
    "LONGEST_BASIS",
    "LONGEST_REASON",
    "FeedInfo",
    "FillingInfo",
    "NewFeed",
    "active",
    "destroy_run",
    "feed",
    "feeds",
    "file_of",
    "filling_info",
    "grant",
    "granted_purposes",
    "withdraw",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class NewFeed:
    """What is granted: a source, the basis it rests on, the purposes it may be read for, and its first day."""

    group_id: int
    source: str
    basis: str
    purposes: tuple[str, ...]
    since: date

    def digest(self) -> str:
        """Return the SHA-256 (hex) of what is granted, to which the permit is bound."""
        return digest_of(
            source=self.source,
            basis=self.basis,
            purposes=",".join(sorted(self.purposes)),
            since=self.since.isoformat(),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class FillingInfo:
    """What one run said under a feed, in numbers."""

    id: int
    feed_id: int
    run_id: int
    period: str
    sha256: str
    statements: int
    people: int
    made_at: datetime
    destroyed_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedInfo:
    """A feed as other rooms know it; its statements are read one person at a time."""

    id: int
    group_id: int
    source: str
    basis: str
    purposes: tuple[str, ...]
    since: date
    granted_at: datetime
    granted_by: str
    permit: str
    withdrawn_at: datetime | None
    withdrawn_by: str
    reason: str
    removed: int
    fillings: tuple[FillingInfo, ...]

    @property
    def active(self) -> bool:
        """Say whether it may still be filled and read."""
        return self.withdrawn_at is None

    @property
    def standing(self) -> tuple[FillingInfo, ...]:
        """Return what was not destroyed."""
        return tuple(one for one in self.fillings if one.destroyed_at is None)

    @property
    def statements(self) -> int:
        """Count the statements that stand."""
        return sum(one.statements for one in self.standing)


def granted_purposes(contract: Contract) -> tuple[str, ...]:
    """Return the purposes that a contract allows its source's statements, in the order of the table."""
    allowed = {code for one in contract.statements for code in one.purposes}
    return tuple(code for code in contracts.purposes() if code in allowed)


def ref(slug: str, source: str, run_id: int | None = None) -> str:
    """Return the id under which permits and the ledger name a feed, or what one run says under it."""
    return f"{slug}:{source}" + (f":L{run_id}" if run_id is not None else "")


def file_of(slug: str, feed_id: int, run_id: int | str) -> Path:
    """Return where the statements of a run under a feed lie in the vault, beside the run's result."""
    return Path("runs") / slug / f"L{run_id}.F{feed_id}.parquet"


def grant(by: Permit, new: NewFeed) -> FeedInfo:
    """Let a source speak from a day on; it starts empty. The permit is for kind `feed`, id `ref`."""
    _require_fit(new, sources.contracts(new.group_id, by.at.astimezone(clock.TZ).date()).contract(new.source))
    try:
        with transaction.atomic():
            row = Feed.objects.create(
                group_id=new.group_id,
                source=new.source,
                basis=new.basis,
                purposes=sorted(new.purposes),
                since=new.since,
                granted_at=by.at,
                granted_by=by.actor.account,
                permit=by.digest(),
            )
            digest = new.digest()
            ledger.append(
                by,
                scope=row.group.slug,
                kind=KIND,
                object_id=ref(row.group.slug, new.source),
                digest=digest,
                bound=digest,
                note={"purposes": ",".join(sorted(new.purposes))},
            )
    except IntegrityError:
        raise FeedRefused(
            "Nguồn này đã có luồng làm giàu đang hiệu lực: thu hồi luồng ấy trước.",
            "This source has a feed already: withdraw that one first.",
        ) from None
    return _infos([row])[0]


def _require_fit(new: NewFeed, contract: Contract) -> None:
    allowed = granted_purposes(contract)
    if not allowed:
        raise FeedRefused(
            f"Hợp đồng dữ liệu của nguồn «{new.source}» không cho phép thông tin bổ sung nào.",
            f"The contract of {new.source!r} lets it say nothing beside the register.",
        )
    if not new.basis.strip() or len(new.basis) > LONGEST_BASIS:
        raise FeedRefused("Nêu căn cứ, không quá 400 chữ.", "Name the basis in at most 400 letters.")
    if not new.purposes or set(new.purposes) - set(allowed):
        raise FeedRefused(
            "Chọn ít nhất một mục đích mà hợp đồng dữ liệu cho phép.", "Choose purposes that the contract allows."
        )


def withdraw(by: Permit, feed_id: int, reason: str) -> FeedInfo:
    """Take back all that a source said: its files are destroyed and counted in the ledger; nothing else changes.

    The permit is for kind `feed`, id `ref`, digest of the feed and the reason. Files go first, inside the
    transaction: a kill in between leaves a feed that nobody can read and that may be withdrawn again.
    """
    reason = " ".join(reason.split())[:LONGEST_REASON]
    if not reason:
        raise FeedRefused("Ghi lý do thu hồi.", "Say why it is withdrawn.")
    with transaction.atomic():
        row = Feed.objects.select_for_update().select_related("group").get(pk=feed_id)
        if row.withdrawn_at is not None:
            raise FeedRefused("Luồng này đã thu hồi trước đó.", "This feed was withdrawn before.")
        standing = list(row.fillings.filter(destroyed_at=None))
        row.withdrawn_at, row.withdrawn_by, row.reason = by.at, by.actor.account, reason
        row.removed = sum(one.statements for one in standing)
        row.save(update_fields=["withdrawn_at", "withdrawn_by", "reason", "removed"])
        digest = digest_of(feed=feed_id, reason=reason)
        _enter_destruction(by, row, ref(row.group.slug, row.source), standing, digest)
        _destroy(standing, by)
        left = file_of(row.group.slug, feed_id, "*")  # a kill may have left one that no row leads to
        for path in (population.vault() / left.parent).glob(left.name):
            _unlink(path)
    return _infos(Feed.objects.filter(pk=feed_id))[0]


def _enter_destruction(by: Permit, row: Feed, object_id: str, standing: list[Filling], digest: str) -> None:
    ledger.append(
        by,
        scope=row.group.slug,
        kind=KIND,
        object_id=object_id,
        digest=digest_of(files=",".join(one.sha256 for one in standing)),
        bound=digest,
        note={"feed": row.pk, "files": len(standing), "destroyed": sum(one.statements for one in standing)},
    )


def _destroy(standing: Iterable[Filling], by: Permit) -> None:
    for one in standing:
        one.destroyed_at = by.at
        one.save(update_fields=["destroyed_at"])
    for one in standing:
        _unlink(population.vault() / one.path)


def _unlink(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError as problem:
        raise Unavailable(
            f"Chưa hủy được tệp thông tin bổ sung ({problem.strerror}): báo người vận hành rồi thu hồi lại.",
            f"A file of statements cannot be destroyed ({problem.strerror}): tell the operator, then try again.",
        ) from problem


def destroy_run(by: Permit, filling_id: int) -> None:
    """Destroy what one run said, since its delivery was a mistake; inside the caller's transaction.

    The permit is for kind `feed`, id `ref` of the run, digest of what is undone.
    """
    row = (
        Filling.objects.select_for_update(of=("self",))
        .select_related("feed__group", "run__delivery")
        .get(pk=filling_id)
    )
    if row.destroyed_at is not None:
        return
    object_id = ref(row.feed.group.slug, row.feed.source, row.run_id)
    _enter_destruction(by, row.feed, object_id, [row], digest_of(undo=row.run.delivery.file_sha256))
    _destroy([row], by)


def filling_info(row: Filling) -> FillingInfo:
    """Return a stored filling as other rooms know it."""
    return FillingInfo(
        id=row.pk,
        feed_id=row.feed_id,
        run_id=row.run_id,
        period=row.run.delivery.period,
        sha256=row.sha256,
        statements=row.statements,
        people=row.people,
        made_at=row.made_at,
        destroyed_at=row.destroyed_at,
    )


def _infos(rows: Iterable[Feed]) -> list[FeedInfo]:
    listed = list(rows)
    filled: dict[int, list[FillingInfo]] = {row.pk: [] for row in listed}
    for one in Filling.objects.filter(feed__in=listed).select_related("run__delivery"):
        filled[one.feed_id].append(filling_info(one))
    return [
        FeedInfo(
            id=row.pk,
            group_id=row.group_id,
            source=row.source,
            basis=row.basis,
            purposes=tuple(row.purposes),
            since=row.since,
            granted_at=row.granted_at,
            granted_by=str(row.granted_by),
            permit=row.permit,
            withdrawn_at=row.withdrawn_at,
            withdrawn_by=str(row.withdrawn_by or ""),
            reason=row.reason,
            removed=row.removed,
            fillings=tuple(filled[row.pk]),
        )
        for row in listed
    ]


def feeds(viewer: Viewer, group_id: int) -> list[FeedInfo]:
    """Return the feeds of a group in which the reader sits: those in force first, then those withdrawn."""
    if not viewer.sits_in(group_id):
        return []
    found = _infos(Feed.objects.filter(group_id=group_id))
    return sorted(found, key=lambda one: not one.active)


def feed(viewer: Viewer, group_id: int, feed_id: int) -> FeedInfo | None:
    """Return one feed of a group in which the reader sits."""
    if not viewer.sits_in(group_id):
        return None
    found = _infos(Feed.objects.filter(pk=feed_id, group_id=group_id))
    return found[0] if found else None


def active(group_id: int, source: str, on: date) -> FeedInfo | None:
    """Return the feed of a source that is in force on a day, for work."""
    found = _infos(Feed.objects.filter(group_id=group_id, source=source, withdrawn_at=None, since__lte=on))
    return found[0] if found else None
