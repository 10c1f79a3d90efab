"""The replacement of a member: the verb is the charter's, evidence comes first, one procedure a seat, whole or not."""

from __future__ import annotations

from datetime import date

import pytest

from dean06.charter.errors import NeedsReason, Refused
from dean06.clock.errors import BadInput
from dean06.conduct.errors import ConductNotFound
from dean06.conduct.service import replacements
from dean06.conduct.types import NewAnswer, Stage
from dean06.demo import service as demo
from dean06.flows import replacing
from dean06.ledger import service as ledger
from dean06.offices import service as offices
from dean06.papers.service import documents
from flows.conftest import Office, at, own
from flows.test_powers import office_under
from harness.settled import settled_once

# Its rooms are asked on both databases by tests of their own.
pytestmark = [pytest.mark.django_db, pytest.mark.either_database]

LATE = date(2022, 12, 30)
NAMED = NewAnswer(number="45/BHXH", dated=LATE, agrees=True, nominee="Đỗ Người Mới", post="Phó Giám đốc")


def with_late_tasks(short: str, folder) -> Office:
    """A group in which the insurance office let its tasks run over."""
    from dean06.flows import ordering

    made = office_under(short, folder)
    with at(2022, 6, 1):
        ordering.assign_source(made.account("leader"), made.group, "bhyt")
    made.load_register("2022-06")
    made.deliver("bhyt", "BHXH", "2022-06", demo.NOTHING)
    return made


settled_qn = settled_once("late_qn", lambda folder: with_late_tasks("QN", folder))
settled_xt = settled_once("late_xt", lambda folder: with_late_tasks("XT", folder))


@pytest.fixture(params=["QN", "XT"])
def office(request, home, tmp_path) -> Office:
    made = own(request.getfixturevalue(f"settled_{request.param.lower()}").again(home), tmp_path)
    made.short = request.param
    return made


def late(office: Office) -> list[int]:
    seen = offices.viewer(office.account("leader"), LATE)
    return [one.id for one in replacing.not_done(seen, office.group, "BHXH")["BHXH"]]


def seat(office: Office):
    return offices.holders(office.group.id, LATE, role="member", agency="BHXH")[0]


def put_forward(office: Office, by: str = "leader", tasks: list[int] | None = None, **more):
    chosen = late(office) if tasks is None else tasks
    return replacing.put_forward(office.account(by), office.group, seat(office).seat_id, chosen, "Chậm sửa", **more)


def test_the_verb_of_the_letter_is_the_charter_s(office):
    """Acceptance example 9."""
    verbs = {"QN": (replacing.REQUIRE, "yêu cầu", "3.5"), "XT": (replacing.PROPOSE, "đề nghị", "3.5")}
    action, verb, clause = verbs[office.short]
    with at(2022, 12, 30):
        made = put_forward(office)
        letter = replacing.write_letter(office.account("secretariat"), office.group, made.id)
    assert made.action == action
    assert f"{verb} cử người thay" in documents.for_work(letter.id).abstract
    told = ledger.entries_for("replacement", replacements.ref_of(office.group.slug, seat(office).seat_id))[-1]
    assert (told["action"], told["citations"]) == (action, [clause])


def test_without_evidence_or_by_another_it_is_not_put_forward(office):
    with at(2022, 12, 30):
        with pytest.raises((Refused, NeedsReason)):
            put_forward(office, tasks=[])
        with pytest.raises((Refused, NeedsReason)):
            put_forward(office, by="deputy")
        with pytest.raises(BadInput, match="Chọn ít nhất một"):
            put_forward(office, tasks=[], reason="vẫn muốn")
    assert replacements.replacements(offices.viewer(office.account("leader"), LATE), office.group.id) == []


def test_the_whole_way_from_evidence_to_the_new_member(office):
    group, secretary, leader = office.group, office.account("secretariat"), office.account("leader")
    with at(2022, 12, 30):
        made = put_forward(office)
        with pytest.raises(BadInput, match="đang được làm"):
            put_forward(office)
        with pytest.raises(BadInput, match="chưa trả lời"):
            replacing.carry_out(leader, group, made.id, LATE)
        replacing.enter_answer(secretary, group, made.id, NAMED)
        with pytest.raises((Refused, NeedsReason)):
            replacing.carry_out(secretary, group, made.id, LATE)
        assert seat(office).holder == "Lê Ngọc Hoa"  # refused whole: the seat was not changed either
        done = replacing.carry_out(leader, group, made.id, LATE)
    assert done.stage is Stage.DONE
    assert (seat(office).holder, seat(office).post) == ("Đỗ Người Mới", "Phó Giám đốc")
    seen = offices.viewer(leader, LATE)
    assert [one.kind for one in replacements.steps(seen, made.id)] == ["opened", "answered", "done"]
    with at(2022, 12, 30), pytest.raises(BadInput, match="đã kết thúc"):
        replacing.withdraw(leader, group, made.id, "thôi")


def test_a_refusal_ends_it_and_another_may_be_put_forward(office):
    group = office.group
    with at(2022, 12, 30):
        made = put_forward(office)
        no = NewAnswer(number="46/BHXH", dated=LATE, agrees=False, text="không còn người")
        assert replacing.enter_answer(office.account("secretariat"), group, made.id, no).stage is Stage.REFUSED
    with at(2022, 12, 30, 10):
        again = put_forward(office)
        assert again.number == made.number + 1
        assert replacing.withdraw(office.account("leader"), group, again.id, "đã xong việc").stage is Stage.WITHDRAWN


def test_another_group_has_no_such_procedure(office):
    with at(2022, 12, 30):
        made = put_forward(office)
        with pytest.raises(ConductNotFound):
            replacements.replacement_for_flow(office.group.id + 1, made.id)
        stranger = offices.viewer(office.admin, LATE)
        with pytest.raises(ConductNotFound):
            replacements.replacement(stranger, made.id)
