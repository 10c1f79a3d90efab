"""The register file of a month: the columns of the register contract, one row per person, UTF-8 CSV."""

from __future__ import annotations

from pathlib import Path

from dean06.demo.life import View
from dean06.demo.types import Person
from dean06.demo.world import World

COLUMNS = (
    "so_dinh_danh", "so_cmnd", "ho_ten", "ngay_sinh", "gioi_tinh", "dan_toc", "thuong_tru_xa", "thuong_tru_chi_tiet",
    "ho_ten_cha", "ho_ten_me", "tinh_trang", "ngay_chet", "so_dinh_danh_cu",
)  # fmt: skip


def write_register(world: World, month: str, path: Path) -> int:
    """Write the register as it stands at the end of the month; return the number of rows."""
    view = world.view(month)
    hamlets = [(h.commune, h.name) for h in world.geography.hamlets]
    with path.open("w", encoding="utf-8", newline="") as out:
        out.write(",".join(COLUMNS) + "\n")
        out.writelines(_line(p, hamlets[p.hamlet], view) for p in view.people)
    return len(view.people)


def _line(p: Person, place: tuple[str, str], view: View) -> str:
    state = view.state(p.index)
    return (
        f"{p.number},{p.old_card},{p.name},{p.born},{'Nam' if p.male else 'Nữ'},{p.people},{place[0]},{place[1]},"
        f"{p.father_name},{p.mother_name},{state},{view.dead.get(p.index, '')},{p.former}\n"
    )
