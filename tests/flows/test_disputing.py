"""A rule that is wrong rests until a day: it is still counted, opens nothing, and works again by itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from dean06.charter.errors import Refused
from dean06.clock.errors import BadInput
from dean06.corrections import service as corrections
from dean06.corrections.models import Finding, Order
from dean06.flows import correcting, disputing, ordering
from dean06.ledger import service as ledger
from dean06.offices import service as offices
from dean06.reconcile.service import runs as matching
from dean06.reconcile.service import scores
from dean06.sources import service as sources
from dean06.sources.types import DisputeInfo, Example
from dean06.work.models import Task
from flows.conftest import SINCE, Office, at, found, kept, own
from flows.told import followed, of_kind, shut

pytestmark = pytest.mark.either_database  # orders that wait and go on are asked on both by the river

CASES = YAML(typ="safe").load(Path(__file__).with_name("suspension_cases.yaml").read_text(encoding="utf-8"))
HEAD = "STT,Mã số BHXH,Họ và tên,Ngày sinh,Giới tính,Số CCCD,Mã thẻ BHYT,Từ ngày,Đến ngày"
SOUND = "4420000001,Đinh Văn Không Ai,02/03/1985,1,,HC4420000000001,01/01/2022,31/12/2022"
WRONG_CARD = "4420000002,Đinh Thị Không Ai,02/03/1986,2,,HC44-2,01/01/2022,31/12/2022"
WRONG_SPAN = "4420000003,Đinh Thị Nào Đó,02/03/1987,2,,HC4420000000003,01/01/2023,31/12/2022"
RIGHT_SPAN = WRONG_SPAN.replace("01/01/2023", "01/01/2022")
OTHER_SPAN = WRONG_SPAN.replace("4420000003", "4420000004").replace("HC4420000000003", "HC4420000000004")
SPAN, CARD = ("the_tu_den", "han_the_den"), ("sai_mau", "ma_the_bhyt")
REASON = "Thẻ cấp lại được ghi ngày bắt đầu của lần sau"


def deliver(office: Office, month: int, rows: Sequence[str], *, complete: bool = False) -> int:
    path = office.folder / f"bhyt-{month}.csv"
    lines = [HEAD, *(f"{number},{row}" for number, row in enumerate(rows, 1))]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return office.hand_in("bhyt", "BHXH", f"2022-{month:02d}", path, complete=complete)


def build(folder: Path) -> Office:
    made = found("quang-ninh-2022", "qn", folder, persons=60)
    with at(2022, 6, 1):
        ordering.assign_source(made.account("leader"), made.group, "bhyt")
    for month in ("2022-06", "2022-07", "2022-08", "2022-09"):
        made.load_register(month)
    made.delivered["run"] = deliver(made, 6, [SOUND, WRONG_CARD, WRONG_SPAN])  # on 30 June
    return made


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker, tmp_path_factory):
    with kept(django_db_blocker, tmp_path_factory.mktemp("tam-dung"), build) as office:
        yield office


@pytest.fixture
def office(made, db, tmp_path) -> Office:
    return own(made, tmp_path)


def viewer(office: Office, role: str, agency: str = ""):
    return offices.viewer(office.account(role, agency), SINCE.replace(month=7))


def disputed(office: Office, day: int = 2, pair: tuple[str, str] = SPAN) -> DisputeInfo:
    with at(2022, 7, day):
        example = Example(run=f"L{office.delivered['run']}", sheet="", row=4)
        return disputing.dispute(viewer(office, "member", "BHXH"), office.group, "bhyt", pair, REASON, [example])


def suspended(office: Office, until: date = date(2022, 8, 15), pair: tuple[str, str] = SPAN) -> DisputeInfo:
    told = disputed(office, pair=pair)
    with at(2022, 7, 3):
        return disputing.decide(viewer(office, "standing_deputy"), office.group, told, until, "Chờ mẫu mới")


def standing(pair: tuple[str, str]) -> list[str]:
    rows = Finding.objects.filter(rule=pair[0], field=pair[1]).order_by("pk")
    return [one.status for one in rows]


def measures(run: int) -> dict[str, tuple[int, int]]:
    return {code: (one.good, one.total) for code, one in scores.for_work(run).items()}


def counts(run: int) -> dict[tuple[str, str], int]:
    checked = sources.examined_for_work(matching.for_work(run).delivery_id)
    return {(one.rule, one.field): one.broken for one in checked.rules if one.broken}


# ------------------------------------------------------------ days


@pytest.mark.parametrize("case", CASES, ids=[f"{one['why']}" for one in CASES])
def test_a_suspended_rule_rests_and_works_again(case):
    told = DisputeInfo(
        id=1,
        group_id=1,
        number=1,
        source="bhyt",
        rule="x",
        field="y",
        reason="z",
        examples=(),
        state="suspended",
        made_at=None,
        made_by="",
        agency="",
        since=case["since"],
        until=case["until"],
        ended_on=case.get("ended"),
    )
    assert told.rests_on(case["on"]) is case["rests"]


@given(days=st.integers(1, 90), on=st.integers(-5, 120))
def test_it_rests_on_exactly_the_days_from_the_first_to_the_day_before_the_last(days, on):
    since = date(2022, 7, 1)
    told = DisputeInfo(
        id=1,
        group_id=1,
        number=1,
        source="bhyt",
        rule="x",
        field="y",
        reason="z",
        examples=(),
        state="suspended",
        made_at=None,
        made_by="",
        agency="",
        since=since,
        until=since + timedelta(days=days),
        ended_on=None,
    )
    assert told.rests_on(since + timedelta(days=on)) is (0 <= on < days)


@pytest.mark.parametrize(
    ("until", "fits"),
    [
        (date(2022, 7, 3), False),
        (date(2022, 7, 2), False),
        (date(2022, 7, 4), True),
        (date(2022, 10, 1), True),  # 90 days after 3 July
        (date(2022, 10, 2), False),
    ],
)
def test_how_long_a_rule_may_rest_is_bounded_and_the_refusal_says_where_that_is_from(office, until, fits):
    if fits:
        assert suspended(office, until).until == until
        return
    with pytest.raises(BadInput, match=r"không quá 01/10/2022 \(90 ngày\)\. Quy ước"):
        suspended(office, until)


# ------------------------------------------------------------ while it rests


def test_it_is_counted_and_opens_nothing_and_what_it_found_waits(office):
    assert standing(SPAN) == ["open"]
    suspended(office)
    run = deliver(office, 7, [SOUND, WRONG_CARD, RIGHT_SPAN, OTHER_SPAN])  # on 31 July
    assert counts(run)[SPAN] == 1
    assert standing(SPAN) == ["open"]  # neither the new one found, nor the mended one proved
    assert corrections.outcome_of(office.group.id, f"L{run}").whole.paused == 1
    assert sources.examined_for_work(matching.for_work(run).delivery_id).paused == (SPAN,)


def test_measures_leave_it_out(office):
    before = measures(office.delivered["run"])
    assert (before["S2"], before["D1"]) == ((2, 3), (17, 18))
    suspended(office)
    after = measures(deliver(office, 7, [SOUND, WRONG_CARD, WRONG_SPAN]))
    assert (after["S2"], after["D1"]) == ((3, 3), (17, 18))


def test_what_a_field_promises_can_rest_too(office):
    suspended(office, pair=CARD)
    run = deliver(office, 7, [SOUND, WRONG_CARD, WRONG_SPAN])
    assert measures(run)["D1"] == (15, 15)  # without the three cards
    assert counts(run)[CARD] == 1
    assert standing(CARD) == ["open"]


def test_no_order_is_opened_and_the_correction_file_leaves_it_out(office):
    task = Task.objects.get(pk=Order.objects.get(findings__rule=SPAN[0]).task_id)
    with at(2022, 7, 1):
        book, _ = correcting.handover(viewer(office, "member", "BHXH"), office.group, task.pk)
    assert book
    suspended(office)
    with at(2022, 7, 4), pytest.raises(BadInput, match="Không còn dòng nào"):
        correcting.handover(viewer(office, "member", "BHXH"), office.group, task.pk)


def test_it_works_again_on_its_day_without_anybody_doing_anything(office):
    suspended(office, date(2022, 8, 15))
    deliver(office, 7, [SOUND, WRONG_CARD, OTHER_SPAN])
    assert standing(SPAN) == ["open"]
    run = deliver(office, 8, [SOUND, WRONG_CARD, RIGHT_SPAN, OTHER_SPAN])  # on 31 August
    assert standing(SPAN) == ["proved", "open"]
    assert measures(run)["S2"] == (3, 4)
    assert sources.examined_for_work(matching.for_work(run).delivery_id).paused == ()


def test_it_can_be_ended_early_by_an_act(office):
    told = suspended(office)
    with at(2022, 7, 20):
        with pytest.raises(Refused):
            disputing.resume(viewer(office, "member", "BHXH"), office.group, told, "Đã rõ")
        ended = disputing.resume(viewer(office, "standing_deputy"), office.group, told, "Mẫu mới đã có")
    assert ended.ended_on == date(2022, 7, 20)
    deliver(office, 7, [SOUND, WRONG_CARD, OTHER_SPAN])
    assert standing(SPAN) == ["open", "open"]
    with at(2022, 7, 21), pytest.raises(BadInput, match="không đang tạm dừng"):
        disputing.resume(viewer(office, "standing_deputy"), office.group, told, "Lần nữa")


# ------------------------------------------------------------ who, and what is kept


def test_who_may_say_so_and_who_decides(office):
    with at(2022, 7, 2):
        for role, agency in (("member", "GDDT"), ("clerk", ""), ("leader", "")):
            with pytest.raises(Refused):
                disputing.dispute(viewer(office, role, agency), office.group, "bhyt", SPAN, REASON)
    told = disputed(office)
    with at(2022, 7, 3):
        for role in ("leader", "secretariat", "member"):
            with pytest.raises(Refused):
                disputing.decide(viewer(office, role), office.group, told, date(2022, 7, 20), "Chờ")
        refused = disputing.decide(viewer(office, "register_keeper"), office.group, told, None, "Luật đúng")
    assert (refused.state, [one.act for one in refused.acts]) == ("refused", ["made", "refused"])
    assert sources.suspended_rules(office.group.id, date(2022, 7, 4)) == {}


def test_one_waits_at_a_time_and_a_resting_rule_is_not_disputed_again(office):
    told = disputed(office)
    with pytest.raises(BadInput, match="đang chờ quyết định"):
        disputed(office, 3)
    with at(2022, 7, 4):
        disputing.decide(viewer(office, "standing_deputy"), office.group, told, date(2022, 7, 20), "Chờ")
    with pytest.raises(BadInput, match="đang tạm dừng"):
        disputed(office, 5)
    assert disputed(office, 20).label == "TC-2"  # on its last day it works again


def test_each_act_has_its_entry_and_no_value_of_a_person(office):
    told = suspended(office)
    entries = ledger.entries_for("rule", f"{office.group.slug}:TC-{told.number}")
    assert [one["note"]["act"] for one in entries] == ["made", "suspended"]
    assert not [value for value in ("Không Ai", "4420000003", "HC44") if value in str(entries) + str(told)]


def test_whom_it_concerns_is_told_and_the_page_opens(office):
    told_ = disputed(office)
    with at(2022, 7, 2):
        followed()
    waiting = of_kind("rule_disputed")
    assert set(waiting) == {office.account("standing_deputy"), office.account("register_keeper")}
    assert "TC-1" in waiting[office.account("standing_deputy")]
    with at(2022, 7, 3):
        disputing.decide(viewer(office, "standing_deputy"), office.group, told_, date(2022, 7, 20), "Chờ mẫu mới")
        followed()
        assert shut(office.group) == []
    answered = of_kind("rule_answered")
    assert list(answered) == [office.account("member", "BHXH")]
    assert "20/07/2022" in answered[office.account("member", "BHXH")]
