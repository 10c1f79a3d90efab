"""The lists of `another_hand.py` for registers that do not fit in Python's memory: the people are made in SQL.

Names, dates, numbers and homes have the same shares; four people of one number divided by four are a household. The
list is made by the same hands as the small one, from people drawn out of the register.

    python benchmarks/large_hand.py DIR --register 10000000 --rows 1000000 --seed 7 [--no-number]
"""

from __future__ import annotations

import argparse
import random
from pathlib import Path

import another_hand as hand
import duckdb

# People are born in the years these slots stand for: more of the young, as in `another_hand.birth`.
SLOTS = [round(95 * random.Random(at).betavariate(1.25, 1.9)) for at in range(499)]  # noqa: S311  people are made up
TODAY = 2026
COLUMNS = (
    *("so_dinh_danh", "so_cmnd", "ho_ten", "ngay_sinh", "gioi_tinh", "dan_toc", "thuong_tru_xa", "thuong_tru_chi_tiet"),
    *("ho_ten_cha", "ho_ten_me", "tinh_trang", "ngay_chet"),
)


def picked(dice: hand.Dice, salt: str, who: str) -> str:
    """Return SQL that draws a word for a person with the dice's shares."""
    steps = [round(1000 * share / dice.sums[-1]) for share in dice.sums]
    words = [name for at, name in enumerate(dice.names) for _ in range(steps[at] - (steps[at - 1] if at else 0))]
    listed = ", ".join("'" + word.replace("'", "''") + "'" for word in words)
    return f"([{listed}])[1 + (hash({who}, '{salt}') % {len(words)})::int]"


def named(who: str, sex: str) -> str:
    """Return SQL for the name of a person (`who` is a number), of a sex (0 male)."""
    home = f"case when {who} % 4 = 1 then {who} else {who} // 4 * 4 end"
    surname = picked(hand.SURNAME, "surname", home)
    middle, given = (
        f"case when {sex} = 0 then {picked(male, salt, who)} else {picked(female, salt, who)} end"
        for salt, male, female in (
            ("middle", hand.Dice(hand.MIDDLE_MALE), hand.Dice(hand.MIDDLE_FEMALE)),
            ("given", hand.GIVEN_M, hand.GIVEN_F),
        )
    )
    extra = "['Anh', 'Hoài', 'Bảo', 'Quang', 'Như', 'Hải']"
    further = f"case when hash({who}, 'extra') % 100 < 12 then {extra}[1 + (hash({who}, 'more') % 6)::int] end"
    return f"concat_ws(' ', {surname}, nullif({middle}, ''), {further}, {given})"


def register(link: duckdb.DuckDBPyConnection, out: Path, size: int, seed: int) -> None:
    """Write the people of a register to a Parquet file."""
    years = [TODAY - slot for slot in SLOTS]
    ranks = [years[:at].count(year) for at, year in enumerate(years)]
    slots = len(SLOTS)
    provinces = [f"'{province}'" for province in hand.PROVINCES]
    link.execute(
        f"""create or replace view born as select i, ({years})[1 + (i % {slots})::int] as y,
  (i // {slots} % 2)::int as sex, ([{", ".join(provinces)}])[1 + (i // {2 * slots} % 8)::int] as province,
  ((i // {16 * slots} + 60000 * ({ranks})[1 + (i % {slots})::int]) * 7919 % 1000000)::int as serial,
  date '2001-01-01' + (hash(i, 'day', {seed}) % 365)::int as day from range({size}) r (i)"""
    )
    hamlets = ", ".join(f"'{name}'" for name in hand.HAMLETS)
    home = f"""(['Thôn', 'Xóm', 'TDP'])[1 + (hash(i // 4, 'kind') % 3)::int] || ' '
  || ([{hamlets}])[1 + (hash(i // 4, 'hamlet') % {len(hand.HAMLETS)})::int] || ' ' || (1 + hash(i // 4, 'nr') % 19)"""
    first = "y < 1964 and hash(i, 'first') % 5 = 0"
    state = "case when hash(i, 'dead') % 1000 < case when y < 1950 then 20 else 2 end then 'chet' else 'song' end"
    link.execute(
        f"""copy (select
  province || (case when y < 2000 then 0 else 2 end + sex) || right(y::varchar, 2) || lpad(serial::varchar, 6, '0')
    as so_dinh_danh,
  case when y < 2002 and hash(i, 'old') % 5 < 4 then lpad((i * 7919 % 1000000007 % 1000000000)::varchar, 9, '0')
    else '' end as so_cmnd,
  {named("i", "sex")} as ho_ten,
  case when y <= 1955 and hash(i, 'year') % 100 = 0 then y::varchar when {first} then y || '-01-01'
    else y || '-' || strftime(day, '%m-%d') end as ngay_sinh,
  case when sex = 0 then 'Nam' else 'Nữ' end as gioi_tinh, '01' as dan_toc,
  lpad((19200 + 3 * (hash(i // 4, 'unit') % {max(4, size // 8000)}))::varchar, 5, '0') as thuong_tru_xa,
  {home} as thuong_tru_chi_tiet,
  case when i % 4 >= 2 then {named("(i // 4 * 4)", f"(i // 4 * 4 // {slots} % 2)")} else '' end as ho_ten_cha,
  case when i % 4 >= 2 then {named("(i // 4 * 4 + 1)", f"((i // 4 * 4 + 1) // {slots} % 2)")} else '' end as ho_ten_me,
  case when hash(i, 'gone') % 100 = 0 then 'chuyen_di' else {state} end as tinh_trang, '' as ngay_chet
  from born) to '{out}' (format parquet)"""
    )


def write(directory: Path, size: int, rows: int, seed: int, *, with_number: bool = True) -> None:
    """Write register.parquet, list.parquet and truth.csv (row, so_dinh_danh)."""
    directory.mkdir(parents=True, exist_ok=True)
    with duckdb.connect() as link:
        link.execute("set enable_progress_bar = false")
        link.execute("set preserve_insertion_order = false")
        register(link, directory / "register.parquet", size, seed)
        drawn = link.execute(
            f"""select {", ".join(COLUMNS)} from '{directory}/register.parquet'
  where hash(so_dinh_danh, {seed}) % {size} < {round(1.02 * rows)} order by so_dinh_danh"""
        ).fetchall()
    people = [dict(zip(COLUMNS, row, strict=True)) for row in drawn]
    rng = random.Random(seed)  # noqa: S311  people are made up, not keys
    hand.write_list(directory, hand.make_list(rng, people, min(rows, len(people)), with_number=with_number))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("directory", type=Path)
    parser.add_argument("--register", type=int, default=10_000_000)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--no-number", action="store_true")
    options = parser.parse_args()
    write(options.directory, options.register, options.rows, options.seed, with_number=not options.no_number)
