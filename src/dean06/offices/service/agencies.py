"""Agencies under the codes that a group's charter gives them: posts, names in time, heirs, every group they serve."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from dean06.charter.types import Permit
from dean06.clock import service as clock
from dean06.clock.errors import BadInput
from dean06.ledger import service as ledger
from dean06.ledger.types import digest_of
from dean06.offices.models import Agency, AgencyName, Group, Post, Service
from dean06.offices.types import AgencyInfo, FormerName, Instrument, PostInfo, Viewer

__all__ = [
    "agencies_of",
    "agencies_seen",
    "agency_digest",
    "agency_name",
    "agency_names",
    "agency_seen",
    "end_agency",
    "rename_agency",
    "serve",
    "set_post",
]


@clock.once_a_moment
def agency_names(group_id: int) -> dict[str, str]:
    """Return code and name of every agency that serves a group."""
    rows = Service.objects.filter(group_id=group_id).select_related("agency").order_by("pk")
    return {row.code: row.agency.name for row in rows}


def agency_name(group_id: int, code: str) -> str:
    """Return an agency's name, or its code where the group has not named it."""
    row = Service.objects.filter(group_id=group_id, code=code).select_related("agency").first()
    return row.agency.name if row else code


def agency_digest(**said: object) -> str:
    """Return what the permit to record something of an agency is bound to."""
    return digest_of(**said)


def _served(group_id: int, code: str) -> Service:
    """Return how an agency serves a group, the agency under a lock."""
    row = Service.objects.select_related("agency", "group").filter(group_id=group_id, code=code).first()
    if row is None:
        raise BadInput(f"Tổ không có cơ quan «{code}».", f"No agency {code!r} serves the group.")
    Agency.objects.select_for_update().get(pk=row.agency_id)
    return row


def _enter(by: Permit, group: Group, code: str, digest: str) -> None:
    object_id = f"{group.slug}:{code}"
    ledger.append(by, scope=group.slug, kind="agency", object_id=object_id, digest=digest, bound=digest)


def serve(by: Permit, group_id: int, code: str, name: str, short_name: str, same_as: int | None = None) -> None:
    """Let an agency serve a group under a code: a new one, or one that serves another group already."""
    if not name:
        raise BadInput("Ghi tên cơ quan.", "Name the agency.")
    with transaction.atomic():
        group = Group.objects.select_for_update().get(pk=group_id)
        if Service.objects.filter(group=group, code=code).exists():
            raise BadInput(f"Mã «{code}» đã có cơ quan.", f"The code {code!r} has its agency.")
        known = Agency.objects.filter(pk=same_as).first() if same_as else None
        agency = known or Agency.objects.create(name=name, short_name=short_name or name[:80])
        Service.objects.create(group=group, agency=agency, code=code)
        _enter(by, group, code, agency_digest(code=code, name=name))


def rename_agency(by: Permit, group_id: int, code: str, name: str, since: date, instrument: Instrument) -> None:
    """Give an agency another name from a day on, by a paper; the former one is kept with its last day."""
    with transaction.atomic():
        row = _served(group_id, code)
        if not name or name == row.agency.name:
            raise BadInput("Ghi tên mới, khác tên đang dùng.", "Give a new name, other than the present one.")
        AgencyName.objects.create(
            agency=row.agency,
            name=row.agency.name,
            short_name=row.agency.short_name,
            until=since,
            instrument=f"{instrument.number} ({instrument.on:%d/%m/%Y})",
        )
        Agency.objects.filter(pk=row.agency_id).update(name=name, short_name=name[:80])
        _enter(by, row.group, code, agency_digest(code=code, renamed=name, since=since, by=instrument.number))


def end_agency(
    by: Permit, group_id: int, code: str, last_day: date, instrument: Instrument, heirs: Iterable[str]
) -> None:
    """Record that an agency is merged or abolished after a day, by a paper, and which of the group succeed it."""
    chosen = tuple(heirs)
    with transaction.atomic():
        row = _served(group_id, code)
        named = Service.objects.filter(group_id=group_id, code__in=chosen).exclude(agency_id=row.agency_id)
        if row.agency.ended_on is not None or named.count() != len(set(chosen)):
            raise BadInput(
                "Cơ quan này đã thôi hoạt động, hoặc cơ quan kế thừa không thuộc tổ.",
                "The agency has ended already, or an heir does not serve the group.",
            )
        ended_by = f"{instrument.number} ({instrument.on:%d/%m/%Y})"
        Agency.objects.filter(pk=row.agency_id).update(ended_on=last_day, ended_by=ended_by)
        row.agency.successors.set(named.values_list("agency_id", flat=True))
        said = agency_digest(code=code, last_day=last_day, by=instrument.number, heirs=",".join(chosen))
        _enter(by, row.group, code, said)


def set_post(by: Permit, group_id: int, code: str, title: str, *, is_head: bool) -> None:
    """Enter a post of an agency; at most one is that of its head."""
    if not title:
        raise BadInput("Ghi tên chức vụ.", "Name the post.")
    with transaction.atomic():
        row = _served(group_id, code)
        if is_head:
            Post.objects.filter(agency=row.agency).update(is_head=False)
        Post.objects.update_or_create(agency=row.agency, title=title, defaults={"is_head": is_head})
        _enter(by, row.group, code, agency_digest(code=code, post=title, head=is_head))


def agencies_seen(viewer: Viewer, group_id: int) -> list[AgencyInfo]:
    """Return every agency of a group in which the reader sits, with posts, names, heirs and the groups it serves."""
    if not viewer.sits_in(group_id):
        return []
    rows = Service.objects.filter(group_id=group_id).select_related("agency").order_by("pk")
    rows = rows.prefetch_related(
        "agency__posts",
        "agency__former_names",
        "agency__successors",
        "agency__predecessors",
        "agency__service_set",
    )
    return [_info(row, viewer.groups) for row in rows]


def agencies_of(group_id: int) -> list[AgencyInfo]:
    """Return every agency that serves a group with its posts and names, for the house's own work."""
    rows = Service.objects.filter(group_id=group_id).select_related("agency").order_by("pk")
    rows = rows.prefetch_related(
        "agency__posts", "agency__former_names", "agency__successors", "agency__predecessors", "agency__service_set"
    )
    return [_info(row, frozenset({group_id})) for row in rows]


def agency_seen(viewer: Viewer, group_id: int, code: str) -> AgencyInfo | None:
    """Return an agency of a group in which the reader sits; of the other groups it serves, those the reader sits in."""
    return next((one for one in agencies_seen(viewer, group_id) if one.code == code), None)


def _info(row: Service, groups: frozenset[int]) -> AgencyInfo:
    agency = row.agency
    return AgencyInfo(
        id=agency.pk,
        code=row.code,
        name=agency.name,
        short_name=agency.short_name,
        posts=tuple(
            PostInfo(id=post.pk, title=post.title, is_head=post.is_head)
            for post in sorted(agency.posts.all(), key=lambda one: (not one.is_head, one.pk))
        ),
        former=tuple(
            FormerName(name=one.name, until=one.until, instrument=one.instrument)
            for one in sorted(agency.former_names.all(), key=lambda one: one.until)
        ),
        ended_on=agency.ended_on,
        ended_by=agency.ended_by,
        successors=tuple(one.name for one in agency.successors.all()),
        predecessors=tuple(one.name for one in agency.predecessors.all()),
        groups=tuple((one.group_id, one.code) for one in agency.service_set.all() if one.group_id in groups),
    )
