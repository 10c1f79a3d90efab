"""Statements: what the sectors say of a person beside the register; made by a run, read one person at a time.

A statement never changes and never decides: two that differ stand side by side. Who asks under a purpose for which
nothing was granted is shown nothing, and is recorded all the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.db import transaction

from dean06.charter.types import ObjectRef, Permit
from dean06.clock import service as clock
from dean06.clock.errors import BadInput, Unavailable
from dean06.ledger import service as ledger
from dean06.ledger.types import digest_of
from dean06.offices import service as offices
from dean06.offices.types import Viewer
from dean06.orthography import sql as writing
from dean06.population import service as population
from dean06.reconcile.errors import FeedRefused, NotYours
from dean06.reconcile.models import Feed, Filling
from dean06.reconcile.service import looks, runs
from dean06.reconcile.service.feeds import KIND, FillingInfo, file_of, filling_info, ref
from dean06.reconcile.service.opening import glanced, opened
from dean06.reconcile.types import RunInfo
from dean06.sources import live as contracts
from dean06.sources import service as sources

CERTAIN = 0.9  # posterior of the link from which something may be said of the person without a look at the row
DIGITS = 12

__all__ = ["CERTAIN", "Asked", "Statement", "fill", "of_person", "of_run", "subject"]


# ------------------------------------------------------------ making them


def fill(by: Permit, feed_id: int, run_id: int) -> FillingInfo:
    """Make the statements of a finished run under a feed in force; again changes nothing.

    The permit is for kind `feed`, id `feeds.ref` of the run, digest of the feed and the run's result.
    """
    run, row = runs.for_work(run_id), Feed.objects.select_related("group").get(pk=feed_id)
    _require_its_run(row, run, by.at.astimezone(clock.TZ).date())
    there = Filling.objects.select_related("run__delivery").filter(feed_id=feed_id, run_id=run_id).first()
    if there is not None:
        return filling_info(there)
    path = file_of(row.group.slug, feed_id, run_id)
    draft = (population.vault() / path).with_suffix(f".{by.digest()[:12]}.part")
    try:
        said, people = _write(run, row, draft)
        new = Filling(group_id=row.group_id, feed=row, run_id=run_id, path=str(path), statements=said, people=people)
        return _keep(by, new, run, draft)
    finally:
        draft.unlink(missing_ok=True)


def _keep(by: Permit, new: Filling, run: RunInfo, draft: Path) -> FillingInfo:
    """Enter what was written and move it into its place, under the feed's lock; two hands keep it once."""
    with transaction.atomic():
        sources.hold_read(run.delivery_id)
        row = Feed.objects.select_for_update().select_related("group").get(pk=new.feed_id)
        if row.withdrawn_at is not None:
            raise FeedRefused("Luồng làm giàu vừa bị thu hồi.", "The feed was withdrawn in the meantime.")
        stored = Filling.objects.select_related("run__delivery")
        if (there := stored.filter(feed=row, run_id=run.id).first()) is not None:
            return filling_info(there)
        new.sha256, new.made_at = sources.fingerprint_file(draft), by.at
        new.save()
        ledger.append(
            by,
            scope=row.group.slug,
            kind=KIND,
            object_id=ref(row.group.slug, row.source, run.id),
            digest=new.sha256,
            bound=digest_of(feed=row.pk, result=run.result_sha256),
            note={"run": run.id, "statements": new.statements},
        )
        draft.replace(population.vault() / new.path)
        return filling_info(stored.get(pk=new.pk))


def _require_its_run(row: Feed, run: RunInfo, on: date) -> None:
    if (run.group_id, run.source) != (row.group_id, row.source) or run.result is None:
        raise NotYours(
            "Lượt đối soát này không thuộc nguồn của luồng, hoặc chưa có kết quả.",
            "The run is not of the feed's source, or has no result yet.",
        )
    if row.withdrawn_at is not None or on < row.since:
        raise FeedRefused(
            f"Luồng làm giàu chỉ có hiệu lực từ {row.since:%d/%m/%Y} đến khi thu hồi.",
            f"The feed is in force from {row.since:%d/%m/%Y} until it is withdrawn.",
        )


def _write(run: RunInfo, row: Feed, out: Path) -> tuple[int, int]:
    """Write the statements of a run, by person; return how many they are, and of how many people."""
    batch, contract = sources.batch(run.delivery_id), sources.contract_of_delivery(run.delivery_id)
    day = sources.delivery_for_work(run.delivery_id).received_at.astimezone(clock.TZ).date()
    with opened(batch.parquet) as link:
        contracts.lay_statements(link, batch, contract, day)
        link.execute("create temp table luat (place int, purposes varchar, basis_vi varchar, basis_en varchar)")
        for place, rule in enumerate(contract.statements):
            ground, allowed = contract.legal.basis[rule.basis - 1], set(rule.purposes) & set(row.purposes)
            if allowed:
                link.execute("insert into luat values (?, ?, ?, ?)", [place, _joined(allowed), ground.vi, ground.en])
        query = f"""select k.so_dinh_danh, n.predicate, n.value, n.said, n.since, n.until, l.purposes,
               l.basis_vi, l.basis_en, k.do_tin_cay as confidence, k.stt
            from (select file_row_number as stt, so_dinh_danh, do_tin_cay, ket_qua
                    from read_parquet({writing.quoted(str(run.result))}, file_row_number = true)) k
              join noi n using (stt) join luat l using (place)
            where k.so_dinh_danh <> '' and k.do_tin_cay >= {CERTAIN}
              and (k.ket_qua like 'KHOP_%' or k.ket_qua = 'TRUNG')
            order by k.so_dinh_danh, n.predicate, n.value, k.stt"""
        link.execute(f"copy ({query}) to {writing.quoted(str(out))} (format parquet, compression zstd)")
        counted = link.execute(
            f"select count(*), count(distinct so_dinh_danh) from read_parquet({writing.quoted(str(out))})"
        ).fetchall()[0]
    out.chmod(0o400)
    return int(counted[0]), int(counted[1])


def _joined(purposes: Iterable[str]) -> str:
    return ";".join(sorted(purposes))


def of_run(run_id: int) -> list[FillingInfo]:
    """Return what stands of a run, for work."""
    rows = Filling.objects.select_related("run__delivery").filter(run_id=run_id, destroyed_at=None)
    return [filling_info(row) for row in rows]


# ------------------------------------------------------------ reading them


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Whom somebody asks about, for which purpose of the table, and in which case."""

    number: str
    purpose: str
    case: str

    @property
    def said(self) -> str:
        """Return the purpose as it is kept: the table's words, then the case."""
        known = contracts.purposes().get(self.purpose)
        return f"{known.vi if known else self.purpose}: {' '.join(self.case.split())}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One thing a source says of a person, for a reader with a recorded purpose.

    Attributes:
        said: the source's own time, the newest where several deliveries say the same; `first_said` the oldest.
        confidence: posterior of the link between the row and the person.
        basis: the ground of the source's contract, in Vietnamese and English; `granted` is the basis of the feed.
        rows: (run, place of the row) of every row that says it.
    """

    predicate: str
    value: str
    source: str
    said: date
    first_said: date
    since: date
    until: date
    basis: tuple[str, str]
    granted: str
    confidence: float
    rows: tuple[tuple[int, int], ...]


def subject(asked: Asked) -> ObjectRef:
    """Return what a permit to read statements is given for: a commitment to the number and to the purpose."""
    return looks.person(asked.number, asked.said)


@dataclass(frozen=True, slots=True)
class _Row:
    """One line of a file of statements, and the filling it lies in."""

    filling: Filling
    predicate: str
    value: str
    said: date
    since: date
    until: date
    purposes: str
    basis_vi: str
    basis_en: str
    confidence: float
    stt: int


def of_person(by: Permit, viewer: Viewer, group_id: int, asked: Asked) -> tuple[Statement, ...]:
    """Return what may be told of a person for a purpose; the look is recorded first, also where nothing is shown."""
    _require_asked(by, viewer, group_id, asked)
    today = by.at.astimezone(clock.TZ).date()
    in_force = {"destroyed_at": None, "feed__withdrawn_at": None, "feed__since__lte": today}
    standing = list(Filling.objects.filter(group_id=group_id, **in_force).select_related("feed", "run__delivery"))
    named = _rows(standing, asked.number)
    shown = [one for one in named if asked.purpose in one.purposes.split(";") and one.until >= today]
    _record(by, group_id, asked, shown or named, shown)
    return _merged(shown)


def _require_asked(by: Permit, viewer: Viewer, group_id: int, asked: Asked) -> None:
    looks.require(by, viewer, asked.case)
    if not viewer.sits_in(group_id):
        raise NotYours("Bạn không thuộc tổ công tác này.", "You do not sit in this group.")
    if not (len(asked.number) == DIGITS and asked.number.isascii() and asked.number.isdigit()):
        raise BadInput("Số định danh phải đủ 12 chữ số.", "A personal number has 12 digits.")


def _rows(standing: Sequence[Filling], number: str) -> list[_Row]:
    """Return every row of the standing files that speaks of a person."""
    if not standing:
        return []
    known = {str(population.vault() / one.path): one for one in standing}
    if lost := next((path for path in map(Path, known) if not path.exists()), None):
        raise Unavailable(
            f"Tệp thông tin bổ sung {lost.name} không còn trong kho: thu hồi luồng, hoặc khôi phục bản sao lưu.",
            f"The file of statements {lost.name} is gone: withdraw its feed, or restore a backup.",
        )
    files = ", ".join(map(writing.quoted, known))
    with glanced(population.vault() / standing[0].path) as link:
        found = link.execute(
            "select filename, predicate, value, said, since, until, purposes, basis_vi, basis_en, confidence, stt"
            f" from read_parquet([{files}], filename = true) where so_dinh_danh = ?"
            " order by predicate, value, said, filename, stt",
            [number],
        ).fetchall()
    return [_Row(known[row[0]], *row[1:]) for row in found]


def _record(by: Permit, group_id: int, asked: Asked, seen: Sequence[_Row], shown: Sequence[_Row]) -> None:
    """Record who asked about whom for what; where nothing is shown the look says that no row was.

    The run of a row that was kept back is named, so that its looks tell who asked under a purpose not granted.
    """
    obj = subject(asked)
    places: dict[int, list[int]] = {one.filling.run_id: [] for one in seen}
    for one in shown:
        places[one.filling.run_id].append(one.stt)
    known = {one.filling.run_id: runs.info(one.filling.run) for one in seen}
    with transaction.atomic():
        entry = ledger.append(
            by,
            scope=offices.group_by_id(group_id).slug,
            kind=obj.kind,
            object_id=obj.id,
            digest=obj.digest,
            bound=obj.digest,
            note={"purpose": asked.purpose[:40], "statements": len(shown)},
        )
        looks.keep(by, entry, {run: (known[run], sorted(set(stts))) for run, stts in places.items()}, asked.said)


def _merged(shown: Iterable[_Row]) -> tuple[Statement, ...]:
    """Put together what one source says again and again; what differs stays apart, by no rule is one of them right."""
    together: dict[tuple[str, str, int], list[_Row]] = {}
    for one in shown:
        together.setdefault((one.predicate, one.value, one.filling.feed_id), []).append(one)
    return tuple(_statement(some) for some in together.values())


def _statement(some: Sequence[_Row]) -> Statement:
    newest = max(some, key=lambda one: (one.said, one.filling.pk))
    return Statement(
        predicate=newest.predicate,
        value=newest.value,
        source=newest.filling.feed.source,
        said=newest.said,
        first_said=min(one.said for one in some),
        since=newest.since,
        until=newest.until,
        basis=(newest.basis_vi, newest.basis_en),
        granted=newest.filling.feed.basis,
        confidence=newest.confidence,
        rows=tuple((one.filling.run_id, one.stt) for one in some),
    )
