"""What can be found, by which words, and by whom: the form of a provider, one a kind, and those of work and papers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol, TypeVar

from dean06.adoption import service as adoption
from dean06.catalogue.service import entries
from dean06.catalogue.types import Gone, NewEntry, Readers
from dean06.charter import service as charters
from dean06.charter.types import Provision
from dean06.clock import service as clock
from dean06.ledger import service as ledger
from dean06.offices import service as offices
from dean06.offices.types import GroupInfo
from dean06.papers.service import finding
from dean06.papers.service.finding import CameIn
from dean06.papers.types import PaperInfo, WorkFileInfo
from dean06.reports.service import months as reports
from dean06.work.service import tasks as work
from dean06.work.types import TaskInfo

__all__ = [
    "CLAUSES",
    "INCOMING",
    "PAPERS",
    "REPORTS",
    "TASKS",
    "WORK_FILES",
    "Provider",
    "agencies_in_words",
    "picked",
    "under",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """How things of one kind are entered.

    Attributes:
        kind: its name in the catalogue.
        vi: the kind as a page names it, in the plural; `en` the same in English.
        follows: kinds of object in the ledger whose acts touch such a thing.
        touched: what an act on an object changed; `Gone` where a thing is there no more.
        every: all of them in a group.
        whole: an act touches all of them together, so that what is not among them is gone.
        wide: kinds of object of which one act touches many things; those that stand as they were have not changed.
    """

    kind: str
    vi: str
    en: str
    follows: frozenset[str]
    touched: Callable[[GroupInfo, str], Iterable[NewEntry | Gone]]
    every: Callable[[GroupInfo], Iterable[NewEntry]]
    whole: bool = False
    wide: frozenset[str] = frozenset()


class Numbered(Protocol):
    """A thing with its number among its kind and the id that the ledger has of it."""

    @property
    def id(self) -> int: ...

    @property
    def ref(self) -> str: ...


N = TypeVar("N", bound=Numbered)


def picked(group: GroupInfo, kind: str, listed: Iterable[N], object_id: str) -> list[N]:
    """Return the thing of an id; where an act names no thing that is there, it made new ones: those not entered yet."""
    found = list(listed)
    newest = -1 if any(one.ref == object_id for one in found) else entries.greatest(group.id, kind)
    return [one for one in found if one.ref == object_id or -1 < newest < one.id]


def under(group: GroupInfo, kind: str, prefix: str, found: list[NewEntry]) -> list[NewEntry | Gone]:
    """Return the parts of a thing, whose keys begin with its own; whatever else was entered under it is gone."""
    stale = entries.keys_under(group.id, kind, prefix) - {one.key for one in found}
    return [*found, *(Gone(group_id=group.id, kind=kind, key=key) for key in sorted(stale))]


def agencies_in_words(codes: Iterable[str], names: Mapping[str, str]) -> str:
    """Return agencies by code and name, as they are looked for."""
    return " ".join(f"{code} {names.get(code, '')}" for code in codes if code)


def _task(group: GroupInfo, task: TaskInfo, names: Mapping[str, str]) -> NewEntry:
    agencies = (task.lead, *task.coordinating)
    return NewEntry(
        group_id=group.id,
        kind="task",
        key=task.ref,
        title=task.title,
        label=task.ref,
        words=agencies_in_words(agencies, names),
        codes=(str(task.number),),
        route="tasks-one",
        args=(task.id,),
        at=task.opened_at,
        readers=Readers(overseers=True, agencies=frozenset(agencies)),
    )


def _touched_task(group: GroupInfo, object_id: str) -> list[NewEntry]:
    _, _, number = object_id.partition(":")
    task = work.by_number(group.id, int(number)) if number.isdecimal() else None
    return [_task(group, task, offices.agency_names(group.id))] if task else []


def _every_task(group: GroupInfo) -> Iterator[NewEntry]:
    names = offices.agency_names(group.id)
    return (_task(group, task, names) for task in work.every(group.id))


def _paper(group: GroupInfo, paper: PaperInfo) -> NewEntry:
    number = str(paper.number) if paper.issued else ""
    return NewEntry(
        group_id=group.id,
        kind="paper",
        key=str(paper.id),
        title=paper.abstract,
        label=paper.label,
        words=" ".join((paper.signer, *paper.recipients)),
        codes=(number, paper.label) if number else (),
        route="papers-one" if paper.form else "papers-file",
        args=(paper.id,) if paper.form else (paper.id, "pdf"),
        at=paper.issued_at or paper.created_at,
    )


def _touched_paper(group: GroupInfo, object_id: str) -> list[NewEntry | Gone]:
    """Return a paper by its id; a new draft is named by its content, so those not entered yet are looked for."""
    if object_id.isdecimal():
        paper = finding.paper(group.id, int(object_id))
        return [_paper(group, paper) if paper else Gone(group_id=group.id, kind="paper", key=object_id)]
    return [_paper(group, one) for one in finding.papers_after(group.id, entries.greatest(group.id, "paper"))]


def _incoming(group: GroupInfo, one: CameIn) -> NewEntry:
    return NewEntry(
        group_id=group.id,
        kind="incoming",
        key=str(one.id),
        title=one.abstract,
        label=one.label,
        words=f"{one.organ} {one.kind} {one.handed_to}",
        codes=(str(one.number), one.label) if one.number else (one.label,),
        route="papers-incoming-one",
        args=(one.id,),
        at=one.arrived_at,
    )


def _touched_incoming(group: GroupInfo, object_id: str) -> list[NewEntry]:
    if object_id.isdecimal():
        one = finding.incoming(group.id, int(object_id))
        return [_incoming(group, one)] if one else []
    newest = entries.greatest(group.id, "incoming")
    return [_incoming(group, one) for one in finding.incoming_after(group.id, newest)]


def _touched_report(group: GroupInfo, object_id: str) -> list[NewEntry]:
    _, _, month = object_id.partition(":")
    report = reports.for_work(group.id, month)
    if report is None:
        return []
    title = f"Báo cáo tháng {clock.as_read(month)}"
    return [
        NewEntry(
            group_id=group.id,
            kind="report",
            key=object_id,
            title=title,
            label=clock.as_read(month),
            words=f"{group.short_name} {month}",
            codes=(month,),
            route="reports-one",
            args=(month,),
            at=clock.at_start_of(report.until),
        )
    ]


def _every_report(group: GroupInfo) -> Iterator[NewEntry]:
    for object_id in ledger.objects(group.slug, "report"):
        yield from _touched_report(group, object_id)


def _clauses(group: GroupInfo, _object_id: str = "") -> list[NewEntry]:
    """Return every clause of the text in force, as the page of its article shows it."""
    charter = adoption.charter_of(group.charter_line, clock.today(group), group.ending)
    at = clock.at_start_of(group.unit_on)
    return list(_walked(group, charter.provisions, at))


def _walked(group: GroupInfo, nodes: Iterable[Provision], at: datetime) -> Iterator[NewEntry]:
    for node in nodes:
        if node.cite is not None and (node.summary.vi or node.heading):
            cited, label = node.cite, charters.clause_label(node.cite)
            yield NewEntry(
                group_id=group.id,
                kind="clause",
                key=cited.dotted,
                title=node.summary.vi or node.heading,
                label=label,
                words=f"{node.heading} {node.summary.en}",
                codes=(cited.dotted, label),
                route="charter-article",
                args=(cited.article,),
                query={"khoan": cited.dotted} if cited.clause else {},
                fragment=f"d-{cited.dotted.replace('.', '-')}" if cited.clause else "",
                at=at,
            )
        yield from _walked(group, node.children, at)


def _work_file(group: GroupInfo, one: WorkFileInfo) -> NewEntry:
    return NewEntry(
        group_id=group.id,
        kind="work_file",
        key=str(one.id),
        title=one.title,
        label=one.symbol,
        words=f"{one.heading_title} {one.keeper} {one.note} {one.year}",
        codes=(one.symbol,),
        route="papers-work",
        args=(one.id,),
        at=one.opened_at or clock.at_start_of(date(one.year, 1, 1)),
    )


TASKS = Provider(
    kind="task",
    vi="Nhiệm vụ",
    en="Tasks",
    follows=frozenset({"task"}),
    touched=_touched_task,
    every=_every_task,
)
PAPERS = Provider(
    kind="paper",
    vi="Văn bản",
    en="Papers",
    follows=frozenset({"paper"}),
    touched=_touched_paper,
    every=lambda group: (_paper(group, one) for one in finding.papers_after(group.id, 0)),
)
INCOMING = Provider(
    kind="incoming",
    vi="Văn bản đến",
    en="Incoming papers",
    follows=frozenset({"incoming", "packet"}),
    touched=_touched_incoming,
    every=lambda group: (_incoming(group, one) for one in finding.incoming_after(group.id, 0)),
)
WORK_FILES = Provider(
    kind="work_file",
    vi="Hồ sơ công việc",
    en="Work files",
    follows=frozenset({"work_file", "hand_in", "file_list"}),
    touched=lambda group, _: [_work_file(group, one) for one in finding.work_files(group.id)],
    every=lambda group: [_work_file(group, one) for one in finding.work_files(group.id)],
    whole=True,
)
REPORTS = Provider(
    kind="report",
    vi="Báo cáo",
    en="Reports",
    follows=frozenset({"report"}),
    touched=_touched_report,
    every=_every_report,
)
CLAUSES = Provider(
    kind="clause",
    vi="Điều khoản",
    en="Clauses",
    follows=frozenset({"charter", "group", "charter_draft"}),
    touched=_clauses,
    every=_clauses,
    whole=True,
)
