"""The matching engine stopped before it was done."""

from __future__ import annotations

from pathlib import Path

from dean06.clock.errors import Unavailable


class EngineStopped(Unavailable):
    """DuckDB could not finish: disk, memory, or a damaged file; nothing was left half-written."""

    def __init__(self, where: Path) -> None:
        super().__init__(
            f"Bộ đối soát dừng giữa chừng khi làm {where.name}: kiểm tra chỗ trống trên đĩa, bộ nhớ và tệp đầu vào rồi"
            " chạy lại; không có gì bị ghi dở.",
            f"Matching stopped while making {where.name}: check disk space, memory and the input file, then run again;"
            " nothing was left half-written.",
        )
