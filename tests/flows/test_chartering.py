"""Writing and amending a charter: drafts that bind nobody, two people that adopt, old acts judged by the old text."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import pytest

from dean06.adoption import service as adoption
from dean06.adoption.service import Adoption
from dean06.charter import service as charters
from dean06.charter.errors import CharterInvalid, Refused
from dean06.charter.types import Citation
from dean06.clock.errors import BadInput
from dean06.flows import adopting, chartering, duties, submitting, trying
from dean06.flows.authority import Act, ask, bind
from dean06.ledger import service as ledger
from dean06.orthography import service as orthography
from flows.conftest import Office, at, found, kept, own
from flows.told import followed, of_kind

NUMBER = "120/QĐ-TCTĐA"


def build(folder) -> Office:
    return found("quang-ninh-2022", "qn", folder, persons=40)


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker, tmp_path_factory):
    with kept(django_db_blocker, tmp_path_factory.mktemp("soan"), build) as office:
        yield office


@pytest.fixture
def office(made, db, tmp_path) -> Office:
    return own(made, tmp_path)


def may_convene(office: Office) -> str:
    obj = bind("meeting", "1", what="họp")
    return ask(
        Act(account=office.account("deputy"), group=office.group, action="meeting.convene", obj=obj)
    ).decision.outcome


def with_norm(office: Office, draft, **norm: object):
    kept_ = dict(draft.files["dieu-05.yaml"])
    added = {"key": "dl.convene", "cite": "5.4", "type": "power", "bearer": "deputy", "action": "meeting.convene"}
    kept_["norms"] = [*kept_["norms"], added | {"source": "đề nghị"} | norm]
    writer = office.account("secretariat")
    return chartering.save(writer, office.group, draft, "dieu-05.yaml", kept_, seen=draft.revision, again=True)


def begin(office: Office, clause: str = "5.4"):
    return chartering.begin(office.account("secretariat"), office.group, chartering.CURRENT, clause, "Tổ phó cần họp")


def adopted(on: date, signed: date | None = None) -> Adoption:
    return Adoption(instrument=NUMBER, signed_on=signed or date(2022, 7, 1), in_force_from=on)


def agree(office: Office, draft):
    """Let the leader agree to the draft as it is now."""
    return adopting.agree(office.account("leader"), office.group, draft, seen=draft.revision)


def adopt(office: Office, draft, on: date) -> None:
    draft = draft if draft.is_agreed else agree(office, draft)
    for role in ("leader", "standing_deputy"):
        adopting.confirm(office.account(role), office.group, draft, adopted(on))


def test_a_draft_of_the_text_in_force_is_that_text(office):
    with at(2022, 7, 1):
        draft = begin(office)
        review = chartering.review(office.group, draft)
    assert (draft.clause, draft.revision, draft.state) == ("5.4", 1, "open")
    assert review.faults == ()
    assert not review.comparison.text + review.comparison.norms + review.comparison.effects


def test_a_draft_shows_who_would_gain_what_and_binds_nobody(office):
    with at(2022, 7, 1):
        draft = with_norm(office, begin(office))
        review = chartering.review(office.group, draft)
        gained = [one for one in review.comparison.effects if one.change == "gained"]
        assert [(one.action, one.parties) for one in gained] == [("meeting.convene", ("deputy",))]
        tried = trying.try_out(review.charter, office.group, "deputy", "meeting.convene", {})
        assert (tried.outcome, tried.citations) == ("allowed", (Citation("5", "4"),))
        assert may_convene(office) == "not_allowed"


def test_two_people_adopt_and_old_acts_keep_the_old_text(office):
    with at(2022, 7, 1):
        draft = agree(office, with_norm(office, begin(office)))
        first = adopting.confirm(office.account("leader"), office.group, draft, adopted(date(2022, 8, 1)))
        assert first.state == "open"
        with pytest.raises(BadInput, match="hai người"):
            adopting.confirm(office.account("leader"), office.group, draft, adopted(date(2022, 8, 1)))
        with pytest.raises(BadInput, match="khác lần xác nhận trước"):
            adopting.confirm(office.account("standing_deputy"), office.group, draft, adopted(date(2022, 9, 1)))
        done = adopting.confirm(office.account("standing_deputy"), office.group, draft, adopted(date(2022, 8, 1)))
        assert done.state == "adopted"
        assert may_convene(office) == "not_allowed"
    with at(2022, 7, 31):
        assert may_convene(office) == "not_allowed"
    with at(2022, 8, 1):
        assert may_convene(office) == "allowed"
        assert adoption.charter_of(office.group.charter_line, date(2022, 7, 31)).norms[-1].key != "dl.convene"
        assert [one.in_force_to for one in adoption.charters_of(office.group.charter_line)] == [date(2022, 7, 31), None]


def test_everybody_is_told_once_of_another_text_when_two_have_adopted_it(office):
    with at(2022, 7, 5):
        draft = agree(office, with_norm(office, begin(office)))
        adopting.confirm(office.account("leader"), office.group, draft, adopted(date(2022, 8, 1)))
        followed()
        assert of_kind("charter_changed") == {}
        adopting.confirm(office.account("standing_deputy"), office.group, draft, adopted(date(2022, 8, 1)))
        followed()
        told = of_kind("charter_changed")
        assert set(told) == set(office.accounts.values()) - {office.account("standing_deputy")}
        assert f"theo {NUMBER}, có hiệu lực từ ngày 01/08/2022" in told[office.account("leader")]


def test_a_group_that_issues_its_own_text_submits_nothing(office):
    with at(2022, 7, 1):
        draft = with_norm(office, begin(office))
        assert not submitting.standing(office.group, draft).needed
        with pytest.raises(BadInput, match="tự ban hành"):
            submitting.make(office.account("clerk"), office.group, draft, date(2022, 8, 1))
        assert chartering.answered(office.group, draft) is None


def recorded(office: Office, name: str) -> list[tuple[str, tuple[str, ...]]]:
    """The acts on a draft with their clauses, the newest first."""
    acts = ledger.acts_on(office.group.slug, "charter_draft", adoption.draft_ref(office.group.slug, name))
    return [(one.action, one.citations) for one in acts]


def test_the_leader_s_word_stands_under_its_clause_and_comes_first(office):
    with at(2022, 7, 1):
        draft = with_norm(office, begin(office))
        with pytest.raises(BadInput, match="Tổ trưởng chưa đồng ý"):
            adopting.confirm(office.account("standing_deputy"), office.group, draft, adopted(date(2022, 8, 1)))
        for role in ("standing_deputy", "secretariat", "member"):
            with pytest.raises(Refused) as refused:
                adopting.agree(office.account(role), office.group, draft, seen=draft.revision)
            assert refused.value.decision.who_can == ("leader",)
        agreed = agree(office, draft)
        assert (agreed.is_agreed, agreed.state) == (True, "open")
        assert recorded(office, str(draft.id))[0] == ("charter.amend_consider", ("11.3",))


def test_a_word_holds_for_the_draft_that_was_read(office):
    with at(2022, 7, 1):
        draft = agree(office, begin(office))
        changed = with_norm(office, draft)
        assert not changed.is_agreed
        with pytest.raises(BadInput, match="vừa được sửa"):
            adopting.agree(office.account("leader"), office.group, changed, seen=draft.revision)
        with pytest.raises(BadInput, match="chưa đồng ý"):
            adopting.confirm(office.account("leader"), office.group, changed, adopted(date(2022, 8, 1)))
        assert agree(office, changed).is_agreed


def test_what_the_leader_does_not_agree_to_is_set_aside_with_the_reason(office):
    with at(2022, 7, 1):
        draft, leader = begin(office), office.account("leader")
        with pytest.raises(BadInput, match="Ghi lý do"):
            adopting.refuse(leader, office.group, draft, " ", seen=draft.revision)
        refused = adopting.refuse(leader, office.group, draft, "Chưa cần thiết", seen=draft.revision)
        assert (refused.state, refused.decision.note, refused.is_open) == ("dropped", "Chưa cần thiết", False)


def test_a_member_s_proposal_is_a_report_of_a_difficulty(office):
    with at(2022, 7, 1):
        account = office.account("member", "BHXH")
        chartering.begin(account, office.group, chartering.CURRENT, "5.4", "Tổ phó cần họp")
        chartering.begin(account, office.group, "cap-xa", reason="Tổ mới")
    assert recorded(office, "moi")[:2] == [("charter.draft", ("2.5",)), ("charter.report_difficulty", ("11.3",))]


def test_nobody_else_adopts(office):
    with at(2022, 7, 1):
        draft = agree(office, begin(office))
        for role in ("secretariat", "deputy", "member"):
            with pytest.raises(Refused):
                adopting.confirm(office.account(role), office.group, draft, adopted(date(2022, 8, 1)))


def test_a_change_after_the_first_confirmation_wants_both_again(office):
    with at(2022, 7, 1):
        draft = agree(office, begin(office))
        adopting.confirm(office.account("leader"), office.group, draft, adopted(date(2022, 8, 1)))
        draft = agree(office, with_norm(office, adoption.draft(office.group.id, draft.id)))
        assert draft.confirmed_by == ()
        done = adopting.confirm(office.account("standing_deputy"), office.group, draft, adopted(date(2022, 8, 1)))
        assert done.state == "open"


def test_two_writers_do_not_overwrite_each_other(office):
    with at(2022, 7, 1):
        draft = begin(office)
        with_norm(office, draft)
        with pytest.raises(BadInput, match="vừa được người khác sửa"):
            with_norm(office, draft, key="dl.other")


def test_a_draft_with_faults_is_kept_and_not_adopted(office):
    with at(2022, 7, 1):
        draft = with_norm(office, begin(office), action="meeting.dance")
        review = chartering.review(office.group, draft)
        assert review.charter is None
        assert [(one.file, one.path.endswith("action")) for one in review.faults] == [("dieu-05.yaml", True)]
        with pytest.raises(CharterInvalid):
            agree(office, draft)
        with pytest.raises(BadInput, match="chưa đồng ý"):
            adopting.confirm(office.account("leader"), office.group, draft, adopted(date(2022, 8, 1)))
        assert adoption.draft(office.group.id, draft.id).confirmed_by == ()


def test_what_is_adopted_or_dropped_is_closed(office):
    with at(2022, 7, 1):
        draft = begin(office)
        chartering.drop(office.account("secretariat"), office.group, draft)
        with pytest.raises(BadInput, match="không sửa được nữa"):
            with_norm(office, draft)


def test_a_version_comes_after_the_one_before(office):
    with at(2022, 7, 1):
        adopt(office, with_norm(office, begin(office)), date(2022, 8, 1))
    with at(2022, 8, 5):
        again = agree(office, with_norm(office, begin(office), key="dl.again", action="meeting.preside"))
        with pytest.raises(BadInput, match="phải sau ngày 01/08/2022"):
            adopting.confirm(office.account("leader"), office.group, again, adopted(date(2022, 7, 20)))
        adopt(office, again, date(2022, 9, 1))
    assert len(adoption.charters_of(office.group.charter_line)) == 3


def test_a_duty_is_judged_by_the_text_in_force_at_its_bound(office):
    with at(2022, 7, 1):
        draft = begin(office, "9.6")
        article = dict(draft.files["dieu-09.yaml"])
        article["norms"] = [
            dict(norm) | {"deadline": {"form": "every_month_before_day", "day": 20}}
            if norm["key"] == "group.monthly_report"
            else norm
            for norm in article["norms"]
        ]
        writer = office.account("secretariat")
        draft = chartering.save(writer, office.group, draft, "dieu-09.yaml", article, seen=1)
        adopt(office, draft, date(2022, 8, 1))
    with at(2022, 10, 1):
        bounds = {
            month: {
                one.due_before.day
                for one in duties.obligations(office.group, month)
                if one.norm == "group.monthly_report"
            }
            for month in ("2022-06", "2022-07", "2022-08", "2022-09")
        }
    # July's bound is 1 August, 00:00; its last instant still lies under the old text.
    assert bounds == {"2022-06": {1}, "2022-07": {1}, "2022-08": {20}, "2022-09": {20}}


def test_a_template_becomes_the_next_version_of_the_group_s_own_line(office):
    with at(2022, 7, 1):
        draft = chartering.begin(office.account("leader"), office.group, "cap-xa", reason="Tổ mới")
        made = chartering.candidate(draft, adopted(date(2022, 8, 1)))
    assert (made.line, made.version, made.is_unsigned) == (office.group.charter_line, 2, False)
    assert made.instrument.number == NUMBER


def test_a_draft_leaves_as_the_files_of_a_package(office, tmp_path):
    with at(2022, 7, 1):
        draft = with_norm(office, begin(office))
    with zipfile.ZipFile(io.BytesIO(trying.archive(draft))) as packed:
        packed.extractall(tmp_path)
    assert charters.compile_package(tmp_path).hash == chartering.candidate(draft).hash


def test_an_article_is_added_once(office):
    with at(2022, 7, 1):
        draft = begin(office)
        more = chartering.add_article(office.account("secretariat"), office.group, draft, "12", "IV", "Hiệu lực")
        review = chartering.review(office.group, more)
        assert [one.where for one in review.advice if one.code == "unread_clause"] == ["12"]
        with pytest.raises(BadInput, match="chưa dùng"):
            chartering.add_article(office.account("secretariat"), office.group, more, "12", "IV", "Lại")


@pytest.mark.parametrize("name", charters.packages())
def test_every_package_comes_back_whole_from_its_compiled_form(name):
    charter = charters.load(name)
    files = {
        file: charters.from_yaml(charters.to_yaml(value), file) for file, value in charters.sources_of(charter).items()
    }
    assert charters.compile_sources(files).hash == charter.hash


REGULATION = """QUY CHẾ
Hoạt động của Tổ công tác Đề án 06 (bịa)

Chương I
QUY ĐỊNH CHUNG

Điều 1. Nguyên tắc
1. Tổ công tác làm việc theo chế độ tập thể, quyết định theo đa số.
2. Tổ trưởng sử dụng con dấu của Ủy ban nhân dân xã.

Chương II
TRÁCH NHIỆM

Điều 2. Tổ trưởng
1. Triệu tập và chủ trì các cuộc họp định kỳ của Tổ công tác.
2. Giao nhiệm vụ cho các thành viên.

Điều 3. Báo cáo
Các cơ quan gửi báo cáo về Tổ công tác trước ngày 12 hằng tháng.
"""


def test_a_file_of_one_s_own_becomes_a_draft_with_proposals_nobody_has_taken(office, tmp_path):
    file = tmp_path / "quy-che.txt"
    file.write_text(REGULATION, encoding="utf-8")
    with at(2022, 7, 1):
        draft = chartering.begin_from_file(office.account("secretariat"), office.group, file, file.name)
        review = chartering.review(office.group, draft)
        proposed = chartering.proposals(draft, "2")
        assert review.faults == ()
        assert review.charter.norms == ()
        assert charters.provision(review.charter, Citation("2", "2")).summary.vi == "Giao nhiệm vụ cho các thành viên."
        assert {(one["cite"], one.get("action")) for one in proposed} >= {("2.1", "meeting.convene")}
        taken = next(one for one in proposed if one.get("action") == "meeting.convene") | {"key": "leader.convene"}
        article = dict(draft.files["dieu-02.yaml"]) | {"norms": [taken]}
        saved = chartering.save(office.account("leader"), office.group, draft, "dieu-02.yaml", article, seen=1)
        left = {(one["cite"], one.get("action")) for one in chartering.proposals(saved, "2")}
        assert ("2.1", "meeting.convene") not in left
        made = chartering.candidate(saved, adopted(date(2022, 8, 1)))
        assert trying.try_out(made, office.group, "leader", "meeting.convene", {}).outcome == "allowed"


def test_a_file_typed_in_a_legacy_font_becomes_a_draft_in_unicode(office, tmp_path):
    file = tmp_path / "quy-che.txt"
    typed = [orthography.encode(row, orthography.Encoding.VNI) for row in REGULATION.splitlines()]
    file.write_bytes("\n".join(typed).encode("cp1252"))
    with at(2022, 7, 1):
        draft = chartering.begin_from_file(office.account("secretariat"), office.group, file, file.name)
        made = chartering.review(office.group, draft).charter
    assert charters.provision(made, Citation("2", "2")).summary.vi == "Giao nhiệm vụ cho các thành viên."


@pytest.mark.parametrize(
    ("name", "content"), [("rong.txt", b""), ("anh.pdf", b"%PDF-1.4 hong"), ("cu.doc", b"\xd0\xcf\x11\xe0")]
)
def test_a_file_that_cannot_be_read_begins_nothing(office, tmp_path, name, content):
    file = tmp_path / name
    file.write_bytes(content)
    with at(2022, 7, 1), pytest.raises(BadInput):
        chartering.begin_from_file(office.account("secretariat"), office.group, file, name)
    assert adoption.drafts(office.group.id) == []
