"""Made-up people at any size for measuring the matcher: a register, a dirty sector list, and who each row really is.

Names, ages and kinds of dirt follow what is known of Vietnamese registers and lists (surname shares, cohort fashions,
heaped birth dates, borrowed numbers). Nobody here exists. Every figure is fixed by the seed.

    python benchmarks/made_up_people.py DIR --register 100000 --rows 20000
"""

from __future__ import annotations

import argparse
import random
from datetime import date, timedelta
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

SURNAMES = (
    "Nguyễn 310 Trần 109 Lê 95 Phạm 66 Hoàng 41 Phan 30 Bùi 27 Võ 26 Hồ 22 Vũ 20 Đặng 19 Đỗ 18 Trương 17 Huỳnh 16 Ngô 16"
    " Đinh 16 Dương 12 Trịnh 10 Nông 10 Mai 10 Hà 9 Đoàn 9 Lương 9 Cao 9 Đào 8 Lưu 5 Lý 5 Triệu 5 Phùng 4 Đàm 4 Chu 3"
    " Thái 3 Lâm 3 Tạ 3 Vương 3 Tô 3 Quách 2 Lục 1"
).split()
MALE = (
    "Tuấn 27 Hoàng 24 Huy 22 Anh 21 Hiếu 20 Hùng 20 Nam 20 Sơn 19 Đức 19 Dũng 17 Thành 16 Đạt 16 Cường 16 Long 15 Trung 15"
    " Hải 14 Nguyên 14 Thắng 14 Minh 13 Duy 12 Tiến 11 Quang 11 Phúc 10 Trường 10 Tài 10 Toàn 10 Hưng 9 Phong 9 Tùng 9"
    " Linh 9 Khánh 9 Bảo 9 Quân 8 Dương 8 Nghĩa 8 Lâm 8 Vinh 8 Bình 8 Mạnh 7 Việt 7 Chiến 5 Lợi 5 Hoà 5 Tâm 5 Thuỷ 1"
).split()
FEMALE = (
    "Trang 42 Thảo 35 Linh 30 Anh 25 Phương 22 Hằng 21 Huyền 21 Hà 21 Hiền 20 Hương 17 Ngọc 17 Dung 17 Nhung 17 Thủy 16"
    " Nhi 16 Duyên 16 Vân 15 Quỳnh 15 Nga 15 Yến 15 Trinh 15 Thương 13 Uyên 13 Hạnh 13 Ngân 12 Oanh 12 Trâm 12 Ly 12"
    " Mai 11 Phượng 11 Thúy 11 Hoa 10 Lan 10 Hòa 6 Bé 3 Nụ 2 Hợi 2 Tý 2 Mùi 2 Xuân 4 Loan 6 Lý 3"
).split()
MIDDLE_M = "Văn 0 Hoàng 8 Minh 8 Gia 7 Quốc 7 Thanh 6 Anh 5 Đức 5 Hữu 5 Xuân 4 Ngọc 4 Công 4 Đình 4 Trọng 3 Quang 3 Bá 2".split()
MIDDLE_F = "Thị 0 Ngọc 17 Thanh 9 Thu 8 Phương 7 Minh 6 Khánh 5 Bảo 5 Kim 5 Hồng 5 Mỹ 4 Thuỳ 4 Hoài 3 Như 3 Quỳnh 3".split()
MINORITY = (
    ("Hồ", ("Văn", "Thị"), "Xa Thoong Choanh Lả Păng Kă Miên Thương Ngời Lon Nghiêm".split()),
    ("Giàng", ("A", "Thị"), "Páo Chu Lử Sùng Dế Mỷ Súa Và Pàng".split()),
    ("H'", ("",), "Loan_Mlô Bian_Niê Nga_Êban Duyên_Kbuôr Rin_Ayŭn".split()),
    ("Y", ("",), "Bhăm_Niê Thok_Ksor Wăn_Kpă Jut_Byă Moan_Êñuôl".split()),
)
FOLD = str.maketrans(
    "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴĐ",
    "aaaaaaaaaaaaaaaaaeeeeeeeeeeeiiiiiooooooooooooooooouuuuuuuuuuuyyyyydAAAAAAAAAAAAAAAAAEEEEEEEEEEEIIIIIOOOOOOOOOOOOOOOOOUUUUUUUUUUUYYYYYD",
)
TONE_SLIPS = {"ả": "ã", "ã": "ả", "ỏ": "õ", "õ": "ỏ", "ũ": "ủ", "ủ": "ũ", "ế": "é", "ầ": "à", "ữ": "ử", "ỗ": "ổ", "ạ": "á"}
OLD_TONES = {"òa": "oà", "úy": "uý", "ủy": "uỷ", "ùy": "uỳ", "óa": "oá"}
AS_OF = date(2022, 7, 1)


class Wheel:
    """Draw words by their shares, many at a time."""

    def __init__(self, pairs: list[str], rng: random.Random, extra: int = 0) -> None:
        self.words, shares = pairs[::2], [int(n) for n in pairs[1::2]]
        if extra:
            shares[0] = extra
        self.shares, self.rng, self.pool = shares, rng, []

    def draw(self) -> str:
        if not self.pool:
            self.pool = self.rng.choices(self.words, self.shares, k=4096)
        return self.pool.pop()


class Makers:
    """The register: households of parents and children, twins, lone elders."""

    def __init__(self, seed: int, size: int) -> None:
        self.rng = random.Random(seed)
        self.surname = Wheel(SURNAMES, self.rng)
        self.male, self.female = Wheel(MALE, self.rng), Wheel(FEMALE, self.rng)
        self.old_m, self.old_f = Wheel(MIDDLE_M, self.rng, 90), Wheel(MIDDLE_F, self.rng, 160)
        self.new_m, self.new_f = Wheel(MIDDLE_M, self.rng, 3), Wheel(MIDDLE_F, self.rng, 14)
        self.size, self.people, self.taken = size, [], set()
        self.communes = [f"{18859 + 3 * i:05d}" for i in range(max(8, size // 7000))]

    def number(self, born: date, sex: str, province: int) -> str:
        century = (2 if born.year >= 2000 else 0) + (sex == "Nữ")
        while True:
            made = f"{province:03d}{century}{born.year % 100:02d}{self.rng.randrange(1_000_000):06d}"
            if made not in self.taken:
                self.taken.add(made)
                return made

    def name(self, surname: str, sex: str, year: int) -> str:
        rng = self.rng
        if sex == "Nam":
            middle = (self.old_m if rng.random() < min(max((2005 - year) / 45, 0), 1) else self.new_m).draw()
            given = self.male.draw()
        else:
            middle = (self.old_f if rng.random() < min(max((2005 - year) / 40, 0.05), 1) else self.new_f).draw()
            given = self.female.draw()
        middles = [middle]
        if rng.random() < (0.5 if sex == "Nữ" else 0.22) * (year > 1985):
            middles.append((self.new_f if sex == "Nữ" else self.new_m).draw())
        return " ".join([surname, *[m for m in dict.fromkeys(middles) if m != given], given])

    def born(self, low: int, high: int) -> date:
        day = date(low, 1, 1) + timedelta(days=self.rng.randrange((date(high, 12, 31) - date(low, 1, 1)).days))
        heap = 0.2 if day.year < 1955 else 0.02
        return date(day.year, 1, 1) if self.rng.random() < heap else min(day, AS_OF)

    def person(self, name: str, sex: str, born: date, commune: str, home: str, father: str, mother: str) -> dict[str, str]:
        rng = self.rng
        province = 44 if rng.random() < 0.9 else rng.choice((1, 38, 40, 45, 48, 79))
        cmnd = f"19{rng.randrange(10**7):07d}" if born.year < 2004 and rng.random() < 0.8 else ""
        text = str(born.year) if born.year < 1960 and rng.random() < 0.06 else born.isoformat()
        state = "song"
        if rng.random() < (0.03 if born.year < 1950 else 0.002):
            state = "chet"
        elif rng.random() < 0.012:
            state = "chuyen_di"
        made = {
            "so_dinh_danh": self.number(born, sex, province),
            "so_cmnd": cmnd,
            "ho_ten": name,
            "ngay_sinh": text,
            "gioi_tinh": sex,
            "dan_toc": "01",
            "thuong_tru_xa": commune,
            "thuong_tru_chi_tiet": home,
            "ho_ten_cha": father,
            "ho_ten_me": mother,
            "tinh_trang": state,
        }
        self.people.append(made)
        return made

    def household(self) -> None:
        rng = self.rng
        commune = rng.choice(self.communes)
        home = f"Thôn {rng.choice('Đông Tây Trung Nam Bắc Thượng Hạ Tiền'.split())} {rng.randrange(1, 12)}"
        if rng.random() < 0.03:
            return self.minority(commune, home)
        father_born = self.born(1935, 2000)
        surname = self.surname.draw()
        father = self.name(surname, "Nam", father_born.year)
        mother_born = self.born(father_born.year - 4, min(father_born.year + 7, 2003))
        mother = self.name(self.surname.draw(), "Nữ", mother_born.year)
        grand = [self.name(surname, "Nam", father_born.year - 27), self.name(self.surname.draw(), "Nữ", father_born.year - 25)]
        self.person(father, "Nam", father_born, commune, home, *grand)
        self.person(mother, "Nữ", mother_born, commune, home, self.name(mother.split()[0], "Nam", 1950), self.name(self.surname.draw(), "Nữ", 1950))
        first = mother_born.year + rng.randrange(19, 30)
        for i in range(rng.choice((0, 1, 2, 2, 2, 3, 3, 4))):
            year = first + 3 * i
            if year > 2022:
                break
            day = self.born(year, year)
            sex = "Nam" if rng.random() < 0.52 else "Nữ"
            child = self.name(surname, sex, year)
            self.person(child, sex, day, commune, home, father, mother)
            if rng.random() < 0.013:
                other = self.name(surname, sex, year)
                near = child.rsplit(" ", 1)[0] + " " + other.split()[-1] if rng.random() < 0.6 else other
                self.person(near, sex, day, commune, home, father, mother)
        return None

    def minority(self, commune: str, home: str) -> None:
        rng = self.rng
        surname, middles, givens = rng.choice(MINORITY)
        for _ in range(rng.randrange(2, 7)):
            given = rng.choice(givens).replace("_", " ")
            middle = rng.choice(middles)
            name = f"{surname}{given}" if surname == "H'" else " ".join(w for w in (surname, middle, given) if w)
            sex = "Nữ" if surname == "H'" or middle == "Thị" else "Nam"
            self.person(name, sex, self.born(1940, 2021), commune, home, "", "")

    def make(self) -> list[dict[str, str]]:
        while len(self.people) < self.size:
            self.household()
        return self.people[: self.size]


class Clerks:
    """The sector list: who is in it, and what happened to each cell on the way."""

    def __init__(self, people: list[dict[str, str]], seed: int, *, absent: float = 0.02, ids: float = 0.75) -> None:
        self.people, self.rng, self.absent, self.ids = people, random.Random(seed), absent, ids
        self.strangers = Makers(seed + 7, max(2000, int(len(people) * 0.05)))
        self.outsiders = self.strangers.make()
        self.communes = sorted({p["thuong_tru_xa"] for p in people})
        for stranger in self.outsiders:
            stranger["thuong_tru_xa"] = self.rng.choice(self.communes)

    def rows(self, many: int) -> list[dict[str, str]]:
        rng, made = self.rng, []
        for index in rng.sample(range(len(self.people)), min(many, len(self.people))):
            if rng.random() < self.absent:
                made.append({**self.row(rng.choice(self.outsiders), 0), "that": ""})
                continue
            made.append({**self.row(self.people[index], index), "that": self.people[index]["so_dinh_danh"]})
            if rng.random() < 0.01:
                made.append({**self.row(self.people[index], index), "that": self.people[index]["so_dinh_danh"]})
        rng.shuffle(made)
        return made[:many]

    def row(self, person: dict[str, str], index: int) -> dict[str, str]:
        return {
            "ho_ten": self.dirty_name(person["ho_ten"]),
            "ngay_sinh": self.dirty_date(person["ngay_sinh"]),
            "gioi_tinh": self.dirty_sex(person["gioi_tinh"]),
            "so_giay_to": self.dirty_number(person, index),
            "ma_xa": person["thuong_tru_xa"] if self.rng.random() < 0.93 else self.rng.choice(self.communes),
        }

    def dirty_name(self, name: str) -> str:
        rng, roll = self.rng, self.rng.random()
        words = name.split()
        if roll < 0.12:
            return name.upper()
        if roll < 0.15:
            return name.translate(FOLD)
        if roll < 0.17:
            return "".join(TONE_SLIPS.get(c, c) if rng.random() < 0.6 else c for c in name)
        if roll < 0.185:
            return "  ".join(words) + " "
        if roll < 0.20:
            spot = rng.randrange(1, len(name))
            return name[:spot] + rng.choice("abcdeghiklmnopqrstuvxy") + name[spot + (rng.random() < 0.5) :]
        if roll < 0.207 and len(words) > 2:
            return " ".join([words[0], *words[2:]]) if len(words) > 3 else f"{words[0]} {words[2]}"
        if roll < 0.212:
            return " ".join([words[-1], *words[:-1]])
        if roll < 0.222:
            return rng.choice(("Ông ", "Bà ", "")) + name + rng.choice((" (chết)", " - vợ", " (CH)", ""))
        if roll < 0.232:
            for new, old in OLD_TONES.items():
                name = name.replace(new, old)
            return name
        if roll < 0.237:
            return name.replace("Đ", "Ð").replace("'", "’")
        if roll < 0.24:
            return f"{words[0]} {self.strangers.name(words[0], 'Nữ' if 'Thị' in words else 'Nam', 1980).split(' ', 1)[1]}"
        return name

    def dirty_date(self, text: str) -> str:
        rng, roll = self.rng, self.rng.random()
        if len(text) == 4:
            return text if roll < 0.5 else f"01/01/{text}"
        year, month, day = text.split("-")
        if roll < 0.03:
            return f"{month}/{day}/{year}"
        if roll < 0.06:
            return year
        if roll < 0.065:
            return f"{month}/{year}"
        if roll < 0.08:
            return f"{day}/{month}/{int(year) + rng.choice((-1, 1))}"
        if roll < 0.095:
            return f"{max(1, min(28, int(day) + rng.choice((-1, 1, 10, -10)))):02d}/{month}/{year}"
        if roll < 0.105:
            return f"01/01/{year}"
        if roll < 0.115:
            return f"{int(day)}/{int(month)}/{year}"
        if roll < 0.125:
            return str((date(int(year), int(month), int(day)) - date(1899, 12, 30)).days)
        if roll < 0.13:
            return f"{day}-{month}-{year[2:]}"
        if roll < 0.135:
            return "không nhớ" if roll < 0.131 else ""
        return f"{day}/{month}/{year}"

    def dirty_sex(self, sex: str) -> str:
        roll = self.rng.random()
        return "" if roll < 0.03 else ("Nam" if sex == "Nữ" else "Nữ") if roll < 0.036 else sex

    def dirty_number(self, person: dict[str, str], index: int) -> str:
        rng, number = self.rng, person["so_dinh_danh"]
        if rng.random() > self.ids:
            return person["so_cmnd"] if rng.random() < 0.5 else ""
        roll = rng.random()
        if roll < 0.04:
            return number.lstrip("0")
        if roll < 0.055:
            spot = rng.randrange(6, 12)
            return number[:spot] + str((int(number[spot]) + rng.randrange(1, 10)) % 10) + number[spot + 1 :]
        if roll < 0.06:
            spot = rng.randrange(6, 11)
            return number[:spot] + number[spot + 1] + number[spot] + number[spot + 2 :]
        if roll < 0.07:
            return self.people[max(0, index - rng.randrange(1, 3))]["so_dinh_danh"]
        if roll < 0.08:
            return f"{number[:4]} {number[4:8]} {number[8:]}"
        if roll < 0.083:
            return f"{float(number):.4E}"
        if roll < 0.086:
            return number[:6] + f"{rng.randrange(10**6):06d}"
        return number


def write(folder: Path, register: int, rows: int, seed: int, *, absent: float = 0.02, ids: float = 0.75) -> tuple[Path, Path]:
    """Write the register, the batch as the door hands it to the engine, and the truth; return the first two."""
    folder.mkdir(parents=True, exist_ok=True)
    people = Makers(seed, register).make()
    columns = {name: [p[name] or None for p in people] for name in people[0]}
    pq.write_table(pa.table(columns), folder / "register.parquet")
    made = Clerks(people, seed + 1, absent=absent, ids=ids).rows(rows)
    order = range(len(made))
    table: dict[str, object] = {
        "stt": pa.array(order, pa.int64()),
        "trang_tinh": ["Sheet1"] * len(made),
        "dong": pa.array([i + 2 for i in order], pa.int32()),
    }
    for role in ("ho_ten", "ngay_sinh", "gioi_tinh", "so_giay_to", "ma_xa"):
        table[role] = pa.array([row[role].strip() and row[role] or None for row in made], pa.string())
    for header, role in (("Họ và tên", "ho_ten"), ("Ngày sinh", "ngay_sinh"), ("Giới tính", "gioi_tinh"), ("Số CCCD", "so_giay_to"), ("Mã xã", "ma_xa")):
        table[f"goc_{header}"] = table[role]
    pq.write_table(pa.table(table), folder / "batch.parquet")
    pq.write_table(pa.table({"stt": pa.array(order, pa.int64()), "that": [row["that"] for row in made]}), folder / "truth.parquet")
    return folder / "register.parquet", folder / "batch.parquet"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--register", type=int, default=100_000)
    parser.add_argument("--rows", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=6)
    parser.add_argument("--absent", type=float, default=0.02)
    parser.add_argument("--ids", type=float, default=0.75)
    args = parser.parse_args()
    print(*write(args.folder, args.register, args.rows, args.seed, absent=args.absent, ids=args.ids))


if __name__ == "__main__":
    main()
