"""The clerk who writes a sector's rows: cleanly, or the way they really come."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from random import Random

from dean06.demo import names
from dean06.demo import spoil_names as on_names
from dean06.demo import spoil_values as on_values
from dean06.demo.datasets import Asking, Dataset
from dean06.demo.entries import Cell, Entry, with_kinds
from dean06.demo.households import Founding
from dean06.demo.life import View
from dean06.demo.numbers import century_digit
from dean06.demo.presets import Setting, month_end
from dean06.demo.profiles import PROFILES, Profile
from dean06.demo.types import NOBODY, Person

_ON_NAMES: Mapping[str, Callable[[str, Random], str]] = {
    "ten_khong_dau": on_names.no_marks,
    "ten_thieu_dau": on_names.some_marks,
    "ten_sai_dau": on_names.wrong_tone,
    "ten_loi_go": on_names.typo,
    "ten_i_y": on_names.i_or_y,
    "ten_thieu_dem": on_names.no_middle,
    "ten_hoa": on_names.capitals,
    "ten_thuong": on_names.small,
    "ten_cach": on_names.spacing,
    "ten_kieu_dau": on_names.old_tone_place,
    "ten_chu_d": on_names.lookalike_d,
    "ten_ghi_chu": on_names.note,
}
_ON_DATES: Mapping[str, Callable[[Person, Random], Cell]] = {
    "ngay_chi_nam": on_values.year_alone,
    "ngay_thang_nam": on_values.month_and_year,
    "ngay_dao": on_values.swapped,
    "ngay_0101": on_values.new_year,
    "ngay_lech_nam": on_values.other_year,
    "ngay_sai_so": on_values.other_day,
    "ngay_am_lich": on_values.lunar,
    "ngay_hai_so": on_values.two_digit_year,
    "ngay_dau_khac": on_values.dotted,
    "ngay_so_excel": on_values.serial,
    "ngay_khong_ro": on_values.unknown,
    "ngay_trong": on_values.left_out,
}
_ON_NUMBERS: Mapping[str, Callable[[str, Random], Cell]] = {
    "so_mat_khong": on_values.lost_zero,
    "so_dinh_dang": on_values.punctuated,
    "so_khoa_hoc": on_values.scientific,
    "so_sai_chu_so": on_values.wrong_digit,
    "so_dao_chu_so": on_values.turned_digits,
}
_HIGHLAND = {"10", "12", "13"}


class Clerk:
    """Writes rows of one dataset against the register of one month."""

    def __init__(self, dataset: Dataset, view: View, place: Founding, setting: Setting, rng: Random) -> None:
        self.dataset = dataset
        self.taken = place.numbers.given
        self.profile: Profile = PROFILES[dataset.code]
        self.view = view
        self.geography = place.geography
        self.rng = rng
        self.region = setting.region
        self.today = month_end(view.month)
        self.province = setting.number_province[1:]
        self.swapped: set[int] = set()
        """Spouses whose number is already on the other's row."""
        self._communes = {c.unit.code: c.unit.name for c in place.geography.communes}
        self._pools = self.profile.pools

    def key(self, index: int, turn: int = 0) -> str:
        """Return the sector's own key of a row; another turn, another number for the same person."""
        made = self.dataset.key
        return made(self.province, index + turn * 3_000_017) if made else ""

    def clean(self, p: Person, key: str, kinds: tuple[str, ...] = ()) -> Entry:
        """Write a row as the register has it."""
        sex = self.dataset.sex[p.male]
        extras = self._extras(p, key)
        return Entry(p.index, key, p.name, on_values.written_date(p), sex, p.number, p.hamlet, extras, kinds)

    def _extras(self, p: Person, key: str) -> tuple[Cell, ...]:
        home = self.geography.hamlets[p.hamlet]
        asking = Asking(
            self.view, self.today, self.province, home, self._communes.get(home.commune, home.commune), self.rng
        )
        return self.dataset.extras(asking, p, key)

    def write(self, p: Person, key: str, kinds: tuple[str, ...] = ()) -> Entry:
        """Write a row as it comes in life: each field by its own chance."""
        rng, pools = self.rng, self._pools
        entry = self.clean(p, key, kinds)
        name = pools["name"].draw(rng)
        born = pools["born"].draw(rng)
        number = self._number_kind(p, pools["number"].draw(rng))
        sex = pools["sex"].draw(rng)
        home = pools["home"].draw(rng)
        if name:
            entry = self._spoil_name(entry, p, name)
        if born:
            entry = self._spoil_date(entry, p, born)
        if number:
            entry = self._spoil_number(entry, p, number)
        if sex:
            entry = self._spoil_sex(entry, p, sex)
        if home:
            entry = self._spoil_home(entry, home)
        return entry

    def spoil(self, entry: Entry, p: Person) -> Entry:
        """Make one field of a clean row wrong, as a month of work does."""
        chance = self.rng.random()
        if chance < 0.35:
            return self._spoil_date(entry, p, "ngay_sai_so")
        if chance < 0.6:
            return self._spoil_name(entry, p, "ten_loi_go")
        if chance < 0.8:
            return self._spoil_name(entry, p, "ten_sai_dau")
        return self._spoil_number(entry, p, "so_sai_chu_so")

    # ------------------------------------------------------------------ one field

    def _number_kind(self, p: Person, kind: str) -> str:
        """Decide what is wrong with the number: cancelled and swapped ones follow from the person."""
        if p.index in self.swapped:
            return "so_vo_chong_doi"
        if p.former and self.rng.random() < 0.6:
            return "so_da_huy"
        age = self.today.year - p.year
        if age < 16 and p.father != NOBODY and self.rng.random() < self.profile.parents_number:
            return "so_cua_cha_me"
        return kind

    def _spoil_name(self, entry: Entry, p: Person, kind: str) -> Entry:
        rng = self.rng
        if kind == "ten_danh_xung":
            name = on_names.title(p.name, rng, male=p.male)
        elif kind == "ten_goi_khac":
            name = f"{p.name.split(' ')[0]} {names.village_name(rng)}"
        elif kind == "ten_dao":
            name = on_names.reversed_order(p.name, rng) if p.people in _HIGHLAND else p.name
        else:
            name = _ON_NAMES[kind](p.name, rng)
        if name == p.name:
            return entry
        return entry._replace(name=name, kinds=with_kinds(entry.kinds, (kind,)))

    def _spoil_date(self, entry: Entry, p: Person, kind: str) -> Entry:
        born = _ON_DATES[kind](p, self.rng)
        if born == on_values.written_date(p):
            return entry
        return entry._replace(born=born, kinds=with_kinds(entry.kinds, (kind,)))

    def _spoil_number(self, entry: Entry, p: Person, kind: str) -> Entry:
        number = self._other_number(p, kind)
        if number is None or number == p.number:
            return entry
        return entry._replace(number=number, kinds=with_kinds(entry.kinds, (kind,)))

    def _other_number(self, p: Person, kind: str) -> Cell | None:
        """Return the number such a mistake writes, None when it cannot happen to this person."""
        if kind in _ON_NUMBERS:
            return _ON_NUMBERS[kind](p.number, self.rng)
        if kind == "so_cmnd":
            return p.old_card or None
        if kind == "so_da_huy":
            return p.former.split(";")[-1] or None
        other = self._someone_elses(p, kind)
        if other == NOBODY:
            return "" if kind == "so_trong" else None
        return self.view.people[other].number

    def _someone_elses(self, p: Person, kind: str) -> int:
        """Return whose number is written: a parent's, the spouse's, that of the row before in the household."""
        if kind == "so_cua_cha_me":
            return p.mother if self.rng.random() < 0.6 else p.father
        if kind == "so_vo_chong_doi" and p.spouse != NOBODY:
            self.swapped.add(p.spouse)
            return p.spouse
        same = p.index > 0 and self.view.people[p.index - 1].household == p.household
        return p.index - 1 if kind == "so_chu_ho" and same else NOBODY

    def _spoil_sex(self, entry: Entry, p: Person, kind: str) -> Entry:
        sex = "" if kind == "gioi_trong" else self.dataset.sex[not p.male]
        return entry._replace(sex=sex, kinds=with_kinds(entry.kinds, (kind,)))

    def _spoil_home(self, entry: Entry, kind: str) -> Entry:
        hamlets = self.geography.hamlets
        home = hamlets[entry.hamlet]
        if kind == "noi_o_viet_tat":
            return entry._replace(short_home=True, kinds=with_kinds(entry.kinds, (kind,)))
        if kind == "noi_o_don_vi_cu":
            changed = home.was != home.commune
            return entry._replace(old_unit=True, kinds=with_kinds(entry.kinds, (kind,))) if changed else entry
        other = hamlets[int(self.rng.random() * len(hamlets))]
        if other.commune == home.commune:
            return entry
        return entry._replace(hamlet=other.index, kinds=with_kinds(entry.kinds, (kind,)))

    # ------------------------------------------------------------------ rows of their own

    def stranger(self, serial: int, *, like: Person | None) -> Entry:
        """Write a row of someone who is not in the register, with the name of someone who is where `like` is given."""
        rng = self.rng
        model = like or self.view.people[int(rng.random() * len(self.view.people))]
        family = names.surname(rng, self.region, names.KINH)
        name = like.name if like else names.kinh_name(rng, family, model.year, male=model.male)
        year = model.year + (3 + int(rng.random() * 7)) * (1 if rng.random() < 0.5 else -1) if like else model.year
        year = min(max(year, 1920), self.today.year - 1)
        born = f"{1 + int(rng.random() * 28):02d}/{1 + int(rng.random() * 12):02d}/{year}"
        number = "" if rng.random() < 0.4 or like else self._foreign_number(year, male=model.male)
        kinds = ("khong_co_trong_so", "gan_giong") if like else ("khong_co_trong_so",)
        key = self.key(serial, 5)
        sex = self.dataset.sex[model.male]
        extras = self._extras(model, key)
        return Entry(NOBODY, key, name, born, sex, number, model.hamlet, extras, kinds)

    def _foreign_number(self, year: int, *, male: bool) -> str:
        """Return a number that nobody in the register has or had."""
        while True:
            head = f"0{30 + int(self.rng.random() * 9)}{century_digit(year, male=male)}{year % 100:02d}"
            number = f"{head}{int(self.rng.random() * 1_000_000):06d}"
            if number not in self.taken:
                return number

    def thin(self, p: Person, key: str) -> Entry:
        """Write a row with too little to search with: no number, no date, at most a word of the name."""
        bare = "" if self.rng.random() < 0.5 else p.name.split(" ")[-1]
        entry = self.clean(p, key, ("thieu_thong_tin",))
        return entry._replace(name=bare, born="", number="", sex="")
