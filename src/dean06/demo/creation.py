"""`demo create`: registers, deliveries and their truth in one directory, whole or not at all."""

from __future__ import annotations

import gc
import hashlib
import shutil
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from dean06.clock.errors import BadInput
from dean06.demo.datasets import DATASETS
from dean06.demo.deliveries import deliver, file_name
from dean06.demo.kinds import KINDS
from dean06.demo.presets import month_end
from dean06.demo.register import write_register
from dean06.demo.sector import NOTHING, Fix, sector
from dean06.demo.world import World

Progress = Callable[[float, float, str], None]
_BLOCK = 1 << 20
_FOLDERS = ("registers", "sector-files", "truth")
_ENGLISH = (
    "Demonstration data: the administrative units are real, all people, numbers and documents are made up. "
    "The same setting, size and seed give the same bytes."
)
_TRUTH_COLUMNS = (
    "Mỗi tệp ngành có đáp án trong `truth/<tên>.truth.csv`: `trang_tinh`, `dong` (dòng như người đếm), "
    "`so_dinh_danh` (trống: không có trong sổ), `khoa`, `loi`, `sai_truong`, `ket_qua`, `sua` "
    "(`da_sua`: cơ quan đã sửa; `bao_da_sua`: chỉ báo là đã sửa)."
)


@dataclass(frozen=True, slots=True)
class Made:
    """One file that was made."""

    path: str
    """Relative to the directory."""
    kind: str
    """`register` or `delivery`."""
    month: str
    source: str
    rows: int
    sha256: str
    verdicts: dict[str, int]
    """Of a delivery: how many rows a perfect matcher would give each verdict."""


def create(
    directory: Path,
    world: World,
    *,
    sources: Sequence[str] | None = None,
    fix: Fix | None = None,
    progress: Progress | None = None,
) -> tuple[Made, ...]:
    """Write everything about a world under a directory that does not exist yet, or is empty."""
    if directory.exists() and (not directory.is_dir() or any(directory.iterdir())):
        raise BadInput(
            f"«{directory}» đã có nội dung: hãy chọn một thư mục mới hoặc thư mục trống.",
            f"{directory} is not empty: choose a new or an empty directory.",
        )
    part = _begun(directory)
    try:
        with _uncollected():
            made = _fill(part, world, sources or tuple(DATASETS), fix or Fix(), progress or _silent)
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        raise
    (part / "README.md").write_text(_readme(world, made), encoding="utf-8")
    if directory.exists():
        directory.rmdir()
    part.rename(directory)
    return made


def _begun(directory: Path) -> Path:
    """Make the directory that is filled first and renamed last."""
    part = directory.with_name(directory.name + ".part")
    shutil.rmtree(part, ignore_errors=True)
    try:
        for name in _FOLDERS:
            (part / name).mkdir(parents=True)
    except (FileExistsError, NotADirectoryError, PermissionError) as problem:
        raise BadInput(
            f"Không tạo được thư mục «{directory}»: kiểm tra đường dẫn và quyền ghi rồi chạy lại.",
            f"The directory {directory} cannot be made: check the path and the right to write, then run again.",
        ) from problem
    return part


@contextmanager
def _uncollected() -> Iterator[None]:
    """Spare the collector a search through a million rows that hold no cycles: a sixth of the time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _silent(_done: float, _total: float, _what: str) -> None:
    return


def _fill(part: Path, world: World, sources: Sequence[str], fix: Fix, progress: Progress) -> tuple[Made, ...]:
    made: list[Made] = []
    total = len(world.months) + len(world.delivery_months) * len(sources)
    for month in world.months:
        progress(len(made), total, f"sổ dân cư {month}")
        path = part / "registers" / f"so_dan_cu_{month_end(month).isoformat()}.csv"
        rows = write_register(world, month, path)
        made.append(Made(str(path.relative_to(part)), "register", month, "", rows, digest(path), {}))
    for source in sources:
        for month in world.delivery_months:
            progress(len(made), total, f"{source} {month}")
            made.append(_deliver(part, world, source, month, fix))
    progress(total, total, "")
    return tuple(made)


def _deliver(part: Path, world: World, source: str, month: str, fix: Fix) -> Made:
    here = sector(world, source)
    answered = NOTHING if here.turn(month) == 0 else fix
    path = part / "sector-files" / file_name(here, month, answered)
    done = deliver(here, month, path, answered, part / "truth" / f"{path.stem}.truth.csv")
    verdicts = dict(sorted(Counter(row.ket_qua for row in done.truth).items()))
    return Made(str(path.relative_to(part)), "delivery", month, source, done.rows, digest(path), verdicts)


def digest(path: Path) -> str:
    """Return the SHA-256 of a file."""
    found = hashlib.sha256()
    with path.open("rb") as content:
        while block := content.read(_BLOCK):
            found.update(block)
    return found.hexdigest()


def _readme(world: World, made: Sequence[Made]) -> str:
    setting = world.setting
    lines = [
        "# Dữ liệu trình diễn dean06",
        "",
        f"Bối cảnh: {setting.title}. Số người lúc đầu: {setting.persons}. Hạt giống: {world.seed}.",
        "Tên đơn vị hành chính là thật; mọi con người, số giấy tờ và con dấu đều là bịa.",
        "",
        _ENGLISH,
        "",
        "## Tệp (files)",
        "",
        "| tệp | tháng | nguồn | dòng | SHA-256 |",
        "| --- | --- | --- | --- | --- |",
        *(f"| {m.path} | {m.month} | {m.source or 'sổ dân cư'} | {m.rows} | `{m.sha256[:16]}…` |" for m in made),
        "",
        _TRUTH_COLUMNS,
        "",
        "## Các loại lỗi (kinds of dirt)",
        "",
        "| mã | trường | tác động | nghĩa |",
        "| --- | --- | --- | --- |",
        *(f"| `{kind.code}` | {kind.field} | {kind.effect} | {kind.vi} |" for kind in KINDS.values()),
        "",
        "## Dùng thử (try it)",
        "",
        "```",
        *_commands(made),
        "```",
        "",
    ]
    return "\n".join(lines)


def _commands(made: Sequence[Made]) -> list[str]:
    source = next((m for m in made if m.kind == "delivery"), None)
    registers = [m for m in made if m.kind == "register"]
    # The truth of a list is that of its own month: against an earlier register the newly born would be strangers.
    register = next((m for m in registers if source is not None and m.month == source.month), registers[0])
    lines = [f"dean06 register load {register.path} --as-of {month_end(register.month)} --register so"]
    if source is not None:
        lines.append(f"dean06 reconcile {source.path} --source {source.source} --register so --out ket-qua.xlsx")
    return lines
