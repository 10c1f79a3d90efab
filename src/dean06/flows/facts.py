"""The facts of a month's report: every number with the runs, files and tasks it was counted from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from dean06.adoption import service as adoption
from dean06.clock import service as clock
from dean06.clock.errors import BadInput
from dean06.corrections import service as corrections
from dean06.corrections.types import Counts, SaidFixed
from dean06.flows import tables
from dean06.flows.fund_facts import money_of
from dean06.flows.register_facts import register_facts
from dean06.offices import service as offices
from dean06.offices.types import GroupInfo
from dean06.population import service as population
from dean06.reconcile.service import month_scores, scores
from dean06.reconcile.service import runs as matching
from dean06.reconcile.types import RunInfo
from dean06.reports.types import Fact, FactSheet, Source
from dean06.sources import service as sources
from dean06.sources.live import Contracts
from dean06.sources.types import DeliveryInfo
from dean06.work.service import tasks as work
from dean06.work.types import Origin, TaskInfo

MATCHED = ("KHOP_HOAN_TOAN", "KHOP_CHUAN_HOA", "KHOP_SAI_LECH")
SPAN_GAP = "G-12"

__all__ = ["PROVIDERS", "Material", "Provider", "Span", "fact", "gather", "material_of", "of_agency", "span_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """The days a report's data cover, both included, and the rule that says so."""

    since: date
    until: date
    rule: str

    @property
    def instants(self) -> tuple[datetime, datetime]:
        """Return start and exclusive end as instants."""
        return clock.at_start_of(self.since), clock.at_start_of(date.fromordinal(self.until.toordinal() + 1))


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """What a report is counted from; `agency` where it is narrowed to what concerns one."""

    group: GroupInfo
    span: Span
    deliveries: tuple[DeliveryInfo, ...]
    runs: tuple[RunInfo, ...]
    tasks: Mapping[str, tuple[TaskInfo, ...]]
    findings: Counts
    contracts: Contracts
    agency: str = ""

    def of_agency(self, code: str) -> Material:
        """Return what concerns one agency: its lists, their runs and findings, the tasks it leads."""
        deliveries = {one.id: one for one in self.deliveries if one.agency == code}
        runs = tuple(run for run in self.runs if self._agency_of(run) == code)
        own = {run.source for run in runs} | {one.source for one in deliveries.values()}
        own |= {given.source for given in sources.assignments(self.group.id).values() if given.agency == code}
        own |= {one for source in own for one in self.contracts.beside(source)}
        return replace(
            self,
            deliveries=tuple(deliveries.values()),
            runs=runs,
            tasks={name: tuple(one for one in told if one.lead == code) for name, told in self.tasks.items()},
            findings=self.findings.of_sources(own),
            agency=code,
        )

    def _agency_of(self, run: RunInfo) -> str:
        delivery = next((one for one in self.deliveries if one.id == run.delivery_id), None)
        return (delivery or sources.delivery_for_work(run.delivery_id)).agency

    def of_run(self, run: RunInfo) -> tuple[Source, ...]:
        """Return a run and its file as sources."""
        delivery = next((one for one in self.deliveries if one.id == run.delivery_id), None)
        return run_sources(run, delivery or sources.delivery_for_work(run.delivery_id), self.contracts)

    def of_labels(self, labels: Iterable[str]) -> list[Source]:
        """Return the sources of runs by their labels, also of those whose list came before the span."""
        known = {run.label: run for run in self.runs}
        wanted = dict.fromkeys(label for label in labels if label)
        return [
            source
            for label in wanted
            for source in self.of_run(known.get(label) or matching.for_work(int(label.removeprefix("L"))))
        ]


def run_sources(run: RunInfo, delivery: DeliveryInfo, known: Contracts) -> tuple[Source, ...]:
    """Return a run with the checksum of its result, and the file it was made of with the checksum of that."""
    own = Source(kind="run", id=run.label, label=f"Lượt đối soát {run.label}", sha256=run.result_sha256)
    return own, file_source(delivery, known)


def file_source(delivery: DeliveryInfo, known: Contracts) -> Source:
    """Return a delivered file as the source of a number."""
    return Source(
        kind="delivery",
        id=f"N{delivery.id}",
        label=f"{known.contract(delivery.source).title.vi}, kỳ {clock.as_read(delivery.period)}",
        sha256=delivery.file_sha256,
        file_name=delivery.file_name,
    )


def _first_of_month(month: str) -> date:
    try:
        return date.fromisoformat(f"{month}-01")
    except ValueError as problem:
        raise BadInput(
            f"Tháng «{month}» phải viết như 2022-09.", f"Write the month {month!r} like 2022-09."
        ) from problem


def span_of(group: GroupInfo, month: str) -> Span:
    """Return the span of data of the report due in a month: the group's local rule, else the month before."""
    start = _first_of_month(month)
    last_day_before = date.fromordinal(start.toordinal() - 1)
    rule = adoption.local_rule(group.id, SPAN_GAP, start)
    day = rule.value.get("from_day") if rule and isinstance(rule.value, dict) else None
    if rule is None or not isinstance(day, int):
        words = "quy ước mặc định của hệ thống: tháng dương lịch liền trước"
        return Span(since=last_day_before.replace(day=1), until=last_day_before, rule=words)
    return Span(
        since=last_day_before.replace(day=min(day, last_day_before.day)),
        until=start.replace(day=day - 1) if day > 1 else last_day_before,
        rule=f"quy ước số {rule.number} của tổ, ngày {rule.adopted_on:%d/%m/%Y}",
    )


def _newest(found: Iterable[RunInfo]) -> tuple[RunInfo, ...]:
    """Keep the newest run of each delivery: a repeated matching is not counted twice."""
    return tuple({run.delivery_id: run for run in found}.values())


def _material(group: GroupInfo, span: Span) -> Material:
    counted = work.counts(group.id, span.instants)
    names = ("opened", "done_in_time", "done_late", "open", "overdue", "reopened")
    found = work.tasks_for_flow(task_id for name in names for task_id in getattr(counted, name))
    listed = sources.deliveries_between(group.id, span.since, span.until)
    return Material(
        group=group,
        span=span,
        deliveries=tuple(one for one in listed if one.state != "refused"),
        runs=_newest(matching.runs_between(group.id, span.since, span.until)),
        tasks={name: tuple(found[task_id] for task_id in getattr(counted, name)) for name in names},
        findings=corrections.counts(group.id, span.instants),
        contracts=sources.contracts(group.id, clock.today(group)),
    )


def _nothing(group: GroupInfo, span: Span) -> Source:
    """Return the source of a nought: that the list of the span is empty is a fact of the group's own records."""
    return Source(
        kind="records", id=group.slug, label=f"Sổ theo dõi của tổ, {span.since:%d/%m/%Y} – {span.until:%d/%m/%Y}"
    )


def gather(group: GroupInfo, month: str) -> FactSheet:
    """Gather the facts of the report due in a month."""
    return _sheet(material_of(group, month), month)


def material_of(group: GroupInfo, month: str) -> Material:
    """Return what the reports due in a month are counted from, read once for the group and all its agencies."""
    return _material(group, span_of(group, month))


def of_agency(material: Material, month: str, agency: str) -> FactSheet:
    """Gather the facts of one agency's report due in a month."""
    return _sheet(material.of_agency(agency), month)


def _sheet(material: Material, month: str) -> FactSheet:
    group, span = material.group, material.span
    base = _nothing(group, span)
    made = [fact for counted in PROVIDERS for fact in counted(material, base)]
    extra, laid = tables.lay(material, base)
    return FactSheet(
        group_id=group.id,
        month=month,
        since=span.since,
        until=span.until,
        span_rule=span.rule,
        facts=(*made, *extra),
        tables=laid,
        words=_words(material),
    )


def fact(code: str, label: str, value: float | str, found: Iterable[Source], base: Source) -> Fact:
    """Return one number with its sources; one that counts nothing rests on the group's own records."""
    listed = tuple(dict.fromkeys(found))
    return Fact(code=code, label=label, value=value, sources=listed or (base,))


def _deliveries(material: Material, base: Source) -> list[Fact]:
    files = [file_source(one, material.contracts) for one in material.deliveries]
    registers = {run.register_id: population.register(run.register_id) for run in material.runs}
    snapshots = [one for one in registers.values() if not one.answers]
    newest = max(snapshots, key=lambda one: one.as_of, default=None)
    made = [
        fact("nop.so_lan", "Số lần nộp dữ liệu", len(files), files, base),
        fact("nop.so_dong", "Số dòng dữ liệu nộp", sum(one.rows for one in material.deliveries), files, base),
        fact("nop.cach_ly", "Số dòng tách riêng", sum(one.quarantined for one in material.deliveries), files, base),
    ]
    if newest:
        held = [Source(kind="register", id=f"S{newest.id}", label="Sổ dân cư", sha256=newest.sha256)]
        made += [
            fact("so.ngay", "Ngày của sổ dân cư", f"{newest.as_of:%d/%m/%Y}", held, base),
            fact("so.so_nguoi", "Số người trong sổ dân cư", newest.rows, held, base),
        ]
    return made


def _results(material: Material, base: Source) -> list[Fact]:
    found = [source for run in material.runs for source in material.of_run(run)]
    rows = sum(run.rows for run in material.runs)

    def count(*codes: str) -> int:
        return sum(run.counts.get(code, 0) for run in material.runs for code in codes)

    named = (
        ("kq.khop", "Dòng khớp một người", count(*MATCHED)),
        ("kq.ti_le_khop", "Tỉ lệ khớp (%)", round(100 * count(*MATCHED) / rows, 1) if rows else 0.0),
        ("kq.sai_lech", "Dòng khớp nhưng có sai lệch", count("KHOP_SAI_LECH")),
        ("kq.nghi_van", "Dòng nghi vấn", count("NGHI_VAN")),
        ("kq.khong_thay", "Dòng không tìm thấy", count("KHONG_TIM_THAY")),
        ("kq.trung", "Dòng trùng", count("TRUNG")),
        ("kq.da_chet", "Dòng ghi người đã chết", count("DA_CHET")),
        ("kq.da_chuyen", "Dòng ghi người đã chuyển đi", count("DA_CHUYEN_DI")),
    )
    return [fact(code, label, value, found, base) for code, label, value in named]


def _task_sources(tasks: Iterable[TaskInfo]) -> list[Source]:
    return [Source(kind="task", id=task.ref, label=task.title, sha256=task.permit) for task in tasks]


def _tasks(material: Material, base: Source) -> list[Fact]:
    named = (
        ("nv.giao", "Nhiệm vụ giao trong kỳ", "opened"),
        ("nv.xong_dung_han", "Nhiệm vụ hoàn thành đúng hạn", "done_in_time"),
        ("nv.xong_tre", "Nhiệm vụ hoàn thành trễ", "done_late"),
        ("nv.dang_mo", "Nhiệm vụ đang thực hiện", "open"),
        ("nv.qua_han", "Nhiệm vụ quá hạn", "overdue"),
    )
    return [
        fact(code, label, len(material.tasks[name]), _task_sources(material.tasks[name]), base)
        for code, label, name in named
    ]


def _findings(material: Material, base: Source) -> list[Fact]:
    counted = material.findings
    found = material.of_labels(told.run_id for told in counted.runs)
    left = material.of_labels(told.run_id for told in counted.left_open.values())
    said_so = work.claims(material.group.id, material.span.instants)
    claims = [one for one in said_so if material.agency in {"", one.agency}]
    orders = corrections.orders_of_tasks(claim.task_id for claim in claims)
    said = [
        SaidFixed(order_id=orders[claim.task_id], at=claim.at, count=claim.count)
        for claim in claims
        if claim.task_id in orders
    ]
    # An agency says how far it is, again and again: before one run its last word alone counts.
    told = {(one.order_id, one.run_id): one for one in corrections.check_claims(material.group.id, said)}
    checked = [one for one in told.values() if one.proved is not None]
    checks = material.of_labels(one.run_id or "" for one in checked)
    late = [one for one in material.tasks["overdue"] if one.origin is Origin.FINDING]
    return [
        fact("sl.moi", "Sai lệch phát hiện mới", counted.in_span.new, found, base),
        fact("sl.chung_minh", "Sai lệch được chứng minh đã sửa", counted.in_span.proved, found, base),
        fact("sl.mo_lai", "Sai lệch xuất hiện trở lại", counted.in_span.reopened, found, base),
        fact("sl.con_mo", "Sai lệch chưa sửa cuối kỳ", counted.open_at_end, left, base),
        fact("sl.khai_sai", "Sai lệch báo đã sửa nhưng chưa sửa", sum(one.false for one in checked), checks, base),
        fact("sl.don_qua_han", "Đơn sửa quá hạn", len(late), _task_sources(late), base),
    ]


def _quality(material: Material, base: Source) -> list[Fact]:
    """Tell the worst of all lists on each axis: never an average."""
    measured = [(run, scores.for_work(run.id)) for run in material.runs]
    made = []
    for axis in scores.AXES:
        told = [(worst.share, run) for run, known in measured if (worst := scores.measure_of_axis(known, axis))]
        shares = [(share, run) for share, run in told if share is not None]
        if shares:
            share, run = min(shares, key=lambda pair: pair[0])
            label = f"Chất lượng dữ liệu thấp nhất: {axis.vi} (%)"
            found = (*material.of_run(run), *_frozen(run))
            made.append(fact(f"cl.{axis.code}", label, round(100 * share, 1), found, base))
    return made


def _frozen(run: RunInfo) -> tuple[Source, ...]:
    """Return the frozen scores of a run's month as a source, where they count this very run."""
    kept = month_scores.for_work(run.group_id, run.period)
    if kept is None or kept.runs.get(run.source) != run.id:
        return ()
    label = f"Bảng điểm tháng {clock.as_read(run.period)} đã chốt"
    return (Source(kind="month_scores", id=f"BD-{run.period}", label=label, sha256=kept.sha256),)


def _words(material: Material) -> dict[str, str]:
    group, span = material.group, material.span
    charter = adoption.charter_of(group.charter_line, clock.today(group))
    open_by_cause: dict[str, int] = {}
    for told in material.findings.left_open.values():
        for cause, tally in told.by_cause.items():
            open_by_cause[cause] = open_by_cause.get(cause, 0) + tally.open_after
    names = corrections.causes()
    worst = sorted((item for item in open_by_cause.items() if item[1]), key=lambda item: (-item[1], item[0]))[:3]
    return {
        "charter": charter.title,
        "body": charter.body.short_name,
        "since": f"{span.since:%d/%m/%Y}",
        "until": f"{span.until:%d/%m/%Y}",
        "span_rule": span.rule,
        "top_causes": "; ".join(names[cause].vi[:1].lower() + names[cause].vi[1:] for cause, _ in worst),
        "place": offices.group_by_id(group.id).short_name,
    }


def _registers(material: Material, base: Source) -> list[Fact]:
    return [] if material.agency else register_facts(material.group, material.span.instants, base)


def _money(material: Material, _: Source) -> list[Fact]:
    return [] if material.agency else list(money_of(material.group, material.span.since, material.span.until))


# What the rooms tell of a span, one function a room: another room joins by its own line. A provider that tells of the
# group as a whole returns nothing where the material is narrowed to one agency (`material.agency`).
Provider = Callable[[Material, Source], list[Fact]]
PROVIDERS: tuple[Provider, ...] = (_deliveries, _results, _tasks, _findings, _quality, _registers, _money)
