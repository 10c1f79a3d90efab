"""Whom an address names: as the engine does, masked, each person on record, and nobody of another group."""

from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dean06.clock.errors import RefusedByCharter
from dean06.flows import looking, looking_up
from dean06.ledger import service as ledger
from dean06.ledger.models import Entry
from dean06.reconcile.models import LookedUp, Lookup
from dean06.reconcile.service import lookups
from flows.conftest import at
from openrefine.conftest import FIELDS_OF_VALUES, HERE, THERE, WHY, opened, person, query

pytestmark = pytest.mark.either_database  # answers come from the engine; the door is asked on both

PEOPLE = {one["so_dinh_danh"]: one for one in map(person, HERE)}
NAMESAKES = [one for one in PEOPLE.values() if one["ho_ten"] in {"Nguyễn Văn An", "Nguyễn Văn Ân"}]


def hidden_values() -> set[str]:
    """Return every value that no candidate may show, in the ways it could be written."""
    found = set()
    for one in map(person, (*HERE, *THERE)):
        found |= {one[name] for name in FIELDS_OF_VALUES if len(one[name]) > 4}
        found.add("/".join(reversed(one["ngay_sinh"].split("-"))))
    return {value for value in found if len(value) > 4}


def values_in(told: object) -> set[str]:
    text = json.dumps(told, ensure_ascii=False)
    return {value for value in hidden_values() if value in text}


def test_a_name_without_marks_lists_the_people_of_that_name_and_is_sure_of_none(address):
    [found] = address.match(query("Nguyen Van An"))
    assert sorted(one["name"] for one in found) == ["Nguyễn Văn An", "Nguyễn Văn An", "Nguyễn Văn Ân"]
    assert not any(one["match"] for one in found)
    assert {one["score"] for one in found} == {25.0}
    years = {one["ngay_sinh"][:4] for one in NAMESAKES}
    assert {year for year in years if any(f"••/••/{year}" in one["description"] for one in found)} == years
    [[first, second]] = address.match(query("nguyễn văn AN", limit=2))
    assert first["name"] == second["name"] == "Nguyễn Văn An"


def test_a_name_with_its_date_is_the_one_person(address):
    found = address.match(
        query("Nguyen Van An", ngay_sinh="14/03/1990"),
        query("NGUYỄN VĂN AN", ngay_sinh="1985-11-02T00:00:00Z", noi_o="19204"),
        query("044188000104"),
        query("Tran Thi Bich Hang", so_dinh_danh=44188000104),
        query("Nguyen Van An", ngay_sinh="21/12/1940"),
    )
    assert [[(one["name"], one["match"]) for one in own if one["match"]] for own in found] == [
        [("Nguyễn Văn An", True)],
        [("Nguyễn Văn An", True)],
        [("Trần Thị Bích Hằng", True)],
        [("Trần Thị Bích Hằng", True)],
        [],
    ]
    assert found[0][0]["id"] != found[1][0]["id"]
    assert {one["id"]: one["value"] for one in found[1][0]["features"]}["noi_o"] is True


def test_each_question_is_answered_as_if_it_were_alone(address):
    asked = [
        query("Nguyen Van An", ngay_sinh="14/03/1990"),
        query("Nguyễn Văn An", ngay_sinh="14/03/1990"),
        query("Pham Dinh Kien", ngay_sinh="30/12/1955"),
        query("Nguyen Van An"),
        query("Le Hoang Yen Nhi", ngay_sinh="1962", gioi_tinh="Nữ"),
    ]
    together = address.match(*asked)
    assert together == [address.match(one)[0] for one in asked]
    assert all(own for own in together)


def test_an_id_is_its_person_at_this_address_alone(groups, address):
    [[one]] = address.match(query("Đỗ Quốc Lâm", ngay_sinh="05/05/1999"))
    [[again]] = address.match(query(one["id"]))
    assert (again["id"], again["score"], again["match"]) == (one["id"], 100.0, True)
    other = opened(groups.viewer(), groups.here.group)
    [[same]] = other.match(query("Đỗ Quốc Lâm", ngay_sinh="05/05/1999"))
    assert same["id"] != one["id"]
    assert other.match(query(one["id"])) == [[]]
    assert other.old("/preview?id=" + one["id"]).status_code == 404


def test_several_values_are_read_each_and_two_certain_people_are_both_doubtful(address):
    [found] = address.match(query("Nguyễn Văn An", ngay_sinh=["14/03/1990", "02/11/1985"]))
    assert [one["name"] for one in found] == ["Nguyễn Văn An", "Nguyễn Văn An"]
    assert not any(one["match"] for one in found)


ASKED = st.sampled_from([*PEOPLE.values(), *map(person, THERE)]).flatmap(
    lambda one: st.fixed_dictionaries(
        {"query": st.just(one["ho_ten"])},
        optional={
            "properties": st.lists(
                st.sampled_from(
                    [
                        {"pid": "ngay_sinh", "v": one["ngay_sinh"]},
                        {"pid": "so_dinh_danh", "v": one["so_dinh_danh"]},
                        {"pid": "noi_o", "v": one["thuong_tru_xa"]},
                        {"pid": "ho_ten_cha", "v": one["ho_ten_cha"] or "Không rõ"},
                    ]
                ),
                min_size=1,
            ),
            "limit": st.integers(1, 12),
        },
    )
)


@settings(
    max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)  # one register serves every example, each with an address of its own
@given(st.lists(ASKED, min_size=1, max_size=5))
def test_whoever_is_shown_is_masked_of_the_own_group_and_on_record(groups, asked):
    address = opened(groups.viewer(), groups.here.group)
    before = Lookup.objects.count()
    found = address.match(*asked)
    assert values_in(found) == set()
    names = {one["ho_ten"] for one in PEOPLE.values()}
    assert {one["name"] for own in found for one in own} <= names
    assert all(0 <= one["score"] <= 100 for own in found for one in own)
    assert Lookup.objects.count() == before + 1
    call = Lookup.objects.latest("pk")
    shown = {one["id"] for own in found for one in own}
    assert (call.operation, call.queries, call.people) == ("match", len(asked), len(shown))
    entry = json.loads(Entry.objects.get(pk=call.entry).body)
    assert entry["note"] == {"operation": "match", "queries": len(asked), "people": len(shown)}
    assert entry["action"] == "lookup.ask"
    commitments = {ledger.commitment(number) for number in PEOPLE}
    assert set(LookedUp.objects.filter(lookup=call).values_list("person", flat=True)) <= commitments


def test_the_ledger_holds_neither_what_was_asked_nor_why(address):
    address.match(query("Trần Thị Bích Hằng", ngay_sinh="09/02/1988"))
    address.old("/suggest/entity?prefix=tran thi bich")
    written = "".join(Entry.objects.values_list("body", flat=True))
    assert values_in(written) == set()
    assert "Bích Hằng" not in written
    assert "Trần Thị Ngân" not in written


def test_a_person_who_asks_is_told_who_looked_them_up_and_why(groups, address):
    address.match(query("Nguyen Van An"))
    [[one]] = address.match(query("Nguyen Van An", ngay_sinh="14/03/1990"))
    address.old("/preview?id=" + one["id"])
    leader = groups.viewer()
    told = looking_up.who_asked(leader, groups.here.group, "044090000101", purpose="Công dân hỏi")
    assert [(each.account, each.role, each.operation, each.purpose) for each in told] == [
        (leader.account, "leader", "match", WHY),
        (leader.account, "leader", "match", WHY),
        (leader.account, "leader", "preview", WHY),
    ]
    assert len(looking_up.who_asked(leader, groups.here.group, "044077000103", purpose="Công dân hỏi")) == 1
    assert looking_up.who_asked(leader, groups.here.group, "044162000105", purpose="Công dân hỏi") == []
    with pytest.raises(RefusedByCharter):
        looking_up.who_asked(leader, groups.here.group, "044162000105", purpose=" ")
    assert looking.who_read(leader, groups.here.group, "044090000101", purpose="Công dân hỏi lại") == []


def test_an_address_of_one_group_never_shows_a_person_of_another(groups, address):
    other = opened(groups.stranger(), groups.there)
    [[mine], [theirs]] = (
        a.match(query("Nguyễn Văn An", ngay_sinh=d))[0]
        for a, d in (
            (address, "14/03/1990"),
            (other, "15/04/1991"),
        )
    )
    assert address.match(query("045091000201"), query("Hoàng Thị Mận", ngay_sinh="08/08/1977")) == [[], []]
    assert len(other.match(query("Nguyen Van An"))[0]) == 1
    assert other.match(query(mine["id"]), query("044188000104")) == [[], []]
    assert address.new("/extend", {"ids": [theirs["id"]], "properties": [{"id": "ngay_sinh"}]}).json()["rows"] == [
        {"id": theirs["id"], "properties": [{"id": "ngay_sinh", "values": []}]}
    ]


def test_fetched_fields_are_whole_by_the_contract_masked_or_refused_by_name(groups):
    mine = opened(groups.viewer(), groups.here.group, source="khai-sinh")
    [[one]] = mine.match(query("Trần Thị Bích Hằng", ngay_sinh="09/02/1988"))
    names = ("ngay_sinh", "so_dinh_danh", "ho_ten_cha", "noi_o", "dan_toc", "mau_toc")
    answer = mine.old(extend={"ids": [one["id"]], "properties": [{"id": name} for name in names]}).json()
    cells = {name: [cell["str"] for cell in of] for name, of in answer["rows"][one["id"]].items()}
    assert cells == {
        "ngay_sinh": ["09/02/1988"],
        "so_dinh_danh": ["044188000104"],
        "ho_ten_cha": ["Trần Văn Giáp"],
        "noi_o": cells["noi_o"],
        "dan_toc": [],
        "mau_toc": [],
    }
    assert "19204" in cells["noi_o"][0]
    heads = [one["name"] for one in answer["meta"]]
    assert heads[4:] == ["Dân tộc (không cấp: ngoài hợp đồng dữ liệu)", "mau_toc (không có trường này)"]
    poorer = opened(groups.viewer(), groups.here.group, wanted=("ngay_sinh",))
    [[same]] = poorer.match(query("Trần Thị Bích Hằng", ngay_sinh="09/02/1988"))
    less = poorer.old(extend={"ids": [same["id"]], "properties": [{"id": name} for name in names]}).json()
    told = less["rows"][same["id"]]
    assert (told["ngay_sinh"], told["so_dinh_danh"]) == ([{"str": "09/02/1988"}], [{"str": "•••••••••104"}])
    assert told["ho_ten_cha"] == []
    assert [one["name"] for one in less["meta"]][1:3] == [
        "Số định danh (đã che)",
        "Họ tên cha (không cấp: ngoài hợp đồng dữ liệu)",
    ]


def test_a_list_opens_the_fields_of_its_contract_alone():
    assert lookups.opened_by({"ho_ten", "so_giay_to"}) == ("ho_ten", "so_dinh_danh")
    assert lookups.opened_by(set()) == ()
    opened_whole = lookups.opened_by({one.role for one in lookups.fields().values() if one.role})
    assert set(lookups.fields()) - set(opened_whole) == {"dan_toc", "tinh_trang"}


def test_who_was_found_by_name_alone_is_never_shown_whole(address):
    [found] = address.match(query("Nguyen Van An"))
    ids = [one["id"] for one in found]
    asked = {"ids": ids, "properties": [{"id": "ngay_sinh"}, {"id": "so_dinh_danh"}]}
    assert values_in(address.new("/extend", asked).json()) == set()
    address.match(query("Nguyen Van An", ngay_sinh="14/03/1990"))
    assert values_in(address.new("/extend", asked).json()) == {"14/03/1990", "044090000101"}


def test_suggestions_are_no_directory(address):
    def names(prefix: str) -> list[str]:
        return [one["name"] for one in address.new(f"/suggest/entity?prefix={prefix}").json()["result"]]

    assert sorted(names("nguyen van a")) == ["Nguyễn Văn An", "Nguyễn Văn An", "Nguyễn Văn Ân"]
    assert names("Trần thị b") == ["Trần Thị Bích Hằng"]
    assert names("") == names("nguye") == names("n v a") == []
    assert values_in(address.new("/suggest/entity?prefix=nguyen van").json()) == set()


def test_a_preview_is_masked(address):
    [[one]] = address.match(query("Nguyen Van An", ngay_sinh="14/03/1990"))
    for answer in (address.old("/preview?id=" + one["id"]), address.new("/preview?id=" + one["id"])):
        page = answer.content.decode()
        assert "••/••/1990" in page
        assert "•••••••••101" in page
        assert {value for value in hidden_values() if value in page} == set()


def test_what_a_list_says_differently_is_told_field_by_field(address):
    [[one]] = address.match(
        query("Trần Thị Bích Hằng", so_dinh_danh="044188000104", ngay_sinh="09/02/1988", noi_o="19201")
    )
    told = {each["id"]: each["value"] for each in one["features"]}
    assert (told["so_dinh_danh"], told["ho_ten"], told["ngay_sinh"], told["noi_o"]) == (True, True, True, False)


def test_at_another_time_nothing_changes(groups, address):
    first = address.match(query("Nguyen Van An"))
    with at(2022, 7, 1, 12):
        assert address.match(query("Nguyen Van An")) == first
