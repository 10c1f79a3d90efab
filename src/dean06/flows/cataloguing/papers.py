"""Papers, those that came in, work files and reports as they are found; a restricted paper by its circle alone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from dean06.catalogue.service import entries
from dean06.catalogue.types import Gone, NewEntry, Readers
from dean06.clock import service as clock
from dean06.flows.cataloguing.shapes import Provider
from dean06.flows.circles import PAPERS as KEEPERS
from dean06.ledger import service as ledger
from dean06.offices.types import GroupInfo
from dean06.papers.service import circulation, finding
from dean06.papers.service.finding import CameIn
from dean06.papers.types import PaperInfo, WorkFileInfo
from dean06.reports.service import months as reports

__all__ = ["INCOMING", "PAPERS", "REPORTS", "WORK_FILES"]


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
        readers=_readers(paper),
    )


def _readers(paper: PaperInfo) -> Readers:
    """Return who finds a paper: everybody, or those for whom one of restricted circulation is."""
    if paper.circle is None:
        return Readers(everybody=True)
    seats, accounts = circulation.seats_of(paper.id)
    return Readers(
        agencies=paper.circle.agencies,
        seats=seats,
        accounts=accounts | ({paper.drafter} - {""}),
        circles=frozenset({KEEPERS}),
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
