"""Sector files and their truth: what is written is what the truth says, and the months answer to what was asked."""

import csv
import io
import unicodedata
from collections import Counter
from datetime import datetime

import openpyxl
import pytest

from dean06.clock.errors import UsageError
from dean06.demo.sector import Sector, sector
from dean06.demo.service import DATASETS, KINDS, NOTHING, Fix, World, dataset, delivery_name, write_delivery
from dean06.demo.spoil_names import bare

NAME_DAMAGE = {"ten_hoa", "ten_thuong", "ten_cach", "ten_kieu_dau", "ten_chu_d", "ten_danh_xung", "ten_ghi_chu"}
ENCODINGS = ("utf-8-sig", "utf-16", "cp1258")
SEPARATORS = {"utf-8-sig": ",", "utf-16": "\t", "cp1258": ";"}
HEADS = {
    "Họ và tên": "ho_ten",
    "Ngày sinh": "ngay_sinh",
    "Ngày tháng năm sinh": "ngay_sinh",
    "Số CCCD/CMND": "so",
    "Số CMND/CCCD/ĐDCN": "so",
    "Số ĐDCN": "so",
}


def text_rows(path):
    """Read a CSV as its own clerk would: the encoding and separator he wrote."""
    raw = path.read_bytes()
    encoding = "utf-16" if raw[:2] == b"\xff\xfe" else "utf-8-sig"
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError:
        encoding, text = "cp1258", raw.decode("cp1258")
    rows = csv.reader(io.StringIO(text), delimiter=SEPARATORS[encoding])
    return {"": [[unicodedata.normalize("NFC", cell) for cell in row] for row in rows]}


def shown(cell):
    if isinstance(cell, datetime):
        return f"{cell:%d/%m/%Y}"
    return "" if cell is None else unicodedata.normalize("NFC", str(cell))


def sheet_rows(path):
    book = openpyxl.load_workbook(path, read_only=True)
    return {page.title: [[shown(cell) for cell in row] for row in page.iter_rows(values_only=True)] for page in book}


def cells_by_place(path):
    """Return what stands at each (sheet, row), by role, for the heads this test knows."""
    found = {}
    for name, rows in (sheet_rows if path.suffix == ".xlsx" else text_rows)(path).items():
        head = next((at for at, row in enumerate(rows) if "Họ và tên" in row), None)
        if head is None:
            continue
        roles = {at: HEADS[text] for at, text in enumerate(rows[head]) if text in HEADS}
        for line, row in enumerate(rows[head + 1 :], head + 2):
            found[name, line] = {role: row[at] for at, role in roles.items() if at < len(row)}
    return found


def written(person):
    return "/".join(reversed(person.born.split("-")))


def delivered(world, source, tmp_path, turn=0, fixed=NOTHING, suffix=""):
    month = world.delivery_months[turn]
    name = delivery_name(world, source, month, fixed)
    path = tmp_path / (name if not suffix else name.rpartition(".")[0] + suffix)
    return write_delivery(world, source, month, path, fixed=fixed, truth=tmp_path / f"{path.stem}.truth.csv")


def check_name(cell, person, kinds, wrong):
    if "ho_ten" in wrong:
        assert cell != person.name
    elif kinds.isdisjoint(NAME_DAMAGE):
        assert cell == person.name
    else:
        spelled = bare(cell.replace("\u00d0", "Đ").replace("\u00f0", "đ").lower())
        assert bare(person.name.lower()).split()[-1] in spelled.split()


def check_date(cell, person, kinds, wrong):
    if "ngay_sinh" in wrong:
        assert cell != written(person)
    elif not any(kind.startswith("ngay") for kind in kinds):
        assert cell == written(person)


def check_number(cell, person, kinds, wrong):
    if "so_dinh_danh" in wrong:
        assert cell != person.number
    elif "so_cmnd" in kinds:
        assert cell == person.old_card
    elif not any(kind.startswith("so_") for kind in kinds):
        assert cell == person.number


@pytest.mark.parametrize("source", sorted(DATASETS))
@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
def test_each_row_is_where_the_truth_says_and_wrong_only_where_it_says(commune, tmp_path, source, suffix):
    done = delivered(commune, source, tmp_path, suffix=suffix)
    people = {p.number: p for p in commune.view(commune.delivery_months[0]).people}
    cells = cells_by_place(done.path)
    checked = Counter()
    garbled = {row.trang_tinh for row in done.truth if "bang_ma" in row.loi}
    assert len({(row.trang_tinh, row.dong) for row in done.truth}) == done.rows
    for row in done.truth:
        kinds, wrong = (set(text.split(";")) - {""} for text in (row.loi, row.sai_truong))
        if row.trang_tinh in garbled or "thieu_thong_tin" in kinds:
            continue
        cell = cells[row.trang_tinh, row.dong]
        assert bool(row.so_dinh_danh) == (row.ket_qua != "KHONG_TIM_THAY")
        if row.so_dinh_danh:
            person = people[row.so_dinh_danh]
            check_name(cell["ho_ten"], person, kinds, wrong)
            check_date(cell["ngay_sinh"], person, kinds, wrong)
            check_number(cell["so"], person, kinds, wrong)
        checked[row.ket_qua] += 1
    assert checked["KHOP_HOAN_TOAN"] > 20
    assert checked["KHOP_SAI_LECH"] > 5


def test_the_truth_file_holds_the_truth(commune, tmp_path):
    done = delivered(commune, "hoc-sinh", tmp_path)
    with (tmp_path / f"{done.path.stem}.truth.csv").open(encoding="utf-8", newline="") as rows:
        found = list(csv.reader(rows))
    assert found[0] == ["trang_tinh", "dong", "so_dinh_danh", "khoa", "loi", "sai_truong", "ket_qua", "sua"]
    assert found[1:] == [[str(value) for value in row] for row in done.truth]


@pytest.mark.parametrize(("source", "low", "high"), [("bhyt", 0.05, 0.11), ("tiem-chung", 0.15, 0.30)])
def test_the_share_of_wrong_rows_answers_to_the_campaigns(district, tmp_path, source, low, high):
    done = delivered(district, source, tmp_path)
    verdicts = Counter(row.ket_qua for row in done.truth)
    assert low < verdicts["KHOP_SAI_LECH"] / done.rows < high
    assert verdicts["TRUNG"]
    assert verdicts["DA_CHET"]
    assert verdicts["DA_CHUYEN_DI"]
    assert verdicts["KHONG_TIM_THAY"]


def test_the_dead_and_departed_and_second_rows_are_named_so(district, tmp_path):
    done = delivered(district, "chung", tmp_path)
    view = district.view(district.delivery_months[0])
    index = {p.number: p.index for p in view.people}
    seen = Counter()
    for row in done.truth:
        if row.so_dinh_danh and row.ket_qua != "SAI_DINH_DANG":
            state = view.state(index[row.so_dinh_danh])
            assert (row.ket_qua == "DA_CHET") == (state == "chet")
            assert (row.ket_qua == "DA_CHUYEN_DI") == (state == "chuyen_di")
            if state == "song":
                assert (row.ket_qua == "TRUNG") == (seen[row.so_dinh_danh] > 0)
            seen[row.so_dinh_danh] += 1


def test_every_kind_of_dirt_happens_somewhere(district, commune):
    seen = set()
    for world in (district, commune):
        for source in DATASETS:
            for month in world.delivery_months[:2]:
                seen.update(kind for entry in sector(world, source).rows(month, NOTHING) for kind in entry.kinds)
    legacy = {damage for kept in DATASETS.values() for turn in kept.damages for damage in turn}
    rare = {"ten_dao", "ten_cu", "ngay_am_lich", "so_khoa_hoc"}
    assert (set(KINDS) - seen - legacy) <= rare
    assert seen <= set(KINDS)


def test_a_world_of_highland_names_has_them_turned_round():
    from dataclasses import replace

    from dean06.demo.service import setting

    world = World(3, preset=replace(setting("ninh-chau-2026"), persons=2500, scattered=0.7))
    rows = sector(world, "chung").rows("2026-07", NOTHING) + sector(world, "bhyt").rows("2026-07", NOTHING)
    turned = [e for e in rows if "ten_dao" in e.kinds]
    assert turned
    people = world.view("2026-07").people
    assert all(sorted(e.name.split()) == sorted(people[e.person].name.split()) for e in turned)


# ---------------------------------------------------------------- months


def test_without_being_asked_nothing_is_corrected(district):
    list_of = Sector(district, dataset("tiem-chung"))
    first, second = (list_of.rows(month, NOTHING) for month in district.delivery_months[:2])
    later = {e.key: e for e in second}
    wrong = [e for e in first if e.wrong]
    assert all(set(e.wrong) <= set(later[e.key].wrong) for e in wrong)
    assert not any(e.claim for e in second)
    assert sum(bool(e.wrong) for e in second) > len(wrong)


def test_only_what_was_asked_is_corrected_and_some_only_say_so(district):
    list_of = Sector(district, dataset("bhyt"))
    months = district.delivery_months
    first = list_of.rows(months[0], NOTHING)
    wrong = [e for e in first if e.wrong and "trung" not in e.kinds]
    asked = frozenset(e.key for e in wrong[: len(wrong) // 2])
    second = {e.key: e for e in list_of.rows(months[1], Fix(share=0.6, said=0.2, keys=asked))}
    people = district.view(months[1]).people
    corrected = [e for e in second.values() if e.claim == "da_sua"]
    said = [e for e in second.values() if e.claim == "bao_da_sua"]
    assert {e.key for e in (*corrected, *said)} <= asked
    assert 0.45 < len(corrected) / len(asked) < 0.75
    assert 0.1 < len(said) / len(asked) < 0.3
    for e in corrected:
        assert e.kinds == ()
        assert (e.name, e.number) == (people[e.person].name, people[e.person].number)
    assert all(e.wrong for e in said)
    left = [second[e.key] for e in wrong[len(wrong) // 2 :] if e.key in second]
    assert all(e.wrong for e in left)


def test_a_list_without_a_key_is_asked_by_the_number_of_the_person(district):
    list_of = Sector(district, dataset("chung"))
    months = district.delivery_months
    people = district.view(months[1]).people
    wrong = [e for e in list_of.rows(months[0], NOTHING) if e.wrong and "trung" not in e.kinds and not e.stranger]
    asked = frozenset(people[e.person].number for e in wrong[:40])
    second = list_of.rows(months[1], Fix(share=1.0, said=0.0, keys=asked))
    assert {people[e.person].number for e in second if e.claim} <= asked
    assert sum(e.claim == "da_sua" for e in second) >= 30


def test_second_rows_strangers_and_the_dead_are_struck_off_when_asked(district):
    list_of = Sector(district, dataset("tiem-chung"))
    months = district.delivery_months
    before = list_of.rows(months[0], NOTHING)
    after = list_of.rows(months[1], Fix(share=1.0, said=0.0))
    gone = {i for i in district.view(months[0]).dead if i in {e.person for e in before}}
    assert gone
    assert not gone & {e.person for e in after}
    assert sum("trung" in e.kinds for e in after) < sum("trung" in e.kinds for e in before) / 4


def test_newborns_reach_the_list_and_the_register_moves_on(district):
    list_of = Sector(district, dataset("bhyt"))
    months = district.delivery_months
    for month in months:
        rows = list_of.rows(month, NOTHING)
    born = [e for e in rows if not e.stranger and district.view(months[-1]).people[e.person].born.startswith("2022-0")]
    assert any(district.view(months[-1]).people[e.person].born >= "2022-07" for e in born)
    late = {"noi_o_cu", "ten_cu", "so_da_huy"}
    assert any(late & set(e.kinds) for e in rows)


def test_a_month_asked_again_with_other_fixes_is_written_again(commune):
    list_of = Sector(commune, dataset("bhyt"))
    months = commune.delivery_months
    untouched = list_of.rows(months[2], NOTHING)
    fixed = list_of.rows(months[1], Fix(share=1.0))
    assert sum(bool(e.wrong) for e in fixed) < sum(bool(e.wrong) for e in untouched) / 3
    assert list_of.rows(months[1], Fix(share=1.0)) is fixed


def test_a_stranger_to_the_months_or_sources_is_named(commune, tmp_path):
    with pytest.raises(UsageError, match="2026-06"):
        write_delivery(commune, "bhyt", "2026-06", tmp_path / "a.csv")
    with pytest.raises(UsageError, match="thue"):
        write_delivery(commune, "thue", "2026-07", tmp_path / "a.csv")


# ---------------------------------------------------------------- pages


def test_a_typed_list_has_titles_merged_heads_a_sheet_a_hamlet_totals_and_no_signers_name(commune, tmp_path):
    done = delivered(commune, "chung", tmp_path, turn=1)
    book = openpyxl.load_workbook(done.path)
    assert len(book.sheetnames) == len({row.trang_tinh for row in done.truth}) > 3
    page = book.worksheets[0]
    assert str(page["A1"].value).startswith("HỘI NGƯỜI CAO TUỔI XÃ NINH CHÂU")
    merged = {str(cells) for cells in page.merged_cells.ranges}
    assert "E7:F7" in merged
    assert "A7:A8" in merged
    assert (page["E7"].value, page["E8"].value, page["F8"].value) == ("Giới tính", "Nam", "Nữ")
    words = [str(cell) for row in page.iter_rows(values_only=True) for cell in row if cell is not None]
    assert any(word.startswith("Tổng cộng: ") for word in words)
    assert words[-1] == "(Ký, ghi rõ họ tên)"


def test_a_large_district_gets_a_sheet_a_commune_with_a_line_for_each_hamlet(tmp_path):
    world = World(2, 40_000, "quang-ninh-2022")
    month = world.delivery_months[3]
    path = tmp_path / "chung.xlsx"
    done = write_delivery(world, "chung", month, path)
    cells = cells_by_place(path)
    people = {p.number: p for p in world.view(month).people}
    assert len({row.trang_tinh for row in done.truth}) == 15
    for row in done.truth:
        if row.ket_qua == "KHOP_HOAN_TOAN":
            assert cells[row.trang_tinh, row.dong]["ho_ten"] == people[row.so_dinh_danh].name


def test_lists_of_2026_still_name_the_communes_before_the_reform(commune):
    rows = sector(commune, "bhyt").rows("2026-07", NOTHING)
    assert any(e.old_unit for e in rows)
    assert all("noi_o_don_vi_cu" in e.kinds for e in rows if e.old_unit)


def test_names_of_files_follow_size_and_custom(commune):
    months = commune.delivery_months
    assert [delivery_name(commune, "bhyt", m).rpartition(".")[2] for m in months] == ["csv", "csv", "csv", "xlsx"]
    assert delivery_name(commune, "chung", months[0]) == "chung_2026-07.xlsx"
