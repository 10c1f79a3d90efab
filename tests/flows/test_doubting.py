"""When the register may be wrong: nobody writes to it; its owner is asked, decides, and a later snapshot shows it."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from dean06.charter.errors import NeedsReason, Refused
from dean06.clock.errors import BadInput
from dean06.corrections import service as corrections
from dean06.corrections.errors import NotTheLast
from dean06.corrections.models import Finding, Order, ProposalEvent
from dean06.corrections.types import ProposalInfo, ProposalState
from dean06.demo import service as demo
from dean06.flows import correcting, doubting, intake, ordering, pausing, register
from dean06.flows.doubting import Said
from dean06.ledger import service as ledger
from dean06.offices import service as offices
from dean06.work.models import Task
from flows.conftest import SINCE, Office, at, found, kept, own
from web.neighbours import client

HEAD = ["STT", "Mã số BHXH", "Họ và tên", "Ngày sinh", "Số CCCD"]
PAPER = Said(ground="giay_to_goc", paper="khai_sinh", kept_at="Bộ phận một cửa, hồ sơ 12/2022")


def load(office: Office, month: str, births: Mapping[str, str] | None = None) -> None:
    """Load the register of a month's end, the birth dates of some numbers changed in it."""
    path = office.folder / f"so-{month}.csv"
    demo.write_register(office.world, month, path)
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        row["ngay_sinh"] = (births or {}).get(row["so_dinh_danh"], row["ngay_sinh"])
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    end = demo.month_end(month)
    with at(end.year, end.month, end.day, 20):
        register.load(office.account("register_keeper"), office.group, path, end)


def deliver(office: Office, month: int, rows: Sequence[Sequence[str]], *, complete: bool = False) -> int:
    path = office.folder / f"bhyt-{month}.csv"
    with path.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([HEAD, *([str(number), *row] for number, row in enumerate(rows, 1))])
    office.hand_in("bhyt", "BHXH", f"2022-{month:02d}", path, complete=complete)
    return office.delivered[f"2022-{month:02d}"]


def people(office: Office) -> list[dict[str, str]]:
    path = office.folder / "nguoi.csv"
    demo.write_register(office.world, "2022-06", path)
    with path.open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file) if row["tinh_trang"] == "song" and len(row["ngay_sinh"]) == 10][:3]


def written(day: str) -> str:
    return "/".join(reversed(day.split("-")))


def other(day: str) -> str:
    """Return another day of the same month."""
    return f"{day[:8]}{'11' if day[8:] != '11' else '12'}"


def lines(office: Office, births: Mapping[str, str] | None = None) -> list[list[str]]:
    """Return the agency's list: three people, the first born on another day than the register has."""
    told = []
    for place, row in enumerate(people(office), 1):
        day = (births or {}).get(row["so_dinh_danh"], other(row["ngay_sinh"]) if place == 1 else row["ngay_sinh"])
        told.append([f"442000000{place}", row["ho_ten"], written(day), row["so_dinh_danh"]])
    return told


def build(folder: Path) -> Office:
    made = found("quang-ninh-2022", "qn", folder, persons=150)
    with at(2022, 6, 1):
        ordering.assign_source(made.account("leader"), made.group, "bhyt")
    load(made, "2022-06")
    made.delivered["first"] = deliver(made, 6, lines(made))
    return made


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker, tmp_path_factory):
    with kept(django_db_blocker, tmp_path_factory.mktemp("so-sai"), build) as office:
        yield office


@pytest.fixture
def office(made, db, tmp_path) -> Office:
    return own(made, tmp_path)


def viewer(office: Office, role: str, agency: str = ""):
    return offices.viewer(office.account(role, agency), SINCE.replace(month=7))


def wrong() -> Finding:
    return Finding.objects.get(rule="KHOP_SAI_LECH", field="ngay_sinh")


def proposed(office: Office) -> ProposalInfo:
    with at(2022, 7, 1):
        return doubting.propose(viewer(office, "member", "BHXH"), office.group, wrong().pk, PAPER)


def again(office: Office, told: ProposalInfo) -> ProposalInfo:
    found_again = corrections.proposal(viewer(office, "leader"), office.group.id, told.id)
    assert found_again is not None
    return found_again


def decided(office: Office, told: ProposalInfo, decision: str, role: str = "standing_deputy") -> ProposalInfo:
    with at(2022, 7, 2):
        return doubting.consider(viewer(office, role), office.group, told, decision, "Đã xác minh", declared=True)


def test_a_proposal_names_finding_ground_and_paper_and_no_value(office):
    told = proposed(office)
    assert (told.label, told.state, told.agency, told.finding.field) == ("ĐN-1", "waiting", "BHXH", "ngay_sinh")
    assert len(ledger.entries_for("proposal", f"{office.group.slug}:DN-1")) == 1
    first = people(office)[0]
    kept_words = str([list(told.acts), told.delivered, told.kept_at])
    assert not [value for value in (first["ho_ten"], first["so_dinh_danh"], first["ngay_sinh"]) if value in kept_words]


def test_one_proposal_waits_on_a_finding(office):
    proposed(office)
    with pytest.raises(BadInput, match="đã có đề nghị"):
        proposed(office)


def test_the_last_day_of_its_order_stands_still_while_the_owner_is_asked(office):
    held = wrong().order_id
    told = proposed(office)
    with at(2022, 7, 6):
        still = pausing.standstills(office.group)[held]
    assert (still.days, still.grounds) == (4, (told.label,))  # from the first of July, a Friday, to the sixth
    decided(office, told, "refused")
    with at(2022, 7, 6):
        assert pausing.keep(office.group) == 1
        assert pausing.standstills(office.group)[held].now is False
    assert Order.objects.get(pk=held).paused == 1


def test_nobody_decides_on_their_own_or_without_declaring(office):
    with at(2022, 7, 1):
        mine = doubting.propose(viewer(office, "standing_deputy"), office.group, wrong().pk, PAPER)
    with pytest.raises(Refused):
        decided(office, mine, "accepted")
    with at(2022, 7, 2), pytest.raises(Refused):
        doubting.consider(
            viewer(office, "register_keeper"), office.group, mine, "accepted", "Đã xác minh", declared=False
        )
    with pytest.raises(Refused):
        decided(office, mine, "accepted", role="secretariat")
    assert decided(office, mine, "accepted", role="register_keeper").state == ProposalState.ACCEPTED


def test_a_decision_has_a_reason(office):
    told = proposed(office)
    with at(2022, 7, 2), pytest.raises(BadInput, match="lý do"):
        doubting.consider(viewer(office, "standing_deputy"), office.group, told, "refused", "  ", declared=True)
    with pytest.raises(BadInput):
        decided(office, told, "borne_out")


def test_a_later_snapshot_bears_an_accepted_proposal_out(office):
    told = decided(office, proposed(office), "accepted")
    first = people(office)[0]
    load(office, "2022-07", {first["so_dinh_danh"]: other(first["ngay_sinh"])})
    deliver(office, 7, lines(office))
    ended = again(office, told)
    assert (ended.state, wrong().status) == (ProposalState.BORNE_OUT, "proved")
    assert ended.ended_by_run == wrong().closed_by.run_id
    assert [act.state.value for act in ended.acts] == ["waiting", "accepted", "borne_out"]
    assert ended.acts[-1].by == ""


def test_a_list_that_gives_in_ends_it_otherwise(office):
    told = proposed(office)
    first = people(office)[0]
    load(office, "2022-07")
    deliver(office, 7, lines(office, {first["so_dinh_danh"]: first["ngay_sinh"]}))
    assert again(office, told).state == ProposalState.CORRECTED


def test_while_both_stand_it_waits(office):
    told = decided(office, proposed(office), "citizen")
    load(office, "2022-07")
    deliver(office, 7, lines(office))
    assert (again(office, told).state, wrong().status) == (ProposalState.CITIZEN, "open")
    assert decided(office, told, "refused").state == ProposalState.REFUSED
    with pytest.raises(BadInput, match="kết thúc"):
        decided(office, told, "accepted")


def test_taking_the_delivery_back_opens_it_again_and_what_it_doubts_is_kept(office):
    told = decided(office, proposed(office), "accepted")
    first = people(office)[0]
    load(office, "2022-07", {first["so_dinh_danh"]: other(first["ngay_sinh"])})
    second = deliver(office, 7, lines(office))
    assert not again(office, told).pending
    with at(2022, 8, 1):
        intake.take_back(office.account("member", "BHXH"), second)
        assert again(office, told).state == ProposalState.ACCEPTED
        with pytest.raises(NotTheLast):
            intake.take_back(office.account("member", "BHXH"), office.delivered["first"])


def test_only_its_maker_takes_it_back(office):
    told = proposed(office)
    with at(2022, 7, 2):
        with pytest.raises(Refused):
            doubting.take_back(viewer(office, "secretariat"), office.group, told)
        assert (
            doubting.take_back(viewer(office, "member", "BHXH"), office.group, told).state == ProposalState.TAKEN_BACK
        )
    assert proposed(office).label == "ĐN-2"


def test_another_agency_says_why_it_proposes_on_a_list_that_is_not_its_own(office):
    stranger = viewer(office, "member", "GDDT")
    with at(2022, 7, 1):
        with pytest.raises(NeedsReason):
            doubting.propose(stranger, office.group, wrong().pk, PAPER)
        told = doubting.propose(stranger, office.group, wrong().pk, PAPER, reason="Giấy khai sinh ở hồ sơ trường")
    assert told.agency == ""


def test_whoever_reads_the_value_is_told_that_it_is_being_verified(office):
    told, browser = proposed(office), client(office)
    slug = office.group.slug
    with at(2022, 7, 1):
        listed = browser.get(f"/t/{slug}/sai-lech/").content.decode()
        one = browser.get(f"/t/{slug}/de-nghi-so/{told.id}/").content.decode()
        run = f"/t/{slug}/doi-soat/luot/{told.finding.last_run.removeprefix('L')}/"
        browser.post(f"{run}muc-dich/", {"muc_dich": "Kiểm tra"})
        row = browser.get(f"{run}dong/{told.finding.stt}/", headers={"HX-Request": "true"}).content.decode()
        member = viewer(office, "member", "BHXH")
        books = [correcting.handover(member, office.group, task.pk)[0] for task in Task.objects.all()]
    assert "đang xác minh" in listed
    assert "đang xác minh, ĐN-1" in row
    assert "hồ sơ 12/2022" in one
    assert people(office)[0]["ho_ten"] not in one
    assert books


def test_the_forms_do_it_all(office):
    slug = office.group.slug
    agency, police = client(office, "member", "BHXH"), client(office, "standing_deputy", "POL")
    with at(2022, 7, 1):
        page = f"/t/{slug}/sai-lech/{wrong().pk}/so-sai/"
        assert agency.get(page).status_code == 200
        empty = agency.post(page, {"can_cu": ""})
        assert empty.status_code == 422
        made = agency.post(page, {"can_cu": "giay_to_goc", "giay_to": "khai_sinh", "noi_giu": "Hồ sơ 3"}, follow=True)
        where = made.redirect_chain[-1][0]
        assert "Hồ sơ 3" in made.content.decode()
        shown = police.get(where).content.decode()
        assert "Ghi quyết định" in shown
        assert "Ghi quyết định" not in agency.get(where).content.decode()
        done = police.post(
            f"{where}quyet/", {"quyet_dinh": "accepted", "ly_do": "Đúng giấy tờ", "khong_lien_quan": "1"}, follow=True
        )
        assert "Chấp nhận, chờ bản sổ sau" in done.content.decode()
        assert ProposalEvent.objects.count() == 2
        assert "ĐN-1" in police.get(f"/t/{slug}/de-nghi-so/").content.decode()
        assert police.get(f"/t/{slug}/de-nghi-so/?dang=xlsx").status_code == 200
