"""Matters to be decided: raised, brought before the leader where they must be, and settled under a shown power."""

from __future__ import annotations

from django.db import transaction

from dean06.charter.types import Permit
from dean06.ledger import service as ledger
from dean06.ledger.types import digest_of
from dean06.offices import service as offices
from dean06.offices.types import Viewer
from dean06.orthography import service as orthography
from dean06.work.acts import hold
from dean06.work.errors import TaskRefused
from dean06.work.models import Matter
from dean06.work.types import MatterInfo, NewMatter

MOST_WORDS = 4000

__all__ = [
    "escalate",
    "matter",
    "matter_digest",
    "matters",
    "matters_of_group",
    "raise_matter",
    "settle",
    "unsettle",
]


def matter_digest(ref: str, step: str, words: str) -> str:
    """Return the SHA-256 (hex) to which the permit of a step of a matter is bound."""
    return digest_of(ref=ref, step=step, words=words)


def raise_matter(by: Permit, group_id: int, new: NewMatter) -> MatterInfo:
    """Write down a matter that wants a decision, under the group's next number."""
    if not new.title.strip():
        raise TaskRefused("Ghi việc cần quyết định.", "Say what is to be decided.")
    with transaction.atomic():
        counter = hold(group_id)
        counter.last_matter += 1
        counter.save(update_fields=["last_matter"])
        slug = offices.group_by_id(group_id).slug
        row = Matter.objects.create(
            group_id=group_id,
            number=counter.last_matter,
            title=new.title.strip()[:300],
            words=new.words.strip()[:MOST_WORDS],
            search=orthography.search_key(f"{counter.last_matter} {new.title} {new.words}")[:600],
            important=new.important,
            exceeds=new.exceeds,
            routine=not (new.important or new.exceeds),
            agency=new.agency,
            raised_at=by.at,
            raised_by=by.actor.account,
        )
        digest = new.digest()
        note = {"ref": f"{slug}:VV-{row.number}"}
        ledger.append(by, scope=slug, kind="matter", object_id=by.obj.id, digest=digest, bound=digest, note=note)
    return _info(row, slug)


def _locked(matter_id: int) -> tuple[Matter, str]:
    row = Matter.objects.select_for_update(of=("self",)).select_related("group").filter(pk=matter_id).first()
    if row is None:
        raise TaskRefused("Không có việc này trong tổ.", "There is no such matter in the group.")
    return row, row.group.slug


def _require_open(row: Matter) -> None:
    if row.settled_at is not None:
        raise TaskRefused(
            f"Việc số {row.number} đã được quyết định: mở lại trang để xem.",
            f"Matter {row.number} is settled already: open the page again.",
        )


def escalate(by: Permit, matter_id: int, words: str) -> MatterInfo:
    """Bring a matter before the leader, with what is asked."""
    with transaction.atomic():
        row, slug = _locked(matter_id)
        _require_open(row)
        row.escalated_at, row.escalated_by, row.escalated_role = by.at, by.actor.account, by.actor.role
        row.escalated_words = words[:MOST_WORDS]
        row.save(update_fields=["escalated_at", "escalated_by", "escalated_role", "escalated_words"])
        _enter(by, row, slug, "escalate", words)
    return _info(row, slug)


def settle(by: Permit, matter_id: int, words: str, power: str) -> MatterInfo:
    """Settle a matter; `power` says whether the actor decides in their own right, in absence, or under delegation."""
    with transaction.atomic():
        row, slug = _locked(matter_id)
        _require_open(row)
        if not words.strip():
            raise TaskRefused(f"Việc số {row.number}: ghi quyết định.", f"Matter {row.number}: write the decision.")
        row.settled_at, row.settled_by, row.settled_role = by.at, by.actor.account, by.actor.role
        row.settled_words, row.power = words[:MOST_WORDS], power
        row.cites, row.charter_hash, row.reason = list(by.citation_labels()), by.charter_hash, (by.reason or "")[:500]
        row.save()
        _enter(by, row, slug, "settle", words)
    return _info(row, slug)


def unsettle(by: Permit, matter_id: int, words: str) -> MatterInfo:
    """Take a decision back by whoever made it; what was decided stays in the ledger."""
    with transaction.atomic():
        row, slug = _locked(matter_id)
        if row.settled_at is None or row.settled_by != by.actor.account:
            raise TaskRefused(
                f"Việc số {row.number}: chỉ người đã quyết định mới rút lại được quyết định.",
                f"Matter {row.number}: only whoever decided takes the decision back.",
            )
        row.settled_at, row.settled_by, row.settled_role, row.settled_words, row.power = None, "", "", "", ""
        row.cites, row.charter_hash, row.reason = [], "", ""
        row.save()
        _enter(by, row, slug, "unsettle", words)
    return _info(row, slug)


def _enter(by: Permit, row: Matter, slug: str, step: str, words: str) -> None:
    ref = f"{slug}:VV-{row.number}"
    digest = matter_digest(ref, step, words)
    ledger.append(by, scope=slug, kind="matter", object_id=ref, digest=digest, bound=digest, note={"step": step})


def matters(viewer: Viewer, group_id: int, text: str = "", *, settled: bool | None = None) -> list[MatterInfo]:
    """Return a group's matters to whoever sits in it, newest first."""
    if not viewer.sits_in(group_id):
        return []
    rows = Matter.objects.filter(group_id=group_id)
    if settled is not None:
        rows = rows.filter(settled_at__isnull=not settled)
    for word in orthography.search_key(text).split():
        rows = rows.filter(search__contains=word)
    slug = offices.group_by_id(group_id).slug
    return [_info(row, slug) for row in rows]


def matter(viewer: Viewer, group_id: int, matter_id: int) -> MatterInfo | None:
    """Return one matter of a group, if the reader sits in it."""
    row = Matter.objects.filter(pk=matter_id, group_id=group_id).select_related("group").first()
    return _info(row, row.group.slug) if row is not None and viewer.sits_in(group_id) else None


def matters_of_group(group_id: int) -> tuple[MatterInfo, ...]:
    """Return every matter of a group, for the duties that are judged from them."""
    slug = offices.group_by_id(group_id).slug
    return tuple(_info(row, slug) for row in Matter.objects.filter(group_id=group_id).order_by("number"))


def _info(row: Matter, slug: str) -> MatterInfo:
    return MatterInfo(
        id=row.pk,
        ref=f"{slug}:VV-{row.number}",
        number=row.number,
        title=row.title,
        words=row.words,
        important=row.important,
        exceeds=row.exceeds,
        routine=row.routine,
        agency=row.agency,
        raised_at=row.raised_at,
        raised_by=row.raised_by,
        escalated_at=row.escalated_at,
        escalated_role=row.escalated_role,
        escalated_words=row.escalated_words,
        settled_at=row.settled_at,
        settled_role=row.settled_role,
        settled_words=row.settled_words,
        power=row.power,
        cites=tuple(row.cites),
        charter_hash=row.charter_hash,
        reason=row.reason,
    )
