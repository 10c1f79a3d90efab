"""The registers under two charters: who may do what, read like the law; and the journeys of an entry."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from django.db import transaction
from django.test import override_settings
from ruamel.yaml import YAML

from dean06.charter.errors import NeedsReason, Refused
from dean06.charter.types import ObjectRef
from dean06.clock import service as clock
from dean06.flows import setup, tracking
from dean06.flows.setup import Member
from dean06.flows.tracking import NewWork, Said, seed, table
from dean06.flows.tracking.offers import Case, book, chosen, openings, standing
from dean06.ledger.models import Entry as Leaf
from dean06.offices import service as offices
from dean06.papers.errors import SecretRefused
from dean06.work.errors import EntryRefused, FieldRefused
from dean06.work.service import registers
from dean06.work.service import tasks as work
from dean06.work.service.registers import Change, Level
from flows.conftest import SINCE, Office, at, found

CASES = YAML(typ="safe").load(Path(__file__).with_name("tracking_cases.yaml").read_text("utf-8"))["cases"]
PACKAGES = {"qn": "quang-ninh-2022", "xt": "xuan-truong-2022"}
MORE = (("member", "VHTT", "Lý Thị Chín"), ("member", "TP", "Cao Văn Mười"))


def seated(package: str, slug: str, folder: Path) -> Office:
    """A group under a charter, with two members more; a text without number and date is confirmed by two."""
    made = found(package, slug, folder)
    with at(2022, 5, 21):
        for role, agency, holder in MORE:
            account = setup.open_account(made.admin, f"{slug}-{agency}", None, holder).public_id
            made.accounts[f"{role}:{agency}"] = account
            member = Member(role=role, agency=agency, holder=holder, account=account, since=SINCE)
            setup.seat(made.admin, made.group, member)
        if package == "xuan-truong-2022":
            for role in ("leader", "standing_deputy"):
                setup.confirm_instrument(made.account(role), made.group, "06/QĐ-THU", SINCE)
    return made


@pytest.fixture(scope="module", params=sorted(PACKAGES))
def group_of(request, django_db_blocker, tmp_path_factory) -> Iterator[tuple[str, Office]]:
    folder = tmp_path_factory.mktemp(request.param)
    (home := folder / "home").mkdir()
    with django_db_blocker.unblock(), override_settings(HOME=home), transaction.atomic():
        yield request.param, seated(PACKAGES[request.param], request.param, folder)
        transaction.set_rollback(True)


@pytest.fixture
def office_of(group_of, db) -> Iterator[tuple[str, Office]]:
    with at(2022, 6, 2):
        yield group_of


def account(office: Office, who: str) -> str:
    role, _, agency = who.partition(":")
    return office.account(role, agency)


def said_of(office: Office, case: dict):
    """Return the answer to a case, and whether the move is offered under this charter at all."""
    definition = registers.definition(case["register"])
    by = standing(account(office, case["who"]), office.group)
    move = next(one for one in (*definition.openings, *definition.moves) if one.code == case["does"])
    obj = ObjectRef(kind="entry", id="x", digest="x")
    offer = chosen(by, move, Case(obj=obj, agency=case.get("owner", ""), values=case.get("given", {})))
    offered = move in (*openings(by, definition), *definition.moves)
    return offer, offered


def test_the_charters_answer_as_the_cases_say(office_of):
    charter, office = office_of
    wrong = []
    for case in (one for one in CASES if one["charter"] == charter):
        offer, offered = said_of(office, case)
        decision = offer.answer.decision
        told = {
            "answer": decision.outcome,
            "offered": offered,
            "cite": decision.citations[0].dotted if decision.citations else None,
        }
        wanted = {"answer": case["answer"], "offered": case.get("offered", True)}
        if "cite" in case or "house" in case:
            wanted["cite"] = case.get("cite") or case["house"]
            if (decision.charter.kind == "installation") != ("house" in case):
                wrong.append(f"{case['id']}: answered by {decision.charter.line}")
        can = set(decision.who_can) | ({"leader"} if "group" in decision.who_can else set())
        if "can" in case and case["can"] not in can:
            wrong.append(f"{case['id']}: {decision.who_can} can")
        if "missing" in case and case["missing"] not in decision.missing:
            wrong.append(f"{case['id']}: lacks {decision.missing}")
        if differing := {key: told[key] for key in wanted if told[key] != wanted[key]}:
            wrong.append(f"{case['id']}: {differing}")
    assert not wrong, "\n".join(wrong)


def test_every_case_names_what_there_is_and_both_charters_are_asked_alike():
    assert len({one["id"] for one in CASES}) == len(CASES)
    for case in CASES:
        definition = registers.definition(case["register"])
        assert case["does"] in {one.code for one in (*definition.openings, *definition.moves)}, case["id"]
    assert {one["charter"] for one in CASES} == set(PACKAGES)


def issue(office: Office, **values) -> registers.EntryInfo:
    given = {"ten": "Thiếu máy quét ở xã", "nguyen_nhan": "ha_tang", "co_quan": "VHTT"} | values
    return tracking.open_entry(office.account("secretariat"), office.group, "vuong-mac", given)


def test_an_issue_lives_from_report_to_answer_with_every_step_cited(office_of):
    charter, office = office_of
    one = issue(office, han="2022-06-10")
    reason = Said(reason="quy chế để trống")
    change = Change(revision=one.revision, values={"giai_phap": "mua hai máy"})
    one = tracking.move(office.account("member", "GDDT"), office.group, one.id, "de_xuat", change, reason)
    change = Change(revision=one.revision, values={"chi_dao": "làm trong tuần", "co_quan": "BHXH"})
    one = tracking.move(office.account("leader"), office.group, one.id, "chi_dao", change, reason)
    assert (one.state, one.agency) == ("da_chi_dao", "BHXH")
    with at(2022, 6, 20):
        assert one.is_overdue(clock.today(office.group))
        change = Change(revision=one.revision, values={"tra_loi": "đã mua"})
        one = tracking.move(office.account("leader"), office.group, one.id, "thao_go", change, reason)
    assert one.closed_at is not None
    assert one.age(date(2030, 1, 1)) == 18
    seen = offices.viewer(office.account("leader"), clock.today(office.group))
    happened = registers.history(seen, one.id)
    directed = next(event for event in happened if event.move == "chi_dao")
    assert (directed.outcome, directed.citations) == (
        ("not_regulated", ()) if charter == "qn" else ("allowed", ("3.5",))
    )
    assert directed.changed["co_quan"] == ("VHTT", "BHXH")
    leaves = Leaf.objects.filter(scope=office.group.slug, object_kind="entry", object_id=one.ref)
    assert leaves.count() == 4
    assert not [leaf for leaf in leaves if "máy" in leaf.body or "mua" in leaf.body]


def test_what_the_charter_leaves_open_wants_a_reason_and_what_it_closes_is_refused(office_of):
    charter, office = office_of
    one = issue(office)
    change = Change(revision=one.revision, values={"chi_dao": "làm ngay", "co_quan": "VHTT"})
    if charter == "qn":
        with pytest.raises(NeedsReason):
            tracking.move(office.account("leader"), office.group, one.id, "chi_dao", change)
    else:
        assert tracking.move(office.account("leader"), office.group, one.id, "chi_dao", change).state == "da_chi_dao"
        one = registers.entry_for_flow(one.id)
    answer = Change(revision=one.revision, values={"tra_loi": "xong"})
    with pytest.raises(NeedsReason) as refusal:
        tracking.move(office.account("member", "BHXH"), office.group, one.id, "thao_go", answer)
    assert refusal.value.decision.who_can
    assert registers.entry_for_flow(one.id).closed_at is None


def test_the_secretariat_records_for_an_agency_on_its_paper_alone(office_of):
    _, office = office_of
    one = issue(office)
    change = Change(revision=one.revision, values={"tra_loi": "xong"})
    clerk = office.account("secretariat")
    with pytest.raises(Refused):
        tracking.move(clerk, office.group, one.id, "thao_go", change, Said(paper="15"))
    with pytest.raises(Refused):
        tracking.move(
            office.account("member", "BHXH"),
            office.group,
            one.id,
            "thao_go",
            change,
            Said(paper="15/BC ngày 01/6/2022"),
        )
    made = tracking.move(clerk, office.group, one.id, "thao_go", change, Said(paper="15/BC ngày 01/6/2022"))
    assert made.state == "da_thao_go"
    assert registers.last_for_flow(one.id).paper == "15/BC ngày 01/6/2022"


def test_a_task_is_made_of_an_entry_in_one_gesture_and_both_know_it(office_of):
    _, office = office_of
    one = issue(office)
    new = NewWork(title="Mua máy quét", lead="VHTT", due=date(2022, 7, 1), coordinating=("BHXH",))
    with pytest.raises(NeedsReason):
        tracking.make_task(office.account("member", "BHXH"), office.group, one.id, new)
    made = tracking.make_task(office.account("leader"), office.group, one.id, new)
    assert (made.lead, made.coordinating, made.basis.article, made.origin_ref) == ("VHTT", ("BHXH",), "3", one.ref)
    linked = registers.linked_to(office.group.id, registers.LinkKind.TASK, [str(made.id)])
    assert [each.id for each in linked[str(made.id)]] == [one.id]
    with pytest.raises(EntryRefused):  # the task rests on it
        tracking.undo(office.account("leader"), office.group, one.id, registers.last_for_flow(one.id).id)


def test_own_means_are_assigned_only_where_the_charter_gives_the_right(office_of):
    charter, office = office_of
    member, leader = office.account("member", "BHXH"), office.account("leader")
    one = issue(office)
    task = tracking.make_task(leader, office.group, one.id, NewWork(title="x", lead="BHXH", due=date(2022, 7, 1)))
    values = {"ten": "Hai cán bộ đối soát", "co_quan": "BHXH", "loai": "nhan_luc", "nhiem_vu": task.id}
    made = tracking.open_entry(member, office.group, "huy-dong", values)
    assert made.state == ("da_de_xuat" if charter == "qn" else "da_giao")
    assert registers.last_for_flow(made.id).citations[0] == ("9.4" if charter == "qn" else "9.3")
    if charter == "xt":
        values.pop("nhiem_vu")
        with pytest.raises(NeedsReason):
            tracking.open_entry(member, office.group, "huy-dong", values)


def test_the_register_of_connections_is_what_the_charter_gives(office_of):
    charter, office = office_of
    made = seed.fill(office.account("secretariat"), office.group, "tich-hop")
    pairs = {frozenset((one.values["he_thong_a"], one.values["he_thong_b"])) for one in made}
    assert len(pairs) == len(made)
    by_pair = {(one.values["he_thong_a"], one.values["he_thong_b"]): one for one in made}
    insurance = by_pair["S11", "S01"]
    assert (insurance.agency, insurance.partners) == ("BHXH", ("POL",))
    assert insurance.values["khoan"] == ("7.2.k" if charter == "qn" else "6.10")
    assert (("S24", "S01") in by_pair) == (charter == "xt")
    assert seed.wanting(office.group, "tich-hop") == 0
    with pytest.raises(Exception, match="đã có đủ"):
        seed.fill(office.account("secretariat"), office.group, "tich-hop")


def test_a_connection_goes_live_with_a_passed_check_where_the_charter_asks_for_security(office_of):
    charter, office = office_of
    member, group = office.account("member", "BHXH"), office.group
    values = {
        "ten": "Bảo hiểm – dân cư",
        "he_thong_a": "S11",
        "he_thong_b": "S01",
        "che_do": "chia_se",
        "chu_tri": "BHXH",
    }
    one = tracking.open_entry(member, group, "tich-hop", values)
    one = tracking.move(member, group, one.id, "thu", Change(revision=one.revision))
    live = {"van_hanh_ngay": "2022-06-02"}
    if charter == "qn":
        assert tracking.move(member, group, one.id, "van_hanh", Change(revision=one.revision, values=live)).closed_at
        return
    with pytest.raises(FieldRefused) as refusal:
        tracking.move(member, group, one.id, "van_hanh", Change(revision=one.revision, values=live))
    assert refusal.value.field == "kiem_tra"
    police = office.account("standing_deputy")
    check = {"ten": "Lần 1", "ket_noi": one.id, "co_quan": "POL", "ngay": "2022-06-01"}
    check = tracking.open_entry(police, group, "an-toan", check)
    answers = {item.code: "co" for item in registers.code_lists()["cau_hoi_an_toan"].items}
    almost = answers | {"sao_luu": "khong"}
    with pytest.raises(FieldRefused):
        tracking.move(police, group, check.id, "dat", Change(revision=check.revision, values={"cau_hoi": almost}))
    check = tracking.move(police, group, check.id, "dat", Change(revision=check.revision, values={"cau_hoi": answers}))
    done = Change(revision=one.revision, values=live | {"kiem_tra": check.id})
    assert tracking.move(member, group, one.id, "van_hanh", done).state == "van_hanh"


def test_state_secrets_are_refused_by_name_and_nothing_is_kept(office_of):
    _, office = office_of
    clerk, group = office.account("secretariat"), office.group
    before = registers.standing(offices.viewer(clerk, date(2022, 6, 2)), group.id, date(2022, 6, 2))
    for given, level in (
        ({"mo_ta": "Trích văn bản\nTỐI MẬT\nvề cán bộ"}, None),
        ({"mo_ta": "Độ mật: Mật"}, None),
        ({}, Level.MOST_SECRET),
    ):
        values = {"ten": "Một việc", "nguyen_nhan": "ha_tang", "co_quan": "VHTT"} | given
        with pytest.raises(SecretRefused) as refusal:
            tracking.open_entry(clerk, group, "vuong-mac", values, Said(level=level))
        assert "mật" in refusal.value.vi.lower()
    assert registers.standing(offices.viewer(clerk, date(2022, 6, 2)), group.id, date(2022, 6, 2)) == before
    one = issue(office, mo_ta="Về bảo vệ bí mật nhà nước và mật khẩu")
    workbook = openpyxl.Workbook()
    workbook.active["A1"] = "MẬT"
    held = io.BytesIO()
    workbook.save(held)
    with pytest.raises(SecretRefused):
        tracking.put_file(clerk, group, one.id, (held.getvalue(), "bang.xlsx"), Level.ORDINARY)
    assert registers.evidence(offices.viewer(clerk, date(2022, 6, 2)), one.id) == ()


def test_restricted_entries_are_for_their_own_people(office_of):
    _, office = office_of
    clerk = office.account("secretariat")
    values = {"ten": "Việc hẹp", "nguyen_nhan": "ha_tang", "co_quan": "VHTT"}
    one = tracking.open_entry(clerk, office.group, "vuong-mac", values, Said(level=Level.RESTRICTED))
    day = date(2022, 6, 2)
    for who, sees in (("member:VHTT", True), ("member:BHXH", False), ("secretariat", True)):
        seen = registers.entries(offices.viewer(account(office, who), day), office.group.id, "vuong-mac").items
        assert (one.id in {each.id for each in seen}) is sees, who


def test_a_table_changes_only_the_cells_that_were_changed(office_of):
    _, office = office_of
    clerk, group = office.account("secretariat"), office.group
    first = issue(office, mo_ta="dòng một\ndòng hai", han="2022-06-30")
    second = issue(office, ten="Đường truyền chậm")
    kept = book(group, "vuong-mac")
    entries = registers.entries_of_group(group.id, "vuong-mac")
    rows = [(number, table.cells(kept, one, "vi")) for number, one in enumerate(entries, start=5)]
    assert table.compare(kept, entries, rows, "vi") == []
    cells = dict(rows)
    wanted = next(number for number, one in enumerate(entries, start=5) if one.id == second.id)
    cells[wanted] = cells[wanted] | {"co_quan": "Bảo hiểm xã hội huyện", "nguyen_nhan": "du lieu", "trang_thai": "Xong"}
    new = {"ten": "Mới", "nguyen_nhan": "Pháp lý", "co_quan": "VHTT"}
    broken = {"so": "VM-99/2022", "ten": "Không có"}
    found_ = table.compare(kept, entries, [*cells.items(), (90, new), (91, broken)], "vi")
    assert [(one.row, one.is_new, bool(one.faults)) for one in found_] == [
        (wanted, False, False), (90, True, False), (91, True, True),
    ]  # fmt: skip
    assert found_[0].values == {"co_quan": "BHXH", "nguyen_nhan": "du_lieu"}
    assert found_[0].notes
    assert table.take_in(clerk, group, kept, [one for one in found_ if one.says_something]) == 2
    after = {one.id: one for one in registers.entries_of_group(group.id, "vuong-mac")}
    assert after[first.id] == first
    assert dict(after[second.id].values) == dict(second.values) | {"co_quan": "BHXH", "nguyen_nhan": "du_lieu"}
    assert after[second.id].state == second.state


def test_a_groups_choice_hides_fields_and_adds_codes_from_its_day(office_of):
    _, office = office_of
    own = registers.Choice(
        register="vuong-mac",
        since=date(2022, 6, 2),
        hidden=("he_thong",),
        added={"nguyen_nhan": (("to_thoi_tiet", "Thời tiết", "Weather"),)},
    )
    tracking.choose(office.account("secretariat"), office.group, own)
    assert issue(office, nguyen_nhan="to_thoi_tiet").values["nguyen_nhan"] == "to_thoi_tiet"
    assert registers.shown(office.group.id, "vuong-mac", date(2022, 6, 1)).hidden == frozenset()
    assert registers.shown(office.group.id, "vuong-mac", date(2022, 6, 2)).hidden == {"he_thong"}
    for hidden, added in ((("ten",), {}), ((), {"nguyen_nhan": (("Sai Mã", "x", "x"),)}), ((), {"la": ()})):
        with pytest.raises(EntryRefused):
            tracking.choose(
                office.account("secretariat"),
                office.group,
                registers.Choice(register="vuong-mac", since=date(2022, 6, 2), hidden=hidden, added=added),
            )
    with pytest.raises(Refused):
        tracking.choose(office.account("member", "BHXH"), office.group, own)


def test_counts_of_a_span_do_not_change_with_what_comes_later(office_of):
    _, office = office_of
    leader = office.account("leader")
    first, second = issue(office), issue(office)
    with at(2022, 6, 15):
        done = Change(revision=first.revision, values={"tra_loi": "xong"})
        first = tracking.move(leader, office.group, first.id, "thao_go", done)
    june = (clock.at_start_of(date(2022, 6, 1)), clock.at_start_of(date(2022, 7, 1)))

    def counted() -> registers.RegisterCount:
        return next(one for one in registers.counts(office.group.id, june) if one.register == "vuong-mac")

    then = counted()
    assert {first.id, second.id} <= set(then.opened)
    assert first.id in then.settled
    assert second.id in then.open
    assert first.id not in then.open
    with at(2022, 7, 3):
        tracking.move(
            leader, office.group, second.id, "thao_go", Change(revision=second.revision, values={"tra_loi": "x"})
        )
        tracking.move(leader, office.group, first.id, "mo_lai", Change(revision=first.revision))
    assert counted() == then


def test_an_entry_of_another_group_is_not_there(office_of):
    _, office = office_of
    one = issue(office)
    stranger = type(office.group)(
        **{name: getattr(office.group, name) for name in office.group.__slots__} | {"id": 999}
    )
    with pytest.raises(Exception, match="Không có mục"):
        tracking.undo(office.account("leader"), stranger, one.id, 1)


def test_a_link_leads_to_what_the_group_has(office_of):
    _, office = office_of
    with pytest.raises(FieldRefused):
        tracking.open_entry(
            office.account("secretariat"),
            office.group,
            "su-co",
            {
                "ten": "Đứt cáp",
                "loai": "su_co",
                "ha_tang": 12345,
                "don_vi": "VHTT",
                "bat_dau": "2022-06-01T08:00:00+07:00",
            },
        )
    assert work.tasks_of_group(office.group.id) is not None
    assert isinstance(clock.now(office.group), datetime)
