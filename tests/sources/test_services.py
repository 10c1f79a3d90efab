"""Services of a platform, pulled through their descriptions from stand-ins that fail as the real ones do."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from dean06.clock.errors import BadInput, HouseError, Unavailable
from dean06.clock.service import TZ
from dean06.demo.simulators.civil_status import BIRTHS, CivilStatus
from dean06.demo.simulators.enterprises import Enterprises
from dean06.demo.simulators.judicial_records import JudicialRecords
from dean06.demo.simulators.provincial import FIXED, KEY, SECRET
from dean06.demo.simulators.serving import Fault
from dean06.sources import live
from dean06.sources.connectors import rest
from dean06.sources.connectors.description import load, shipped, shipped_ids
from dean06.sources.connectors.kinds import filled, kind
from dean06.sources.connectors.types import AccessRefused, Opening, Piece, Reader, Secret, TryLater
from sources.stand_ins import CASES, FULL, GROUP, UNTIL, Standing, registry, standing

SERVICES = sorted(CASES)


@pytest.fixture
def at(request, home) -> Iterator[Standing]:
    with standing(CASES[request.param], home) as one:
        yield one


every_service = pytest.mark.parametrize("at", SERVICES, indirect=True)


def rows(reader: Reader, done: dict[str, str] | None = None, window=FULL) -> list[dict[str, str]]:
    return [dict(row) for piece in reader.pieces(window, done or {}) for row in piece.rows]


def test_every_shipped_service_has_a_stand_in():
    assert set(shipped_ids()) == set(CASES)


def test_each_kind_names_the_services_of_its_course():
    told = {name: course for course, names in rest.SERVICES.items() for name in names}
    assert told == {name: shipped(name).course.course for name in shipped_ids()}
    assert {case.kind for case in CASES.values()} == {one.code for one in rest.KINDS}


@every_service
def test_a_full_pull_is_the_stand_ins_truth(at):
    found = rows(at.open())
    assert len(at.truth) > 15
    assert found == at.truth


@every_service
def test_a_pull_broken_off_after_any_piece_goes_on_to_the_same_rows(at):
    whole = list(at.open().pieces(FULL, {}))
    keys = [piece.key for piece in whole]
    assert len(set(keys)) == len(keys)
    for broken in range(0, len(whole), max(1, len(whole) // 8)):
        kept = whole[: broken + 1]
        rest_of_it = list(at.open().pieces(FULL, {piece.key: piece.mark for piece in kept}))
        assert [row for piece in (*kept, *rest_of_it) for row in piece.rows] == at.truth
        assert not {piece.key for piece in kept} & {piece.key for piece in rest_of_it}


@every_service
def test_what_was_pulled_is_read_under_its_contract(at, tmp_path, taken, column):
    contract = live.contract(shipped(at.case.service).contract)
    found = rows(at.open())
    columns = [field for field in contract.fields if field.code in found[0]]
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([field.headers[0] for field in columns])
    writer.writerows([row[field.code] for field in columns] for row in found)
    path = tmp_path / "lay-ve.csv"
    path.write_text(text.getvalue(), encoding="utf-8")
    batch = taken(path, contract.id)
    assert batch.rows == len(found)
    assert batch.original_columns == tuple(f"goc_{field.headers[0]}" for field in columns)
    roles = {field.role: field for field in columns if field.role}
    for role, field in roles.items():
        assert batch.role_columns[role] == (f"goc_{field.headers[0]}",)
    assert [name or "" for name in column(batch, "ho_ten")] == [row["ho_ten"] for row in found]


FAULTS = {
    Fault.DOWN: Unavailable,
    Fault.SLOW: Unavailable,
    Fault.BROKEN: Unavailable,
    Fault.QUOTA: TryLater,
    Fault.REVOKED: AccessRefused,
    Fault.WEB_PAGE: BadInput,
    Fault.GARBAGE: BadInput,
    Fault.CODE: BadInput,
    Fault.FEWER: BadInput,
    Fault.ODD_CODE: BadInput,
}


def names_of(at: Standing) -> set[str]:
    return {row["ho_ten"] for row in at.truth if row["ho_ten"]} | {
        row.get("so_giay_to") or "0" * 12 for row in at.truth
    }


# A marriage carries no code that could be an odd one.
FAULTY = [
    (service, fault)
    for service in SERVICES
    for fault in FAULTS
    if (service, fault) != ("ho-tich-ket-hon", Fault.ODD_CODE)
]


ORDINARY = FAULTY[::3]  # each fault at some service; each at every service in the proof


@pytest.mark.parametrize(
    ("at", "fault"),
    [pytest.param(*one, marks=() if one in ORDINARY else pytest.mark.proof) for one in FAULTY],
    indirect=["at"],
)
def test_a_fault_is_an_error_of_its_kind_and_takes_no_part_of_a_piece(at, fault):
    at.platform.faults.set(fault, after=2, said=at.case.code)
    kept: list[Piece] = []
    with pytest.raises(FAULTS[fault]) as told:
        kept.extend(at.open(cho_giay="1").pieces(FULL, {}))
    assert type(told.value) is FAULTS[fault] or fault is Fault.CODE
    said = told.value.vi + told.value.en
    assert shipped(at.case.service).title.vi in said
    assert not [name for name in names_of(at) if name in said]
    assert KEY not in said
    assert SECRET not in said
    # the pieces that came before are whole, and the pull goes on from them
    at.platform.faults.set(None)
    after = list(at.open().pieces(FULL, {piece.key: piece.mark for piece in kept}))
    assert [row for piece in (*kept, *after) for row in piece.rows] == at.truth


@every_service
def test_nobody_there(at, home):
    with standing(at.case, home) as gone:
        address = gone.address
    with pytest.raises(Unavailable):
        rows(at.open(dia_chi=address))


@every_service
def test_a_token_that_runs_out_in_the_middle_is_bought_anew_once(at):
    at.platform.faults.set(Fault.EXPIRED, after=3, times=1)
    assert rows(at.open()) == at.truth
    assert at.platform.bought == 2


def test_a_token_that_was_handed_out_is_not_renewed(home):
    with standing(CASES["doanh-nghiep"], home) as at:
        assert rows(at.open(secret=FIXED)) == at.truth
        assert rows(at.open(secret=f"Bearer {FIXED}")) == at.truth
        at.platform.faults.set(Fault.EXPIRED, after=2, times=1)
        with pytest.raises(AccessRefused):
            rows(at.open(secret=FIXED))
        assert at.platform.bought == 0


@pytest.mark.parametrize("secret", ["sai:sai", "la", "khoa:"])
def test_who_is_not_registered_is_refused(home, secret):
    with standing(CASES["doanh-nghiep"], home) as at, pytest.raises(AccessRefused) as told:
        rows(at.open(secret=secret))
    assert secret not in told.value.vi


def test_the_service_says_how_long_to_wait(home):
    with standing(CASES["ly-lich-tu-phap"], home) as at:
        at.platform.faults.set(Fault.QUOTA)
        with pytest.raises(TryLater) as told:
            at.open().test()
    assert told.value.seconds == 30


def test_an_answer_without_end_is_not_taken(home, monkeypatch):
    with standing(CASES["ly-lich-tu-phap"], home) as at:
        at.platform.faults.set(Fault.ENDLESS)
        reader = at.open()
        reader.asking.line.most_bytes = 1_000_000
        with pytest.raises(BadInput, match="dài hơn"):
            rows(reader)


@pytest.mark.parametrize("code", sorted(shipped("ho-tich-khai-sinh").faults))
def test_each_code_of_the_civil_status_service_has_its_sentence(home, code):
    told = shipped("ho-tich-khai-sinh").faults[code]
    kinds = {"access": AccessRefused, "later": Unavailable, "form": BadInput}
    with standing(CASES["ho-tich-khai-sinh"], home) as at:
        at.platform.faults.set(Fault.CODE, said=code)
        with pytest.raises(kinds[told.means]) as said:
            rows(at.open())
    assert told.says.vi in said.value.vi
    assert said.value.vi.startswith("Dịch vụ hộ tịch")


def test_records_may_come_as_xml_inside_the_answer(home):
    with standing(CASES["ho-tich-khai-sinh"], home, CivilStatus(registry(), xml=True)) as at:
        assert rows(at.open()) == at.truth


@pytest.mark.parametrize(
    "data",
    [
        '<!DOCTYPE a [<!ENTITY b "c">]><a><h><id>&b;</id></h></a>',
        '<!DOCTYPE a SYSTEM "file:///etc/hostname"><a><h><id>1</id></h></a>',
        "<a><h>",
        "{",
        "[1, 2]",
    ],
)
def test_a_payload_that_is_no_list_of_records_is_refused(home, data, monkeypatch):
    service = CivilStatus(registry())
    monkeypatch.setattr(service, "_handed_out", lambda _records: {"status": 1, "data": data})
    with standing(CASES["ho-tich-khai-sinh"], home, service) as at, pytest.raises(BadInput):
        rows(at.open())


def test_a_record_that_was_not_asked_for_is_refused(home, monkeypatch):
    service = CivilStatus(registry())
    handed = service._handed_out
    monkeypatch.setattr(service, "_handed_out", lambda told: handed([told[0] | {"id": "KS999999"}, *told[1:]]))
    with standing(CASES["ho-tich-khai-sinh"], home, service) as at, pytest.raises(BadInput, match="số dòng"):
        rows(at.open())


def test_days_are_asked_for_five_at_a_time_and_page_by_page(home):
    with standing(CASES["doanh-nghiep"], home) as at:
        pieces = list(at.open().pieces(FULL, {}))
        assert [piece.key for piece in pieces] == [
            "2022-06-01.2022-06-05",
            "2022-06-06.2022-06-10",
            "2022-06-11.2022-06-15",
            "2022-06-16.2022-06-20",
            "2022-06-21.2022-06-24",
        ]


@pytest.mark.parametrize("all_told", [False, True])
def test_a_list_longer_than_a_page_is_read_to_its_end(home, all_told):
    own = rest_description("doanh-nghiep", home, page=3, counts="all" if all_told else "page")
    with standing(CASES["doanh-nghiep"], home, Enterprises(registry(), tell_all=all_told)) as at:
        assert rows(at.open()) == at.truth
        lists = [operation for _name, operation in at.platform.asked if operation == "danhSachHoSo"]
        assert len(lists) > 8
        at.platform.faults.set(Fault.FEWER, after=1)
        with pytest.raises(BadInput):
            rows(at.open())
    assert own.exists()


def rest_description(service: str, home: Path, *, page: int, counts: str = "page", days: int = 5) -> Path:
    """Put a description of the installation's own before the shipped one."""
    text = (Path(rest.__file__).parent / "services" / f"{service}.yaml").read_text(encoding="utf-8")
    text = text.replace("page: 100", f"page: {page}").replace("days: 5", f"days: {days}")
    text = text.replace(
        "rows: MainInformation, count: DataCount}\n  id:",
        f"rows: MainInformation, count: DataCount, counts: {counts}}}\n  id:",
    )
    folder = home / rest.OWN
    folder.mkdir()
    (folder / f"{service}.yaml").write_text(text, encoding="utf-8")
    return folder / f"{service}.yaml"


def test_a_window_longer_than_the_service_allows_is_its_error(home):
    rest_description("doanh-nghiep", home, page=100, days=10)
    with standing(CASES["doanh-nghiep"], home) as at, pytest.raises(BadInput, match="lỗi không có trong mô tả"):
        rows(at.open())


def test_a_delta_asks_from_the_day_of_the_last_pull(home):
    since = datetime(2022, 6, 12, 23, 0, tzinfo=TZ)
    delta = replace(FULL, extent="delta", since=since)
    with standing(CASES["ho-tich-khai-sinh"], home) as at:
        service = at.stand_in
        assert isinstance(service, CivilStatus)
        touched = [registry().touched(number) for number in range(service.most)]
        found = rows(at.open(), window=delta)
        assert len(found) == len([day for day in touched if day >= since.date()])
        assert [row for row in at.truth if row in found] == found


def test_a_record_touched_on_the_last_day_after_the_pull_comes_with_the_next(home):
    early = replace(FULL, until=datetime(2022, 6, 10, 8, 0, tzinfo=TZ))
    later = replace(FULL, extent="delta", since=early.until, until=UNTIL)
    with standing(CASES["ho-tich-khai-tu"], home) as at:
        found = [*rows(at.open(), window=early), *rows(at.open(), window=later)]
        assert {row["so_dang_ky"] for row in found} == {row["so_dang_ky"] for row in at.truth}


def test_what_was_delivered_is_marked_as_taken_and_does_not_come_again(home):
    with standing(CASES["ly-lich-tu-phap"], home) as at:
        service = at.stand_in
        assert isinstance(service, JudicialRecords)
        keys = tuple(piece.key for piece in at.open().pieces(FULL, {}))
        assert service.taken == []
        at.open().taken(keys, "Tệp không đọc được.")
        assert service.taken == []
        half = keys[: len(keys) // 2]
        at.open().taken(half, "")
        left = rows(at.open())
        assert 0 < len(left) < len(at.truth)
        assert [row for row in at.truth if row in left] == left
        at.open().taken(keys, "")
        at.open().taken(keys, "")
        assert rows(at.open()) == []
        assert len(service.taken) == len(set(service.taken)) == len(at.truth)


def test_what_was_delivered_but_not_marked_yet_does_not_come_again(home):
    with standing(CASES["ly-lich-tu-phap"], home) as at:
        keys = [piece.key for piece in at.open().pieces(FULL, {})]
        known = dict.fromkeys(keys[:2], "")
        assert len(rows(at.open(), window=replace(FULL, known=known))) == len(at.truth) - 14
        refused = dict.fromkeys(keys, "Tệp không đọc được.")
        assert rows(at.open(), window=replace(FULL, known=refused)) == at.truth


def test_each_service_is_pulled_in_its_own_course(home):
    with standing(CASES["ly-lich-tu-phap"], home) as at:
        with pytest.raises(BadInput, match="hồ sơ chờ lấy"):
            filled(kind("rest"), at.settings)
        with pytest.raises(BadInput, match="hồ sơ chờ lấy"):
            filled(kind("rest-list"), at.settings | {"danh_sach": "a.csv"})


def test_what_came_in_meanwhile_is_not_marked_as_taken(home):
    service = JudicialRecords(registry(), most=20)
    with standing(CASES["ly-lich-tu-phap"], home, service) as at:
        keys = tuple(piece.key for piece in at.open().pieces(FULL, {}))
        newer = JudicialRecords(registry(), most=23)
        at.platform.services[newer.name] = newer
        at.open().taken(keys, "")
        assert len(newer.taken) == 20
        assert len(rows(at.open())) == 3


@every_service
def test_a_connection_is_tried_by_one_small_question(at):
    said = at.open().test()
    assert "trả lời đúng dạng" in said
    assert len(at.platform.asked) <= 4
    assert not [name for name in names_of(at) if name in said]


def test_a_number_that_the_service_does_not_know_leaves_its_number_alone(home):
    with standing(CASES["bao-hiem-xa-hoi"], home) as at:
        last = rows(at.open())[-1]
        assert {code: text for code, text in last.items() if text} == {"ma_so_bhxh": "0000000000"}


def test_a_list_that_grew_between_two_goes_loses_and_doubles_nothing(home):
    with standing(CASES["bao-hiem-xa-hoi"], home) as at:
        path = home / rest.LISTS / GROUP / "bhxh.csv"
        lines = path.read_text().splitlines()
        path.write_text("\n".join(lines[:20]))
        kept = list(at.open().pieces(FULL, {}))
        path.write_text("\n".join([lines[0], *reversed(lines[1:])]))
        after = list(at.open().pieces(FULL, {piece.key: piece.mark for piece in kept}))
        found = [row["ma_so_bhxh"] for piece in (*kept, *after) for row in piece.rows]
        assert sorted(found) == sorted(row["ma_so_bhxh"] for row in at.truth)


@pytest.mark.parametrize(
    ("text", "told"),
    [("12345\n", "dòng 1"), ("Mã số\n4410000001\nNguyễn Văn Hòa\n", "dòng 3"), ("Mã số\n\n", "trống")],
)
def test_a_list_with_a_line_that_is_no_number_is_refused_by_its_line(home, text, told):
    with standing(CASES["bao-hiem-xa-hoi"], home) as at:
        (home / rest.LISTS / GROUP / "bhxh.csv").write_text(text, encoding="utf-8")
        with pytest.raises(BadInput, match=told) as said:
            at.open()
    assert "Hòa" not in said.value.vi


@pytest.mark.parametrize(
    "wrong",
    [
        {"dia_chi": "http://api.tinh.gov.vn"},
        {"dia_chi": "https://ai:gi@api.tinh.gov.vn"},
        {"dia_chi": "api.tinh.gov.vn"},
        {"dia_chi": "https://api.tinh.gov.vn?a=b"},
        {"dich_vu": "khong-co"},
        {"dich_vu": "../khoa"},
        {"tu_ngay": "2022-06-01"},
        {"cho_giay": "0"},
        {"cho_giay": "rất lâu"},
        {"duong_ma": "token"},
        {"chung_thu": "/etc/hostname"},
        {"chung_thu": "khong-co.pem"},
        {"ma_tinh": ""},
    ],
)
def test_settings_that_are_wrong_are_refused_before_anything_is_asked(home, wrong):
    with standing(CASES["ho-tich-khai-sinh"], home) as at, pytest.raises(HouseError):
        at.open(**wrong)
    assert at.platform.asked == []


@pytest.mark.parametrize("name", ["../bhxh.csv", "/etc/passwd", "a/c.csv", ".an"])
def test_a_list_lies_in_its_folder(home, name):
    with standing(CASES["bao-hiem-xa-hoi"], home) as at, pytest.raises(BadInput):
        at.open(danh_sach=name)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("contract: doanh-nghiep", "contract: khong-co", "no such contract"),
        ("ma_so_dn: {of", "ma_gi: {of", "has no field ma_gi"),
        ('msdn: "{id}"', 'msdn: "{ten}"', "nobody fills in: ten"),
        ('"1": Đang hoạt động', "1: Đang hoạt động", "valid string"),
        ("course: dated", "course: bay", "course"),
        ("within: more", "within: nowhere", "within"),
        ("days: 5", "days: 400", "days"),
    ],
)
def test_a_description_that_is_wrong_is_refused_by_its_place(tmp_path, old, new, told):
    text = (Path(rest.__file__).parent / "services" / "doanh-nghiep.yaml").read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "doanh-nghiep.yaml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(BadInput) as said:
        load(path)
    assert told in said.value.vi


def test_a_service_of_another_source_is_refused(home):
    with standing(CASES["doanh-nghiep"], home) as at:
        said = {"dich_vu": at.case.service, "dia_chi": at.address}
        with pytest.raises(BadInput, match="không phải"):
            kind("rest").open(Opening(settings=said, secret=Secret(FIXED), contract=live.contract("chung")))


def test_days_are_those_of_viet_nam(home):
    night = replace(FULL, until=datetime(2022, 6, 24, 19, 0, tzinfo=UTC))  # two in the morning of the next day here
    since = datetime(2022, 6, 10, 19, 0, tzinfo=UTC)
    with standing(CASES["ho-tich-khai-sinh"], home) as at:
        assert [piece.key for piece in at.open().pieces(night, {})][-1] == "2022-06-25.2022-06-25"
        delta = replace(night, extent="delta", since=since)
        assert next(at.open().pieces(delta, {})).key == "2022-06-11.2022-06-11"


def test_a_list_that_changes_while_it_is_read_is_refused(home, monkeypatch):
    rest_description("doanh-nghiep", home, page=3, counts="all")
    service = Enterprises(registry(), tell_all=True)
    told = service._list
    monkeypatch.setattr(
        service, "_list", lambda asked: told(asked) | ({"DataCount": 99} if asked["offset"] == "3" else {})
    )
    with standing(CASES["doanh-nghiep"], home, service) as at, pytest.raises(BadInput, match="số dòng"):
        rows(at.open())


def test_the_clock_of_a_pull_is_the_windows(home):
    tomorrow = replace(FULL, until=UNTIL + timedelta(days=1))
    with standing(CASES["ho-tich-khai-sinh"], home) as at:
        assert [piece.key for piece in at.open().pieces(tomorrow, {})][-1] == "2022-06-25.2022-06-25"
        assert len(at.truth) == CivilStatus(registry()).most == len(at.stand_in.truth(BIRTHS))
