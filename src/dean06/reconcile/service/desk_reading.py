"""Reading at the desk: one row for one reader at a time, candidates beside it, a choice, a step back.

A row read twice is settled by two who agree; where they differ a third decides. Nobody is shown what another said, and
nothing here changes the register or the run's result: a decision is a record beside them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from dean06.charter.types import ObjectRef, Permit
from dean06.clock import service as clock
from dean06.clock.errors import BadInput
from dean06.ledger import service as ledger
from dean06.ledger.types import digest_of
from dean06.offices.types import Viewer
from dean06.orthography import sql as writing
from dean06.population import service as population
from dean06.reconcile.errors import NotYours
from dean06.reconcile.models import DeskDecision, DeskRow
from dean06.reconcile.service import looks
from dean06.reconcile.service.desks import SAID, own_run, settings
from dean06.reconcile.service.opening import glanced
from dean06.reconcile.types import RunInfo
from dean06.sources import service as sources

NONE_OF_THEM, SKIPPED = "0", "bo_qua"
READERS = 2
BANDS: Mapping[str, tuple[float, float]] = {"thap": (0.0, 0.3), "giua": (0.3, 0.7), "cao": (0.7, 1.01)}
REGISTERED = (
    *("so_dinh_danh", "so_cmnd", "ho_ten", "ngay_sinh", "gioi_tinh", "thuong_tru_xa", "thuong_tru_chi_tiet"),
    *("ho_ten_cha", "ho_ten_me", "tinh_trang"),
)

__all__ = [
    "BANDS",
    "NONE_OF_THEM",
    "SKIPPED",
    "Candidate",
    "Doubt",
    "Wanted",
    "decide",
    "desk_communes",
    "doubt",
    "last_decision",
    "left_for",
    "subject",
    "take",
    "undo",
    "undoing",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which rows a reader asks for: of one commune, of one stretch of `BANDS`."""

    commune: str = ""
    band: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """One candidate as the register has it; `score` and `terms` in thousandths of a bit, empty where never weighed."""

    number: str
    posterior: float
    reasons: tuple[str, ...]
    registered: Mapping[str, str]
    score: int | None = None
    terms: Mapping[str, int] = field(default_factory=dict)
    levels: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """A doubtful row beside its candidates; nothing in it tells what anybody else said of it."""

    stt: int
    place: int
    sheet: str
    dong: int
    reason: str
    delivered: Mapping[str, str]
    candidates: tuple[Candidate, ...]


def subject(run: RunInfo, stt: int, choice: str) -> ObjectRef:
    """Return what a permit to decide a row is given for."""
    return ObjectRef(kind="row", id=f"{run.label}:{stt}", digest=digest_of(result=run.result_sha256, choice=choice))


def undoing(run: RunInfo, stt: int, decision: int) -> ObjectRef:
    """Return what a permit to take a decision back is given for."""
    return ObjectRef(
        kind="row", id=f"{run.label}:{stt}", digest=digest_of(result=run.result_sha256, undo=str(decision))
    )


# ------------------------------------------------------------ whose turn a row is


def _standing(account: str) -> QuerySet[DeskDecision]:
    return DeskDecision.objects.filter(account=account, undoes=None, undone_by=None)


def _open_to(viewer: Viewer, run_id: int, wanted: Wanted) -> QuerySet[DeskRow]:
    said = _standing(viewer.account).filter(row=OuterRef("pk"))
    rows = DeskRow.objects.filter(desk__run_id=run_id, group_id__in=viewer.groups, result="")
    rows = rows.exclude(Exists(said.exclude(choice=SKIPPED)))
    if wanted.commune:
        rows = rows.filter(commune=wanted.commune)
    if wanted.band in BANDS:
        low, high = BANDS[wanted.band]
        rows = rows.filter(posterior__gte=low, posterior__lt=high)
    return rows


def left_for(viewer: Viewer, run_id: int, wanted: Wanted) -> int:
    """Count the rows that the reader may still decide."""
    return _open_to(viewer, run_id, wanted).count()


def desk_communes(viewer: Viewer, run_id: int) -> list[str]:
    """Return the communes of the rows of a desk."""
    rows = DeskRow.objects.filter(desk__run_id=run_id, group_id__in=viewer.groups).exclude(commune="")
    return list(rows.order_by("commune").values_list("commune", flat=True).distinct())


def take(viewer: Viewer, run_id: int, wanted: Wanted) -> int | None:
    """Take the next row for a reader and keep it for them a while; None where nothing waits.

    The row they hold comes first, whatever they ask for, then rows that another began, in the order of the lot; what
    they skipped comes last.
    """
    now = clock.now()
    until = now + timedelta(seconds=settings().held_seconds)
    held = _open_to(viewer, run_id, Wanted()).filter(holder=viewer.account, held_until__gte=now)
    free = Q(holder=None) | Q(held_until__lt=now) | Q(holder=viewer.account)
    skipped = _standing(viewer.account).filter(row=OuterRef("pk"), choice=SKIPPED)
    others = _open_to(viewer, run_id, wanted).filter(free).annotate(skipped=Exists(skipped))
    ordered = others.order_by("skipped", "-told", "place")
    while (first := held.values("pk", "stt").first() or ordered.values("pk", "stt").first()) is not None:
        kept = DeskRow.objects.filter(free, pk=first["pk"], result="")
        if kept.update(holder=viewer.account, held_until=until):
            return int(first["stt"])
    return None


# ------------------------------------------------------------ what is shown


def doubt(by: Permit, viewer: Viewer, run_id: int, stt: int, *, purpose: str) -> Doubt:
    """Return a row that the reader holds beside its candidates; the look is recorded first."""
    run = own_run(viewer, run_id)
    row = _held(viewer, run_id, stt)
    looks.record(by, viewer, run, f"duyet-{stt}", purpose, [stt])
    told, people = _fetched(run, stt)
    return _shown(row, told, people)


def _held(viewer: Viewer, run_id: int, stt: int) -> DeskRow:
    row = DeskRow.objects.filter(desk__run_id=run_id, group_id__in=viewer.groups, stt=stt).first()
    if row is None:
        raise NotYours("Bàn duyệt không có dòng này.", "The desk has no such row.")
    if str(row.holder) != viewer.account:
        raise BadInput(
            "Dòng này đang ở người duyệt khác hoặc đã xong: duyệt dòng tiếp theo.",
            "Another reader holds this row, or it is settled: go on to the next one.",
        )
    return row


def _fetched(run: RunInfo, stt: int) -> tuple[dict[str, object], dict[str, dict[str, str]]]:
    batch = sources.batch(run.delivery_id)
    register = population.register(run.register_id).directory / "register.parquet"
    given = [role for role in SAID if role in batch.roles]
    mine = "".join(f", b.{role} as nop_{role}" for role in given)
    with glanced(batch.parquet) as link:
        cursor = link.execute(
            f"""select k.trang_tinh, k.dong, k.ly_do, k.ung_vien{mine}
                from (select * from read_parquet({writing.quoted(str(run.result))}, file_row_number = true)
                      where file_row_number = {int(stt)}) k,
                  (select * from read_parquet({writing.quoted(str(batch.parquet))}) where stt = {int(stt)}) b"""
        )
        names = [column[0] for column in cursor.description or []]
        rows = cursor.fetchall()
        if not rows:
            raise NotYours("Lượt này không có dòng đó.", "The run has no such row.")
        told = dict(zip(names, rows[0], strict=True))
        numbers = [str(one["so_dinh_danh"]) for one in json.loads(str(told["ung_vien"] or "[]"))]
        listed = ", ".join(map(writing.quoted, numbers)) or "''"
        people = link.execute(
            f"""select {", ".join(REGISTERED)} from read_parquet({writing.quoted(str(register))})
                where so_dinh_danh in ({listed})"""
        ).fetchall()
    found = [
        {name: "" if value is None else str(value) for name, value in zip(REGISTERED, one, strict=True)}
        for one in people
    ]
    return told, {one["so_dinh_danh"]: one for one in found}


def _shown(row: DeskRow, told: Mapping[str, object], people: Mapping[str, Mapping[str, str]]) -> Doubt:
    listed = json.loads(str(told["ung_vien"] or "[]"))
    candidates = tuple(
        Candidate(
            number=str(one["so_dinh_danh"]),
            posterior=float(one["xac_suat"]),
            reasons=tuple(str(reason) for reason in one["ly_do"]),
            registered=people.get(str(one["so_dinh_danh"]), {}),
            score=kept.get("score"),
            terms=kept.get("terms", {}),
            levels=kept.get("levels", {}),
        )
        for one, kept in zip(listed, row.candidates, strict=True)
    )
    return Doubt(
        stt=row.stt,
        place=row.place,
        sheet=str(told["trang_tinh"] or ""),
        dong=int(str(told["dong"])),
        reason=str(told["ly_do"] or ""),
        delivered={
            name.removeprefix("nop_"): str(value)
            for name, value in told.items()
            if name.startswith("nop_") and value not in {None, ""}
        },
        candidates=candidates,
    )


# ------------------------------------------------------------ what is decided


def decide(by: Permit, viewer: Viewer, run_id: int, stt: int, choice: str) -> None:
    """Choose a candidate of a row that the reader holds, none of them, or leave it for later."""
    run = own_run(viewer, run_id)
    with transaction.atomic():
        row = _kept_for(viewer, run_id, stt)
        if choice not in {NONE_OF_THEM, SKIPPED, *map(str, range(1, len(row.candidates) + 1))}:
            raise BadInput("Chọn một ứng viên, hoặc «không ai».", "Choose a candidate, or “none of them”.")
        obj = subject(run, stt, choice)
        ledger.append(
            by, scope=row.desk.group.slug, kind=obj.kind, object_id=obj.id, digest=obj.digest, bound=obj.digest
        )
        number = row.candidates[int(choice) - 1]["number"] if choice not in {NONE_OF_THEM, SKIPPED} else ""
        DeskDecision.objects.create(
            group_id=row.group_id, row=row, choice=choice, number=number, at=by.at, account=by.actor.account
        )
        row.holder = row.held_until = None
        _recount(row)


def _kept_for(viewer: Viewer, run_id: int, stt: int) -> DeskRow:
    """Hold a row that the reader holds until the caller's transaction ends."""
    _held(viewer, run_id, stt)
    row = (
        DeskRow.objects.select_for_update(of=("self",)).select_related("desk__group").get(desk__run_id=run_id, stt=stt)
    )
    if row.result or str(row.holder) != viewer.account:
        raise BadInput("Dòng này đã có người duyệt xong.", "Somebody has settled this row already.")
    if _standing(viewer.account).filter(row=row).exclude(choice=SKIPPED).exists():
        raise BadInput("Bạn đã duyệt dòng này.", "You have decided this row.")
    return row


def last_decision(viewer: Viewer, run_id: int) -> tuple[int, int] | None:
    """Return the reader's last decision that stands at a desk, by its number, and the place of its row in the file."""
    mine = _standing(viewer.account).filter(row__desk__run_id=run_id, group_id__in=viewer.groups)
    return mine.order_by("-pk").values_list("pk", "row__stt").first()


def undo(by: Permit, viewer: Viewer, run_id: int, decision: int) -> int:
    """Take the reader's last decision back, by a record of its own, and hold its row again; returns its place."""
    run = own_run(viewer, run_id)
    with transaction.atomic():
        last = last_decision(viewer, run_id)
        if last is None or last[0] != decision:
            raise BadInput("Không còn quyết định nào để hoàn tác.", "There is no decision left to take back.")
        row = (
            DeskRow.objects.select_for_update(of=("self",))
            .select_related("desk__group")
            .get(desk__run_id=run_id, stt=last[1])
        )
        _require_last(row, decision)
        obj = undoing(run, row.stt, decision)
        ledger.append(
            by, scope=row.desk.group.slug, kind=obj.kind, object_id=obj.id, digest=obj.digest, bound=obj.digest
        )
        DeskDecision.objects.create(
            group_id=row.group_id, row=row, undoes_id=decision, at=by.at, account=by.actor.account
        )
        row.holder = by.actor.account
        row.held_until = clock.now() + timedelta(seconds=settings().held_seconds)
        _recount(row)
    return row.stt


def _require_last(row: DeskRow, decision: int) -> None:
    later = row.decisions.filter(pk__gt=decision, undoes=None, undone_by=None).exclude(choice=SKIPPED)
    busy = row.holder is not None and row.held_until is not None and row.held_until >= clock.now()
    if later.exists() or busy:
        raise BadInput(
            "Người khác đã đọc tiếp dòng này: không hoàn tác được nữa.",
            "Somebody else has read this row since: it cannot be taken back any more.",
        )


def _recount(row: DeskRow) -> None:
    standing = row.decisions.filter(undoes=None, undone_by=None).exclude(choice=SKIPPED).order_by("pk")
    said = list(standing.values_list("choice", flat=True))
    row.told, row.result = len(said), _came_to(said, twice=row.double)
    row.save(update_fields=["told", "result", "holder", "held_until"])


def _came_to(said: Sequence[str], *, twice: bool) -> str:
    """Return what a row comes to: one reader's word, of two the word they share, else the third's."""
    if not said:
        return ""
    if not twice:
        return said[0]
    if len(said) > READERS:
        return said[READERS]
    return said[0] if len(said) == READERS and said[0] == said[1] else ""
