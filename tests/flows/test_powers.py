"""Acting powers from the record alone: the cases of a jurist, asked of a group whose people delegate and go away."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from charter.case_files import Verdict, verdict
from dean06.charter.errors import Refused
from dean06.clock import service as clock
from dean06.clock.errors import BadInput
from dean06.flows import delegating, powers, setup
from dean06.flows.authority import Act, Answer, ask, bind, permit
from dean06.flows.hats import noting, wearing
from dean06.offices import service as offices
from dean06.offices.service import absences, delegations
from dean06.offices.types import NewDelegation
from flows.conftest import SINCE, Office, at, found

pytestmark = pytest.mark.django_db

PACKAGES = {"QN": "quang-ninh-2022", "XT": "xuan-truong-2022"}
CASES: list[dict[str, Any]] = YAML(typ="safe").load(Path(__file__).with_name("cases") / "powers.yaml")
JULY = SINCE.replace(month=7, day=1)


def office_under(short: str, folder: Path) -> Office:
    made = found(PACKAGES[short], short.lower(), folder, persons=60)
    if short == "XT":
        with at(2022, 5, 21):
            for role in ("leader", "standing_deputy"):
                setup.confirm_instrument(made.account(role), made.group, "06/QĐ-THU", SINCE)
    return made


def moment(text: str) -> datetime:
    day, hour = text.split()
    hours, minutes = hour.split(":")
    return datetime(2022, 7, int(day), int(hours), int(minutes), tzinfo=clock.TZ)


def seat_of(office: Office, role: str):
    return offices.holders(office.group.id, JULY, role=role)[0]


def delegate(office: Office, since: datetime, until: datetime, acts: tuple[str, ...] = ()) -> int:
    new = NewDelegation(
        from_seat=seat_of(office, "leader").seat_id,
        to_seat=seat_of(office, "standing_deputy").seat_id,
        since=since,
        until=until,
        ground="Tổ trưởng đi công tác",
        actions=acts,
    )
    return delegating.grant(office.account("leader"), office.group, new)


def write_down(office: Office, said: dict[str, Any]) -> None:
    leader, group = office.account("leader"), office.group
    if "away" in said:
        span = tuple(moment(one) for one in said["away"])
        delegating.go_away(office.account("secretariat"), group, seat_of(office, "leader"), span, "đi công tác")
    elif "delegate" in said:
        since, until = (moment(one) for one in said["delegate"])
        delegate(office, since, until, tuple(said.get("for", ())))
    elif "revoke" in said:
        delegating.revoke(leader, group, delegations.delegations_of(group.id)[-1].id, "không còn cần")
    else:
        delegating.come_back(leader, group, absences.absences_of(group.id)[-1].id, moment(said["back"]), "xong việc")


def answer(office: Office, who: str, does: str, given: list[str] = ()) -> Answer:
    facts = {name: value or True for name, _, value in (one.partition("=") for one in given)}
    return ask(Act(account=office.account(who), group=office.group, action=does, obj=bind("thing", "1"), facts=facts))


def fits(told: Answer, wanted: Verdict) -> None:
    decision = told.decision
    assert decision.outcome == wanted.outcome
    assert wanted.cites <= {cited.dotted for cited in decision.citations}
    assert wanted.one("form") in (None, decision.sign_form)
    assert wanted.one("seal") in (None, decision.seal)


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_the_record_switches_the_power(case, home, tmp_path):
    office = office_under(case["charter"], tmp_path)
    for step in case["steps"]:
        when = moment(step["ask"]["on"] if "ask" in step else step["on"])
        with clock.pinned(when):
            if "record" in step:
                write_down(office, step["record"])
            else:
                asked = {key: value for key, value in step["ask"].items() if key != "on"}
                fits(answer(office, **asked), verdict(step["is"]))


@pytest.fixture
def office(home, tmp_path) -> Office:
    return office_under("QN", tmp_path)


def test_a_delegation_wants_its_giver_a_ground_a_term_and_a_delegate_whom_the_charter_names(office):
    since, until = moment("06 08:00"), moment("20 17:00")
    seats = {role: seat_of(office, role).seat_id for role in ("leader", "standing_deputy", "deputy")}

    def granted(by: str, **changed: object) -> int:
        said = {"from_seat": seats["leader"], "to_seat": seats["standing_deputy"], "ground": "x", "until": until}
        return delegating.grant(office.account(by), office.group, NewDelegation(since=since, **said | changed))

    with at(2022, 7, 5):
        for by in ("standing_deputy", "secretariat"):
            with pytest.raises(BadInput, match="phần việc của chính mình"):
                granted(by)
        with pytest.raises(Refused):
            granted("leader", ground="")
        with pytest.raises(Refused):
            granted("leader", to_seat=seats["deputy"])
        with pytest.raises(BadInput, match="thời hạn"):
            granted("leader", until=since)
        with pytest.raises(BadInput, match="không ủy quyền được"):
            granted("leader", actions=("delegation.grant",))
        assert granted("leader")
    assert len(delegations.delegations_of(office.group.id)) == 1


def test_who_ran_the_group_is_told_span_by_span_with_the_clause(office):
    with at(2022, 7, 5):
        delegate(office, moment("06 08:00"), moment("20 17:00"))
        span = (moment("10 00:00"), moment("15 00:00"))
        delegating.go_away(office.account("leader"), office.group, seat_of(office, "leader"), span, "")
    with at(2022, 7, 25):
        known = powers.actings(office.group)
        told = [
            (
                one.since,
                [(acting.role, acting.basis, acting.clauses[0].dotted) for acting in one.acting],
                one.leader_away,
            )
            for one in powers.spells(known)
        ]
    delegated, away = ("standing_deputy", "delegation", "3.4"), ("standing_deputy", "absence", "4.2")
    assert told == [
        (None, [], False),
        (moment("06 08:00"), [delegated], False),
        (moment("10 00:00"), [delegated, away], True),
        (moment("15 00:00"), [delegated], False),
        (moment("20 17:00"), [], False),
    ]


def test_an_act_tells_under_which_hat_and_power_it_was_done(office):
    with at(2022, 7, 9):
        span = (moment("10 00:00"), moment("15 00:00"))
        delegating.go_away(office.account("leader"), office.group, seat_of(office, "leader"), span, "")
    with at(2022, 7, 12), noting() as worn:
        account = office.account("standing_deputy")
        permit(Act(account=account, group=office.group, action="meeting.preside", obj=bind("meeting", "1")))
    (one,) = worn
    assert (one.role, one.absent, one.delegated) == ("standing_deputy", True, False)
    assert one.clauses[0] == "Điều 4 khoản 2"


def test_of_two_seats_that_may_the_chosen_one_acts_and_one_that_may_not_never_does(office):
    account = office.account("clerk")
    with at(2022, 7, 1):
        second = setup.Member(
            role="secretariat", agency="OFF", holder="Mai Thị Tám", account=account, since=JULY, mark="2"
        )
        seat = setup.seat(office.admin, office.group, second)
    clerk = seat_of(office, "clerk")

    def worn(action: str, chosen: int) -> str:
        with at(2022, 7, 2), wearing(chosen):
            return ask(Act(account=account, group=office.group, action=action, obj=bind("thing", "1"))).role

    assert worn("incoming.register", clerk.seat_id) == "clerk"
    assert worn("incoming.register", seat.seat_id) == "secretariat"
    assert worn("seat.end", clerk.seat_id) == "secretariat"  # the clerk has no such power
