"""Two groups in one installation, each with its own people, lists, tasks, reports and papers."""

from __future__ import annotations

import csv
import hashlib
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.test import Client, override_settings

from dean06.adoption import service as adoption
from dean06.adoption.service import Plan as Ending
from dean06.charter.types import Citation, ObjectRef
from dean06.clock import service as clock
from dean06.conduct.service import commendations, violations
from dean06.conduct.service import replacements as conduct
from dean06.conduct.types import Honoured, NewCommendation
from dean06.corrections import service as corrections
from dean06.demo import pki
from dean06.demo import service as demo
from dean06.demo.signers import SECRET
from dean06.flows import (
    acknowledging,
    addressing,
    agency_reporting,
    answer_files,
    budgeting,
    chartering,
    commending,
    contracting,
    correcting,
    delegating,
    disputing,
    doubting,
    duties,
    enriching,
    entering_keys,
    explaining,
    feeding,
    funding,
    keeping,
    looking,
    looking_up,
    machine_accounts,
    matters,
    measuring,
    ordering,
    packaging,
    paper_signing,
    paperwork,
    planning,
    receiving,
    replacing,
    reporting,
    reviewing,
    sampling,
    scorecards,
    seating,
    sending,
    setup,
    spending,
    submitting,
    succession,
    task_work,
    tasking,
    telling,
    templates,
    tracking,
    violating,
    visiting,
)
from dean06.flows.answer_files import AnswerRow
from dean06.flows.authority import Act, permit, system_permit
from dean06.flows.desk import overseers
from dean06.flows.setup import Member
from dean06.flows.tasking import Wanted
from dean06.flows.tracking import NewWork
from dean06.flows.tracking import Said as Said_
from dean06.funds.service import budgets, journal
from dean06.funds.service import sources as fund_sources
from dean06.funds.service import spending as fund_requests
from dean06.funds.types import Close, EstimateLine
from dean06.funds.types import Paper as FundPaper
from dean06.jobs.models import Job
from dean06.machines.service import accounts as machine_book
from dean06.machines.service import calls as machine_calls
from dean06.machines.service import hooks as machine_hooks
from dean06.machines.types import Event, NewHook, NewMachine, Scope
from dean06.meetings.service import meetings
from dean06.notices.models import Notice
from dean06.offices import service as offices
from dean06.offices.service import absences, acknowledgements, agencies, delegations, seals, seats
from dean06.offices.types import Instrument, NewDelegation, NewGroup, NewSeal, Viewer
from dean06.papers.edxml.reading import open_packet
from dean06.papers.edxml.writing import write
from dean06.papers.service import addressing as book
from dean06.papers.service import dispatching, documents, drafts, forms, handing_in, incoming, pieces, withdrawing
from dean06.papers.service.addressing import Address, Channel, Organ, Place
from dean06.papers.service.incoming import Attachment, NewIncoming
from dean06.papers.service.keeping import work_files
from dean06.papers.service.keys import NewKey
from dean06.papers.service.withdrawing import Kind, Withdraw
from dean06.papers.types import FileState, NewPiece, PieceKind
from dean06.reconcile.models import Desk, DeskDecision, DeskRow
from dean06.reconcile.service import desk_reading, desks, lookup_addresses, lookups, runs, samples
from dean06.reconcile.service import feeds as grants
from dean06.reconcile.service.feeds import NewFeed as NewGrant
from dean06.reconcile.types import FIELD, LINKS, NewThreshold, RowFilter
from dean06.reports.models import AgencyFile, InputFigure
from dean06.reports.service import months as reports
from dean06.reports.service import replies
from dean06.reports.service.replies import Said
from dean06.sources import service as sources
from dean06.sources.service import feeds
from dean06.sources.service.feeds import NewFeed
from dean06.work.models import Matter, Plan, PlanLine, SavedFilter, TaskFile
from dean06.work.service import registers
from dean06.work.service import tasks as work
from dean06.work.service.registers import Change, Choice, Level
from dean06.work.types import Filters, NewDirective, NewLine, NewMatter, NewPlan, Origin, PlanKind
from dean06.work.types import Said as Told
from flows import money
from flows.conftest import SEATS, Office, at, found
from papers.packets import edoc
from web.met import met

SINCE = date(2022, 5, 20)
DAY = date(2022, 8, 20)
MONTH = "2022-08"
HEIRS_LINE = "quang-ninh-2022"
AXIS = "http://127.0.0.1:9"  # nothing answers there


@dataclass(frozen=True)
class Held:
    """Ids of what a group holds, for addresses, and words that must stay inside it."""

    task: int
    order: int
    delivery: int
    run: int
    paper: int
    report: int
    register: int
    job: int
    reply: int
    draft: int
    succession: int
    file: int
    piece: int
    hand_in: int
    sent: int
    letter: int
    asked: int
    seat: int
    post: int
    seal: int
    delegation: int
    absence: int
    appointment: int
    replacement: int
    owner: str
    incoming: int
    comment: int
    meeting: int
    running: int
    round: int
    matter: int
    plan: int
    line: int
    filter: int
    entry: int
    evidence: int
    shown: int
    source: int
    movement: int
    spending: int
    payment: int
    budget: int
    commendation: int
    violation: int
    attached: int
    figure: int
    finding: int
    proposal: int
    feed: int
    grant: int
    machine: str
    hook: str
    lookup: str
    fingerprint: str
    sample: int
    reviewed: int
    field_check: int
    commune: str
    sheet: int
    dispute: int
    secrets: tuple[str, ...]
    notice: int = 0


def viewer(office: Office, role: str = "leader") -> Viewer:
    """What somebody of a group may see in August 2022."""
    return offices.viewer(office.account(role), DAY)


def client(office: Office, role: str = "leader", agency: str = "", *, csrf: bool = False) -> Client:
    """A browser in which somebody of the group has signed in."""
    browser = Client(enforce_csrf_checks=csrf)
    person = get_user_model().objects.get(public_id=office.account(role, agency))
    browser.force_login(person, "django.contrib.auth.backends.ModelBackend")
    return browser


def _each(office: Office, agency: str) -> None:
    """Let every room hold something of the group."""
    _tracked(office, agency)
    _money(office)
    _conduct(office)
    _files_kept(office)
    _tasked(office)
    _doubted(office)
    _handed(office)
    _speaks(office)
    _sampled(office)
    _reviewed(office)
    _scored(office)
    _fed(office, "bhyt", agency)
    _contracted(office, agency)
    _posted(office)


def at_work(office: Office, source: str = "bhyt", agency: str = "BHXH") -> None:
    """Let two months pass: lists, faults, a proof, an agency's word, an absence, a local rule, a signed report."""
    leader = office.account("leader")
    with at(2022, 6, 1):
        ordering.assign_source(leader, office.group, source)
        setup.set_local_rule(leader, office.group, "G-20", {"1": 3, "2": 10, "3": 30})
    for month in ("2022-06", "2022-07"):
        office.load_register(month)
    office.deliver(source, agency, "2022-06")
    office.deliver(source, agency, "2022-07", demo.Fix(share=0.6, said=0.1))
    with at(2022, 8, 2):
        delegating.go_away(
            leader,
            office.group,
            offices.holders(office.group.id, DAY, role="leader")[0],
            (datetime(2022, 8, 25, tzinfo=UTC), datetime(2022, 8, 27, tzinfo=UTC)),
            ground="đi công tác",
        )
        task = next(one for one in tasks(office) if one.is_open)
        correcting.claim(office.account("member", agency), office.group, task.id, 1)
        _agency_reported(office, agency)
        measuring.enter(
            office.account("secretariat"),
            office.group,
            "2022-07",
            {"a.ho_so_dung_han": Decimal(9), "a.ho_so_den_han": Decimal(10)},
            note=f"Nguồn của {office.group.name}",
            file=(f"PK {office.group.slug}".encode(), "chi-tieu.xlsx"),
        )
        reporting.make(office.account("secretariat"), office.group, MONTH)
        reporting.issue(leader, office.group, MONTH)
        reporting.send(office.account("clerk"), office.group, MONTH)
        duties.freeze(office.account("standing_deputy"), office.group, "2022-07")
        _explain(office, agency)
        chartering.begin(office.account("secretariat"), office.group, chartering.CURRENT, "8.1", "đề nghị sửa")
        looking.page(viewer(office), runs_of(office)[0].id, RowFilter(), 1, purpose="kiểm tra kết quả")
        _each(office, agency)
        met(office)
        _machines(office, agency)
        _looked_up(office)
        ending = Ending(last_day=date(2022, 12, 31), successors=(heir(office),), choices={})
        _people(office, agency)
        succession.begin(office.account("secretariat"), office.group, ending)
    Job.objects.create(
        group_id=office.group.id,
        kind="intake",
        object_id=str(office.delivered["2022-07"]),
        account=office.account("member", agency),
        asked_at=clock.now(),
        state=Job.State.DONE,
    )


def doubtful(office: Office) -> list[int]:
    """Give the open findings of the group on which the register may be doubted."""
    found = corrections.findings(viewer(office), office.group.id, see_all=overseers_of(office), size=500).items
    return [one.id for one in found if one.rule in corrections.DOUBTED and one.closed_at is None]


def _doubted(office: Office) -> None:
    """Let the support apparatus propose that the register be corrected."""
    said = doubting.Said(ground="giay_to_goc", kept_at=f"Hồ sơ của {office.group.name}")
    doubting.propose(viewer(office, "secretariat"), office.group, doubtful(office)[0], said)


def _handed(office: Office) -> None:
    """Let an agency take a package of its rows, and say of one that it is not its own."""
    order = packaging.open_orders(viewer(office), office.group)[0]
    seen = viewer(office, f"member:{order.agency}")
    packaging.hand_over(seen, office.group, order.agency, "zip")
    row = AnswerRow(
        number=2,
        finding=corrections.open_findings([order.id])[0].fingerprint,
        seen="",
        disposition="not_ours",
        reason="",
        reference=f"12/{office.group.slug}",
    )
    sheet = visiting.draw_up(seen, office.group, order.id)[0]
    visits = visiting.open_sheet(seen, office.group, sheet.id, purpose=f"xác minh, {office.group.slug}")
    visiting.print_out(seen, office.group, sheet.id, purpose=f"in phiếu, {office.group.slug}")
    visiting.record(seen, office.group, sheet.id, (visits[0].id, visits[0].place), "khac", f"Trị {office.group.name}")
    answer_files.take_in(seen, office.group, hashlib.sha256(office.group.slug.encode()).hexdigest(), [row])


def _speaks(office: Office) -> None:
    """Let the leader grant a source its feed; nothing has filled it yet."""
    new = NewGrant(
        group_id=office.group.id,
        source="thue-bao",
        basis=f"Thỏa thuận của {office.group.name}",
        purposes=("bao_ho_so",),
        since=date(2022, 8, 1),
    )
    enriching.grant(viewer(office), office.group, new)


def _sampled(office: Office) -> None:
    """Let the support apparatus draw both samples of the newest run and read the first link."""
    me, run = viewer(office, "secretariat"), runs_of(office)[0]
    links = sampling.draw(me, office.group, run.id, LINKS)
    sampling.draw(me, office.group, run.id, FIELD)
    sampling.answer(me, links, 1, "dung", purpose=f"Đọc mẫu của {office.group.name}")


def _reviewed(office: Office) -> None:
    """Let the support apparatus open the desk of a run that has doubts, and decide a row.

    Where no list left any, a desk is laid by hand: what is walked is who sees it.
    """
    me, why, run = viewer(office, "secretariat"), f"Duyệt của {office.group.name}", reviewed_run(office)
    if runs.for_work(run).counts.get(desks.DOUBTFUL):
        reviewing.open_desk(me, run, purpose=why)
        stt = desk_reading.take(me, run, desk_reading.Wanted())
        assert stt is not None
        reviewing.decide(me, run, stt, desk_reading.NONE_OF_THEM, purpose=why)
        return
    own = {"group_id": office.group.id}
    kept = {"account": me.account, "opened_at": clock.now(), "seed": "0" * 64, "share": 0.1, "entry": 0}
    desk = Desk.objects.create(**own, run_id=run, **kept)
    row = DeskRow.objects.create(
        **own, desk=desk, place=1, stt=0, double=False, posterior=0.5, candidates=[], mark="0" * 64
    )
    DeskDecision.objects.create(**own, row=row, choice="0", at=clock.now(), account=me.account)


def reviewed_run(office: Office) -> int:
    """The newest run of the group with doubtful rows, else its newest."""
    told = runs_of(office)
    return next((one.id for one in told if one.counts.get(desks.DOUBTFUL)), told[0].id)


def _scored(office: Office) -> None:
    """Let the group decide a threshold, and July's scores be frozen."""
    new = NewThreshold(
        source="bhyt",
        measure="C3",
        value=Decimal("0.9"),
        from_day=date(2022, 8, 1),
        decision=f"15/KL-{office.group.slug}",
        decided_on=date(2022, 8, 1),
    )
    scorecards.decide(office.account("leader"), office.group, new)
    if scorecards.kept(office.group, "2022-07") is None:
        scorecards.freeze(office.account("standing_deputy"), office.group, "2022-07")


def _fed(office: Office, source: str, agency: str) -> None:
    """Let a folder that nobody has made yet feed a source: it is asked for and waits to be tried again."""
    new = NewFeed(
        name=f"Thư mục của {office.group.name}"[:60],
        source=source,
        agency=agency,
        kind="folder",
        settings={"thu_muc": "den"},
        secret="",
        schedule=feeds.Daily(at="02:00"),
        extent="full",
    )
    feed = feeding.set_up(office.account("secretariat"), office.group, new)
    feeding.pull_now(office.account("secretariat"), office.group, feed)
    feeding.pull(feed.id)


def _contracted(office: Office, agency: str) -> None:
    """Let an agency dispute a rule, and the group write the contract of a list and put one in force."""
    officer = offices.viewer(office.account("member", agency), DAY)
    about = ("the_tu_den", "han_the_den")
    disputing.dispute(officer, office.group, "bhyt", about, f"Luật sai, theo {office.group.name}")
    contracting.begin(officer, office.group, "bhyt")
    leader = viewer(office)
    draft = contracting.begin_new(leader, office.group, "hoi-rieng", f"Hội của {office.group.name}")
    contracting.adopt(leader, office.group, draft, DAY, f"Danh sách của {office.group.name}")


def _tasked(office: Office) -> None:
    """Let the group give a task by hand, take what shows it, be asked for time, and keep plans, matters, directives."""
    leader, secretariat, group = office.account("leader"), office.account("secretariat"), office.group
    said = NewDirective(words=f"{group.name} rà soát ngay", given_by="Tổ trưởng", given_on=date(2022, 8, 1))
    directive = matters.record_directive(leader, group, said)
    lead = next(key.partition(":")[2] for key in office.accounts if key.startswith("member:"))
    wanted = Wanted(
        title=f"Việc của {group.name}", lead=lead, due=DAY, origin=Origin.DIRECTIVE, origin_ref=directive.ref
    )
    task = tasking.assign(leader, group, wanted)
    shown = task_work.keep([(f"ảnh {group.slug}".encode(), f"cua-{group.slug}.png")])
    told = Told(percent=30, words=f"{group.name} đang làm", files=shown)
    task_work.report(secretariat, group, task.id, told)
    task_work.ask_extension(secretariat, group, task.id, date(2022, 9, 1), f"{group.name} chờ số liệu")
    matters.raise_matter(secretariat, group, NewMatter(title=f"Việc cần quyết của {group.name}"))
    new = NewPlan(kind=PlanKind.PLAN, year=DAY.year, title=f"Kế hoạch của {group.name}")
    made = planning.begin(secretariat, group, new, reason="bộ máy giúp việc soạn")
    line = NewLine(key="mot", content=f"Dòng của {group.name}", lead=lead, due=date(2022, 12, 31))
    planning.put_lines(secretariat, group, made, [line])
    digest = work.filter_digest(f"Lọc của {group.name}", "xem=mo", shared=True)
    obj = ObjectRef(kind="filter", id=f"{group.slug}:bo-loc", digest=digest)
    by = permit(Act(account=leader, group=group, action="filter.keep", obj=obj))
    work.keep_filter(by, group.id, f"Lọc của {group.name}", "xem=mo", shared=True)


def _tracked(office: Office, agency: str) -> None:
    """Let the group keep a register: an issue with its solution, evidence and task, and a code of the group's own."""
    group, member = office.group, office.account("member", agency)
    codes = {"nguyen_nhan": (("to_rieng", f"Riêng của {group.name}", "own"),)}
    tracking.choose(office.account("secretariat"), group, Choice(register="vuong-mac", since=DAY, added=codes))
    values = {"ten": f"Vướng của {group.name}", "nguyen_nhan": "ha_tang", "co_quan": agency, "han": "2022-08-15"}
    made = tracking.open_entry(member, group, "vuong-mac", values, Said_(reason="ghi theo phản ánh"))
    asked = Change(revision=made.revision, values={"giai_phap": f"{group.name} đề xuất"})
    tracking.move(member, group, made.id, "de_xuat", asked, Said_(reason="quy chế để trống"))
    scan = f"ảnh vướng mắc {group.slug}".encode()
    tracking.put_file(member, group, made.id, (scan, "anh.png"), Level.ORDINARY)
    new = NewWork(title=f"Gỡ vướng của {group.name}", lead=agency, due=date(2022, 9, 30))
    tracking.make_task(office.account("leader"), group, made.id, new)


def _money(office: Office) -> None:
    """Let a year of money be closed, and this one be allotted, asked for, paid, estimated, put together."""
    police, group, reason = office.account("standing_deputy"), office.group, "việc của năm"
    for year in (2021, 2022):
        money.source(office, police, 5_000_000, year=year, reason=reason)
    closed = FundPaper(label="31/BB", dated=date(2022, 7, 1))
    funding.close(police, group, Close(year=2021, paper=closed), reason=reason)
    line = fund_sources.of_flow(group.id, 2022)[0].lines[0].id
    asked = money.ask(office, office.account("secretariat"), line, 600_000)
    spending.approve(office.account("leader"), group, asked.id, by_law=True)
    spending.pay(police, group, asked.id, money.bill(200_000), reason=reason)
    line_ = EstimateLine(content=f"Máy quét của {group.name}", ground="Kế hoạch", quantity=1, unit="cái", price=900)
    member = office.account("member", "BHXH")
    budgeting.write(member, group, 2023, "BHXH", (line_,))
    budgeting.send(member, group, 2023, "BHXH")
    budgeting.consolidate(office.account("secretariat"), group, 2023, reason=reason)
    budgeting.propose_mechanism(office.account("leader"), group, f"Duy trì {group.name}", "Bố trí.", reason=reason)


def _conduct(office: Office) -> None:
    """Let somebody be proposed for a commendation, and a violation be recorded and looked at."""
    group, leader = office.group, office.account("leader")
    new = NewCommendation(
        group_id=group.id,
        ref="",
        title=f"Thành tích của {group.name}",
        form="Giấy khen",
        ground="Kết quả tháng 7",
        since=date(2022, 7, 1),
        until=date(2022, 7, 31),
        honoured=(Honoured(agency="BHXH", deeds="Sửa xong dữ liệu."),),
        commitment="",
    )
    commending.propose(office.account("secretariat"), group, new, reason="theo kết quả")
    told = violating.entered(
        group,
        name=f"Người của {group.name}",
        post="Chuyên viên",
        agency="BHXH",
        acts="Cho mượn tài khoản.",
        rules="Điều 4",
        happened_on=date(2022, 7, 1),
    )
    violating.look(leader, group, violating.record(leader, group, told), "kiểm tra hồ sơ")


def _agency_reported(office: Office, agency: str) -> None:
    """Let an agency send its report with a file beside it, and the collector take it in."""
    member, group = office.account("member", agency), office.group
    words = {key: f"{key} của {group.name}" for key in ("chi_dao", "du_lieu", "thang_toi")}
    agency_reporting.begin(member, group, MONTH, agency)
    agency_reporting.write(member, group, MONTH, agency, words, {})
    agency_reporting.attach(member, group, MONTH, agency, (f"PK tep {group.slug}".encode(), "phu-luc.xlsx"))
    agency_reporting.send(member, group, MONTH, agency, reason="theo yêu cầu của Tổ trưởng")
    agency_reporting.receive(office.account("standing_deputy"), group, MONTH, agency, reason="Tổ trưởng giao")


def _people(office: Office, agency: str) -> None:
    """Let the group delegate, enter a seal, read its charter, name a post, and ask for another member."""
    leader, secretary, group = office.account("leader"), office.account("secretariat"), office.group
    held = {one.role: one.seat_id for one in offices.holders(group.id, DAY)}
    span = (datetime(2022, 9, 5, tzinfo=UTC), datetime(2022, 9, 7, tzinfo=UTC))
    new = NewDelegation(
        from_seat=held["leader"],
        to_seat=held["standing_deputy"],
        since=span[0],
        until=span[1],
        ground=f"{group.name} cần",
    )
    delegating.grant(leader, group, new)
    seal = NewSeal(agency="PC", name=f"Dấu của {group.name}", custodian=f"Người giữ của {group.name}", since=SINCE)
    seating.enter_seal(secretary, group, seal, (b"%PDF-1.7 dau", "dau.png"))
    mine = offices.holders(group.id, DAY, role="member", agency=agency)[0]
    charter = adoption.charter_of(group.charter_line, DAY)
    acknowledging.acknowledge(office.account("member", agency), group, charter.hash)
    (first, *_) = [one for one in acknowledging.addressees(group)[0] if one.seat.id != mine.seat_id]
    acknowledging.enter_paper(secretary, group, first.appointment.id, date(2022, 8, 1), (b"to ky nhan", "to.png"))
    acknowledging.remind(secretary, group, ())
    seating.set_post(secretary, group, agency, f"Chức vụ của {group.name}", is_head=True)
    change = Member(
        role="agency_head",
        agency=agency,
        holder=f"Thủ trưởng của {group.name}",
        post=f"Chức vụ của {group.name}",
        since=SINCE,
        instrument=Instrument(number="9/QĐ", on=SINCE),
    )
    seating.sit(secretary, group, change)
    with at(2022, 12, 30):
        late = replacing.not_done(offices.viewer(leader, date(2022, 12, 30)), group, agency)[agency]
        made = replacing.put_forward(leader, group, mine.seat_id, [one.id for one in late], f"{group.name} chậm")
        replacing.write_letter(secretary, group, made.id)


def _files_kept(office: Office) -> None:
    """Let the group issue its list of files, keep one open with a document in it, and hand another in."""
    clerk, group = office.account("clerk"), office.group
    keeping.propose(clerk, group, DAY.year)
    keeping.issue_list(office.account("leader"), group, DAY.year, "02/QĐ-TCTĐA", date(2022, 8, 1))
    first, second, *_ = work_files(viewer(office), group.id, DAY.year)
    said = NewPiece(kind=PieceKind.UPLOAD, ref="-", title=f"Ảnh chụp của {group.name}", author=group.name, pages=1)
    for one in (first, second):
        keeping.open_file(clerk, group, one.id)
        keeping.put_upload(clerk, group, one.id, (f"ảnh {group.slug} {one.id}".encode(), "anh.png"), said)
    keeping.close(clerk, group, second.id, date(2022, 8, 2))
    keeping.hand_in(clerk, group, [second.id], "đầy đủ")


def _posted(office: Office) -> None:
    """Let the group put a paper before its leader, send and take back another, and take in what came to it."""
    clerk, leader, group = office.account("clerk"), office.account("leader"), office.group
    where = Place(url=AXIS, system_id=f"may-{group.slug}", organ=Organ(code="H99.3", name=group.name))
    with override_settings(AXES=(AXIS,)):
        addressing.connect(clerk, group, where, f"khoa-cua-{group.slug}")
    to = f"Nơi nhận của {group.name}"
    addressing.set_address(clerk, group, Address(name=to, channel=Channel.PAPER, since=SINCE))
    addressing.set_list(clerk, group, f"Danh sách của {group.name}", [to])
    seat = offices.holders(group.id, DAY, role="standing_deputy")[0].seat_id
    paper_signing.ask_signature(office.account("secretariat"), group, _drafted(office, "số liệu tháng 8"), seat)
    sent = paper_signing.issue_by_hand(leader, group, _drafted(office, "số liệu tháng 7")).id
    sending.queue(clerk, group, sent, [to])
    (one,) = dispatching.of_paper(viewer(office), sent)
    sending.mark(clerk, group, sent, one.id, dispatching.State.SENT)
    sending.withdraw(leader, group, Withdraw(paper_id=sent, kind=Kind.RECALL, reason=f"{group.name} ghi sai"))
    _drafted(office, "số liệu tháng 9")
    _came(office)
    _worded(office)


def _worded(office: Office) -> None:
    """Let the group word a form anew, and its leader enter a key."""
    group, words = office.group, forms.form("inspection_plan").template
    own = words.model_copy(update={"closing": f"Trên đây là Kế hoạch năm {{year}} của {group.name}"})
    templates.set_words(office.account("secretariat"), group, "inspection_plan", own)
    leader = offices.holders(group.id, DAY, role="leader")[0]
    holder = pki.Holder(f"{group.slug}-truong", leader.holder, group.name)
    file = pki.make(Path(settings.HOME), (), ()).issue(holder).read_bytes()
    entering_keys.enter_own(office.account("leader"), group, NewKey(kind="pkcs12", file=file), SECRET)


def _drafted(office: Office, subject: str) -> int:
    """Return the number of a letter that somebody commented on, appraised where the charter wants that."""
    code, group = "urging_letter", office.group
    said = {key: str(value) for key, value in forms.form(code).examples().items() if isinstance(value, date)}
    facts = forms.form(code).examples() | said | {"subject": subject}
    paper_id = paperwork.begin(office.account("secretariat"), group, code, facts).id
    paperwork.comment(office.account("deputy"), group, paper_id, f"{group.name} góp ý")
    if paper_signing.GATE in adoption.charter_of(group.charter_line, DAY).index.tables:
        paperwork.appraise(office.account("deputy"), group, paper_id, "Đúng thẩm quyền.", agrees=True)
    return paper_id


def _came(office: Office) -> None:
    """Let a paper come by hand, another over the axis, and a packet that nobody can read."""
    group, scan = office.group, Attachment(name="quet.pdf", content=f"%PDF-1.7 {office.group.slug}".encode())
    new = NewIncoming(
        channel=Channel.PAPER,
        organ_name=f"Bên gửi cho {group.name}",
        label="15/UBND",
        dated=date(2022, 8, 1),
        kind="Công văn",
        abstract=f"gửi {group.name}",
        files=(scan,),
    )
    receiving.enter(office.account("clerk"), group, new)
    packet = write(edoc(subject=f"qua trục tới {group.name}", attachments=(scan,)))
    standing = book.standing(group.id)
    for content, opened in ((packet, open_packet(packet)), (b"hong", None)):
        sha256 = hashlib.sha256(content + group.slug.encode()).hexdigest()
        told = {"packet_id": sha256[:20], "sender": "H99.1", "sha256": sha256}
        arrived = incoming.Arrived(**told, opened=opened, problem=None)
        obj = incoming.packet_ref(group.slug, arrived)
        incoming.take(system_permit(group, receiving.TAKE_IN, obj, standing=standing), group.id, arrived)


def heir(office: Office) -> str:
    """Set up a group that may succeed one of the two; nobody sits in it."""
    slug = f"sau-{office.group.slug}"
    new = NewGroup(
        slug=slug,
        name="Tổ công tác về sau",
        short_name="Tổ về sau",
        level="commune",
        unit_code="19225",
        unit_on=SINCE,
        charter_line=HEIRS_LINE,
    )
    setup.found_group(office.admin, new, HEIRS_LINE)
    return slug


def _explain(office: Office, agency: str) -> None:
    """Let the agency, or else the leader for the group, explain the first duty of two months that takes a reply."""
    for month in ("2022-06", "2022-07"):
        for one in duties.obligations(office.group, month):
            by = {f"member:{agency}": ("member", agency), "group": ("leader", "")}.get(one.bearer)
            if by and one.status in ("late", "missed", "unrecorded"):
                duty = duties.duty_of(month, one)
                explaining.explain(office.account(*by), office.group, [duty], Said(text="Phần mềm hỏng."))
                return


def tasks(office: Office) -> list:
    """Every task of the group."""
    seen = viewer(office)
    charter = overseers_of(office)
    return list(work.tasks(seen, office.group.id, Filters(), see_all=charter, size=500).items)


def overseers_of(office: Office) -> frozenset[str]:
    return overseers(adoption.charter_of(office.group.charter_line, DAY))


def held(office: Office) -> Held:
    """What a group holds after `at_work`."""
    seen = viewer(office)
    task = next(one for one in tasks(office) if one.is_open and one.origin is Origin.FINDING)
    order = corrections.order_of_task(task.id)
    delivery = sources.deliveries(seen, office.group.id)[0]
    report = reports.report(seen, office.group.id, MONTH)
    paper = documents.paper(seen, report.paper_id)
    run = next(one for one in runs_of(office) if one.delivery_id == delivery.id)
    people = tuple(one.holder for one in offices.holders(office.group.id, DAY))
    entry = registers.entries_of_group(office.group.id, "vuong-mac")[0]
    secrets = (
        office.group.name,
        office.group.short_name,
        *people,
        delivery.file_name,
        delivery.file_sha256[:8],
        paper.pdf_sha256[:8],
        task.ref,
        entry.ref,
        order.ref,
        f"cua-{office.group.slug}.png",
    )
    kept = documents.papers(seen, office.group.id)
    running, meeting = meetings.meetings(seen, office.group.id).items
    file = next(one for one in work_files(seen, office.group.id) if one.state is FileState.OPEN)
    return Held(
        **_held_of_people(office),
        file=file.id,
        piece=pieces.pieces(seen, file.id)[0].id,
        hand_in=handing_in.hand_ins(seen, office.group.id)[0].id,
        letter=next(one.id for one in kept if one.form and one.state == "draft"),
        asked=next(one.id for one in kept if one.state == "asked"),
        sent=next(iter(withdrawing.standing(seen, office.group.id))),
        incoming=incoming.inbox(seen, office.group.id)[0].id,
        entry=entry.id,
        evidence=registers.evidence(seen, entry.id, see_all=overseers_of(office))[0].id,
        comment=next(one.id for paper in documents.papers(seen, office.group.id) for one in drafts.comments(paper.id)),
        meeting=meeting.id,
        running=running.id,
        round=meetings.rounds(seen, office.group.id)[0].id,
        **_of_money_and_conduct(office),
        task=task.id,
        order=order.id,
        delivery=delivery.id,
        run=run.id,
        paper=paper.id,
        report=report.id,
        register=run.register_id,
        job=Job.objects.get(group_id=office.group.id).pk,
        reply=replies.replies(office.group.id, ("2022-06", "2022-07"))[0].id,
        draft=adoption.drafts(office.group.id)[0].id,
        succession=adoption.successions(office.group.id)[0].id,
        matter=Matter.objects.get(group_id=office.group.id).pk,
        plan=Plan.objects.get(group_id=office.group.id).pk,
        line=PlanLine.objects.get(group_id=office.group.id).pk,
        filter=SavedFilter.objects.get(group_id=office.group.id).pk,
        shown=TaskFile.objects.get(group_id=office.group.id).pk,
        attached=AgencyFile.objects.get(group_id=office.group.id).pk,
        machine=machine_book.machines(seen, office.group.id, see_all=overseers_of(office))[0].public_id,
        hook=machine_hooks.hooks(seen, office.group.id, see_all=overseers_of(office))[0].public_id,
        lookup=lookup_addresses.addresses(seen, office.group.id)[0].public_id,
        fingerprint=corrections.open_findings([order.id])[0].fingerprint,
        finding=doubtful(office)[1],
        feed=feeds.feeds(seen, office.group.id)[0].id,
        proposal=corrections.proposals(seen, office.group.id)[0].id,
        grant=grants.feeds(seen, office.group.id)[0].id,
        **_held_of_samples(office),
        reviewed=reviewed_run(office),
        sheet=visiting.seen(seen, office.group)[0].id,
        dispute=sources.disputes(seen, office.group.id)[0].id,
        figure=InputFigure.objects.filter(group_id=office.group.id).earliest("pk").pk,
        secrets=secrets,
    )


def _held_of_samples(office: Office) -> dict[str, object]:
    seen = viewer(office)
    drawn = {one.kind: one.id for one in samples.samples(seen, office.group.id)}
    commune = next(iter(samples.communes(seen, drawn[FIELD])))
    return {"sample": drawn[LINKS], "field_check": drawn[FIELD], "commune": commune}


def told(office: Office, made: Held) -> Held:
    """Tell the leader of something, and add the number of that notice."""
    said = telling.Said(vi=f"Việc của {office.group.name} chờ.", en=f"A matter of {office.group.name} waits.")
    clause, to = Citation(article="7", clause="1"), telling.To(roles=("leader", "member"))
    here = telling.Address(route="tasks")
    telling.tell(office.group, to, "other", said, clause=clause, address=here, key="thu")
    leader = Notice.objects.get(group_id=office.group.id, key="thu", account=office.account("leader"))
    return replace(made, notice=leader.pk)


def _machines(office: Office, agency: str) -> None:
    """Give an agency's software an account and an address; it called once, and something waits to be told."""
    leader, slug = office.account("leader"), office.group.slug
    new = NewMachine(
        public_id=machine_book.new_id(),
        name=f"Phần mềm {slug}",
        agency=agency,
        scopes=(Scope.ORDERS, Scope.DISPOSITIONS),
        purpose="Nhận đơn sửa",
        ends_on=date(2023, 6, 30),
    )
    made, _ = machine_accounts.make(leader, office.group, new)
    machine_calls.record(made, "api-orders", "", 200, "đối chiếu đơn sửa")
    at_ = NewHook(public_id=machine_hooks.new_id(), agency=agency, url=f"https://93.184.216.34/{slug}")
    machine_accounts.make_hook(leader, office.group, at_)
    event = Event(key=f"{slug}:1", kind="dean06.order.assigned", subject=f"{slug}:1", at=clock.now(), data={"order": 1})
    machine_hooks.queue(office.group.id, agency, [event])


def _looked_up(office: Office) -> None:
    """Let the leader open an address of looking people up, and look one up under it."""
    why = f"rà soát danh sách của {office.group.name}"
    _, token = looking_up.open_address(viewer(office), office.group, purpose=why, source="bhyt", hours=4)
    with max(office.folder.glob("so-*.csv")).open(encoding="utf-8", newline="") as file:
        name = next(csv.DictReader(file))["ho_ten"]
    looking_up.match(looking_up.caller(token), [lookups.Question(rows=(lookups.Asked(ho_ten=name),), limit=3)], name)


def _of_money_and_conduct(office: Office) -> dict[str, int]:
    seen, group_id = viewer(office), office.group.id
    asked = fund_requests.requests(seen, group_id)[0][0]
    return {
        "source": fund_sources.of_flow(group_id, 2022)[0].id,
        "movement": journal.movements(seen, group_id)[0][-1].id,
        "spending": asked.id,
        "payment": fund_requests.request(seen, group_id, asked.id).payments[0].id,
        "budget": budgets.of_flow(group_id)[0].id,
        "commendation": commendations.commendations(seen, group_id)[0].id,
        "violation": violations.violations(seen, group_id, frozenset({"leader"}))[0].id,
    }


def _held_of_people(office: Office) -> dict[str, object]:
    """Ids of what a group holds of its people."""
    seen, group = viewer(office), office.group
    posts = [post for one in agencies.agencies_seen(seen, group.id) for post in one.posts]
    found = seats.seats_of(group.id, DAY)
    read = acknowledgements.acknowledged(seen, group.id, adoption.charter_of(group.charter_line, DAY).hash)
    return {
        "seat": next(one.id for one in found if one.role == "member"),
        "post": next(one.id for one in posts if group.name in one.title),
        "seal": seals.seals(seen, group.id)[0].id,
        "delegation": delegations.delegations_seen(seen, group.id)[0].id,
        "absence": absences.absences_seen(seen, group.id)[0].id,
        "appointment": next(one for one, done in read.items() if done.on_paper),
        "replacement": conduct.replacements(seen, group.id)[0].id,
        "owner": office.account("leader"),
    }


def runs_of(office: Office) -> list:
    return runs.runs(viewer(office), office.group.id)


def first(folder: Path) -> Office:
    """The group of a district, under the charter whose text is signed."""
    (folder / "a").mkdir()
    made = found("quang-ninh-2022", "to-a", folder / "a", persons=260)
    at_work(made)
    return made


def second(beside: Office, folder: Path) -> Office:
    """A group of another district beside it, under the charter that came without number and date."""
    (folder / "b").mkdir()
    package = "xuan-truong-2022"
    with at(2022, 5, 20):
        new = NewGroup(
            slug="to-b",
            name="Tổ công tác bên cạnh",
            short_name="Tổ bên cạnh",
            level="district",
            unit_code="364",
            unit_on=SINCE,
            charter_line=package,
        )
        group = setup.found_group(beside.admin, new, package)
        accounts = {}
        for role, agency, holder in SEATS:
            name = f"{holder} Bê"
            made = setup.open_account(beside.admin, f"b-{role}-{agency}", None, name)
            accounts[f"{role}:{agency}"] = made.public_id
            member = Member(role=role, agency=agency, holder=name, account=made.public_id, since=SINCE)
            setup.seat(beside.admin, group, member)
        for role in ("leader:PC", "standing_deputy:POL"):
            setup.confirm_instrument(accounts[role], group, "06/QĐ-THU", SINCE)
    world = demo.World(7, 260, package)
    office = Office(group=group, admin=beside.admin, accounts=accounts, world=world, folder=folder / "b")
    at_work(office)
    submitted(office)
    return office


def submitted(office: Office) -> None:
    """Let the group amend a clause and put it before the authority that issued its charter: made, signed, sent."""
    writer, (draft, *_) = office.account("secretariat"), adoption.drafts(office.group.id)
    article = dict(draft.files["dieu-05.yaml"])
    first, *rest = article["clauses"]
    article["clauses"] = [dict(first) | {"vi": "Tổ phó bên cạnh làm việc khác."}, *rest]
    with at(2022, 8, 3):
        draft = chartering.save(writer, office.group, draft, "dieu-05.yaml", article, seen=draft.revision)
        submitting.make(writer, office.group, draft, date(2022, 9, 1))
        submitting.issue(office.account("leader"), office.group, draft)
        submitting.send(office.account("clerk"), office.group, draft)
