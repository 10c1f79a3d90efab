"""The scores of a month, frozen: every source, commune and measure with the run and the checksums it was counted from.

The statement is canonical JSON: counts are whole numbers, shares and bounds decimals of a fixed length, and no instant
stands in it, so the stored runs give the same bytes whenever it is made again. What differs can be named.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from dean06.charter.types import Permit
from dean06.clock import service as clock
from dean06.clock.errors import BadInput
from dean06.ledger import service as ledger
from dean06.ledger.types import canonical, digest_of
from dean06.offices import service as offices
from dean06.offices.types import Viewer
from dean06.population import service as population
from dean06.reconcile.models import MonthScores, Run, Score
from dean06.reconcile.service import scores, thresholds
from dean06.reconcile.service.runs import info
from dean06.reconcile.types import WHOLE, Measure, RunInfo
from dean06.sources import service as sources

FORMAT, KIND, AUTOMATIC = "dean06-month-scores/1", "month_scores", "system"
PLACES = 6  # of a share and of its bounds

Chosen = Mapping[str, int | None]
Node = Mapping[str, object]

__all__ = [
    "KIND",
    "FrozenScores",
    "Unlike",
    "chosen",
    "content",
    "digest",
    "for_work",
    "freeze",
    "frozen",
    "listed",
    "months",
    "of_group",
    "periods",
    "publish",
    "published",
    "publishing_digest",
    "ref",
    "unlike",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class FrozenScores:
    """A frozen month: the very text, its SHA-256, who froze it when, and since when it is public, if it is."""

    group_id: int
    month: str
    text: str
    sha256: str
    frozen_at: datetime
    frozen_by: str
    public_at: datetime | None = None

    @property
    def told(self) -> Mapping[str, object]:
        """Return what the statement says."""
        return dict(json.loads(self.text))

    @property
    def sources(self) -> tuple[Mapping[str, object], ...]:
        """Return what it says of each source, in the order of their codes."""
        return tuple(json.loads(self.text)["sources"])

    @property
    def runs(self) -> dict[str, int | None]:
        """Return the run of each source that was counted; None where a source had none."""
        return {str(one["source"]): _number(one) for one in self.sources}


@dataclass(frozen=True, slots=True, kw_only=True)
class Unlike:
    """One figure that is not as it was frozen: where it stands, what was frozen, and what is there now."""

    where: str
    frozen: str
    now: str


def listed(node: Node, name: str) -> list[Node]:
    """Return one of the lists that a statement tells of a source: its thresholds, axes or cells."""
    found = node.get(name)
    return list(found) if isinstance(found, list) else []


def _number(one: Node) -> int | None:
    run = one.get("run")
    return int(str(run).removeprefix("L")) if run else None


def digest(text: str) -> str:
    """Return the SHA-256 (hex) of a statement, to which its permit is bound."""
    return hashlib.sha256(text.encode()).hexdigest()


def ref(slug: str, month: str) -> str:
    """Return the name under which a frozen month stands in the ledger."""
    return f"{slug}:{month}"


def chosen(group_id: int, month: str) -> dict[str, int | None]:
    """Return the run that counts for each source of a month: its newest; None for a source that has none.

    Every source that is given to an agency is named, so that what did not come is told as not measured.
    """
    found: dict[str, int | None] = dict.fromkeys(sources.assignments(group_id))
    done = Run.objects.filter(group_id=group_id, state=Run.State.DONE, delivery__period=month)
    listed = done.exclude(delivery__state="undone").order_by("pk")
    found |= dict(listed.values_list("delivery__source", "pk"))
    return dict(sorted(found.items()))


def periods(group_id: int) -> list[str]:
    """Return the months of which the group has a finished run, the newest first."""
    done = Run.objects.filter(group_id=group_id, state=Run.State.DONE).exclude(delivery__state="undone")
    return sorted(set(done.order_by().values_list("delivery__period", flat=True)), reverse=True)


def content(group_id: int, month: str, of: Chosen) -> str:
    """Return the canonical JSON of a month from stored runs; the same runs give the same bytes."""
    group = offices.group_by_id(group_id)
    return canonical(
        {
            "format": FORMAT,
            "group": group.slug,
            "month": month,
            "measures_sha256": scores.table_sha256(),
            "sources": [_source(group_id, month, source, of[source]) for source in sorted(of)],
        }
    )


def _source(group_id: int, month: str, source: str, run_id: int | None) -> dict[str, object]:
    if run_id is None:
        return {"source": source, "run": None}
    run = info(Run.objects.select_related("delivery").get(pk=run_id))
    delivery, register = sources.delivery_for_work(run.delivery_id), population.register(run.register_id)
    decided = thresholds.judging(group_id, source, month)
    rows = Score.objects.filter(run_id=run_id).order_by("commune", "measure")
    cells = [(row.commune, scores.judged(row.measure, row.good, row.total, decided, row.detail)) for row in rows]
    return {
        "source": source,
        "contract_version": sources.contract_of_delivery(run.delivery_id).version,
        "agency": delivery.agency,
        "run": run.label,
        "run_sha256": run.result_sha256,
        "rows": run.rows,
        "delivery": f"N{delivery.id}",
        "file_sha256": delivery.file_sha256,
        "register": f"S{register.id}",
        "register_sha256": register.sha256,
        "register_as_of": register.as_of.isoformat(),
        "thresholds": [_threshold(one) for _, one in sorted({one.code: one for _, one in cells}.items())],
        "axes": list(_axes({one.code: one for commune, one in cells if commune == WHOLE})),
        "cells": [_cell(commune, one) for commune, one in cells],
    }


def _share(value: float | None) -> str | None:
    return None if value is None else f"{value:.{PLACES}f}"


def _threshold(one: Measure) -> dict[str, object]:
    told: dict[str, object] = {"measure": one.code, "value": _share(one.target), "decision": None}
    if one.decided is None:
        return told
    return told | {
        "decision": one.decided.decision,
        "decided_on": one.decided.decided_on.isoformat(),
        "from_day": one.decided.from_day.isoformat(),
    }


def _axes(measured: Mapping[str, Measure]) -> Iterator[dict[str, object]]:
    """Say which measure decides each axis of the whole list, and whether it reaches its threshold."""
    for axis in scores.AXES:
        worst = scores.measure_of_axis(measured, axis)
        told = "not_measured" if worst is None else "below" if worst.below else "reached"
        yield {"axis": axis.code, "measure": worst.code if worst else None, "outcome": told}


def _cell(commune: str, one: Measure) -> dict[str, object]:
    return {
        "commune": commune,
        "measure": one.code,
        "good": one.good,
        "total": one.total,
        "low": _share(one.low),
        "high": _share(one.high),
    }


def freeze(by: Permit, group_id: int, month: str, text: str) -> FrozenScores:
    """Keep the scores of a month for good; there is one statement a month, and it is never made again."""
    sha256 = digest(text)
    try:
        with transaction.atomic():
            row = MonthScores.objects.create(
                group_id=group_id,
                month=month,
                canonical=text,
                sha256=sha256,
                frozen_at=by.at,
                frozen_by=None if by.actor.role == AUTOMATIC else by.actor.account,
                permit=by.digest(),
            )
            slug = row.group.slug
            ledger.append(by, scope=slug, kind=KIND, object_id=ref(slug, month), digest=sha256, bound=sha256)
    except IntegrityError as problem:
        raise BadInput(
            f"Bảng điểm tháng {clock.as_read(month)} đã chốt: lượt đối soát về sau không đổi bảng ấy.",
            f"The scores of {clock.as_read(month)} are frozen already: later runs do not change them.",
        ) from problem
    return _frozen(row)


def publishing_digest(sha256: str, *, public: bool) -> str:
    """Return the SHA-256 (hex) to which the permit to publish a month, or to take it back, is bound."""
    return digest_of(month_scores=sha256, public=public)


def publish(by: Permit, group_id: int, month: str, *, public: bool) -> FrozenScores:
    """Let strangers read what is safe of a frozen month, or let them no longer."""
    with transaction.atomic():
        found = MonthScores.objects.select_for_update().filter(group_id=group_id, month=month).first()
        if found is None or (found.public_at is not None) is public:
            raise BadInput(
                f"Bảng điểm tháng {clock.as_read(month)} chưa chốt, hoặc vừa có người làm việc này: mở lại trang.",
                f"The scores of {clock.as_read(month)} are not frozen, or somebody just did this: open the page again.",
            )
        found.public_at, found.public_permit = (by.at, by.digest()) if public else (None, "")
        found.save(update_fields=["public_at", "public_permit"])
        bound, slug = publishing_digest(found.sha256, public=public), found.group.slug
        ledger.append(by, scope=slug, kind=KIND, object_id=ref(slug, month), digest=found.sha256, bound=bound)
    return _frozen(found)


def published(group_id: int) -> FrozenScores | None:
    """Return the newest month of a group that strangers may read; None where there is none."""
    rows = MonthScores.objects.filter(group_id=group_id, public_at__isnull=False)
    row = rows.order_by("-month").first()
    return _frozen(row) if row else None


def _frozen(row: MonthScores) -> FrozenScores:
    if digest(row.canonical) != row.sha256:
        raise BadInput(
            f"Bảng điểm tháng {clock.as_read(row.month)} không khớp mã băm của chính nó: báo người vận hành.",
            f"The scores of {clock.as_read(row.month)} do not fit their own hash: tell the operator.",
        )
    return FrozenScores(
        group_id=row.group_id,
        month=row.month,
        text=row.canonical,
        sha256=row.sha256,
        frozen_at=row.frozen_at,
        frozen_by=str(row.frozen_by or ""),
        public_at=row.public_at,
    )


def for_work(group_id: int, month: str) -> FrozenScores | None:
    """Return a frozen month for the rooms above, which filter by their own viewer."""
    row = MonthScores.objects.filter(group_id=group_id, month=month).first()
    return _frozen(row) if row else None


def frozen(viewer: Viewer, group_id: int, month: str) -> FrozenScores | None:
    """Return a frozen month, to those who sit in its group: it tells the cells of few too."""
    return for_work(group_id, month) if viewer.sits_in(group_id) else None


def months(viewer: Viewer, group_id: int) -> list[FrozenScores]:
    """Return the frozen months of a group in which the reader sits, the newest first."""
    return of_group(group_id) if viewer.sits_in(group_id) else []


def of_group(group_id: int) -> list[FrozenScores]:
    """Return the frozen months of a group, the newest first, for the rooms above."""
    return [_frozen(row) for row in MonthScores.objects.filter(group_id=group_id).order_by("-month")]


# ------------------------------------------------------------ is it still so?


def unlike(one: FrozenScores) -> list[Unlike]:
    """Return every figure that stored runs, files and thresholds no longer give as it was frozen."""
    told = _files(one)
    again = content(one.group_id, one.month, one.runs)
    if again != one.text:
        told += _apart("", json.loads(one.text), json.loads(again))
    return told


def _files(one: FrozenScores) -> list[Unlike]:
    """Compare each result and each delivered file in the vault with the checksum that was frozen."""
    found = []
    for node in one.sources:
        run_id = _number(node)
        if run_id is None:
            continue
        run = info(Run.objects.select_related("delivery").get(pk=run_id))
        delivery = sources.delivery_for_work(run.delivery_id)
        for name, sha256 in (("run_sha256", _result(run)), ("file_sha256", sources.kept_sha256(delivery))):
            if sha256 != node[name]:
                found.append(Unlike(where=f"{node['source']} {name} (vault)", frozen=str(node[name]), now=sha256))
    return found


def _result(run: RunInfo) -> str:
    return sources.fingerprint_file(run.result) if run.result is not None and run.result.exists() else ""


def _apart(where: str, was: object, now: object) -> list[Unlike]:
    """Name the places where two statements differ, down to the single figure."""
    if isinstance(was, dict) and isinstance(now, dict):
        keys = dict.fromkeys([*was, *now])
        return [part for key in keys for part in _apart(f"{where} {key}".strip(), was.get(key), now.get(key))]
    if isinstance(was, list) and isinstance(now, list):
        before, after = _named(was), _named(now)
        names = dict.fromkeys([*before, *after])
        return [part for name in names for part in _apart(f"{where} {name}", before.get(name), after.get(name))]
    return [] if was == now else [Unlike(where=where, frozen=_said(was), now=_said(now))]


def _named(rows: list[dict[str, object]]) -> dict[str, dict[str, object]]:
    """Key the rows of a list by what they are about: source, axis, or measure and commune."""
    return {_name(row): row for row in rows}


def _name(row: Node) -> str:
    lone = row.get("source") or row.get("axis")
    return str(lone) if lone else " ".join(str(row[key]) for key in ("commune", "measure") if row.get(key))


def _said(value: object) -> str:
    return "" if value is None else json.dumps(value, ensure_ascii=False) if isinstance(value, dict) else str(value)
