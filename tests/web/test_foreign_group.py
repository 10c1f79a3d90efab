"""A foreign group's account visits every address and asks every face: nothing of the other group is seen.

An address, a face that takes a Viewer, or a table of a group that is not covered here fails the test.
"""

from __future__ import annotations

import importlib
import inspect
import logging
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.apps import apps
from django.db.models import Model
from django.urls import reverse

import dean06
from dean06.adoption import service as adoption
from dean06.catalogue.service import searching
from dean06.catalogue.types import Asked
from dean06.clock.errors import HouseError
from dean06.conduct.service import commendations, violations
from dean06.conduct.service import replacements as conduct
from dean06.corrections import service as corrections
from dean06.corrections.types import OrdersWanted
from dean06.flows import correcting, enriching, looking, reviewing
from dean06.funds.service import budgets, closings, estimates, journal, mechanisms
from dean06.funds.service import sources as fund_sources
from dean06.funds.service import spending as fund_requests
from dean06.jobs import service as jobs
from dean06.ledger.models import Entry
from dean06.machines.service import accounts as machine_book
from dean06.machines.service import hooks as machine_hooks
from dean06.meetings.service import calendars, meetings
from dean06.notices.service import inbox
from dean06.offices import service as offices
from dean06.offices.service import absences, acknowledgements, agencies, appointments, delegations, seals, seats
from dean06.papers.service import (
    addressing,
    circulation,
    dispatching,
    documents,
    drafts,
    handing_in,
    incoming,
    keeping,
    pieces,
    printing,
    registers,
    standing,
    withdrawing,
)
from dean06.papers.types import Issuer, Letterhead
from dean06.population import service as population
from dean06.reconcile.service import (
    desk_reading,
    desk_tallies,
    desks,
    diagnosis,
    faulty_rows,
    field_answers,
    field_sheets,
    looks,
    lookup_addresses,
    lookups,
    maps,
    month_scores,
    readings,
    reviewed,
    rows,
    runs,
    samples,
    scores,
    statements,
    summaries,
    thresholds,
)
from dean06.reconcile.service import feeds as grants
from dean06.reconcile.types import RowFilter, ToFix
from dean06.reports.service import agency_reports, figures, rollups
from dean06.reports.service import months as reports
from dean06.sources import service as sources
from dean06.sources.service import feeds, pulls
from dean06.web.urls import urlpatterns
from dean06.work.service import matters, plans
from dean06.work.service import registers as kept
from dean06.work.service import tasks as work
from dean06.work.types import Filters
from web.neighbours import DAY, MONTH, client, overseers_of, viewer

pytestmark = pytest.mark.long


def to_fix_of(held) -> ToFix:
    return ToFix(run=f"L{held.run}", stt=0, field="ho_ten", cause="xem")


HEAD = Letterhead(issuer=Issuer(body=("Tổ mẫu",)), place="Mẫu")
NOW = datetime(2022, 8, 20, tzinfo=UTC)
SINCE = datetime(2022, 1, 1, tzinfo=UTC)
LEADER = frozenset({"leader"})
LEADER_OF_ALL, MEMBER, KEEPER = ("leader", ""), ("member", "BHXH"), ("register_keeper", "")
READERS = (LEADER_OF_ALL, MEMBER, pytest.param(*KEEPER, marks=pytest.mark.proof))
# Whoever may do most opens nothing; that others, who may do less, open nothing either is walked in the proof.
MOST_POWERFUL = (LEADER_OF_ALL, *(pytest.param(*one, marks=pytest.mark.proof) for one in (MEMBER, KEEPER)))

# What stands for each parameter of an address: an id of the other group, or a word that belongs to nobody.
IDS: dict[str, Callable[[object], object]] = {
    "task_id": lambda held: held.task,
    "delivery_id": lambda held: held.delivery,
    "run_id": lambda held: held.run,
    "paper_id": lambda held: held.paper,
    "reply_id": lambda held: held.reply,
    "draft_id": lambda held: held.draft,
    "succession_id": lambda held: held.succession,
    "file_id": lambda held: held.file,
    "piece_id": lambda held: held.piece,
    "hand_in_id": lambda held: held.hand_in,
    "incoming_id": lambda held: held.incoming,
    "comment_id": lambda held: held.comment,
    "meeting_id": lambda held: held.meeting,
    "round_id": lambda held: held.round,
    "notice_id": lambda held: held.notice,
    "matter_id": lambda held: held.matter,
    "plan_id": lambda held: held.plan,
    "line_id": lambda held: held.line,
    "filter_id": lambda held: held.filter,
    "entry_id": lambda held: held.entry,
    "movement_id": lambda held: held.movement,
    "evidence_id": lambda held: held.evidence,
    "shown_id": lambda held: held.shown,
    "source_id": lambda held: held.source,
    "request_id": lambda held: held.spending,
    "payment_id": lambda held: held.payment,
    "budget_id": lambda held: held.budget,
    "commendation_id": lambda held: held.commendation,
    "violation_id": lambda held: held.violation,
    "attached_id": lambda held: held.attached,
    "figure_id": lambda held: held.figure,
    "seat_id": lambda held: held.seat,
    "post_id": lambda held: held.post,
    "seal_id": lambda held: held.seal,
    "delegation_id": lambda held: held.delegation,
    "absence_id": lambda held: held.absence,
    "appointment_id": lambda held: held.appointment,
    "replacement_id": lambda held: held.replacement,
    "finding_id": lambda held: held.finding,
    "proposal_id": lambda held: held.proposal,
    "feed_id": lambda held: held.feed,
    "grant_id": lambda held: held.grant,
    "machine_id": lambda held: held.machine,
    "address_id": lambda held: held.lookup,
    "hook_id": lambda held: held.hook,
    "sample_id": lambda held: held.sample,
    "commune": lambda held: held.commune,
    "sheet_id": lambda held: held.sheet,
    "dispute_id": lambda held: held.dispute,
}
# Pages of whoever answers for accounts: nobody of a group finds them.
ADMINISTRATION = (
    "admin-account",
    "admin-account-again",
    "admin-account-disable",
    "admin-account-enable",
    "admin-account-factor",
    "admin-account-invite",
    "admin-account-withdraw",
    "admin-accounts",
)
# Pages of the reader's own account, which name no group and no object.
OWN = (
    "account-forgotten",
    "account-invitation",
    "account-recover",
    "account-sign-out",
    "account-factor",
    "account-factor-begin",
    "account-factor-codes",
    "account-factor-confirm",
    "account-factor-demo",
    "account-factor-remove",
)
WORDS: dict[str, tuple[object, ...]] = {
    "stt": (0,),
    "place": (1,),
    "batch": ("dot-0",),
    "agency_code": ("KHONGCO",),
    "owner": ("00000000-0000-4000-8000-00000000ffff",),
    "kind": ("xlsx", "pdf", "csv"),
    "month": (MONTH,),
    "agency": ("BHXH", "GDDT"),
    "indicator": ("A.2.1",),
    "sending": (1,),
    "child": ("khac",),
    "label": ("7",),
} | {
    "file": ("dieu-07.yaml",),
    "number": ("0",),
    "form": ("urging_letter",),
    "which": ("di", "den"),
    "source": ("bhyt",),
    "sha256": ("0" * 64,),
    "code": ("1:x:y",),
    "register": ("vuong-mac",),
    "move": ("de_xuat",),
    "year": (2023,),
    "agency": ("BHXH",),
}

# Tables of a group that no journey fills yet.
EMPTY = {
    "machines.Answer": "no software has answered by the service here",
    "machines.Assertion": "no software has asked for a token here",
    "catalogue.Making": "the catalogue is not being made anew",
    "papers.Appraisal": "the other group's charter wants none",
    "papers.Fate": "no term has run out within these months",
    "papers.QrChoice": "nobody has done without the code",
    "reconcile.Filling": "the source that may speak has delivered nothing",
    "sources.Quarantined": "the small lists have no row to set aside",
}
# Tables of a group that no face shows to a reader: what keeps readers out is that nothing returns them.
UNSHOWN = {
    "machines.Call": "calls",
    "machines.Hook": "hooks",
    "machines.Machine": "machines",
    "machines.Parcel": "parcels",
    "catalogue.Shelf": "where the next new thing of the catalogue is put",
    "conduct.CommendationEvent": "shown with its commendation",
    "conduct.Honoured": "shown with its commendation",
    "conduct.ViolationEvent": "shown with its file",
    "conduct.ViolationLook": "shown with its file",
    "funds.Counter": "the next numbers of money",
    "funds.EstimateEvent": "shown with its estimate",
    "funds.EstimateLine": "shown with its estimate",
    "funds.Line": "shown with its source",
    "funds.Payment": "shown with its request",
    "funds.SpendingEvent": "shown with its request",
    "reconcile.FieldAnswer": "shown with its row",
    "reconcile.Lookup": "shown with its address",
    "reconcile.FieldPrint": "shown with its sheet",
    "reconcile.FieldRow": "shown with its sheet",
    "corrections.Counter": "the next number of an order",
    "corrections.Dataset": "the lock of a source",
    "corrections.Run": "tallies, shown through orders and reports",
    "meetings.Absence": "shown with its meeting",
    "meetings.Asked": "shown with its round",
    "meetings.Conclusion": "shown with its meeting",
    "meetings.Counter": "the next number of a meeting or round",
    "meetings.Decision": "shown with its meeting",
    "meetings.Elector": "shown with its vote",
    "meetings.Happening": "shown with its meeting or round",
    "meetings.Invitee": "shown with its meeting",
    "meetings.Item": "shown with its meeting",
    "meetings.MeetingPaper": "shown with its meeting or round",
    "meetings.OpenBallot": "shown with its vote",
    "meetings.Position": "shown with its meeting",
    "meetings.Presence": "shown with its meeting",
    "meetings.Report": "shown with its meeting",
    "meetings.SecretBallot": "counted, never shown",
    "meetings.Vote": "shown with its meeting",
    "offices.Absence": "facts for decisions",
    "offices.Appointment": "people of a group stand on its own pages",
    "offices.Seat": "people of a group stand on its own pages",
    "offices.Service": "names of agencies stand on the group's own pages",
    "offices.Reminder": "shown with the addressees",
    "conduct.ReplacementEvidence": "shown with its procedure",
    "adoption.Draft": "drafts stand on the group's own pages",
    "adoption.Succession": "plans and records of an end stand on the group's own pages",
    "adoption.Submission": "shown with its draft",
    "adoption.Statement": "statements stand on the group's own pages",
    "reports.DutyReply": "replies stand on the group's own pages",
    "adoption.LocalRule": "rules stand on the group's own pages",
    "corrections.AnswerFile": "one file of answers is taken in once",
    "corrections.Disposition": "shown with the finding it answers",
    "corrections.HandedFinding": "marks of a package, shown to nobody",
    "papers.Answer": "shown with its incoming paper",
    "papers.Comment": "shown with its paper",
    "papers.Connection": "shown on the group's own page of addresses",
    "papers.Dispatch": "shown with its paper",
    "papers.IncomingFile": "shown with its incoming paper",
    "papers.IncomingSeries": "the next number of an incoming paper",
    "papers.Notice": "shown with its paper",
    "papers.Signature": "shown with its paper",
    "papers.SigningKey": "keys stand on the group's own pages",
    "papers.Template": "forms stand on the group's own pages",
    "papers.SigningRequest": "shown in the queue of its signer",
    "papers.Step": "shown with its recipient",
    "papers.Version": "shown with its paper",
    "papers.FileList": "shown with its files",
    "papers.Piece": "shown with its file",
    "papers.Series": "the next number of a paper",
    "reconcile.DeskDecision": "counted with its desk",
    "reconcile.DeskRow": "shown with its desk",
    "reconcile.Reading": "counted with its sample",
    "reconcile.SampleRow": "shown with its sample",
    "sources.Assignment": "assignments stand on the group's own pages",
    "work.Counter": "the next number of a task",
    "work.EntryCounter": "the next number of an entry",
    "work.EntryEvent": "shown with its entry",
    "work.EntryFile": "shown with its entry",
    "work.EntryLink": "shown with its entry",
    "work.RegisterChoice": "choices stand on the group's own pages",
    "work.Coordination": "shown with its task",
    "work.Extension": "shown with its task",
    "work.PlanLine": "shown with its plan",
    "reports.Receipt": "shown with its report",
    "reports.AgencyFile": "shown with its report",
    "reports.AgencySending": "shown with its report",
    "reports.Figure": "shown in the roll-up of a group above",
}
SHOWN = {
    "catalogue.Entry": "search",
    "notices.Notice": "of",
    "conduct.Commendation": "commendations",
    "conduct.Violation": "violations",
    "funds.Budget": "budgets",
    "funds.Estimate": "of_year",
    "funds.Mechanism": "mechanisms",
    "funds.Movement": "movements",
    "funds.Source": "sources",
    "funds.SpendingRequest": "requests",
    "funds.Year": "closings",
    "corrections.Finding": "findings",
    "corrections.Proposal": "proposals",
    "corrections.ProposalEvent": "proposal",
    "corrections.Order": "orders",
    "corrections.Handover": "handovers",
    "conduct.Replacement": "replacements",
    "conduct.ReplacementStep": "steps",
    "offices.Absence": "absences_seen",
    "offices.Acknowledgement": "acknowledged",
    "offices.Appointment": "history",
    "offices.Delegation": "delegations_seen",
    "offices.Seal": "seals",
    "offices.Seat": "seats",
    "offices.Service": "agencies_seen",
    "jobs.Job": "job",
    "meetings.Feed": "feeds",
    "meetings.Meeting": "meetings",
    "meetings.Round": "rounds",
    "meetings.Series": "series",
    "papers.AddressEntry": "book",
    "papers.DistributionList": "lists",
    "papers.HandIn": "hand_ins",
    "papers.Incoming": "listed",
    "papers.SetAside": "aside",
    "papers.Withdrawal": "chain",
    "papers.Paper": "papers",
    "papers.WorkFile": "work_files",
    "population.Register": "registers",
    "reconcile.Desk": "desks",
    "reconcile.Feed": "feeds",
    "reconcile.FieldSheet": "drawn",
    "reconcile.Look": "at_run",
    "reconcile.LookedUp": "lookups_at_person",
    "reconcile.LookupAddress": "addresses",
    "reconcile.Run": "runs",
    "reconcile.Sample": "samples",
    "reconcile.MonthScores": "frozen",
    "reconcile.Score": "of_run",
    "reconcile.Threshold": "decisions",
    "reports.AgencyReport": "listed",
    "reports.InputFigure": "figures",
    "reports.IssuedReport": "issued",
    "reports.MonthReport": "reports",
    "sources.Delivery": "deliveries",
    "sources.Feed": "feeds",
    "sources.Pull": "of_feed",
    "sources.ContractDraft": "contract_drafts",
    "sources.ContractVersion": "contract_versions",
    "sources.RuleDispute": "disputes",
    "sources.RuleDisputeEvent": "dispute",
    "work.Directive": "directives",
    "work.Matter": "matters",
    "work.Plan": "plans",
    "work.SavedFilter": "saved_filters",
    "work.Entry": "entries",
    "work.Task": "tasks",
    "work.TaskFile": "files",
    "work.TaskEvent": "events",
}


@pytest.fixture(autouse=True)
def quiet(caplog):
    caplog.set_level(logging.CRITICAL, logger="django.request")


def of_a_group() -> list:
    return [one for one in urlpatterns if "<slug:to>" in str(one.pattern)]


def addresses(pattern, slug: str, held) -> Iterator[str]:
    """Give the addresses of a pattern for one group's slug and another's objects."""
    asked = set(pattern.pattern.converters) - {"to"}
    unknown = asked - set(IDS) - set(WORDS)
    assert not unknown, f"{pattern.name}: say in this test what stands for {sorted(unknown)}"
    choices: list[dict[str, object]] = [{name: IDS[name](held) for name in asked & set(IDS)}]
    for name in asked & set(WORDS):
        choices = [chosen | {name: word} for chosen in choices for word in WORDS[name]]
    for chosen in choices:
        yield reverse(pattern.name, kwargs={"to": slug} | chosen)


def body(answer) -> str:
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return content.decode("utf-8", errors="replace")


def counted(group_id: int, slug: str) -> dict[str, int]:
    """Count what a group holds, table by table, and its entries in the ledger."""
    held = {model._meta.label: model.objects.filter(group_id=group_id).count() for model in tables_of_a_group()}
    return held | {"ledger": Entry.objects.filter(scope=slug).count()}


def tables_of_a_group() -> list[type[Model]]:
    own = [model for model in apps.get_models() if model.__module__.startswith("dean06.")]
    return [model for model in own if any(points_at_a_group(field) for field in model._meta.get_fields())]


def points_at_a_group(field) -> bool:
    return field.name == "group" and field.is_relation and field.related_model._meta.label == "offices.Group"


def test_addresses_are_walked_whole():
    names = [one.name for one in of_a_group()]
    assert len(names) > 30
    assert len(set(names)) == len(names)
    outside = {one.name for one in urlpatterns} - set(names)
    assert outside == {
        "home",
        "sign-in",
        "sign-out",
        "no-seat",
        "language",
        "proof",
        "proof-file",
        "papers-receipt",
        "published",
        "published-data",
        "published-data-file",
        "published-file",
        "verify",
        "calendar-feed",
        "notices-confirm",
        *(name for name in outside if name.startswith("openrefine-")),  # under a secret: `tests/openrefine`
        *OWN,
        *ADMINISTRATION,
        "style-guide",
        "style-sample",
    }


@pytest.mark.either_database
@pytest.mark.parametrize(("role", "agency"), READERS)
@pytest.mark.parametrize("method", ["get", "post"])
def test_no_address_of_the_other_group_opens(office_hours, role, agency, method):
    theirs = office_hours.theirs
    before = counted(theirs.group.id, theirs.group.slug)
    browser = client(office_hours.ours, role, agency)
    secrets = set(office_hours.foreign.secrets) - set(office_hours.mine.secrets)
    for pattern in of_a_group():
        for address in addresses(pattern, theirs.group.slug, office_hours.foreign):
            answer = getattr(browser, method)(address)
            assert answer.status_code in {404, 405}, f"{method} {address} answers {answer.status_code}"
            shown = body(answer)
            assert not [secret for secret in secrets if secret in shown], address
    assert counted(theirs.group.id, theirs.group.slug) == before


@pytest.mark.either_database
@pytest.mark.parametrize(("role", "agency"), MOST_POWERFUL)
@pytest.mark.parametrize("method", ["get", "post"])
def test_no_object_of_the_other_group_opens_under_our_own_address(office_hours, role, agency, method):
    theirs, ours = office_hours.theirs, office_hours.ours
    before = counted(theirs.group.id, theirs.group.slug)
    browser = client(ours, role, agency)
    secrets = set(office_hours.foreign.secrets) - set(office_hours.mine.secrets)
    for pattern in of_a_group():
        for address in addresses(pattern, ours.group.slug, office_hours.foreign):
            if method == "post" and not set(pattern.pattern.converters) & set(IDS):
                continue  # an act of our own group on itself
            headers = [{}, {"HX-Request": "true"}]
            for given in headers:
                answer = getattr(browser, method)(address, headers=given)
                if set(pattern.pattern.converters) & set(IDS):
                    assert answer.status_code in {404, 405}, f"{method} {address} answers {answer.status_code}"
                shown = body(answer)
                assert not [secret for secret in secrets if secret in shown], address
    assert counted(theirs.group.id, theirs.group.slug) == before


def test_every_table_of_a_group_is_accounted_for(office_hours):
    known = set(EMPTY) | set(UNSHOWN) | set(SHOWN)
    assert {model._meta.label for model in tables_of_a_group()} == known
    for model in tables_of_a_group():
        rows_of_theirs = model.objects.filter(group_id=office_hours.theirs.group.id).count()
        if model._meta.label in EMPTY:
            assert not rows_of_theirs, f"{model._meta.label} is filled now: move it out of EMPTY"
        else:
            assert rows_of_theirs, f"{model._meta.label} holds nothing of the other group, so the walk proves nothing"


def faces() -> dict[str, Callable[..., object]]:
    """Return every function of a room's face that takes a Viewer."""
    found = {}
    for package in pkgutil.iter_modules(dean06.__path__):
        if not package.ispkg or importlib.util.find_spec(f"dean06.{package.name}.service") is None:
            continue
        face = importlib.import_module(f"dean06.{package.name}.service")
        inner = [f"{face.__name__}.{one.name}" for one in pkgutil.iter_modules(getattr(face, "__path__", []))]
        for module in [face, *map(importlib.import_module, inner)]:
            for name in getattr(module, "__all__", ()):
                member = getattr(module, name)
                if inspect.isfunction(member) and "viewer" in inspect.signature(member).parameters:
                    found[f"{package.name}.{name}"] = member
    return found


# Faces that take a Viewer to write with, and return nothing.
WRITING = {"reconcile.record", "reconcile.require"}


@dataclass(frozen=True)
class OwnPermit:
    """A permit of our reader that was given for nothing of the other group: what refuses must be the reader's seats."""

    account: str
    role: str = "leader"
    agency: str | None = None
    seat: str = "1"
    action: str = "person.read"

    @property
    def actor(self) -> OwnPermit:
        return self


def own_text(two) -> str:
    """The hash of the other group's charter."""
    return adoption.charter_of(two.theirs.group.charter_line, date(2022, 8, 20)).hash


def asked(two) -> dict[str, Callable[[], object]]:
    """Return a question of our reader about the other group for every face that takes a Viewer."""
    seen, held, group = viewer(two.ours), two.foreign, two.theirs.group
    see_all = overseers_of(two.theirs)
    look = Asked(text="sai", groups=frozenset({group.id}), see_all={group.id: see_all})
    by = OwnPermit(account=seen.account)
    return {
        "catalogue.search": lambda: searching.search(seen, look).items,
        "catalogue.suggest": lambda: searching.suggest(seen, look),
        "catalogue.changed_since": lambda: searching.changed_since(seen, group.id, SINCE, overseeing=see_all),
        "notices.unread_count": lambda: inbox.unread_count(seen) != inbox.unread_by_group(seen)[two.ours.group.id],
        "notices.unread_by_group": lambda: inbox.unread_by_group(seen).get(group.id),
        "work.answers_owed": lambda: work.answers_owed(seen, group.id, see_all=see_all) != work.AnswersOwed(),
        "work.assigned_by": lambda: work.assigned_by(seen, group.id),
        "work.open_by_group": lambda: work.open_by_group(seen, {group.id: NOW}, {group.id: see_all}).get(group.id),
        "papers.asked_by": lambda: standing.asked_by(seen, group.id),
        "reconcile.newest_scores": lambda: summaries.newest_scores(seen, (group.id,), NOW),
        "notices.of": lambda: inbox.of(seen, group.id).items,
        "notices.unread_by_kind": lambda: inbox.unread_by_kind(seen, group.id),
        "notices.mark_read": lambda: inbox.mark_read(seen, held.notice),
        "notices.mark_all_read": lambda: inbox.mark_all_read(seen, group.id),
        "sources.feeds": lambda: feeds.feeds(seen, group.id),
        "sources.feed": lambda: feeds.feed(seen, held.feed),
        "sources.of_feed": lambda: pulls.of_feed(seen, held.feed),
        "sources.last_of": lambda: pulls.last_of(seen, group.id),
        "sources.deliveries": lambda: sources.deliveries(seen, group.id),
        "sources.delivery": lambda: sources.delivery(seen, held.delivery),
        "sources.same_file": lambda: sources.same_file(seen, sources.delivery(viewer(two.theirs), held.delivery)),
        "sources.set_aside": lambda: sources.set_aside(seen, held.delivery),
        "sources.broken_rows": lambda: sources.broken_rows(seen, held.delivery).rows,
        "sources.examined": lambda: sources.examined(seen, held.delivery),
        "sources.profiled": lambda: sources.profiled(seen, held.delivery),
        "reconcile.page": lambda: rows.page(by, seen, held.run, RowFilter(), 1, purpose="xem"),
        "reconcile.row": lambda: rows.row(by, seen, held.run, 0, purpose="xem"),
        "reconcile.result_file": lambda: rows.result_file(by, seen, held.run, purpose="xem"),
        "reconcile.at_run": lambda: looks.at_run(seen, held.run),
        "reconcile.at_row": lambda: looks.at_row(seen, held.run, 0),
        "reconcile.at_person": lambda: looks.at_person(by, seen, group.id, "044000000000", "xem"),
        "reconcile.feeds": lambda: grants.feeds(seen, group.id),
        "reconcile.feed": lambda: grants.feed(seen, group.id, held.grant),
        "reconcile.of_person": lambda: statements.of_person(
            by, seen, group.id, statements.Asked(number="044000000000", purpose="bao_ho_so", case="xem")
        ),
        "reconcile.sheets": lambda: rows.sheets(seen, held.run),
        "reconcile.workbook": lambda: correcting.handover(seen, group, held.task),
        "reconcile.drawn": lambda: field_sheets.drawn(seen, group.id, see_all=see_all),
        "reconcile.drawn_one": lambda: field_sheets.drawn_one(seen, group.id, held.sheet, see_all=see_all),
        "reconcile.opened": lambda: field_answers.opened(by, seen, group.id, held.sheet, purpose="xem"),
        "reconcile.looked": lambda: faulty_rows.looked(by, seen, group.id, "xem", [to_fix_of(held)]),
        "reconcile.run": lambda: runs.run(seen, held.run),
        "reconcile.runs": lambda: runs.runs(seen, group.id),
        "reconcile.frozen": lambda: month_scores.frozen(seen, group.id, "2022-07"),
        "reconcile.months": lambda: month_scores.months(seen, group.id),
        "reconcile.decisions": lambda: thresholds.decisions(seen, group.id),
        "reconcile.of_run": lambda: scores.of_run(seen, held.run),
        "reconcile.by_commune": lambda: scores.by_commune(seen, held.run),
        "reconcile.addresses": lambda: lookup_addresses.addresses(seen, group.id, see_all=see_all),
        "reconcile.address": lambda: lookup_addresses.address(seen, group.id, held.lookup, see_all=see_all),
        "reconcile.lookups_at_person": lambda: lookups.lookups_at_person(by, seen, group.id, "044000000000", "xem"),
        "machines.calls": lambda: machine_book.calls(seen, group.id, held.machine, 9, see_all=see_all),
        "machines.machine": lambda: machine_book.machine(seen, group.id, held.machine, see_all=see_all),
        "machines.machines": lambda: machine_book.machines(seen, group.id, see_all=see_all),
        "machines.hook": lambda: machine_hooks.hook(seen, group.id, held.hook, see_all=see_all),
        "machines.hooks": lambda: machine_hooks.hooks(seen, group.id, see_all=see_all),
        "machines.parcels": lambda: machine_hooks.parcels(seen, group.id, held.hook, 9, see_all=see_all),
        "corrections.finding_of": lambda: corrections.finding_of(seen, group.id, held.fingerprint),
        "corrections.order_numbered": lambda: corrections.order_numbered(seen, group.id, 1),
        "corrections.orders_after": lambda: corrections.orders_after(seen, group.id, OrdersWanted(), after=0, size=9),
        "reconcile.month": lambda: maps.month(seen, group.id, MONTH, ("C3",)).cells,
        "reconcile.periods": lambda: maps.periods(seen, group.id),
        "reconcile.trends": lambda: maps.trends(seen, group.id, MONTH, ("C3",)),
        "reconcile.desk": lambda: desks.desk(seen, held.reviewed),
        "reconcile.desks": lambda: desks.desks(seen, group.id),
        "reconcile.own_run": lambda: desks.own_run(seen, held.reviewed),
        "reconcile.open_desk": lambda: desks.open_desk(by, seen, held.reviewed),
        "reconcile.take": lambda: desk_reading.take(seen, held.reviewed, desk_reading.Wanted()),
        "reconcile.left_for": lambda: desk_reading.left_for(seen, held.reviewed, desk_reading.Wanted()),
        "reconcile.desk_communes": lambda: desk_reading.desk_communes(seen, held.reviewed),
        "reconcile.doubt": lambda: desk_reading.doubt(by, seen, held.reviewed, 0, purpose="xem"),
        "reconcile.decide": lambda: desk_reading.decide(by, seen, held.reviewed, 0, "1"),
        "reconcile.last_decision": lambda: desk_reading.last_decision(seen, held.reviewed),
        "reconcile.undo": lambda: desk_reading.undo(by, seen, held.reviewed, 1),
        "reconcile.pace": lambda: desk_tallies.pace(seen, held.reviewed),
        "reconcile.mine": lambda: desk_tallies.mine(seen, held.reviewed),
        "reconcile.agreement": lambda: desk_tallies.agreement(seen, held.reviewed),
        "reconcile.came_to": lambda: desk_tallies.came_to(seen, held.reviewed),
        "reconcile.examined": lambda: diagnosis.examined(seen, held.reviewed),
        "reconcile.write_reviewed": lambda: reviewed.write_reviewed(by, seen, held.reviewed, Path(), purpose="xem"),
        "reconcile.sample": lambda: samples.sample(seen, held.sample),
        "reconcile.samples": lambda: samples.samples(seen, group.id),
        "reconcile.results": lambda: samples.results(seen, samples.samples(viewer(two.theirs), group.id)),
        "reconcile.communes": lambda: samples.communes(seen, held.field_check),
        "reconcile.next_for": lambda: readings.next_for(seen, held.sample),
        "reconcile.waiting_for": lambda: readings.waiting_for(seen, held.sample),
        "reconcile.pair": lambda: readings.pair(by, seen, held.sample, 1, purpose="xem"),
        "reconcile.sheet": lambda: readings.sheet(by, seen, held.field_check, held.commune, purpose="xem"),
        "reconcile.answer": lambda: readings.answer(by, seen, held.sample, 1, "dung"),
        "reconcile.check": lambda: readings.check(by, seen, held.field_check, 1, {"ho_ten": "dung"}),
        "corrections.count_by_source": lambda: corrections.count_by_source(seen, group.id, see_all=see_all),
        "corrections.open_counts": lambda: corrections.open_counts(seen, group.id, ("rule",), see_all=see_all),
        "corrections.findings": lambda: corrections.findings(seen, group.id, see_all=see_all).items,
        "corrections.order": lambda: corrections.order(seen, held.order, see_all=see_all),
        "corrections.doubtful": lambda: corrections.doubtful(seen, group.id, held.finding),
        "sources.contract_draft": lambda: sources.contract_draft(seen, group.id, "bhyt"),
        "sources.contract_drafts": lambda: sources.contract_drafts(seen, group.id),
        "sources.contract_texts": lambda: sources.contract_texts(seen, group.id, "hoi-rieng"),
        "sources.contract_version": lambda: sources.contract_version(seen, group.id, "hoi-rieng", 1),
        "sources.contract_versions": lambda: sources.contract_versions(seen, group.id, "hoi-rieng"),
        "sources.dispute": lambda: sources.dispute(seen, group.id, held.dispute),
        "sources.disputes": lambda: sources.disputes(seen, group.id),
        "corrections.proposal": lambda: corrections.proposal(seen, group.id, held.proposal),
        "corrections.proposals": lambda: corrections.proposals(seen, group.id),
        "corrections.handovers": lambda: corrections.handovers(seen, group.id, see_all=see_all),
        "corrections.orders": lambda: corrections.orders(seen, group.id, see_all=see_all),
        "corrections.waiting": lambda: corrections.waiting(seen, group.id, see_all=see_all),
        "meetings.awaiting": lambda: meetings.awaiting(seen, group.id, NOW) != meetings.Awaited(),
        "meetings.counts": lambda: meetings.counts(seen, group.id),
        "meetings.feeds": lambda: calendars.feeds(seen, group.id),
        "meetings.meeting": lambda: meetings.meeting(seen, held.meeting),
        "meetings.meetings": lambda: meetings.meetings(seen, group.id).items,
        "meetings.rounds": lambda: meetings.rounds(seen, group.id),
        "meetings.series": lambda: meetings.series(seen, group.id),
        "meetings.written_round": lambda: meetings.written_round(seen, held.round),
        "meetings.years": lambda: meetings.years(seen, group.id),
        "work.by_day": lambda: work.by_day(seen, group.id, Filters(), see_all=see_all),
        "work.directive": lambda: matters.directive(seen, group.id, 1),
        "work.directives": lambda: matters.directives(seen, group.id),
        "work.files": lambda: work.files(seen, held.task, see_all=see_all),
        "work.matter": lambda: matters.matter(seen, group.id, held.matter),
        "work.matters": lambda: matters.matters(seen, group.id),
        "work.plan": lambda: plans.plan(seen, group.id, held.plan, see_all=see_all),
        "work.plans": lambda: plans.plans(seen, group.id, see_all=see_all),
        "work.seen_plans": lambda: plans.seen_plans(seen, group.id, [held.plan], see_all=see_all),
        "work.seen_tasks": lambda: work.seen_tasks(seen, group.id, [held.task], see_all=see_all),
        "work.seen_entries": lambda: kept.seen_entries(seen, group.id, [held.entry], see_all=see_all),
        "papers.seen_papers": lambda: circulation.seen_papers(seen, group.id, [held.paper, held.sent]),
        "reports.seen_reports": lambda: agency_reports.seen_reports(
            seen, group.id, [one.id for one in agency_reports.every(group.id)]
        ),
        "work.saved_filters": lambda: work.saved_filters(seen, group.id),
        "work.tally": lambda: work.tally(seen, group.id, Filters(), NOW, see_all=see_all).of(),
        "work.tasks": lambda: work.tasks(seen, group.id, see_all=see_all).items,
        "work.named": lambda: work.named(seen, group.id, see_all=see_all),
        "work.numbered": lambda: work.numbered(seen, group.id, range(1, 100), see_all=see_all),
        "work.open_titles": lambda: work.open_titles(seen, group.id, see_all=see_all),
        "work.late_by_lead": lambda: work.late_by_lead(seen, group.id, NOW, see_all=see_all),
        "work.task": lambda: work.task(seen, held.task, see_all=see_all),
        "work.continuations": lambda: work.continuations(seen, held.task),
        "work.events": lambda: work.events(seen, held.task, see_all=see_all),
        "work.entries": lambda: kept.entries(seen, group.id, "vuong-mac", see_all=see_all).items,
        "work.by_state": lambda: [one for one in kept.by_state(seen, group.id, "vuong-mac").values() if one],
        "work.standing": lambda: kept.standing(seen, group.id, DAY, see_all=see_all),
        "work.entry": lambda: kept.entry(seen, held.entry, see_all=see_all),
        "work.history": lambda: kept.history(seen, held.entry, see_all=see_all),
        "work.links": lambda: kept.links(seen, held.entry, see_all=see_all),
        "work.evidence": lambda: kept.evidence(seen, held.entry, see_all=see_all),
        "work.evidence_file": lambda: kept.evidence_file(seen, held.entry, held.evidence, see_all=see_all),
        "work.search": lambda: kept.search(seen, group.id, "vuong", 9, see_all=see_all),
        "work.owed": lambda: kept.owed(seen, group.id, date(2099, 1, 1), 9, see_all=see_all),
        "work.seen_labels": lambda: kept.seen_labels(seen, group.id, ["vuong-mac"], see_all=see_all),
        "reports.reports": lambda: reports.reports(seen, group.id),
        "reports.report": lambda: reports.report(seen, group.id, MONTH),
        "reports.listed": lambda: agency_reports.listed(seen, group.id, MONTH),
        "reports.one": lambda: agency_reports.one(seen, group.id, MONTH, "BHXH"),
        "reports.attached_file": lambda: agency_reports.attached_file(seen, group.id, held.attached),
        "reports.figures": lambda: figures.figures(seen, group.id, ["2022-07"]),
        "reports.history": lambda: figures.history(seen, group.id, ["a.ho_so_den_han"], 9),
        "reports.figure_file": lambda: figures.figure_file(seen, group.id, held.figure),
        "reports.rollup": lambda: rollups.rollup(seen, [group.id], [MONTH]).cells,
        "reports.issued": lambda: rollups.issued(seen, group.id, MONTH),
        "offices.children": lambda: offices.children(seen, group.id),
        "papers.papers": lambda: documents.papers(seen, group.id),
        "papers.paper": lambda: documents.paper(seen, held.paper),
        "papers.file": lambda: documents.file(seen, held.paper, "pdf") or incoming.file(seen, held.incoming, "0" * 64),
        "papers.aside": lambda: incoming.aside(seen, group.id),
        "papers.book": lambda: addressing.book(seen, group.id, date(2022, 8, 20)),
        "papers.chain": lambda: withdrawing.chain(seen, held.sent),
        "papers.hand_list": lambda: registers.hand_list(seen, held.sent),
        "papers.inbox": lambda: incoming.inbox(seen, group.id),
        "papers.incoming": lambda: registers.incoming(seen, group.id, 2022),
        "papers.listed": lambda: incoming.listed(seen, group.id, 2022),
        "papers.lists": lambda: addressing.lists(seen, group.id),
        "papers.of_paper": lambda: dispatching.of_paper(seen, held.sent),
        "papers.of_year": lambda: incoming.of_year(seen, group.id, 2022),
        "papers.one": lambda: incoming.one(seen, held.incoming),
        "papers.outgoing": lambda: registers.outgoing(seen, group.id, 2022),
        "papers.queue": lambda: drafts.queue(seen, group.id),
        "papers.standing": lambda: withdrawing.standing(seen, group.id),
        "papers.unsettled": lambda: dispatching.unsettled(seen, group.id),
        "papers.waiting": lambda: incoming.waiting(seen, group.id),
        "papers.years": lambda: incoming.years(seen, group.id),
        "papers.file_list": lambda: keeping.file_list(seen, group.id, 2022),
        "papers.list_years": lambda: keeping.list_years(seen, group.id),
        "papers.work_files": lambda: keeping.work_files(seen, group.id),
        "papers.work_file": lambda: keeping.work_file(seen, held.file),
        "papers.pieces": lambda: pieces.pieces(seen, held.file),
        "papers.taken_out": lambda: pieces.taken_out(seen, held.file),
        "papers.document": lambda: pieces.document(seen, held.file, held.piece),
        "papers.hand_ins": lambda: handing_in.hand_ins(seen, group.id),
        "papers.one_hand_in": lambda: handing_in.one_hand_in(seen, held.hand_in),
        "papers.files_of_hand_in": lambda: handing_in.files_of_hand_in(seen, held.hand_in),
        "papers.late": lambda: handing_in.late(seen, group.id, date(2099, 1, 1)),
        "papers.replies": lambda: documents.replies(seen, held.incoming),
        "papers.run_out": lambda: handing_in.run_out(seen, group.id, date(2099, 1, 1)),
        "papers.fate_decided": lambda: handing_in.fate_decided(seen, group.id),
        "papers.list_of_files": lambda: printing.list_of_files(seen, group.id, 2022, HEAD, NOW),
        "papers.contents_of_file": lambda: printing.contents_of_file(seen, held.file, HEAD, NOW),
        "papers.list_handed_in": lambda: printing.list_handed_in(seen, held.hand_in, HEAD, NOW),
        "papers.record_of_hand_in": lambda: printing.record_of_hand_in(seen, held.hand_in, HEAD, NOW),
        "population.registers": lambda: population.registers(seen, group.id),
        "population.lookup": lambda: population.lookup(by, seen, held.register, "044000000000", "xem"),
        "funds.sources": lambda: fund_sources.sources(seen, group.id),
        "funds.movements": lambda: journal.movements(seen, group.id)[0],
        "funds.requests": lambda: fund_requests.requests(seen, group.id)[0],
        "funds.request": lambda: fund_requests.request(seen, group.id, held.spending),
        "funds.of_year": lambda: estimates.of_year(seen, group.id, (2023,), see_all=see_all),
        "funds.estimate": lambda: estimates.estimate(seen, group.id, 2023, "BHXH", see_all=see_all),
        "funds.budgets": lambda: budgets.budgets(seen, group.id, 2023),
        "funds.mechanisms": lambda: mechanisms.mechanisms(seen, group.id),
        "funds.closings": lambda: closings.closings(seen, group.id),
        "conduct.commendations": lambda: commendations.commendations(seen, group.id),
        "conduct.commendation": lambda: commendations.commendation(seen, group.id, held.commendation),
        "conduct.violations": lambda: violations.violations(seen, group.id, LEADER),
        "conduct.is_reader": lambda: violations.is_reader(seen, group.id, LEADER),
        "conduct.look": lambda: violations.look(by, seen, LEADER, held.violation, "xem hồ sơ"),
        "jobs.job": lambda: jobs.job(seen, held.job),
        "jobs.for_object": lambda: jobs.for_object(seen, "intake", str(held.delivery)),
        "conduct.replacement": lambda: conduct.replacement(seen, held.replacement),
        "conduct.replacements": lambda: conduct.replacements(seen, group.id),
        "conduct.steps": lambda: conduct.steps(seen, held.replacement),
        "offices.absences_seen": lambda: absences.absences_seen(seen, group.id),
        "offices.acknowledged": lambda: acknowledgements.acknowledged(seen, group.id, own_text(two)),
        "offices.agencies_seen": lambda: agencies.agencies_seen(seen, group.id),
        "offices.agency_seen": lambda: agencies.agency_seen(seen, group.id, "BHXH"),
        "offices.delegation": lambda: delegations.delegation(seen, held.delegation),
        "offices.delegations_seen": lambda: delegations.delegations_seen(seen, group.id),
        "offices.held_by_post": lambda: [
            one for one in seats.held_by_post(seen, held.post, date(2022, 8, 20)) if one[0] == group.id
        ],
        "offices.history": lambda: appointments.history(seen, held.seat),
        "offices.reminded": lambda: acknowledgements.reminded(seen, group.id, own_text(two)),
        "offices.scan_of": lambda: acknowledgements.scan_of(seen, held.appointment, own_text(two)),
        "offices.seal": lambda: seals.seal(seen, held.seal),
        "offices.seals": lambda: seals.seals(seen, group.id),
        "offices.seat": lambda: seats.seat(seen, held.seat, date(2022, 8, 20)),
        "offices.seats": lambda: seats.seats(seen, group.id, date(2022, 8, 20)),
        "offices.groups_seen_by": lambda: [one for one in offices.groups_seen_by(seen) if one.id == group.id],
    }


def test_every_face_that_takes_a_viewer_is_asked(office_hours):
    assert set(asked(office_hours)) == set(faces()) - WRITING


@pytest.mark.parametrize("face", sorted(set(faces()) - WRITING))
def test_a_face_returns_nothing_of_the_other_group(office_hours, face):
    try:
        told = asked(office_hours)[face]()
    except HouseError as refusal:
        text = refusal.vi + refusal.en
        assert not [secret for secret in office_hours.foreign.secrets if secret in text]
    else:
        assert not told


def test_a_journey_that_looks_at_rows_refuses_the_other_group(office_hours):
    seen, held = viewer(office_hours.ours), office_hours.foreign
    for look in (
        lambda: looking.page(seen, held.run, RowFilter(), 1, purpose="xem"),
        lambda: looking.row(seen, held.run, 0, purpose="xem"),
        lambda: looking.export(seen, held.run, purpose="xem"),
        lambda: reviewing.open_desk(seen, held.reviewed, purpose="xem"),
        lambda: reviewing.read(seen, held.reviewed, 0, purpose="xem"),
        lambda: reviewing.decide(seen, held.reviewed, 0, "1", purpose="xem"),
        lambda: enriching.read(
            seen,
            office_hours.theirs.group,
            statements.Asked(number="044000000000", purpose="bao_ho_so", case="xem"),
        ),
    ):
        with pytest.raises(HouseError):
            look()
