"""What a person reads when a register cannot be taken; rows are named by number, never by what they say."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from dean06.clock.errors import BadInput, Unavailable

SHOWN = 20


def listed(rows: Sequence[int], total: int) -> str:
    """Return row numbers as a list that says how many more there are."""
    text = ", ".join(str(row) for row in rows[:SHOWN])
    return f"{text}, … ({total})" if total > len(rows[:SHOWN]) else text


class RegisterRefused(BadInput):
    """A register file that cannot be taken; nothing was changed. `problems` holds one sentence pair for each cause."""

    def __init__(self, file: Path, problems: Sequence[tuple[str, str]]) -> None:
        vi = f"Chưa nạp sổ dân cư từ {file.name}: " + " ".join(vi for vi, _ in problems) + " Sửa tệp rồi nạp lại."
        en = f"{file.name} was not loaded: " + " ".join(en for _, en in problems) + " Mend the file and load it again."
        super().__init__(vi, en)
        self.problems = tuple(problems)


class LoadUnderWay(Unavailable):
    """Another load into the same register directory has not finished."""

    def __init__(self, register_dir: Path) -> None:
        super().__init__(
            f"Một lần nạp khác vào {register_dir.name} đang chạy: chờ xong rồi chạy lại.",
            f"Another load into {register_dir.name} is under way: wait for it and run again.",
        )


class StorageTrouble(Unavailable):
    """The disk refused while a snapshot was written; nothing was left half-written."""

    def __init__(self, register_dir: Path) -> None:
        super().__init__(
            f"Không ghi được vào {register_dir}: kiểm tra chỗ trống và quyền ghi rồi nạp lại; chưa có gì thay đổi.",
            f"{register_dir} cannot be written: check free space and permissions and load again; nothing changed.",
        )


class NoSnapshot(BadInput):
    """There is no register snapshot where one is needed."""

    def __init__(self, register_dir: Path) -> None:
        super().__init__(
            f"Chưa có sổ dân cư nào trong {register_dir}: nạp trước bằng «dean06 register load TỆP --as-of NGÀY».",
            f"There is no register in {register_dir}: load one first with `dean06 register load FILE --as-of DATE`.",
        )


class RegisterDamaged(Unavailable):
    """A snapshot is not the one that was sealed: nothing is read from it any more."""

    def __init__(self, register_dir: Path, files: Sequence[str]) -> None:
        named = ", ".join(files)
        super().__init__(
            f"Sổ dân cư {register_dir.name} không còn nguyên ({named}): không đọc nữa; báo người vận hành, nạp lại từ"
            " tệp gốc hoặc khôi phục bản sao lưu.",
            f"The register {register_dir.name} is not as it was sealed ({named}): nothing is read from it; tell the"
            " operator, load the file again or restore a backup.",
        )
