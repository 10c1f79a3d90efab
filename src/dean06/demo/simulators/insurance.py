"""The social-insurance service `apiBHXH`: it lists nothing, and answers for one number at a time."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from dean06.demo.simulators.people import Registry
from dean06.demo.simulators.serving import Fault
from dean06.demo.types import Person

STATE = "Đang tham gia"
UNKNOWN = "0000000000"

__all__ = ["UNKNOWN", "Insurance"]


class Insurance:
    """The service, the numbers it knows, and what a contract should read of it."""

    name = "apiBHXH"

    def __init__(self, registry: Registry, *, most: int = 45) -> None:
        self.registry = registry
        self.most = most

    @property
    def numbers(self) -> tuple[str, ...]:
        """The numbers that an agency would ask for; the service does not know the last."""
        return (*self._people, UNKNOWN)

    def answer(self, operation: str, asked: Mapping[str, Any]) -> Any:
        """Return what an operation answers."""
        if operation != "getTraCuuTtHgdByMaSoBhxh":
            return self.refused("500")
        found = self._people.get(asked["maSoBhxh"])
        return self._told(*found) if found else self.refused("404")

    def refused(self, code: str) -> Any:
        """Return how the service tells an error code of its own."""
        return {"trangThai": "0", "errorCode": code}

    def spoiled(self, told: Any, fault: Fault) -> Any:
        """Return an answer twice over, or with an odd code in it."""
        return [told, told] if fault is Fault.FEWER else told | {"gioiTinh": "9"}

    def truth(self) -> list[dict[str, str]]:
        """Return what a contract should read, one row for each number asked for."""
        told = [self._true(number, at, one) for number, (at, one) in self._people.items()]
        return [*told, dict.fromkeys(told[0], "") | {"ma_so_bhxh": UNKNOWN}]

    @cached_property
    def _people(self) -> dict[str, tuple[int, Person]]:
        chosen = sorted(self.registry.living, key=lambda one: (one.day > 0, one.index))[: self.most]
        return {f"44{10_000_000 + one.index:08d}": (at, one) for at, one in enumerate(chosen)}

    def _told(self, at: int, one: Person) -> Any:
        """Return a person; what stands in for an unknown part of the birth date is the first of January, as in life."""
        known = "0" if one.day else "2" if one.month else "1"
        born = f"{one.year:04d}{one.month or 1:02d}{one.day or 1:02d}"
        return {
            "hoTen": one.name, "soSoCu": f"29{at:08d}" if at % 2 else "", "loaiNgaySinh": known,
            "ngaySinh": born[:4] if known == "1" and at % 2 else born, "gioiTinh": "1" if one.male else "2",
            "maTinhKs": "44", "maHuyenKs": "456", "maXaKs": self.registry.commune(one), "trangThai": STATE,
        }  # fmt: skip

    def _true(self, number: str, at: int, one: Person) -> dict[str, str]:
        month, day = f"{one.month:02d}", f"{one.day:02d}"
        return {
            "ma_so_bhxh": number, "ho_ten": one.name,
            "ngay_sinh": "/".join([*([day] if one.day else []), *([month] if one.month else []), str(one.year)]),
            "loai_ngay_sinh": "0" if one.day else "2" if one.month else "1",
            "gioi_tinh": "Nam" if one.male else "Nữ", "so_so_cu": f"29{at:08d}" if at % 2 else "", "trang_thai": STATE,
        }  # fmt: skip
