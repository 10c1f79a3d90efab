"""Looks at rows of people: who, when, at which rows, for what. The ledger holds that it was so and a commitment to why.

The purpose itself may name a citizen's case, so it stands here and not in the log.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from dean06.charter.types import ObjectRef, Permit
from dean06.clock.errors import BadInput
from dean06.ledger import service as ledger
from dean06.ledger.errors import PermitMisused
from dean06.ledger.types import digest_of
from dean06.offices import service as offices
from dean06.offices.types import Viewer
from dean06.orthography import sql as writing
from dean06.reconcile.errors import NotYours
from dean06.reconcile.models import Look, Run
from dean06.reconcile.service import asked_runs
from dean06.reconcile.service.opening import glanced
from dean06.reconcile.service.runs import info
from dean06.reconcile.types import RunInfo

EVERY_ROW: None = None
Rows = Sequence[int] | None

__all__ = ["EVERY_ROW", "LookInfo", "at_person", "at_row", "at_run", "keep", "person", "record", "require", "subject"]


@dataclass(frozen=True, slots=True, kw_only=True)
class LookInfo:
    """One look: `stts` names the rows that were shown, None every row of the run.

    `people` are commitments to the numbers of people who were shown though no row names them.
    """

    run_id: int
    account: str
    role: str
    action: str
    purpose: str
    at: datetime
    rows: int
    stts: tuple[int, ...] | None
    entry: int
    people: tuple[str, ...] = ()


def subject(run: RunInfo, what: str, purpose: str) -> ObjectRef:
    """Return what a permit for a look is given for: these rows of this result, for this purpose."""
    digest = digest_of(result=run.result_sha256, purpose=ledger.commitment(purpose))
    return ObjectRef(kind="run", id=f"{run.label}:{what}", digest=digest)


def person(number: str, purpose: str) -> ObjectRef:
    """Return what a permit to ask about one person is given for; the number stands there as a commitment."""
    return ObjectRef(
        kind="person", id=ledger.commitment(number)[:40], digest=digest_of(purpose=ledger.commitment(purpose))
    )


def require(by: Permit, viewer: Viewer, purpose: str) -> None:
    """Refuse a look without a purpose, or under a permit that was given to somebody else."""
    if not purpose.strip():
        raise BadInput("Nêu mục đích trước khi xem dòng dữ liệu.", "State the purpose before any row is read.")
    if by.actor.account != viewer.account:
        raise PermitMisused("Giấy phép xem được cấp cho người khác.", "The permit to look was given to another person.")


def record(
    by: Permit, viewer: Viewer, run: RunInfo, what: str, purpose: str, stts: Rows, people: Sequence[str] = ()
) -> None:
    """Record a look at rows of one run; called before any of them is shown.

    Args:
        by: the permit.
        viewer: who looks.
        run: the run.
        what: name of the look among those of the run.
        purpose: what for.
        stts: which rows, None for all.
        people: numbers of people shown beside the rows though no row names them.
    """
    require(by, viewer, purpose)
    obj = subject(run, what, purpose)
    with transaction.atomic():
        entry = ledger.append(
            by,
            scope=offices.group_by_id(run.group_id).slug,
            kind=obj.kind,
            object_id=obj.id,
            digest=run.result_sha256,
            bound=obj.digest,
            note={"rows": run.rows if stts is None else len(stts)},
        )
        keep(by, entry, {run.id: (run, stts)}, purpose, people)


def keep(
    by: Permit, entry: int, seen: Mapping[int, tuple[RunInfo, Rows]], purpose: str, people: Sequence[str] = ()
) -> None:
    """Keep the purpose and the rows of a look beside its entry in the ledger, in the same transaction."""
    committed = sorted(ledger.commitment(number) for number in people)
    Look.objects.bulk_create(
        Look(
            group_id=run.group_id,
            run_id=run.id,
            account=by.actor.account,
            role=by.actor.role,
            action=by.action,
            purpose=purpose.strip(),
            at=by.at,
            rows=run.rows if stts is None else len(stts),
            stts=None if stts is None else sorted(stts),
            entry=entry,
            people=committed,
        )
        for run, stts in seen.values()
    )


def _told(row: Look) -> LookInfo:
    return LookInfo(
        run_id=row.run_id,
        account=str(row.account),
        role=row.role,
        action=row.action,
        purpose=row.purpose,
        at=row.at,
        rows=row.rows,
        stts=None if row.stts is None else tuple(row.stts),
        entry=row.entry,
        people=tuple(row.people),
    )


def at_run(viewer: Viewer, run_id: int) -> list[LookInfo]:
    """Return every look at rows of a run of the reader's groups, oldest first."""
    rows = Look.objects.filter(run_id=run_id, group_id__in=viewer.groups).order_by("pk")
    return [_told(row) for row in rows]


def at_row(viewer: Viewer, run_id: int, stt: int) -> list[LookInfo]:
    """Return the looks at which one row of a run was shown."""
    return [one for one in at_run(viewer, run_id) if one.stts is None or stt in one.stts]


def at_person(
    by: Permit, viewer: Viewer, group_id: int, number: str, purpose: str
) -> list[tuple[RunInfo, tuple[LookInfo, ...]]]:
    """Answer who read a person: each run that names or showed the person, with the looks at that person.

    Asking is a read of the person too, and is recorded before the answer.
    """
    require(by, viewer, purpose)
    if not viewer.sits_in(group_id):
        raise NotYours("Bạn không thuộc tổ công tác này.", "You do not sit in this group.")
    obj = person(number, purpose)
    with transaction.atomic():
        slug = offices.group_by_id(group_id).slug
        ledger.append(by, scope=slug, kind=obj.kind, object_id=obj.id, digest=obj.digest, bound=obj.digest)
    found, committed = [], ledger.commitment(number)
    done = Run.objects.select_related("delivery").filter(group_id=group_id, state=Run.State.DONE).order_by("pk")
    for run in map(info, done):
        places = _places(run, number) | {stt for stt, _at in asked_runs.calls_about(run.id, number)}
        looks = [
            one
            for one in at_run(viewer, run.id)
            if (places and (one.stts is None or not places.isdisjoint(one.stts))) or committed in one.people
        ]
        if places or looks:
            found.append((run, tuple(looks)))
    return found


def _places(run: RunInfo, number: str) -> frozenset[int]:
    """Return the rows that name a person, or leave the person among their candidates: whoever sees one sees both."""
    if run.result is None or not run.result.exists():
        return frozenset()
    with glanced(run.result) as link:
        rows = link.execute(
            "select stt from (select (row_number() over ()) - 1 as stt, so_dinh_danh, ung_vien from "
            f"read_parquet({writing.quoted(str(run.result))})) where so_dinh_danh = $1 or contains(ung_vien, $2)",
            [number, json.dumps(number)],
        ).fetchall()
    return frozenset(int(row[0]) for row in rows)
