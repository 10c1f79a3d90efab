"""The tables of a month's report: by source, by agency, by axis of quality; each cell a fact with its sources."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from dean06.clock import service as clock
from dean06.offices import service as offices
from dean06.offices.types import GroupInfo
from dean06.reconcile.service import scores
from dean06.reconcile.types import RunInfo
from dean06.reports.types import Fact, Source, Table
from dean06.sources.live import Contracts
from dean06.sources.types import DeliveryInfo
from dean06.work.types import TaskInfo

__all__ = ["lay"]


class HasMaterial(Protocol):
    """What a report is counted from, as tables need it."""

    @property
    def group(self) -> GroupInfo: ...
    @property
    def contracts(self) -> Contracts: ...
    @property
    def deliveries(self) -> tuple[DeliveryInfo, ...]: ...
    @property
    def runs(self) -> tuple[RunInfo, ...]: ...
    @property
    def tasks(self) -> Mapping[str, tuple[TaskInfo, ...]]: ...
    def of_run(self, run: RunInfo) -> tuple[Source, ...]: ...


def lay(material: HasMaterial, base: Source) -> tuple[tuple[Fact, ...], tuple[Table, ...]]:
    """Return the facts that only stand in tables, and the tables that name them."""
    facts: list[Fact] = []
    laid = [_by_source(material, facts), _by_agency(material, facts, base), _by_axis(material, facts)]
    return tuple(facts), tuple(table for table in laid if table.rows)


def _cell(facts: list[Fact], code: str, label: str, value: float | str, found: tuple[Source, ...]) -> str:
    facts.append(Fact(code=code, label=label, value=value, sources=found))
    return f"{{{code}}}"


def _by_source(material: HasMaterial, facts: list[Fact]) -> Table:
    rows = []
    for run in material.runs:
        title = material.contracts.contract(run.source).title.vi
        found, key = material.of_run(run), run.label.lower()
        counts = (
            ("dong", "dòng", run.rows),
            ("khop", "khớp", run.named),
            ("sai", "có sai lệch", run.counts.get("KHOP_SAI_LECH", 0)),
            ("khong", "không tìm thấy", run.counts.get("KHONG_TIM_THAY", 0)),
            ("trung", "trùng", run.counts.get("TRUNG", 0)),
        )
        cells = [
            _cell(facts, f"{key}.{code}", f"{title}, kỳ {clock.as_read(run.period)}: {words}", value, found)
            for code, words, value in counts
        ]
        rows.append((f"{title}, kỳ {clock.as_read(run.period)}", *cells))
    header = ("Nguồn dữ liệu", "Số dòng", "Khớp người", "Có sai lệch", "Không tìm thấy", "Trùng")
    return Table(key="nguon", caption="Kết quả đối soát theo nguồn dữ liệu", header=header, rows=tuple(rows))


def _by_agency(material: HasMaterial, facts: list[Fact], base: Source) -> Table:
    names = offices.agency_names(material.group.id)
    agencies = dict.fromkeys(task.lead for tasks in material.tasks.values() for task in tasks)
    rows = []
    for code in agencies:
        cells = []
        for column, words in (
            ("opened", "giao"),
            ("done_in_time", "đúng hạn"),
            ("done_late", "trễ"),
            ("open", "đang mở"),
            ("overdue", "quá hạn"),
        ):
            own = [task for task in material.tasks[column] if task.lead == code]
            found = tuple(Source(kind="task", id=t.ref, label=t.title, sha256=t.permit) for t in own) or (base,)
            label = f"{names.get(code, code)}: {words}"
            cells.append(_cell(facts, f"cq.{code.lower()}.{column}", label, len(own), found))
        rows.append((names.get(code, code), *cells))
    header = ("Cơ quan", "Giao trong kỳ", "Đúng hạn", "Trễ", "Đang thực hiện", "Quá hạn")
    return Table(key="co_quan", caption="Nhiệm vụ sửa sai lệch theo cơ quan", header=header, rows=tuple(rows))


def _by_axis(material: HasMaterial, facts: list[Fact]) -> Table:
    rows = []
    for run in material.runs:
        measured = scores.for_work(run.id)
        title = material.contracts.contract(run.source).title.vi
        cells = []
        for axis in scores.AXES:
            worst = scores.measure_of_axis(measured, axis)
            if worst is None or worst.share is None:
                cells.append("chưa đo")
                continue
            code = f"{run.label.lower()}.{axis.code}"
            label = f"{title}, kỳ {clock.as_read(run.period)}: {axis.vi} ({worst.code})"
            cells.append(_cell(facts, code, label, round(100 * worst.share, 1), material.of_run(run)))
        rows.append((f"{title}, kỳ {clock.as_read(run.period)}", *cells))
    header = ("Nguồn dữ liệu", *(f"{axis.vi} (%)" for axis in scores.AXES))
    return Table(key="chat_luong", caption="Chất lượng dữ liệu theo bốn tiêu chí", header=header, rows=tuple(rows))
