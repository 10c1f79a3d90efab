"""Lists of entries, as far as a reader may see."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

from django.db.models import Count, Q, QuerySet

from dean06.offices.types import Viewer
from dean06.orthography import service as orthography
from dean06.papers.service.evidence import path_of
from dean06.work.models import Entry, EntryEvent, EntryFile, EntryLink
from dean06.work.registers import choices, library
from dean06.work.registers.definition import WITHDRAWN
from dean06.work.registers.rows import happened, info, not_found
from dean06.work.registers.types import (
    EntryFilters,
    EntryInfo,
    EntryLinkInfo,
    EntryPage,
    EvidenceInfo,
    HappenedInfo,
    Level,
    LinkKind,
)

NO_ROLES: frozenset[str] = frozenset()
ALL = EntryFilters()


def _seen_by(viewer: Viewer, group_id: int, see_all: frozenset[str]) -> QuerySet[Entry]:
    """Narrow entries to those a reader may see: registers of the whole group, and what their own agency is named in.

    `see_all` names the roles that answer for the whole group; the charter says which, this room does not.
    """
    rows = Entry.objects.filter(group_id=group_id)
    held = [capacity for capacity in viewer.capacities if capacity.group_id == group_id]
    if not held:
        return rows.none()
    if any(capacity.role in see_all for capacity in held):
        return rows
    mine = Q(opened_by=viewer.account)
    for code in sorted({capacity.agency for capacity in held if capacity.agency}):
        mine |= Q(agency=code) | Q(partners__contains=f";{code};")
    private = [one.code for one in library.definitions().values() if one.readers == "agencies"]
    return rows.filter(mine | (Q(level=Level.ORDINARY.value) & ~Q(register__in=private)))


def seen_entries(viewer: Viewer, group_id: int, ids: Iterable[int], *, see_all: frozenset[str]) -> frozenset[int]:
    """Return which of these entries a reader may see."""
    return frozenset(_seen_by(viewer, group_id, see_all).filter(pk__in=list(ids)).values_list("pk", flat=True))


def _narrowed(rows: QuerySet[Entry], filters: EntryFilters) -> QuerySet[Entry]:
    rows = rows.filter(state__in=filters.states) if filters.states else rows.exclude(state=WITHDRAWN)
    if filters.agency:
        rows = rows.filter(Q(agency=filters.agency) | Q(partners__contains=f";{filters.agency};"))
    for code, value in filters.choices.items():
        rows = rows.filter(**{f"values__{code}": value})
    if filters.overdue_on:
        rows = rows.filter(closed=False, due__lt=filters.overdue_on)
    for word in orthography.search_key(filters.text).split():
        rows = rows.filter(search__contains=word)
    return rows


def entries(
    viewer: Viewer,
    group_id: int,
    register: str,
    filters: EntryFilters = ALL,
    *,
    see_all: frozenset[str] = NO_ROLES,
    number: int = 1,
    size: int = 50,
) -> EntryPage:
    """Return a page of a register as far as a reader may see: what is owed first, the nearest last day, the oldest."""
    rows = _narrowed(_seen_by(viewer, group_id, see_all).filter(register=register), filters)
    total = rows.count()
    start = (max(number, 1) - 1) * size
    ordered = rows.select_related("group").order_by("closed", "due", "since", "year", "number")
    return EntryPage(
        items=tuple(info(row) for row in ordered[start : start + size]), total=total, number=max(number, 1), size=size
    )


def by_state(
    viewer: Viewer,
    group_id: int,
    register: str,
    filters: EntryFilters = ALL,
    *,
    see_all: frozenset[str] = NO_ROLES,
    on: date | None = None,
) -> dict[str, int]:
    """Return how many entries of a register stand in each state, under the other filters; `qua_han` those overdue."""
    rows = _narrowed(_seen_by(viewer, group_id, see_all).filter(register=register), filters)
    late = Count("pk", filter=Q(closed=False, due__lt=on)) if on else Count("pk", filter=Q(pk=None))
    found = rows.order_by().values("state").annotate(count=Count("pk"), late=late)
    made: dict[str, int] = {"qua_han": 0}
    for one in found:
        made[one["state"]] = one["count"]
        made["qua_han"] += one["late"]
    return made


def standing(
    viewer: Viewer, group_id: int, on: date, *, see_all: frozenset[str] = NO_ROLES
) -> dict[str, tuple[int, int, int, date | None]]:
    """Return (all, open, overdue, since when the oldest open one stands) of each register; one query."""
    rows = _seen_by(viewer, group_id, see_all).exclude(state=WITHDRAWN)
    made: dict[str, tuple[int, int, int, date | None]] = {}
    for register, closed, due, since in rows.order_by().values_list("register", "closed", "due", "since"):
        whole, open_, late, oldest = made.get(register, (0, 0, 0, None))
        if not closed:
            open_, late = open_ + 1, late + (due is not None and due < on)
            oldest = since if oldest is None else min(oldest, since)
        made[register] = (whole + 1, open_, late, oldest)
    return made


def entry(viewer: Viewer, entry_id: int, *, see_all: frozenset[str] = NO_ROLES) -> EntryInfo:
    """Return one entry, if the reader may see it."""
    for group_id in sorted(viewer.groups):
        row = _seen_by(viewer, group_id, see_all).select_related("group").filter(pk=entry_id).first()
        if row is not None and row.register in library.definitions():
            return info(row)
    raise not_found(entry_id)


def history(viewer: Viewer, entry_id: int, *, see_all: frozenset[str] = NO_ROLES) -> tuple[HappenedInfo, ...]:
    """Return what happened to an entry, oldest first, if the reader may see it."""
    seen = entry(viewer, entry_id, see_all=see_all)
    return tuple(happened(row) for row in EntryEvent.objects.filter(entry_id=seen.id).order_by("pk"))


def links(viewer: Viewer, entry_id: int, *, see_all: frozenset[str] = NO_ROLES) -> tuple[EntryLinkInfo, ...]:
    """Return the links of an entry, if the reader may see it."""
    seen = entry(viewer, entry_id, see_all=see_all)
    return tuple(
        EntryLinkInfo(id=row.pk, kind=LinkKind(row.kind), target=row.target, at=row.at)
        for row in EntryLink.objects.filter(entry_id=seen.id)
    )


def evidence(viewer: Viewer, entry_id: int, *, see_all: frozenset[str] = NO_ROLES) -> tuple[EvidenceInfo, ...]:
    """Return the files that lie at an entry, if the reader may see it; restricted ones are for its own people alone."""
    seen = entry(viewer, entry_id, see_all=see_all)
    rows = EntryFile.objects.filter(entry_id=seen.id, taken_out_at=None)
    if not _is_own(viewer, seen, see_all):
        rows = rows.filter(level=Level.ORDINARY.value)
    return tuple(
        EvidenceInfo(
            id=row.pk,
            name=row.name,
            sha256=row.kept_sha256,
            suffix=row.suffix,
            size=row.size,
            level=Level(row.level),
            at=row.at,
        )
        for row in rows
    )


def _is_own(viewer: Viewer, seen: EntryInfo, see_all: frozenset[str]) -> bool:
    held = [capacity for capacity in viewer.capacities if capacity.group_id == seen.group_id]
    agencies = {capacity.agency for capacity in held}
    return (
        any(capacity.role in see_all for capacity in held)
        or seen.opened_by == viewer.account
        or bool(agencies & {seen.agency, *seen.partners} - {""})
    )


def evidence_file(
    viewer: Viewer, entry_id: int, file_id: int, *, see_all: frozenset[str] = NO_ROLES
) -> tuple[Path, EvidenceInfo] | None:
    """Return (checked path, what is known) of a file at an entry that the reader may see."""
    found = next((one for one in evidence(viewer, entry_id, see_all=see_all) if one.id == file_id), None)
    return (path_of(found.sha256, found.suffix), found) if found else None


def search(
    viewer: Viewer, group_id: int, text: str, most: int, *, see_all: frozenset[str] = NO_ROLES
) -> tuple[EntryInfo, ...]:
    """Return entries of every register that hold all the words, the newest first."""
    rows = _narrowed(_seen_by(viewer, group_id, see_all), EntryFilters(text=text)).select_related("group")
    return tuple(
        info(row) for row in rows.order_by("-opened_at", "-pk")[:most] if row.register in library.definitions()
    )


def owed(
    viewer: Viewer, group_id: int, on: date, most: int, *, see_all: frozenset[str] = NO_ROLES
) -> tuple[EntryInfo, ...]:
    """Return open entries with a last day that the reader's own agencies answer for, or all where they oversee."""
    rows = _seen_by(viewer, group_id, see_all).filter(closed=False, due__isnull=False)
    held = [capacity for capacity in viewer.capacities if capacity.group_id == group_id]
    if not any(capacity.role in see_all for capacity in held):
        rows = rows.filter(agency__in=sorted({one.agency for one in held if one.agency}))
    else:
        rows = rows.filter(due__lt=on)
    return tuple(info(row) for row in rows.select_related("group").order_by("due", "pk")[:most])


def seen_labels(
    viewer: Viewer, group_id: int, registers: Iterable[str], *, see_all: frozenset[str] = NO_ROLES
) -> dict[tuple[str, int], str]:
    """Return the label of every entry of some registers that a reader may see, by (register, id); one query."""
    wanted = sorted(set(registers))
    if not wanted:
        return {}
    rows = _seen_by(viewer, group_id, see_all).filter(register__in=wanted).exclude(state=WITHDRAWN)
    prefixes = {code: one.prefix for code, one in library.definitions().items()}
    told = rows.order_by("register", "year", "number").values_list("register", "pk", "number", "year", "title")
    return {
        (register, pk): f"{prefixes[register]}-{number:02d}/{year}: {title}"
        for register, pk, number, year, title in told
    }


def entry_for_flow(entry_id: int) -> EntryInfo:
    """Return one entry for the house's own work: a flow that acts on it, a paper that quotes it."""
    row = Entry.objects.select_related("group").filter(pk=entry_id).first()
    if row is None or row.register not in library.definitions():
        raise not_found(entry_id)
    return info(row)


def owed_in_group(group_id: int, until: date) -> tuple[EntryInfo, ...]:
    """Return open entries of a group with an agency and a last day up to a day, for whoever reminds; one query."""
    rows = Entry.objects.filter(group_id=group_id, closed=False, due__lte=until).exclude(agency="")
    listed = rows.exclude(state=WITHDRAWN).select_related("group").order_by("due", "pk")
    return tuple(info(row) for row in listed if row.register in library.definitions())


def last_for_flow(entry_id: int) -> HappenedInfo | None:
    """Return the last thing entered that stands, for a flow that takes it back."""
    kinds = ("opened", "moved", "edited")
    row = EntryEvent.objects.filter(entry_id=entry_id, undone=False, kind__in=kinds).order_by("-pk").first()
    return happened(row) if row else None


def link_for_flow(entry_id: int, link_id: int) -> EntryLinkInfo | None:
    """Return one link of an entry, for a flow that takes it away."""
    row = EntryLink.objects.filter(pk=link_id, entry_id=entry_id).first()
    return EntryLinkInfo(id=row.pk, kind=LinkKind(row.kind), target=row.target, at=row.at) if row else None


def evidence_for_flow(entry_id: int, file_id: int) -> EvidenceInfo | None:
    """Return one file at an entry, for a flow that takes it away."""
    row = EntryFile.objects.filter(pk=file_id, entry_id=entry_id, taken_out_at=None).first()
    if row is None:
        return None
    return EvidenceInfo(
        id=row.pk,
        name=row.name,
        sha256=row.kept_sha256,
        suffix=row.suffix,
        size=row.size,
        level=Level(row.level),
        at=row.at,
    )


def entries_of_group(group_id: int, *wanted: str) -> tuple[EntryInfo, ...]:
    """Return every entry of some registers that was not withdrawn, by number, for duties and papers; one query."""
    for register in wanted:
        choices.definition(register)
    rows = Entry.objects.filter(group_id=group_id, register__in=wanted).exclude(state=WITHDRAWN)
    return tuple(info(row) for row in rows.select_related("group").order_by("register", "year", "number"))


def openers(group_id: int, register: str) -> dict[int, tuple[str, str]]:
    """Return (role, agency) of whoever opened each entry of a register."""
    rows = EntryEvent.objects.filter(group_id=group_id, entry__register=register, kind="opened")
    return {entry_id: (role, agency) for entry_id, role, agency in rows.values_list("entry_id", "role", "agency")}


def origins(group_id: int, register: str) -> frozenset[str]:
    """Return the norms and codes of which a register has entries already."""
    rows = Entry.objects.filter(group_id=group_id, register=register).exclude(origin="")
    return frozenset(rows.values_list("origin", flat=True))


def linked_to(group_id: int, kind: LinkKind, targets: Iterable[str]) -> Mapping[str, tuple[EntryInfo, ...]]:
    """Return, by target, the entries of a group that are linked to tasks, papers or meetings."""
    made: dict[str, tuple[EntryInfo, ...]] = {}
    rows = EntryLink.objects.filter(group_id=group_id, kind=kind.value, target__in=sorted(set(targets)))
    for row in rows.select_related("entry__group"):
        if row.entry.state != WITHDRAWN:
            made[row.target] = (*made.get(row.target, ()), info(row.entry))
    return made
