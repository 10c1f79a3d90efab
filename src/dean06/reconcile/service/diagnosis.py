"""What can be said of one run: its passes and their cost, its weights, and how right it is where people read of it.

Nothing in it is a value of a person. What was not kept or not read is absent, never zero.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from dean06.offices.types import Viewer
from dean06.orthography import sql as writing
from dean06.reconcile.engine.model import DEFAULT_M, Model, kept
from dean06.reconcile.engine.options import Block
from dean06.reconcile.estimates import Interval, Parts, Share, Stretch, recall, stretches
from dean06.reconcile.kappa import Kappa
from dean06.reconcile.models import SampleRow
from dean06.reconcile.service import desk_tallies, desks, runs
from dean06.reconcile.service.desk_reading import NONE_OF_THEM
from dean06.reconcile.service.desks import DeskInfo
from dean06.reconcile.service.opening import glanced
from dean06.reconcile.types import FALSE, LINKS, MISSING, TRUE, RunInfo

FORMAT = "dean06-diagnosis/1"

__all__ = ["FORMAT", "Diagnosis", "Interval", "Share", "Stretch", "Weight", "as_json", "examined"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Weight:
    """What one level of a field is worth before rarity: shares in true pairs and, where told, among strangers; bits."""

    field: str
    level: int
    true_bits: float
    stranger_bits: float | None

    @property
    def bits(self) -> float | None:
        """Return what the level gives, where the value itself does not decide it."""
        return None if self.stranger_bits is None else self.true_bits - self.stranger_bits


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnosis:
    """A run examined.

    Attributes:
        by_pass: rows by the pass that decided them; empty where the engine's report was not kept.
        pairs: pairs compared by pass.
        seconds: time by step.
        model: the weights used, None where they were not kept.
        blocks: those over the budget of pairs, None where they were not told.
        curve: calibration of doubtful rows, `curve_named` of rows that name a person.
        precision: links found true in the sample read blind; `top`: doubtful rows whose first candidate is the person,
            `among`: whose person is any of the candidates.
        recall: of the engine alone; `recall_reviewed`: with what the desk finds.
        agreement: of two readers at the desk, None where there is no desk.
    """

    run: RunInfo
    by_pass: Mapping[str, int]
    pairs: Mapping[str, int]
    seconds: Mapping[str, float]
    register_rows: int | None
    model: Model | None
    blocks: tuple[Block, ...] | None
    desk: DeskInfo | None
    agreement: Kappa | None
    curve: tuple[Stretch, ...]
    curve_named: tuple[Stretch, ...]
    precision: Share
    top: Share
    among: Share
    parts: Parts
    recall: Interval
    recall_reviewed: Interval

    @property
    def weights(self) -> tuple[Weight, ...]:
        """Return the weights by field, the best level first."""
        return tuple(_weights(self.model)) if self.model else ()


def _weights(model: Model) -> Iterator[Weight]:
    for name in DEFAULT_M:
        for level in sorted(model.shares[name], reverse=True):
            other = model.strangers.get(name, {}).get(level)
            yield Weight(
                field=name,
                level=level,
                true_bits=model.shares[name][level] / 1000,
                stranger_bits=None if other is None else other / 1000,
            )


def examined(viewer: Viewer, run_id: int) -> Diagnosis:
    """Return what can be said of a finished run of the reader's groups."""
    run, report = desks.own_run(viewer, run_id), runs.report_of(run_id)
    desk = desks.desk(viewer, run_id)
    read = [(p, result) for p, result, carried in desk_tallies.came_to(viewer, run_id) if not carried]
    links = _links(viewer, run)
    precision = Share(good=sum(right for _, right in links), total=len(links))
    top = Share(good=sum(result == "1" for _, result in read), total=len(read))
    among = Share(good=sum(result != NONE_OF_THEM for _, result in read), total=len(read))
    parts = Parts(
        named=run.named,
        right=precision,
        doubtful=run.counts.get("NGHI_VAN", 0),
        among=among,
        missing=run.counts.get("KHONG_TIM_THAY", 0),
        there=_there(viewer, run),
    )
    return Diagnosis(
        run=run,
        by_pass=dict(report.get("by_pass", {})),
        pairs=dict(report.get("pairs", {})),
        seconds=dict(report.get("seconds", {})),
        register_rows=report.get("register_rows"),
        model=kept(report["model"]) if "model" in report else None,
        blocks=_blocks(report),
        desk=desk,
        agreement=desk_tallies.agreement(viewer, run_id),
        curve=stretches((p, result == "1") for p, result in read),
        curve_named=stretches(links),
        precision=precision,
        top=top,
        among=among,
        parts=parts,
        recall=recall(parts, reviewed=False),
        recall_reviewed=recall(parts, reviewed=True),
    )


def _blocks(report: Mapping[str, Any]) -> tuple[Block, ...] | None:
    """Return the blocks over the budget, where they were kept: `[{step, key, rows, people, pairs}]`."""
    return tuple(Block(**one) for one in report["blocks"]) if "blocks" in report else None


def _there(viewer: Viewer, run: RunInfo) -> Share:
    """Return of the rows read that name nobody how many people found in the register; one read in part counts too.

    The lot puts the rows in an order of chance, so whatever was read first is a sample of them.
    """
    rows = SampleRow.objects.filter(sample__run_id=run.id, sample__kind=MISSING, group_id__in=viewer.groups)
    said = rows.filter(result__in=[TRUE, FALSE])
    return Share(good=said.filter(result=TRUE).count(), total=said.count())


def _links(viewer: Viewer, run: RunInfo) -> list[tuple[float, bool]]:
    """Return of each link that people settled in the run's sample its posterior, and whether it is true."""
    rows = SampleRow.objects.filter(sample__run_id=run.id, sample__kind=LINKS, group_id__in=viewer.groups)
    said = dict(rows.filter(result__in=[TRUE, FALSE]).values_list("stt", "result"))
    if not said or run.result is None:
        return []
    with glanced(run.result) as link:
        told = link.execute(
            f"""select file_row_number, do_tin_cay
                from read_parquet({writing.quoted(str(run.result))}, file_row_number = true)
                where file_row_number in (select unnest($1::bigint[])) order by 1""",
            [list(said)],
        ).fetchall()
    return [(float(posterior or 0.0), said[int(stt)] == TRUE) for stt, posterior in told]


# ------------------------------------------------------------ as software reads it


def as_json(told: Diagnosis) -> dict[str, object]:
    """Return a diagnosis as canonical JSON can hold it; what was not measured is null."""
    run = told.run
    return {
        "format": FORMAT,
        "run": run.label,
        "source": run.source,
        "period": run.period,
        "result_sha256": run.result_sha256,
        "rows": run.rows,
        "by_result": dict(run.counts),
        "by_pass": dict(told.by_pass) or None,
        "pairs": dict(told.pairs) or None,
        "seconds": dict(told.seconds) or None,
        "register_rows": told.register_rows,
        "model": told.model.saved() if told.model else None,
        "largest_blocks": [asdict(one) for one in told.blocks] if told.blocks is not None else None,
        "calibration": {"doubtful": _curve(told.curve), "named": _curve(told.curve_named)},
        "precision": {
            "named": _share(told.precision),
            "doubtful_first_candidate": _share(told.top),
            "doubtful_any_candidate": _share(told.among),
        },
        "missing_yet_in_register": _share(told.parts.there),
        "recall": {"alone": _interval(told.recall), "reviewed": _interval(told.recall_reviewed)},
        "review": _review(told),
    }


def _review(told: Diagnosis) -> dict[str, object] | None:
    if told.desk is None or told.agreement is None:
        return None
    one, kappa = told.desk, told.agreement
    return {
        "rows": one.rows,
        "read_twice": one.double,
        "settled": one.settled,
        "carried": one.carried,
        "waiting_for_a_third": one.apart,
        "agreement": {
            "pairs": kappa.pairs,
            "alike": kappa.alike,
            "kappa": _rounded(kappa.value),
            "low": _rounded(kappa.low) if kappa.value is not None else None,
            "high": _rounded(kappa.high) if kappa.value is not None else None,
        },
    }


def _curve(curve: Sequence[Stretch]) -> list[dict[str, object]]:
    return [
        {"from": one.low, "to": one.high, "predicted": _rounded(one.predicted)} | _share(one.found) for one in curve
    ]


def _share(one: Share) -> dict[str, object]:
    low, high = one.bounds if one.total else (None, None)
    return {
        "good": one.good,
        "total": one.total,
        "share": _rounded(one.value),
        "low": _rounded(low),
        "high": _rounded(high),
        "small": one.small,
    }


def _interval(one: Interval) -> dict[str, object]:
    return {"value": _rounded(one.value), "low": _rounded(one.low), "high": _rounded(one.high)}


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 6)
