"""Whatever has a page is found by those to whom the page opens, and by nobody else: roles by kinds, and any seats."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import date

import pytest
from django.http import Http404
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dean06.adoption import service as adoption
from dean06.catalogue.models import Entry
from dean06.catalogue.service import searching
from dean06.catalogue.types import Asked
from dean06.clock.errors import HouseError
from dean06.conduct.models import Violation
from dean06.conduct.service import commendations, replacements
from dean06.flows import budgeting, cataloguing, finding, violating
from dean06.flows.desk import overseers
from dean06.funds.service import estimates, sources, spending
from dean06.jobs import service as jobs
from dean06.ledger import service as ledger
from dean06.meetings.service import meetings
from dean06.offices import service as offices
from dean06.offices.service import agencies, seats
from dean06.offices.types import Capacity, Viewer
from dean06.papers.service import documents, incoming, keeping
from dean06.reports.models import AgencyReport
from dean06.reports.service import agency_reports
from dean06.reports.service import months as reports
from dean06.work.models import Coordination, Plan, Task
from dean06.work.models import Entry as Tracked
from dean06.work.service import matters, plans, registers
from dean06.work.service import tasks as work
from flows.conftest import SEATS
from web.neighbours import DAY, client

pytestmark = pytest.mark.long

KINDS = tuple(one.kind for one in cataloguing.PROVIDERS)
# Kinds of which not everybody in the group finds everything, and who finds all of them; others find their own.
KEPT = {
    "task": {"leader", "standing_deputy", "deputy", "secretariat"},
    "entry": {"leader", "standing_deputy", "deputy", "secretariat"},
    "plan": {"leader", "standing_deputy", "deputy", "secretariat"},
    "plan_line": {"leader", "standing_deputy", "deputy", "secretariat"},
    "estimate": {"leader", "standing_deputy", "deputy", "secretariat"},
    "budget": {"leader", "standing_deputy", "deputy", "secretariat", "register_keeper"},  # sits for the police,
    "mechanism": {"leader", "standing_deputy", "deputy", "secretariat", "register_keeper"},  # who manage the money
    "agency_report": set(),
    "violation": {"leader"},
}
# Kinds of which whoever is not named above finds nothing at all.
CLOSED = {"budget", "mechanism", "violation"}


@pytest.fixture(autouse=True)
def quiet(caplog):
    caplog.set_level(logging.CRITICAL, logger="django.request")


def see_all(group) -> frozenset[str]:
    return overseers(adoption.charter_of(group.charter_line, DAY, group.ending))


def asked(group, text: str, **more) -> Asked:
    roles = see_all(group)
    return Asked(text=text, groups=frozenset({group.id}), see_all={group.id: roles}, size=searching.DEEPEST, **more)


def finds(viewer: Viewer, group, row: Entry) -> bool:
    """Say whether a reader finds a thing by its own title, in the results and among what is offered."""
    wanted = asked(group, row.title, kinds=frozenset({row.kind}))
    result = finding.search(viewer, [group], wanted)
    found = row.pk in {one.id for one in result.items}
    assert found == (row.pk in {one.id for one in finding.suggest(viewer, [group], wanted)})
    assert len(result.items) == result.counts.get(row.kind, 0)
    return found


def viewer_of(office, role: str, agency: str) -> Viewer:
    return offices.viewer(office.account(role, agency), DAY)


def followed() -> None:
    ledger.sequence()
    jobs.follow()


def sampled(group, kind: str, most: int = 3) -> list[Entry]:
    """Return a few things of a kind, one of each sort of readers first."""
    rows = Entry.objects.filter(group_id=group.id, kind=kind).order_by("pk")
    by_readers = {tuple(row.readers): row for row in rows}
    return [*by_readers.values(), *(row for row in rows if row not in by_readers.values())][
        : max(most, len(by_readers))
    ]


def test_everything_that_has_a_page_is_there(office_hours):
    followed()
    held = set(Entry.objects.filter(group_id=office_hours.ours.group.id).values_list("kind", flat=True))
    assert set(KINDS) - held == set()


@pytest.mark.parametrize(
    ("role", "agency"),
    [
        pytest.param(role, agency, marks=pytest.mark.proof if at > 3 else ())
        for at, (role, agency, _) in enumerate(SEATS)
    ],
)
def test_what_is_found_opens_and_what_opens_is_found(office_hours, role, agency):
    """Each seat by each kind: the page of a thing answers where the thing is found, and nowhere else."""
    group, browser = office_hours.ours.group, client(office_hours.ours, role, agency)
    viewer = viewer_of(office_hours.ours, role, agency)
    wrong = []
    for kind in KINDS:
        for row in sampled(group, kind):
            found = finds(viewer, group, row)
            address = reverse(row.route, args=[group.slug, *row.args])
            status = browser.get(address, row.query).status_code
            if found != (status == 200) and not (kind == "agency_report" and not found):  # its page shows no draft
                wrong.append((kind, row.title, found, status))
    assert wrong == []


@pytest.mark.parametrize("kind", KINDS)
def test_who_finds_what(office_hours, kind):
    """The table of roles by kinds."""
    group = office_hours.ours.group
    rows = list(Entry.objects.filter(group_id=group.id, kind=kind)[:40])
    for role, agency, _ in SEATS:
        viewer = viewer_of(office_hours.ours, role, agency)
        found = [finds(viewer, group, row) for row in rows]
        if kind not in KEPT or role in KEPT[kind]:
            assert all(found), (role, kind)
        elif kind in CLOSED:
            assert not any(found), (role, kind)
    stranger = viewer_of(office_hours.theirs, "leader", "PC")
    assert not any(finds(stranger, group, row) for row in rows)


def test_a_violation_is_found_by_whom_the_rule_names_from_that_moment(office_hours):
    ours = office_hours.ours
    row = Entry.objects.filter(group_id=ours.group.id, kind="violation").first()
    deputy = viewer_of(ours, "deputy", "OFF")
    assert not finds(deputy, ours.group, row)
    violating.set_readers(ours.account("leader"), ours.group, ["deputy"])
    assert finds(deputy, ours.group, row)  # nothing was followed
    violating.set_readers(ours.account("leader"), ours.group, [])
    assert not finds(deputy, ours.group, row)
    browser = client(ours, "deputy")
    shown = browser.get(f"/t/{ours.group.slug}/tim/?q=ho+so+vi+pham").content.decode()
    assert "Hồ sơ vi phạm" not in shown
    assert (
        browser.get(f"/t/{ours.group.slug}/tim/?q=ho+so+vi+pham&loai=violation").content.decode().count(row.title) == 0
    )


NARROWED = {
    "task": lambda key, row: Task.objects.filter(pk=row.args[0]).update(lead="TP"),
    "entry": lambda key, row: Tracked.objects.filter(pk=row.args[1]).update(
        level="han_che", agency="TP", partners="", opened_by=""
    ),
    "plan": lambda key, row: Plan.objects.filter(pk=row.args[0]).update(kind="subplan", state="draft", agency="TP"),
    "plan_line": lambda key, row: Plan.objects.filter(pk=row.args[0]).update(
        kind="subplan", state="draft", agency="TP"
    ),
    "agency_report": lambda key, row: AgencyReport.objects.filter(pk=key).update(version=0, agency="TP"),
}


@pytest.mark.parametrize("kind", NARROWED)
def test_what_was_kept_to_fewer_is_not_found_from_that_moment(office_hours, kind):
    group = office_hours.ours.group
    leader, member = viewer_of(office_hours.ours, "leader", "PC"), viewer_of(office_hours.ours, "member", "BHXH")
    rows = Entry.objects.filter(group_id=group.id, kind=kind).order_by("pk")
    row = next(one for one in rows if finds(member, group, one))
    NARROWED[kind](int(row.key) if row.key.isdecimal() else 0, row)
    Coordination.objects.filter(group_id=group.id).delete()
    assert not finds(member, group, row)  # nothing was followed
    assert finds(leader, group, row) == (kind != "agency_report")


def test_nothing_of_the_person_is_entered_of_a_violation(office_hours):
    told = Violation.objects.filter(group_id=office_hours.ours.group.id).first()
    row = Entry.objects.get(group_id=told.group_id, kind="violation", key=str(told.pk))
    leader = viewer_of(office_hours.ours, "leader", "PC")
    for text in (told.name, told.acts[:60], told.rules):
        result = finding.search(leader, [office_hours.ours.group], asked(office_hours.ours.group, text))
        assert row.pk not in {one.id for one in result.items}


def _opens(read: Callable[[], object]) -> bool:
    try:
        return bool(read())
    except (HouseError, Http404):
        return False


def _planned(viewer: Viewer, group) -> bool:
    roles = budgeting.seeing_all(viewer, group)
    return any(seat.role in roles for seat in viewer.capacities if seat.group_id == group.id)


def _estimate(viewer: Viewer, group, row: Entry) -> bool:
    roles = budgeting.seeing_all(viewer, group)
    helps = {"secretariat"} & {seat.role for seat in viewer.capacities if seat.group_id == group.id}
    year, agency = row.args
    return bool(estimates.estimate(viewer, group.id, year, agency, see_all=roles | helps).id)


def _in_group(viewer: Viewer, group, _row: Entry) -> bool:
    return viewer.sits_in(group.id)


# How the page of each kind reads its thing: through the same faces, with the same reader.
READ: dict[str, Callable[[Viewer, object, Entry], object]] = {
    "task": lambda viewer, group, row: work.task(viewer, row.args[0], see_all=see_all(group)),
    "directive": lambda viewer, group, row: matters.directive(viewer, group.id, int(row.key)),
    "matter": lambda viewer, group, row: matters.matter(viewer, group.id, row.args[0]),
    "plan": lambda viewer, group, row: plans.plan(viewer, group.id, row.args[0], see_all=see_all(group)),
    "plan_line": lambda viewer, group, row: plans.plan(viewer, group.id, row.args[0], see_all=see_all(group)),
    "meeting": lambda viewer, group, row: meetings.meeting(viewer, row.args[0]),
    "conclusion": lambda viewer, group, row: meetings.meeting(viewer, row.args[0]),
    "round": lambda viewer, group, row: meetings.written_round(viewer, row.args[0]),
    "entry": lambda viewer, group, row: registers.entry(viewer, row.args[1], see_all=see_all(group)),
    "paper": lambda viewer, group, row: documents.paper(viewer, row.args[0]),
    "incoming": lambda viewer, group, row: incoming.one(viewer, row.args[0]),
    "work_file": lambda viewer, group, row: keeping.work_file(viewer, row.args[0]),
    "report": lambda viewer, group, row: reports.report(viewer, group.id, row.args[0]),
    "agency_report": lambda viewer, group, row: agency_reports.one(viewer, group.id, *row.args),
    "fund_source": lambda viewer, group, row: sources.sources(viewer, group.id, int(row.query["nam"])),
    "spending": lambda viewer, group, row: spending.request(viewer, group.id, row.args[0]),
    "estimate": _estimate,
    "budget": lambda viewer, group, row: _planned(viewer, group),
    "mechanism": lambda viewer, group, row: _planned(viewer, group),
    "commendation": lambda viewer, group, row: commendations.commendation(viewer, group.id, row.args[0]),
    "violation": lambda viewer, group, row: violating.listed(viewer, group),
    "replacement": lambda viewer, group, row: replacements.replacement(viewer, row.args[0]),
    "seat": lambda viewer, group, row: seats.seat(viewer, row.args[0], DAY),
    "agency": lambda viewer, group, row: agencies.agency_seen(viewer, group.id, row.args[0]),
    "clause": _in_group,
}
ROLES = (
    "leader",
    "standing_deputy",
    "deputy",
    "member",
    "secretariat",
    "register_keeper",
    "clerk",
    "support",
    "khong-co",
)
AGENCIES = (None, "PC", "POL", "OFF", "BHXH", "GDDT", "TEAM", "TP", "LL", "O", "bhxh", "BH-XH")
SEAT = st.tuples(st.booleans(), st.sampled_from(ROLES), st.sampled_from(AGENCIES), st.booleans())


def sitting(two, seats_: list[tuple[bool, str, str | None, bool]], account: str) -> Viewer:
    """Return somebody with any seats in the two groups, some of them only read from."""
    held = tuple(
        Capacity(
            seat_id=900_000 + place,
            group_id=(two.ours if ours else two.theirs).group.id,
            role=role,
            agency=agency,
            title="",
            post="",
            holder="Người Đọc",
            account=account,
            since=date(2022, 1, 1),
            reading=reading,
        )
        for place, (ours, role, agency, reading) in enumerate(seats_)
    )
    return Viewer(account=account, capacities=held)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(held=st.lists(SEAT, max_size=4), data=st.data())
def test_no_seats_find_more_than_their_pages_show(office_hours, held, data):
    """Whatever seats somebody holds: what a search finds its page shows, and what a page shows is found."""
    group = office_hours.ours.group
    own = st.sampled_from(["ai-do", *office_hours.ours.accounts.values()])
    viewer = sitting(office_hours, held, data.draw(own))
    kind = data.draw(st.sampled_from(KINDS))
    rows = list(Entry.objects.filter(group_id=group.id, kind=kind).order_by("pk"))
    for row in data.draw(st.lists(st.sampled_from(rows), min_size=1, max_size=3)):
        shows = _opens(lambda row=row: READ[kind](viewer, group, row))
        assert finds(viewer, group, row) == shows, (kind, row.title, row.readers, row.args)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    held=st.lists(SEAT, max_size=3), word=st.sampled_from(["b", "ho so", "bao cao", "2022", "sai ho ten", "k", "th"])
)
def test_whatever_is_typed_shows_only_what_may_be_read(office_hours, held, word):
    viewer, group = sitting(office_hours, held, "ai-do"), office_hours.ours.group
    result = finding.search(viewer, [group], asked(group, word))
    for one in result.items[:12]:
        row = Entry.objects.get(pk=one.id)
        assert _opens(lambda row=row: READ[row.kind](viewer, group, row)), (row.kind, row.title, row.readers)
    assert {one.kind for one in result.items} == set(result.counts)
