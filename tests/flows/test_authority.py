"""Who may, in which group, under which hat; what a permit is bound to; and that no name reaches the ledger."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from dean06.adoption import service as adoption
from dean06.charter.errors import NeedsReason, Refused
from dean06.clock import service as clock
from dean06.clock.errors import BadInput, RefusedByCharter
from dean06.flows import delegating, demo_day, setup
from dean06.flows.authority import Act, bind, permit, system_permit
from dean06.flows.setup import Member
from dean06.identity import service as identity
from dean06.ledger.errors import PermitMisused
from dean06.ledger.models import Entry
from dean06.offices import service as offices
from dean06.offices.types import NewGroup
from flows.conftest import SEATS, SINCE, Office, at, found
from flows.neighbours import neighbour

pytestmark = pytest.mark.django_db
JULY = date(2022, 7, 1)


@pytest.fixture
def here(home, tmp_path) -> Office:
    return found("quang-ninh-2022", "qn", tmp_path, persons=60)


def away(office: Office, by: str, seat, reason: str | None = "đi họp") -> int:
    with at(2022, 7, 1):
        span = (clock.at_start_of(date(2022, 7, 10)), clock.at_start_of(date(2022, 7, 12)))
        return delegating.go_away(by, office.group, seat, span, ground=reason)


def test_what_a_charter_leaves_open_is_for_the_group_s_own_people(here):
    _, stranger = neighbour(here)

    def declare(account: str, reason: str | None = "đủ số người"):
        with at(2022, 7, 1):
            obj = bind("meeting", "1")
            return permit(Act(account=account, group=here.group, action="quorum.declare", obj=obj, reason=reason))

    for nobody in (stranger, here.admin, "00000000-0000-4000-8000-000000000009"):
        with pytest.raises(RefusedByCharter, match="không giữ vị trí nào"):
            declare(nobody)
    with pytest.raises(NeedsReason):
        declare(here.account("secretariat"), reason=None)
    assert declare(here.account("secretariat")).outcome == "not_regulated"


def test_an_absence_is_recorded_by_who_is_away_or_by_the_secretariat_with_its_ground(here):
    leader = offices.holders(here.group.id, SINCE, role="leader")[0]
    _, stranger = neighbour(here)
    for other in (stranger, here.admin, here.account("standing_deputy"), here.account("member", "BHXH")):
        with pytest.raises(Refused):
            away(here, other, leader)
    with pytest.raises(Refused):
        away(here, here.account("secretariat"), leader, reason="")
    assert away(here, here.account("secretariat"), leader)


def test_a_reason_does_not_let_a_stranger_past_a_clause_that_only_warns(here):
    _, stranger = neighbour(here)
    act = Act(account=stranger, group=here.group, action="task.assign", obj=bind("task", "1"), reason="vì cần")
    with at(2022, 7, 1), pytest.raises(Refused):
        permit(act)


def test_a_seat_of_another_group_moves_no_power_here(here):
    other, _ = neighbour(here)
    foreign = offices.holders(other.id, SINCE, role="leader")[0]
    with pytest.raises(BadInput, match="không thuộc tổ"):
        away(here, here.account("secretariat"), foreign)
    seat = offices.holders(here.group.id, SINCE, role="standing_deputy")[0]
    with at(2022, 7, 11):
        assert not offices.facts_about(here.group.id, clock.now(), seat.seat_id, "document.sign")[
            "leader.absent_on_date"
        ]


def test_the_hat_of_the_agency_concerned_is_the_one_that_acts(here):
    account = here.account("member", "BHXH")
    with at(2022, 6, 1):
        setup.seat(
            here.admin, here.group, Member(role="member", agency="GDDT", holder="Hai Vai", account=account, since=SINCE)
        )
    with at(2022, 7, 1):
        for agency in ("BHXH", "GDDT"):
            given = permit(
                Act(
                    account=account,
                    group=here.group,
                    action="delivery.receive",
                    agency=agency,
                    obj=bind("delivery", agency),
                )
            )
            assert given.actor.agency == agency


def test_a_standing_permit_of_another_group_sets_up_nothing_here(here):
    from dean06.flows import ordering

    other, leader = neighbour(here)
    with at(2022, 7, 1):
        theirs = ordering.assign_source(leader, other, "bhyt").permit_digest
        with pytest.raises(Refused):
            system_permit(here.group, "task.open_automatic", bind("task", "qn:1"), standing=theirs)
        assert system_permit(other, "task.open_automatic", bind("task", "x:1"), standing=theirs)


def test_a_permit_serves_the_content_it_was_given_for_and_no_other(here):
    with at(2022, 7, 1):
        by = permit(
            Act(
                account=here.account("leader"),
                group=here.group,
                action="local_rule.set",
                obj=bind("local_rule", "qn:G-12", gap="G-12", value='{"from_day":15}'),
            )
        )
        with pytest.raises(PermitMisused, match="nội dung khác"):
            adoption.set_local_rule(by, here.group.id, "G-12", {"from_day": 1})
        assert adoption.local_rule(here.group.id, "G-12", JULY) is None
        assert adoption.set_local_rule(by, here.group.id, "G-12", {"from_day": 15}).number == 1


def test_no_name_of_a_person_reaches_the_ledger(here):
    neighbour(here)
    bodies = "\n".join(Entry.objects.values_list("body", flat=True))
    names = [holder for _, _, holder in SEATS] + ["Đào Thị Chín", "Quản Trị", "quan-tri", "ben-canh-truong"]
    names += [f"qn-{role}-{agency}" for role, agency, _ in SEATS]
    assert [name for name in names if name in bodies] == []


def test_a_sign_in_name_is_given_once(here):
    with at(2022, 7, 1), pytest.raises(BadInput, match="đã có"):
        setup.open_account(here.admin, "qn-leader-PC", None, "Người Khác")


def test_a_founding_cut_off_in_the_middle_can_be_done_again(home, monkeypatch):
    with monkeypatch.context() as cut:
        cut.setattr(offices, "found_technical_seats", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            setup.found_installation("quan-tri", None, "Quản Trị")
    made = setup.found_installation("quan-tri", None, "Quản Trị")
    assert identity.account("quan-tri").public_id == made.public_id


def holders(office: Office, day: date) -> list[str]:
    return [one.holder for one in offices.holders(office.group.id, day, role="clerk")]


def sit(office: Office, name: str, since: date) -> None:
    with at(2022, 9, 1):
        setup.seat(office.admin, office.group, Member(role="clerk", agency="OFF", holder=name, since=since))


def test_one_seat_has_one_holder_on_any_day(here):
    sit(here, "Người Hai", date(2022, 8, 1))
    assert holders(here, date(2022, 7, 31)) == ["Mai Thị Tám"]
    assert holders(here, date(2022, 8, 1)) == ["Người Hai"]
    sit(here, "Người Đúng", date(2022, 8, 1))
    sit(here, "Người Xen", date(2022, 7, 1))
    days = [SINCE + timedelta(days=n) for n in range(0, 120, 3)]
    assert {len(holders(here, day)) for day in days} == {1}
    assert [holders(here, date(2022, month, 15))[0] for month in (6, 7, 8)] == [
        "Mai Thị Tám",
        "Người Xen",
        "Người Đúng",
    ]


def test_a_text_without_number_and_date_belongs_to_one_group(home, tmp_path):
    office = found("xuan-truong-2022", "xt", tmp_path, persons=60)
    with pytest.raises(BadInput, match="thuộc một tổ khác"):
        neighbour(office)


def test_the_package_and_the_line_of_a_group_are_one(here):
    new = NewGroup(
        slug="sai",
        name="Tổ",
        short_name="Tổ",
        level="district",
        unit_code="456",
        unit_on=SINCE,
        charter_line="quang-ninh-2022",
    )
    with at(2022, 7, 1):
        with pytest.raises(BadInput, match="không phải"):
            setup.found_group(here.admin, new, "xuan-truong-2022")
        long = NewGroup(**{name: getattr(new, name) for name in new.__slots__} | {"slug": "x" * 31})
        with pytest.raises(BadInput, match="tối đa 30"):
            setup.found_group(here.admin, long, "quang-ninh-2022")


@pytest.mark.parametrize(
    ("gap", "value"),
    [
        ("G-12", {"from_day": 31}),
        ("G-12", {"from_day": 0}),
        ("G-12", {}),
        ("G-20", {"1": 0}),
        ("G-20", {"9": 3}),
        ("G-20", {"1": "ba"}),
        ("G-99", {"x": 1}),
    ],
)
def test_a_local_rule_that_nothing_could_follow_is_refused(here, gap, value):
    with at(2022, 7, 1), pytest.raises(BadInput, match=gap):
        setup.set_local_rule(here.account("leader"), here.group, gap, value)


def test_an_operator_of_today_moves_the_day_of_a_demonstration_of_the_past(home, tmp_path):
    office = found("quang-ninh-2022", "qn", tmp_path, persons=60)
    group, _ = neighbour(office, own_day=date(2021, 3, 1))
    demo_day.move(office.admin, group, date(2021, 3, 2))
    assert offices.group("ben-canh").own_day == date(2021, 3, 2)
