"""The made-up population: numbers, names, families, months."""

import csv
from collections import Counter
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dean06.clock.errors import UsageError
from dean06.demo.chance import apportion
from dean06.demo.service import REGISTER_COLUMNS, SETTINGS, World, month_end, setting, write_register
from dean06.places.service import unit

NOBODY = -1


def people_of(world, month=None):
    return world.view(month or world.months[0]).people


def read(path):
    with path.open(encoding="utf-8", newline="") as rows:
        return list(csv.DictReader(rows))


@given(st.integers(0, 5000), st.lists(st.floats(0.01, 50), min_size=1, max_size=30))
def test_apportioning_loses_nobody(total, weights):
    parts = apportion(total, weights)
    assert sum(parts) == total
    assert all(abs(part - total * weight / sum(weights)) < 1 for part, weight in zip(parts, weights, strict=True))


@settings(max_examples=12, deadline=None)
@given(st.integers(0, 10**9), st.integers(1, 700), st.sampled_from(sorted(SETTINGS)))
def test_any_size_and_seed_gives_whole_people(seed, persons, place):
    world = World(seed, persons, place)
    people = people_of(world)
    assert len(people) == persons
    assert len({p.number for p in people}) == persons
    assert [p.index for p in people] == list(range(persons))
    for p in people:
        assert len(p.number) == 12
        assert p.number.isdigit()
        assert p.old_card == "" or (len(p.old_card) == 9 and p.old_card.isdigit())
        assert p.name == " ".join(p.name.split())
        assert p.father == NOBODY or people[p.father].male
        assert p.mother == NOBODY or not people[p.mother].male
        assert p.spouse == NOBODY or people[p.spouse].spouse == p.index
        if p.day:
            assert date(p.year, p.month, p.day) <= month_end(world.months[0])


def test_the_same_seed_gives_the_same_bytes_and_another_seed_does_not(tmp_path):
    paths = [tmp_path / name for name in ("a.csv", "b.csv", "c.csv")]
    for path, seed in zip(paths, (3, 3, 4), strict=True):
        write_register(World(seed, 800), "2022-08", path)
    first, again, other = (path.read_bytes() for path in paths)
    assert first == again
    assert first != other


def test_the_register_file_follows_its_contract(district, tmp_path):
    path = tmp_path / "so.csv"
    assert write_register(district, "2022-07", path) == len(people_of(district, "2022-07"))
    rows = read(path)
    assert tuple(rows[0]) == REGISTER_COLUMNS
    end = month_end("2022-07")
    for row in rows:
        here = unit(row["thuong_tru_xa"], end)
        assert here is not None
        assert here.parent == "456"
        assert row["gioi_tinh"] in {"Nam", "Nữ"}
        assert len(row["dan_toc"]) == 2
        assert row["tinh_trang"] in {"song", "chet", "chuyen_di", "mat_tich"}
        assert (row["tinh_trang"] == "chet") == bool(row["ngay_chet"])
        assert row["ngay_chet"] <= end.isoformat()
        assert not row["ngay_chet"] or row["ngay_chet"][:4] >= row["ngay_sinh"][:4]
    assert {row["tinh_trang"] for row in rows} == {"song", "chet", "chuyen_di", "mat_tich"}
    assert any(row["so_dinh_danh_cu"] for row in rows)
    assert {len(row["ngay_sinh"]) for row in rows} >= {4, 10}


def test_all_communes_of_the_day_are_peopled_by_their_weight(district):
    shares = {c.unit.code: c.persons for c in district.geography.communes}
    assert len(shares) == 15
    assert sum(shares.values()) == 6000
    assert shares["19213"] > shares["19228"]


def test_a_world_of_some_communes_only():
    world = World(1, 300, "quang-ninh-2022", units=("19204", "19225"))
    assert [c.unit.code for c in world.geography.communes] == ["19204", "19225"]
    with pytest.raises(LookupError):
        World(1, 300, "quang-ninh-2022", units=("99999",))


def test_numbers_have_the_structure_of_their_time_with_lawful_exceptions(district):
    fitting = 0
    people = people_of(district)
    for p in people:
        digit = (p.year // 100 - 19) * 2 + (0 if p.male else 1)
        fitting += p.number[3] == str(digit) and p.number[4:6] == f"{p.year % 100:02d}"
    share = fitting / len(people)
    assert 0.985 < share < 1
    assert 0.9 < sum(p.number.startswith("044") for p in people) / len(people) < 0.99


def test_ages_and_families_look_like_a_district(district):
    people = people_of(district)
    ages = [2022 - p.year for p in people]
    assert 0.19 < sum(age < 15 for age in ages) / len(ages) < 0.28
    assert 0.08 < sum(age >= 65 for age in ages) / len(ages) < 0.14
    for p in people:
        for parent in (p.father, p.mother):
            if parent != NOBODY:
                assert 15 <= p.year - people[parent].year <= 60
        if p.father != NOBODY:
            assert p.father_name == people[p.father].name
    sizes = Counter(p.household for p in people)
    assert 2.8 < sum(sizes.values()) / len(sizes) < 4.2
    generations = sum(
        1
        for p in people
        if p.father != NOBODY and people[p.father].father != NOBODY and p.household == people[p.father].household
    )
    assert generations > 50


def test_there_are_twins_and_namesakes(district):
    people = people_of(district)
    births = Counter((p.mother, p.born) for p in people if p.mother != NOBODY and p.day)
    assert sum(count == 2 for count in births.values()) >= 5
    alike = Counter((p.name, p.born) for p in people)
    assert sum(count > 1 for count in alike.values()) >= 3
    names = Counter((p.name, p.year) for p in people)
    assert sum(count for count in names.values() if count > 1) > 100


def test_names_follow_cohort_and_region(district):
    people = [p for p in people_of(district) if p.people == "01"]

    def share_thi(low, high):
        women = [p for p in people if not p.male and low <= p.year < high]
        return sum(" Thị " in p.name for p in women) / len(women)

    assert share_thi(1925, 1955) > 0.9
    assert share_thi(1925, 1955) > share_thi(1975, 1990) > share_thi(2005, 2023)
    assert share_thi(2005, 2023) < 0.2
    assert 0.25 < sum(p.family == "Nguyễn" for p in people) / len(people) < 0.42
    young = [p for p in people if p.year > 2006 and not p.male]
    assert sum(len(p.name.split()) == 4 for p in young) / len(young) > 0.4


def test_the_uplands_are_bru_van_kieu(district):
    upland = {h.index for h in district.geography.hamlets if h.commune == "19204"}
    there = [p for p in people_of(district) if p.hamlet in upland]
    bru = [p for p in there if p.people == "23"]
    assert 0.35 < len(bru) / len(there) < 0.8
    assert all(p.name.startswith("Hồ ") for p in bru)


def test_names_of_the_smaller_peoples_keep_their_shape():
    mixed = replace(setting("ninh-chau-2026"), persons=1500, scattered=0.6)
    people = people_of(World(5, preset=mixed))
    ede = [p for p in people if p.people == "12"]
    assert {p.name.split()[0] == "Y" for p in ede if p.male} == {True}
    assert {p.name.startswith("H'") for p in ede if not p.male} == {True}
    assert len({p.people for p in people}) > 10
    assert any(len(p.name.split()) == 2 for p in people if p.people == "13")


def test_old_people_have_vague_birth_dates(district):
    old = [p for p in people_of(district) if p.year < 1955]
    young = [p for p in people_of(district) if p.year > 1990]
    assert sum((p.month, p.day) == (1, 1) for p in old) / len(old) > 0.08
    assert sum(p.day == 0 for p in old) / len(old) > 0.03
    assert sum(p.day == 0 for p in young) == 0


def test_months_bring_births_deaths_moves_and_nothing_comes_back(district):
    before = None
    for month in district.months:
        view = district.view(month)
        if before is not None:
            born = [p for p in view.people[len(before.people) :] if p.born.startswith(month)]
            assert born
            assert all(p.mother != NOBODY for p in born)
            assert before.dead.items() <= view.dead.items()
            assert before.gone <= view.gone
            assert any(day.startswith(month) for day in view.dead.values())
            assert all(p.index == i for i, p in enumerate(view.people))
        before = view
    first = district.view(district.months[0]).people
    moved = [p for p, was in zip(before.people, first, strict=False) if p.hamlet != was.hamlet]
    renumbered = [p for p, was in zip(before.people, first, strict=False) if p.number != was.number]
    assert moved
    assert all(p.number not in p.former.split(";") for p in renumbered)


def test_the_commune_of_2026_remembers_the_four_before_it(commune):
    hamlets = commune.geography.hamlets
    assert {h.commune for h in hamlets} == {"19225"}
    assert {h.was for h in hamlets} == {"19216", "19222", "19225", "19234"}


def test_a_setting_can_be_scaled_and_a_wrong_one_is_named():
    assert setting("xuan-truong-2022").scaled(0.01).persons == 1850
    assert {code: s.persons for code, s in SETTINGS.items()} == {
        "quang-ninh-2022": 95_000,
        "xuan-truong-2022": 185_000,
        "ninh-chau-2026": 30_000,
    }
    with pytest.raises(UsageError, match="quang-ninh-2022"):
        setting("atlantis")
    with pytest.raises(UsageError):
        World(1, 0)
    with pytest.raises(UsageError, match="2022-12"):
        World(1, 10).view("2022-12")
