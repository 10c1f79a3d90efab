"""Lists made by another hand: a register and a sector list with truth, written without sight of the demonstration's.

Facts (surname, given-name and error shares, number structure) are from public statistics and regulations named in
`docs/benchmarks.md`; the code shares nothing with `dean06.demo`, so that a matcher cannot be tuned to one generator.

    python benchmarks/another_hand.py DIR --register 100000 --rows 20000 --seed 7 [--no-number]
"""

from __future__ import annotations

import argparse
import csv
import random
import unicodedata
from bisect import bisect
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path

import duckdb

SURNAMES = (
    "Nguyễn 38.4,Trần 11,Lê 9.5,Phạm 7,Hoàng 3.6,Huỳnh 1.5,Phan 4.5,Vũ 2.4,Võ 1.5,Đặng 2.1,Bùi 2,Đỗ 1.4,Hồ 1.3,Ngô 1.3,"
    "Dương 1,Lý .5,Đinh 1,Trương 1,Mai .8,Đoàn .8,Lương .7,Cao .7,Trịnh .8,Đào .7,Hà .7,Lưu .4,Tạ .3,Phùng .4,Châu .2,"
    "Quách .2,Tô .3,Thái .3,Chu .3,Vương .2,La .1,Lò .2,Quàng .1,Vàng .1,Giàng .1,Nông .3,Triệu .3,Hứa .1,Ksor .05,"
    "Rơ Châm .03"
)
MALE = (
    "Tuấn,Hoàng,Huy,Anh,Hiếu,Hùng,Nam,Sơn,Đức,Dũng,Thành,Đạt,Cường,Long,Trung,Hải,Nguyên,Thắng,Minh,Duy,Tiến,Quang,Phúc,"
    "Trường,Tài,Toàn,Hưng,Phong,Tùng,Khánh,Bảo,Quân,Nghĩa,Lâm,Vinh,Bình,Mạnh,Việt,Lợi,Chiến,Hòa,Tâm,Kiên,Thịnh,Khoa,Lộc,Thiện,Quý,Tý,Sửu"
)
FEMALE = (
    "Trang,Thảo,Linh,Anh,Phương,Hằng,Huyền,Hà,Hiền,Hương,Ngọc,Dung,Nhung,Thủy,Nhi,Duyên,Vân,Quỳnh,Nga,Yến,Trinh,Thương,Uyên,"
    "Hạnh,Ngân,Oanh,Trâm,Ly,Mai,Phượng,Thúy,Hoa,Lan,Nụ,Gái,Bé,Mùi,Thìn,Xuân,Hân,Thư,Vy,Như,Tuyết,Loan,Liên,Thơm,Hòa"
)
MIDDLE_MALE = (
    "Văn 34,Đức 7,Minh 6,Quốc 5,Hữu 5,Xuân 5,Thanh 5,Ngọc 4,Hoàng 4,Công 4,Đình 5,Gia 3,Anh 2,"
    "Trọng 3,Bá 2,Duy 3,Tiến 2,Mạnh 2, 2"
)
MIDDLE_FEMALE = (
    "Thị 52,Ngọc 8,Thu 5,Thanh 4,Minh 3,Phương 4,Thùy 4,Kim 4,Bích 3,Hồng 4,"
    "Mỹ 2,Khánh 2,Diệu 1,Thị Thu 3,Thị Ngọc 3,Thị Thanh 3, 1"
)
HAMLETS = (
    "Trung Hòa",
    "Đông Phú",
    "Tây Sơn",
    "Vĩnh Tiến",
    "Phú Lộc",
    "Hà Thượng",
    "Nam Hải",
    "Bắc Ninh",
    "Quyết Thắng",
    "Tân Lập",
)
PROVINCES = ("044", "036", "001", "038", "040", "079", "037", "034")
DATE_FORMS = ("{d:02d}/{m:02d}/{y}", "{d}/{m}/{y}", "{d:02d}-{m:02d}-{y}", "{y}-{m:02d}-{d:02d}", "{d:02d}.{m:02d}.{y}")


class Dice:
    """Weighted choice over a list written as `name weight,…`."""

    def __init__(self, text: str) -> None:
        pairs = [
            item.rsplit(" ", 1) if " " in item.strip() or item.startswith(" ") else (item, "1")
            for item in text.split(",")
        ]
        self.names = [name for name, _ in pairs]
        self.sums = list(accumulate(float(weight) for _, weight in pairs))

    def roll(self, rng: random.Random) -> str:
        return self.names[bisect(self.sums, rng.random() * self.sums[-1])]


SURNAME, MIDDLE_M, MIDDLE_F = Dice(SURNAMES), Dice(MIDDLE_MALE), Dice(MIDDLE_FEMALE)
GIVEN_M = Dice(",".join(f"{name} {1 / (rank + 6):.4f}" for rank, name in enumerate(MALE.split(","))))
GIVEN_F = Dice(",".join(f"{name} {1 / (rank + 6):.4f}" for rank, name in enumerate(FEMALE.split(","))))


def person_name(rng: random.Random, surname: str, *, male: bool) -> str:
    middle = (MIDDLE_M if male else MIDDLE_F).roll(rng)
    given = (GIVEN_M if male else GIVEN_F).roll(rng)
    extra = ""
    if rng.random() < 0.12:
        extra = rng.choice(("Anh", "Hoài", "Bảo", "Quang", "Như", "Hải"))
    return " ".join(part for part in (surname, middle, extra, given) if part)


def birth(rng: random.Random, today: date) -> date:
    age = rng.betavariate(1.25, 1.9) * 95
    day = today - timedelta(days=int(age * 365.25))
    if age > 62 and rng.random() < 0.2:
        return date(day.year, 1, 1)
    return day


def number_of(rng: random.Random, born: date, used: set[str], *, male: bool) -> str:
    century = (0 if born.year < 2000 else 2) + (0 if male else 1)
    while True:
        number = f"{rng.choice(PROVINCES)}{century}{born.year % 100:02d}{rng.randrange(10**6):06d}"
        if number not in used:
            used.add(number)
            return number


def make_register(rng: random.Random, size: int) -> list[dict[str, str]]:
    """Families of one to six under one surname and hamlet; twins and namesakes happen by themselves."""
    today, people, used, used_old = date(2026, 9, 30), [], set(), set()
    communes = [f"{19200 + 3 * n:05d}" for n in range(max(4, size // 8000))]
    while len(people) < size:
        surname, commune = SURNAME.roll(rng), rng.choice(communes)
        address = f"{rng.choice(('Thôn', 'Xóm', 'TDP'))} {rng.choice(HAMLETS)} {rng.randrange(1, 20)}"
        father = mother = ""
        last_birth = None
        for position in range(rng.choice((1, 2, 3, 3, 4, 4, 5, 6))):
            male = position == 0 or (position != 1 and rng.random() < 0.52)
            own = surname if position != 1 else SURNAME.roll(rng)
            born = birth(rng, today)
            if position >= 2 and last_birth and rng.random() < 0.02:
                born = last_birth
            last_birth = born
            name = person_name(rng, own, male=male)
            old = ""
            if born.year < 2002 and rng.random() < 0.8:
                old = f"{rng.randrange(10**9):09d}"
                if old in used_old:
                    old = ""
                used_old.add(old)
            state = "chet" if rng.random() < (0.02 if born.year < 1950 else 0.002) else "song"
            people.append(
                {
                    "so_dinh_danh": number_of(rng, born, used, male=male),
                    "so_cmnd": old,
                    "ho_ten": name,
                    "ngay_sinh": born.isoformat() if rng.random() > 0.01 or born.year > 1955 else str(born.year),
                    "gioi_tinh": "Nam" if male else "Nữ",
                    "dan_toc": "01",
                    "thuong_tru_xa": commune,
                    "thuong_tru_chi_tiet": address,
                    "ho_ten_cha": father if position >= 2 else "",
                    "ho_ten_me": mother if position >= 2 else "",
                    "tinh_trang": state if rng.random() > 0.01 else "chuyen_di",
                    "ngay_chet": "2026-05-04" if state == "chet" else "",
                }
            )
            if position == 0:
                father = name
            elif position == 1:
                mother = name
    return people[:size]


def strip_marks(text: str) -> str:
    plain = "".join(ch for ch in unicodedata.normalize("NFD", text) if not unicodedata.combining(ch))
    return plain.replace("đ", "d").replace("Đ", "D")


def old_tones(text: str) -> str:
    for new, old in (("òa", "oà"), ("óa", "oá"), ("ỏa", "oả"), ("ùy", "uỳ"), ("úy", "uý"), ("ủy", "uỷ"), ("òe", "oè")):
        text = text.replace(new, old)
    return text


def misspell(rng: random.Random, name: str) -> str:
    swaps = (
        ("ng", "n"),
        ("n", "ng"),
        ("i", "y"),
        ("y", "i"),
        ("ì", "ỉ"),
        ("ã", "ả"),
        ("ễ", "ể"),
        ("ủ", "ũ"),
        ("c", "t"),
        ("s", "x"),
        ("tr", "ch"),
        ("l", "n"),
        ("d", "gi"),
    )
    fitting = [pair for pair in swaps if pair[0] in name[3:]]
    if fitting and rng.random() < 0.7:
        old, new = rng.choice(fitting)
        head, _, tail = name[3:].partition(old)
        return name[:3] + head + new + tail
    spot = rng.randrange(1, len(name) - 1)
    return name[:spot] + name[spot + 1 :]


def dirty_name(rng: random.Random, name: str) -> str:  # noqa: PLR0911  one line a kind of dirt
    roll = rng.random()
    if roll < 0.62:
        return name
    if roll < 0.74:
        return name.upper()
    if roll < 0.80:
        return unicodedata.normalize("NFD", name)
    if roll < 0.83:
        return name.replace(" ", "  ").strip() + " "
    if roll < 0.87:
        return old_tones(name)
    if roll < 0.92:
        return strip_marks(name)
    if roll < 0.94:
        return f"{rng.choice(('Ông', 'Bà', 'Cháu'))} {name}"
    if roll < 0.95:
        return f"{name} ({rng.choice(('chết', 'vợ', 'con'))})"
    if roll < 0.96:
        words = name.split()
        return " ".join([words[0], words[-1]]) if len(words) > 2 else name
    return misspell(rng, name)


def dirty_date(rng: random.Random, text: str) -> str:  # noqa: PLR0911  one line a kind of dirt
    if len(text) < 10:
        return text
    year, month, day = (int(part) for part in text.split("-"))
    roll = rng.random()
    if roll < 0.80:
        return rng.choice(DATE_FORMS).format(d=day, m=month, y=year)
    if roll < 0.86:
        return str(year)
    if roll < 0.88:
        return f"{month:02d}/{year}"
    if roll < 0.91 and day <= 12:
        return f"{month:02d}/{day:02d}/{year}"
    if roll < 0.93:
        return str((date(year, month, day) - date(1899, 12, 30)).days) if year > 1900 else str(year)
    if roll < 0.95:
        return f"01/01/{year}"
    if roll < 0.97:
        return f"{day:02d}/{month:02d}/{year + rng.choice((-1, 1, 10, -10))}"
    if roll < 0.985:
        return f"{rng.randrange(1, 28):02d}/{month:02d}/{year}"
    return ""


def dirty_number(rng: random.Random, person: dict[str, str], parent: dict[str, str]) -> str:  # noqa: PLR0911  one line a kind of dirt
    number, roll = person["so_dinh_danh"], rng.random()
    if roll < 0.62:
        return number
    if roll < 0.76:
        return person["so_cmnd"]
    if roll < 0.88:
        return ""
    if roll < 0.93:
        return number.lstrip("0")
    if roll < 0.95:
        return f"{number[:3]} {number[3:6]} {number[6:]}"
    if roll < 0.96:
        return f"'{number}"
    if roll < 0.975:
        spot = rng.randrange(5, 12)
        return number[:spot] + str((int(number[spot]) + rng.randrange(1, 10)) % 10) + number[spot + 1 :]
    if roll < 0.985:
        spot = rng.randrange(6, 11)
        return number[:spot] + number[spot + 1] + number[spot] + number[spot + 2 :]
    return parent["so_dinh_danh"]


def make_list(rng: random.Random, people: list[dict[str, str]], rows: int, *, with_number: bool) -> list[list[str]]:
    """Return rows of the list, the true number last."""
    other = random.Random(rng.random())  # noqa: S311  people are made up, not keys
    stranger_pool = make_register(other, max(50, rows // 20))
    made: list[list[str]] = []
    sample = rng.sample(range(len(people)), min(rows, len(people)))
    for line, index in enumerate(sample, start=1):
        person, truth = people[index], people[index]["so_dinh_danh"]
        if rng.random() < 0.025:
            person, truth = rng.choice(stranger_pool), ""
        elif made and rng.random() < 0.01:
            person = people[sample[rng.randrange(line - 1)]]
            truth = person["so_dinh_danh"]
        sex = person["gioi_tinh"] if rng.random() > 0.03 else rng.choice(("", "Nam", "Nữ"))
        commune = person["thuong_tru_xa"] if rng.random() > 0.07 else f"{19200 + 3 * rng.randrange(12):05d}"
        number = dirty_number(rng, person, people[max(0, index - 1)]) if with_number else ""
        if not truth and number:
            number = number_of(rng, date(1980, 1, 1), set(), male=True)
        address = person["thuong_tru_chi_tiet"] if rng.random() < 0.9 else ""
        name, born = dirty_name(rng, person["ho_ten"]), dirty_date(rng, person["ngay_sinh"])
        made.append([str(line), name, born, sex, number, address, commune if rng.random() > 0.05 else "", truth])
    return made


HEADER = ["STT", "Họ và tên", "Ngày sinh", "Giới tính", "Số CCCD/CMND", "Nơi thường trú", "Mã xã", "that"]


def write(directory: Path, register: int, rows: int, seed: int, *, with_number: bool = True) -> None:
    """Write register.parquet, list.parquet and truth.csv (row, so_dinh_danh)."""
    directory.mkdir(parents=True, exist_ok=True)
    rng = random.Random(seed)  # noqa: S311  people are made up, not keys
    people = make_register(rng, register)
    write_rows(directory / "register.parquet", list(people[0]), [list(person.values()) for person in people])
    write_list(directory, make_list(rng, people, rows, with_number=with_number))


def write_list(directory: Path, lines: list[list[str]]) -> None:
    """Write list.parquet without the last column, which is the truth, and truth.csv."""
    write_rows(directory / "list.parquet", HEADER[:-1], [line[:-1] for line in lines])
    with (directory / "truth.csv").open("w", newline="", encoding="utf-8") as handle:
        writer = csv.writer(handle)
        writer.writerow(["dong", "so_dinh_danh"])
        writer.writerows([number, line[-1]] for number, line in enumerate(lines, start=1))


def write_rows(out: Path, header: list[str], content: list[list[str]]) -> None:
    """Write rows of text to a Parquet file, empty cells as nothing."""
    draft = out.with_suffix(".csv")
    with draft.open("w", newline="", encoding="utf-8") as handle:
        writer = csv.writer(handle)
        writer.writerow(header)
        writer.writerows(content)
    with duckdb.connect() as link:
        source = f"read_csv('{draft}', all_varchar=true, header=true, nullstr='')"
        link.execute(f"COPY (SELECT * FROM {source}) TO '{out}' (FORMAT parquet)")
    draft.unlink()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("directory", type=Path)
    parser.add_argument("--register", type=int, default=100_000)
    parser.add_argument("--rows", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--no-number", action="store_true")
    options = parser.parse_args()
    write(options.directory, options.register, options.rows, options.seed, with_number=not options.no_number)
