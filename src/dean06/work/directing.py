"""Directives: what the leadership directed, recorded with its source, from which tasks are made."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Count, Q

from dean06.charter.types import Permit
from dean06.ledger import service as ledger
from dean06.offices import service as offices
from dean06.offices.types import Viewer
from dean06.orthography import service as orthography
from dean06.work.acts import hold
from dean06.work.errors import TaskRefused
from dean06.work.models import Directive, Task
from dean06.work.types import OPEN_STATES, DirectiveInfo, NewDirective, Origin

MOST_WORDS = 4000

__all__ = ["directive", "directives", "directives_of_group", "record_directive"]


def ref_of(slug: str, number: int) -> str:
    """Return the id under which tasks and the ledger name a directive."""
    return f"{slug}:CD-{number}"


def record_directive(by: Permit, group_id: int, new: NewDirective) -> DirectiveInfo:
    """Record a directive under the group's next number."""
    if not new.words.strip() or len(new.words) > MOST_WORDS or not new.given_by.strip():
        raise TaskRefused(
            f"Ý kiến chỉ đạo cần nội dung (tối đa {MOST_WORDS} chữ) và người chỉ đạo.",
            f"A directive needs its words ({MOST_WORDS} letters at most) and who gave it.",
        )
    with transaction.atomic():
        counter = hold(group_id)
        counter.last_directive += 1
        counter.save(update_fields=["last_directive"])
        slug = offices.group_by_id(group_id).slug
        row = Directive.objects.create(
            group_id=group_id,
            number=counter.last_directive,
            words=new.words.strip(),
            search=orthography.search_key(f"{counter.last_directive} {new.words} {new.given_by} {new.source}")[:600],
            given_by=new.given_by[:200],
            given_on=new.given_on,
            source=new.source[:300],
            source_paper=new.source_paper,
            recorded_at=by.at,
            recorded_by=by.actor.account,
            permit=by.digest(),
        )
        digest = new.digest()
        note = {"ref": ref_of(slug, row.number)}
        ledger.append(by, scope=slug, kind="directive", object_id=by.obj.id, digest=digest, bound=digest, note=note)
    return _info(row, slug, 0, 0)


def directives(viewer: Viewer, group_id: int, text: str = "") -> list[DirectiveInfo]:
    """Return a group's directives to whoever sits in it, newest first, with how many tasks came of each."""
    if not viewer.sits_in(group_id):
        return []
    rows = Directive.objects.filter(group_id=group_id)
    for word in orthography.search_key(text).split():
        rows = rows.filter(search__contains=word)
    slug = offices.group_by_id(group_id).slug
    open_ones = Count("pk", filter=Q(status__in=[one.value for one in OPEN_STATES]))
    made = Task.objects.filter(group_id=group_id, origin=Origin.DIRECTIVE.value).order_by()
    counts = {
        ref: (count, owed)
        for ref, count, owed in made.values("origin_ref")
        .annotate(count=Count("pk"), owed=open_ones)
        .values_list("origin_ref", "count", "owed")
    }
    return [_info(row, slug, *counts.get(ref_of(slug, row.number), (0, 0))) for row in rows]


def directives_of_group(group_id: int) -> tuple[DirectiveInfo, ...]:
    """Return every directive of a group without its tasks, for the house's own work."""
    slug = offices.group_by_id(group_id).slug
    return tuple(_info(row, slug, 0, 0) for row in Directive.objects.filter(group_id=group_id).order_by("number"))


def directive(viewer: Viewer, group_id: int, directive_id: int) -> DirectiveInfo | None:
    """Return one directive of a group, if the reader sits in it."""
    return next((one for one in directives(viewer, group_id) if one.id == directive_id), None)


def _info(row: Directive, slug: str, tasks: int, open_tasks: int) -> DirectiveInfo:
    return DirectiveInfo(
        id=row.pk,
        ref=ref_of(slug, row.number),
        number=row.number,
        words=row.words,
        given_by=row.given_by,
        given_on=row.given_on,
        source=row.source,
        source_paper=row.source_paper,
        recorded_at=row.recorded_at,
        tasks=tasks,
        open_tasks=open_tasks,
    )
