"""Two groups in one installation, each with its own people, lists, tasks, reports and papers."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.test import Client, override_settings

from dean06.adoption import service as adoption
from dean06.adoption.service import Plan
from dean06.clock import service as clock
from dean06.conduct.service import replacements as conduct
from dean06.corrections import service as corrections
from dean06.demo import pki
from dean06.demo import service as demo
from dean06.demo.signers import SECRET
from dean06.flows import (
    acknowledging,
    addressing,
    chartering,
    correcting,
    delegating,
    duties,
    entering_keys,
    explaining,
    keeping,
    looking,
    ordering,
    paper_signing,
    paperwork,
    receiving,
    replacing,
    reporting,
    seating,
    sending,
    setup,
    submitting,
    succession,
    templates,
)
from dean06.flows.authority import system_permit
from dean06.flows.desk import overseers
from dean06.flows.setup import Member
from dean06.jobs.models import Job
from dean06.offices import service as offices
from dean06.offices.service import absences, acknowledgements, agencies, delegations, seals, seats
from dean06.offices.types import Instrument, NewDelegation, NewGroup, NewSeal, Viewer
from dean06.papers import service as papers
from dean06.papers.edxml.reading import open_packet
from dean06.papers.edxml.writing import write
from dean06.papers.service import addressing as book
from dean06.papers.service import dispatching, drafts, forms, handing_in, incoming, pieces, withdrawing
from dean06.papers.service.addressing import Address, Channel, Organ, Place
from dean06.papers.service.incoming import Attachment, NewIncoming
from dean06.papers.service.keeping import work_files
from dean06.papers.service.keys import NewKey
from dean06.papers.service.withdrawing import Kind, Withdraw
from dean06.papers.types import FileState, NewPiece, PieceKind
from dean06.reconcile.service import runs
from dean06.reconcile.types import RowFilter
from dean06.reports import service as reports
from dean06.reports.service import Said
from dean06.sources import service as sources
from dean06.work.service import tasks as work
from dean06.work.types import Filters
from flows.conftest import SEATS, Office, at, found
from papers.packets import edoc

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
    secrets: tuple[str, ...]


def viewer(office: Office, role: str = "leader") -> Viewer:
    """What somebody of a group may see in August 2022."""
    return offices.viewer(office.account(role), DAY)


def client(office: Office, role: str = "leader", agency: str = "", *, csrf: bool = False) -> Client:
    """A browser in which somebody of the group has signed in."""
    browser = Client(enforce_csrf_checks=csrf)
    person = get_user_model().objects.get(public_id=office.account(role, agency))
    browser.force_login(person, "django.contrib.auth.backends.ModelBackend")
    return browser


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
        reporting.make(office.account("secretariat"), office.group, MONTH)
        reporting.issue(leader, office.group, MONTH)
        reporting.send(office.account("clerk"), office.group, MONTH)
        duties.freeze(office.account("standing_deputy"), office.group, "2022-07")
        _explain(office, agency)
        chartering.begin(office.account("secretariat"), office.group, chartering.CURRENT, "8.1", "đề nghị sửa")
        looking.page(viewer(office), runs_of(office)[0].id, RowFilter(), 1, purpose="kiểm tra kết quả")
        _files_kept(office)
        _posted(office)
        _people(office, agency)
        ending = Plan(last_day=date(2022, 12, 31), successors=(heir(office),), choices={})
        succession.begin(office.account("secretariat"), office.group, ending)
    Job.objects.create(
        group_id=office.group.id,
        kind="intake",
        object_id=str(office.delivered["2022-07"]),
        account=office.account("member", agency),
        asked_at=clock.now(),
        state=Job.State.DONE,
    )


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
    task = next(one for one in tasks(office) if one.is_open)
    order = corrections.order_of_task(task.id)
    delivery = sources.deliveries(seen, office.group.id)[0]
    report = reports.report(seen, office.group.id, MONTH)
    paper = papers.paper(seen, report.paper_id)
    run = next(one for one in runs_of(office) if one.delivery_id == delivery.id)
    people = tuple(one.holder for one in offices.holders(office.group.id, DAY))
    secrets = (
        office.group.name,
        office.group.short_name,
        *people,
        delivery.file_name,
        delivery.file_sha256[:8],
        paper.pdf_sha256[:8],
        task.ref,
        order.ref,
    )
    kept = papers.papers(seen, office.group.id)
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
        comment=next(one.id for paper in papers.papers(seen, office.group.id) for one in drafts.comments(paper.id)),
        task=task.id,
        order=order.id,
        delivery=delivery.id,
        run=run.id,
        paper=paper.id,
        report=report.id,
        register=run.register_id,
        job=Job.objects.get(group_id=office.group.id).pk,
        reply=reports.replies(office.group.id, ("2022-06", "2022-07"))[0].id,
        draft=adoption.drafts(office.group.id)[0].id,
        succession=adoption.successions(office.group.id)[0].id,
        secrets=secrets,
    )


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
