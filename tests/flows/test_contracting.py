"""A group writes its own version of a contract; lists that come from its day on are read by it, none before."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings

from dean06.charter.errors import Refused
from dean06.clock.errors import BadInput
from dean06.corrections.models import Finding
from dean06.flows import contracting, ordering
from dean06.ledger import service as ledger
from dean06.offices import service as offices
from dean06.reconcile.service import scores
from dean06.sources import live
from dean06.sources import service as sources
from dean06.sources.models import Delivery
from dean06.work.service import tasks as work
from flows.conftest import SINCE, Office, at, found, kept, own
from web.neighbours import client

pytestmark = pytest.mark.either_database  # contracts are text; deliveries are asked on both

HEAD = "STT,Mã số BHXH,Họ và tên,Ngày sinh,Số CCCD,Mã thẻ BHYT,Từ ngày,Đến ngày"
SOUND = "4420000001,Đinh Văn Không Ai,02/03/1985,,HC4420000000001,01/01/2022,31/12/2022"
WRONG = "4420000003,Đinh Thị Nào Đó,02/03/1987,,HC4420000000003,01/01/2023,31/12/2022"
CARD = "Số hiệu thẻ của tỉnh"


def deliver(office: Office, month: int, rows: Sequence[str], head: str = HEAD) -> int:
    path = office.folder / f"bhyt-{month}.csv"
    path.write_text("\n".join([head, *(f"{at},{row}" for at, row in enumerate(rows, 1))]) + "\n", encoding="utf-8")
    office.hand_in("bhyt", "BHXH", f"2022-{month:02d}", path)
    return office.delivered[f"2022-{month:02d}"]


def build(folder: Path) -> Office:
    made = found("quang-ninh-2022", "qn", folder, persons=60)
    with at(2022, 6, 1):
        ordering.assign_source(made.account("leader"), made.group, "bhyt")
    for month in ("2022-06", "2022-07", "2022-08"):
        made.load_register(month)
    deliver(made, 6, [SOUND, WRONG])
    return made


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker, tmp_path_factory):
    with kept(django_db_blocker, tmp_path_factory.mktemp("hop-dong"), build) as office:
        yield office


@pytest.fixture
def office(made, db, tmp_path) -> Office:
    return own(made, tmp_path)


def viewer(office: Office, role: str, agency: str = ""):
    return offices.viewer(office.account(role, agency), SINCE.replace(month=7))


def changed(body: dict, **fields: dict) -> dict:
    """Return a body with some of its fields changed by code."""
    return body | {"fields": [one | fields.get(one["code"], {}) for one in body["fields"]]}


def adopted(office: Office, *, since: date = date(2022, 7, 15), off: Sequence[str] = ()) -> sources.live.Contract:
    """Let the support apparatus write a version with a heading of the province, and the leader adopt it."""
    with at(2022, 7, 10):
        secretariat = viewer(office, "secretariat")
        draft = contracting.begin(secretariat, office.group, "bhyt")
        body = changed(dict(draft.body), ma_the_bhyt={"headers": [CARD], "contains": [], "required": True})
        body["rules"] = [one for one in body["rules"] if one["code"] not in off]
        draft = contracting.change(secretariat, office.group, draft, body)
        contracting.adopt(viewer(office, "leader"), office.group, draft, since, "Tỉnh đổi mẫu danh sách")
    return sources.contracts(office.group.id, since).contract("bhyt")


def broken(delivery: int) -> dict[str, int]:
    checked = sources.examined_for_work(delivery)
    assert checked is not None
    return {one.rule: one.broken for one in checked.rules if one.broken}


def test_the_next_list_is_read_by_the_version_in_force_and_says_which(office):
    contract = adopted(office)
    assert (contract.version, contract.valid_from) == (2, date(2022, 7, 15))
    later = deliver(office, 7, [SOUND, WRONG], HEAD.replace("Mã thẻ BHYT", CARD))
    row = Delivery.objects.get(pk=later)
    assert row.contract_sha256 == live.digest_of_contract(contract)
    assert sources.contract_of_delivery(later) == contract
    assert "ma_the_bhyt" in sources.batch(later).roles
    assert sources.examined_for_work(later).version == 2
    first = Delivery.objects.get(period="2022-06")
    assert sources.contract_of_delivery(first.pk) == live.contract("bhyt")


def test_a_heading_that_the_version_gave_up_is_no_longer_known(office):
    adopted(office)
    later = deliver(office, 7, [SOUND, WRONG])  # under the product's own heading
    assert "ma_the_bhyt" not in sources.batch(later).roles


@pytest.mark.parametrize(("day", "version"), [(14, 1), (15, 2), (16, 2)])
def test_a_version_binds_from_its_first_day(office, day, version):
    adopted(office, since=date(2022, 7, 15))
    assert sources.contracts(office.group.id, date(2022, 7, day)).contract("bhyt").version == version


def test_an_old_list_read_again_gives_the_same_bytes(office, tmp_path):
    first = Delivery.objects.get(period="2022-06")
    before = sources.batch(first.pk)
    adopted(office)
    original = next(before.parquet.parent.glob("goc.*"))
    again = live.read_batch(original, sources.contract_of_delivery(first.pk), tmp_path / "lai")
    digests = [hashlib.sha256(one.parquet.read_bytes()).hexdigest() for one in (before, again)]
    assert digests[0] == digests[1]


def test_what_is_left_out_is_kept_turned_off(office):
    contract = adopted(office, off=["the_tu_den"])
    assert "the_tu_den" not in {one.code for one in contract.rules}
    assert [one.code for one in contract.rules_off] == ["the_tu_den"]
    later = deliver(office, 7, [SOUND, WRONG], HEAD.replace("Mã thẻ BHYT", CARD))
    assert broken(later) == {}


def test_the_text_lies_in_the_vault_under_its_digest_and_the_act_in_the_ledger(office):
    contract = adopted(office)
    digest = live.digest_of_contract(contract)
    [told] = sources.contract_versions(viewer(office, "member", "BHXH"), office.group.id, "bhyt")
    assert (told.version, told.sha256, told.reason) == (2, digest, "Tỉnh đổi mẫu danh sách")
    [entry] = ledger.entries_for("contract", f"{office.group.slug}:bhyt:v2")
    assert entry["note"]["contract"] == digest
    assert sources.contract_draft(viewer(office, "leader"), office.group.id, "bhyt") is None


def test_who_may_write_and_who_may_adopt(office):
    with at(2022, 7, 10):
        with pytest.raises(Refused):
            contracting.begin(viewer(office, "member", "GDDT"), office.group, "bhyt")
        draft = contracting.begin(viewer(office, "member", "BHXH"), office.group, "bhyt")  # its own source
        with pytest.raises(Refused):
            contracting.adopt(viewer(office, "member", "BHXH"), office.group, draft, date(2022, 7, 15), "Sửa")
        with pytest.raises(BadInput, match="đã qua"):
            contracting.adopt(viewer(office, "leader"), office.group, draft, date(2022, 7, 9), "Sửa")


def test_two_hands_do_not_overwrite_each_other(office):
    with at(2022, 7, 10):
        mine = contracting.begin(viewer(office, "secretariat"), office.group, "bhyt")
        body = dict(mine.body)
        contracting.change(
            viewer(office, "leader"), office.group, mine, body | {"cadence": {"every": "year", "day": 5}}
        )
        with pytest.raises(BadInput, match="người khác sửa"):
            contracting.change(viewer(office, "secretariat"), office.group, mine, changed(body, ho_ten={"lacks": []}))


def test_a_wrong_draft_is_saved_told_whole_and_not_adopted(office):
    with at(2022, 7, 10):
        leader = viewer(office, "leader")
        draft = contracting.begin(leader, office.group, "bhyt")
        body = dict(draft.body) | {"cadence": {"every": "month", "day": 40}, "title": {"vi": "", "en": "x"}}
        draft = contracting.change(leader, office.group, draft, body)
        _, faults = live.proofed(draft.body)
        assert [one.path for one in faults] == ["title.vi", "cadence.day"]
        assert faults[1].vi == "Kỳ nộp (cadence.day): không được quá 28."
        with pytest.raises(BadInput, match="còn 2 lỗi"):
            contracting.adopt(leader, office.group, draft, date(2022, 7, 15), "Sửa")


def test_a_list_of_ones_own_is_read_ordered_and_proved_like_any_other(office):
    leader = viewer(office, "leader")
    with at(2022, 7, 10):
        draft = contracting.begin_new(leader, office.group, "hoi-lam-vuon", "Hội viên Hội Làm vườn")
        told = {"code": "ngay_vao_hoi", "title": {"vi": "Ngày vào hội", "en": "Joined"}, "type": "date"}
        rule = {
            "code": "vao_hoi_sinh",
            "kind": "order",
            "earlier": "ngay_sinh",
            "later": "ngay_vao_hoi",
            "says": {"vi": "Vào hội trước ngày sinh", "en": "Joined before birth"},
            "severity": 2,
            "source": {"vi": "Điều lệ hội", "en": "The association's charter"},
        }
        body = dict(draft.body) | {
            "fields": [*draft.body["fields"], told | {"headers": ["Ngày vào hội"]}],
            "rules": [rule],
            "owner": "GDDT",
        }
        draft = contracting.change(leader, office.group, draft, body)
        contracting.adopt(leader, office.group, draft, date(2022, 7, 10), "Danh sách của hội")
        ordering.assign_source(office.account("leader"), office.group, "hoi-lam-vuon")
    path = office.folder / "hoi.csv"
    rows = "1,Đinh Văn Không Ai,02/03/1985,01/01/1980\n"
    path.write_text(f"STT,Họ và tên,Ngày sinh,Ngày vào hội\n{rows}", encoding="utf-8")
    office.hand_in("hoi-lam-vuon", "GDDT", "2022-07", path)
    [finding] = Finding.objects.filter(source="hoi-lam-vuon", rule="vao_hoi_sinh")
    assert finding.order.agency == "GDDT"
    task = work.task_for_flow(finding.order.task_id)
    assert (task.basis.article, task.lead) == ("", "GDDT")
    assert "Hội viên Hội Làm vườn" in task.title
    officer = client(office, "member", "GDDT")
    base = f"/t/{office.group.slug}"
    with at(2022, 8, 1):
        for page in (f"nhiem-vu/{task.id}/", "nguon-du-lieu/", "sai-lech/", "doi-soat/", "bang-diem/", "", "cai-dat/"):
            shown = officer.get(f"{base}/{page}")
            assert shown.status_code == 200, page
            assert page == "" or "Hội viên Hội Làm vườn" in shown.content.decode(), page
    path.write_text(f"STT,Họ và tên,Ngày sinh,Ngày vào hội\n{rows.replace('1980', '2010')}", encoding="utf-8")
    office.hand_in("hoi-lam-vuon", "GDDT", "2022-08", path)
    assert Finding.objects.get(pk=finding.pk).status == "proved"


def test_a_trial_counts_what_would_change_and_keeps_no_row(office):
    secretariat = viewer(office, "secretariat")
    with at(2022, 7, 10):
        draft = contracting.begin(secretariat, office.group, "bhyt")
        body = changed(dict(draft.body), ma_the_bhyt={"pattern": "[0-9]{10}"})
        body["rules"] = [one for one in body["rules"] if one["code"] != "the_tu_den"]
        draft = contracting.change(secretariat, office.group, draft, body)
        trial = contracting.try_out(secretariat, office.group, draft)
    counts = {(one.rule, one.field): (one.before, one.after) for one in trial.rules}
    assert counts == {("the_tu_den", "han_the_den"): (1, None), ("sai_mau", "ma_the_bhyt"): (0, 2)}
    assert (trial.rows, trial.quarantined, trial.broken_rows) == ((2, 2), (0, 0), (1, 2))
    kept_trial = sources.contract_draft(secretariat, office.group.id, "bhyt").trial
    assert kept_trial == trial
    assert list((Path(settings.HOME) / "vault" / "trials").iterdir()) == []
    assert Delivery.objects.filter(source="bhyt").count() == 1


def test_a_list_with_a_column_of_its_own_named_like_one_of_the_result_is_measured(office):
    path = office.folder / "xet-nghiem.csv"
    path.write_text("Họ và tên,Ngày sinh,Kết quả\nĐinh Văn Không Ai,02/03/1985,Âm tính\n", encoding="utf-8")
    run = office.hand_in("xet-nghiem", "GDDT", "2022-07", path)
    assert "ket_qua" in sources.batch(office.delivered["2022-07"]).roles
    assert scores.for_work(run)["C3"].total == 1
