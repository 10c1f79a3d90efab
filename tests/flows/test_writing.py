"""Writing one's own charter: a template filled in, proposals taken at once, tries kept, drafts protected."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import date

import pytest

from dean06.adoption import service as adoption
from dean06.charter import service as charters
from dean06.charter.errors import Refused
from dean06.clock.errors import BadInput
from dean06.flows import adopting, chartering, draft_bases, proposing, trying
from dean06.places import service as places
from flows.conftest import Office, at, found, kept, own
from flows.test_chartering import adopted, agree, begin, with_norm

HEAD = chartering.HEAD
TODAY = date(2026, 3, 2)
REGULATION = """QUY CHẾ
Hoạt động của Tổ công tác Đề án 06 (bịa)

Điều 1. Tổ trưởng
1. Tổ trưởng triệu tập và chủ trì các cuộc họp định kỳ của Tổ công tác.
2. Tổ trưởng giao nhiệm vụ cho các thành viên.

Điều 2. Báo cáo
1. Các cơ quan gửi báo cáo về Tổ công tác qua Công an huyện trước ngày 12 hằng tháng.
"""


def build(folder) -> Office:
    return found("quang-ninh-2022", "qn", folder, persons=40)


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker, tmp_path_factory):
    with kept(django_db_blocker, tmp_path_factory.mktemp("viet"), build) as office:
        yield office


@pytest.fixture
def office(made, db, tmp_path) -> Office:
    return own(made, tmp_path)


@pytest.mark.parametrize(("clause", "reason", "said"), [("", "Vì sao", "điều khoản"), ("5.4", " ", "vì sao")])
def test_an_amendment_names_its_clause_and_why(office, clause, reason, said):
    with at(2022, 7, 1), pytest.raises(BadInput, match=said):
        chartering.begin(office.account("secretariat"), office.group, chartering.CURRENT, clause, reason)


def test_a_new_text_says_why(office):
    with at(2022, 7, 1), pytest.raises(BadInput, match="vì sao"):
        chartering.begin(office.account("secretariat"), office.group, "cap-xa")


def head_of(package: str) -> dict:
    return dict(charters.sources_of(charters.load(package))[HEAD])


def commune(office: Office):
    unit = places.resolve_name("xã Ninh Châu", None, TODAY)
    return replace(office.group, level="commune", unit_code=unit.code, unit_on=TODAY, name="Tổ công tác xã Ninh Châu")


def test_a_template_is_filled_in_with_the_group_s_names(office):
    mine = head_of("cap-xa")
    head = draft_bases.from_template(commune(office), head_of("cap-xa"), mine, TODAY)
    assert head["title"] == "Quy chế tổ chức và hoạt động của Tổ công tác xã Ninh Châu"
    assert head["agencies"]["CPOL"]["name"] == "Công an xã Ninh Châu"
    assert head["agencies"]["PPC"]["name"].startswith("Ủy ban nhân dân tỉnh ")
    assert head["agencies"]["PPC"]["name"] != "Ủy ban nhân dân tỉnh"
    assert head["roles"]["leader"]["post"] == "Chủ tịch UBND xã Ninh Châu"
    assert (head["kind"], head["notes"]) == ("regulation", [])


def test_the_names_of_the_text_in_force_win(office):
    mine = head_of("cap-xa") | {"title": "Quy chế của Tổ", "kind": "regulation"}
    mine["agencies"] = mine["agencies"] | {"CPOL": {"name": "Công an phường Bịa", "member": True}}
    head = draft_bases.from_template(commune(office), head_of("cap-xa"), mine, TODAY)
    assert (head["title"], head["agencies"]["CPOL"]["name"]) == ("Quy chế của Tổ", "Công an phường Bịa")


def test_what_is_still_the_template_s_blocks_the_adoption(office):
    with at(2022, 7, 1):
        draft = chartering.begin(office.account("leader"), office.group, "cap-xa", reason="Tổ mới")
        head = dict(draft.files[HEAD]) | {"title": head_of("cap-xa")["title"]}
        draft = chartering.save(office.account("leader"), office.group, draft, HEAD, head, seen=1)
        left = {(one.code, one.where) for one in draft_bases.still_the_template_s(draft)}
        assert left >= {("template_title", "title"), ("template_agency", "CPOL")}
        assert chartering.review(office.group, draft).advice[0].code == "template_title"
        draft = agree(office, draft)
        with pytest.raises(BadInput, match="còn là tên của mẫu"):
            adopting.confirm(office.account("leader"), office.group, draft, adopted(date(2022, 8, 1)))


def from_file(office: Office, folder):
    file = folder / "quy-che.txt"
    file.write_text(REGULATION, encoding="utf-8")
    return chartering.begin_from_file(office.account("secretariat"), office.group, file, file.name, "Tổ mới lập")


def test_proposals_are_complete_and_taken_in_one_step(office, tmp_path):
    with at(2022, 7, 1):
        draft = from_file(office, tmp_path)
        listed = proposing.proposals(office.group, draft, "1")
        assert {one.norm["key"] for one in listed if one.ready} >= {"leader.meeting_convene", "leader.meeting_preside"}
        numbers = {one.number for one in listed}
        writer = office.account("secretariat")
        taken, count = proposing.take(writer, office.group, draft, "1", numbers, seen=draft.revision)
        assert count == sum(one.ready for one in listed)
        assert chartering.review(office.group, taken).faults == ()
        assert not [one for one in proposing.proposals(office.group, taken, "1") if one.ready]


def test_a_proposal_carries_over_to_whom_and_through_whom(office, tmp_path):
    with at(2022, 7, 1):
        draft = from_file(office, tmp_path)
        (report,) = (dict(one.norm) for one in proposing.proposals(office.group, draft, "2"))
    assert (report["recipients"], report["via"]) == (["group"], "POL")
    assert report["deadline"] == {"form": "every_month_before_day", "day": 12}


def test_nothing_is_taken_where_nothing_is_ready(office, tmp_path):
    with at(2022, 7, 1):
        draft = from_file(office, tmp_path)
        with pytest.raises(BadInput, match="ít nhất một"):
            proposing.take(office.account("leader"), office.group, draft, "1", {99}, seen=draft.revision)


def test_a_key_is_free():
    norm = {"bearer": ["leader"], "action": "meeting.convene"}
    assert proposing.free_key(norm, set()) == "leader.meeting_convene"
    assert proposing.free_key(norm, {"leader.meeting_convene"}) == "leader.meeting_convene_2"
    assert proposing.free_key({"type": "constitutive"}, set()) == "constitutive"


def test_a_draft_that_others_have_before_them_is_changed_only_to_be_submitted_again(office):
    with at(2022, 7, 1):
        draft = agree(office, begin(office))
        writer = office.account("secretariat")
        with pytest.raises(Refused) as refused:
            chartering.save(writer, office.group, draft, HEAD, draft.files[HEAD], seen=draft.revision)
        assert refused.value.decision.missing == ("draft.will_be_resubmitted",)
        saved = chartering.save(writer, office.group, draft, HEAD, draft.files[HEAD], seen=draft.revision, again=True)
    assert not chartering.is_before_others(saved)


def test_the_author_and_the_leaders_drop_a_draft_and_nobody_else(office):
    with at(2022, 7, 1):
        draft = begin(office)
        with pytest.raises(Refused) as refused:
            chartering.drop(office.account("member", "BHXH"), office.group, draft)
        assert "leader" in refused.value.decision.who_can
        for role, clause in (("secretariat", "5.4"), ("leader", "5.3"), ("standing_deputy", "5.2"), ("deputy", "5.1")):
            draft = draft if role == "secretariat" else begin(office, clause)
            assert chartering.drop(office.account(role), office.group, draft).state == "dropped"


def keep(office: Office, draft, ask: str = "Tổ phó triệu tập họp"):
    tried = trying.Tried(ask=ask, role="deputy", action="meeting.convene", given=("leader.absent_on_date",))
    return trying.keep(office.account("secretariat"), office.group, draft, tried, seen=draft.revision)


def test_a_try_is_kept_with_its_answer_and_asked_again_on_every_look(office, tmp_path):
    with at(2022, 7, 1):
        draft = keep(office, begin(office))
        (row,) = trying.rows(draft)
        assert (row["who"], row["does"], row["given"]) == ("deputy", "meeting.convene", ["leader.absent_on_date"])
        (ran,) = trying.run(chartering.candidate(draft), office.group, draft)
        assert ran.holds
        changed = with_norm(office, draft)
        (ran,) = trying.run(chartering.candidate(changed), office.group, changed)
        assert (ran.holds, ran.found.split()[0]) == (False, "allowed")
        with zipfile.ZipFile(io.BytesIO(trying.archive(draft))) as packed:
            packed.extractall(tmp_path)
        (told,) = charters.run_scenarios(charters.compile_package(tmp_path), charters.scenario_files(tmp_path))
        assert told.holds
        forgotten = trying.forget(office.account("leader"), office.group, changed, 0, seen=changed.revision)
        assert trying.rows(forgotten) == []


def test_a_scenario_wants_a_name(office):
    with at(2022, 7, 1), pytest.raises(BadInput, match="Đặt tên"):
        keep(office, begin(office), " ")


def test_a_lost_role_is_named_and_not_a_word_of_a_table(office):
    with at(2022, 7, 1):
        draft = begin(office)
        head = dict(draft.files[HEAD])
        head["roles"] = {code: role for code, role in head["roles"].items() if code != "deputy"}
        hurt = chartering.save(office.account("leader"), office.group, draft, HEAD, head, seen=1)
        said = {one.vi for one in chartering.review(office.group, hurt).faults}
    assert any("Quy chế không có vai «Tổ phó» (deputy)" in one for one in said)
    assert adoption.draft(office.group.id, hurt.id).is_open
