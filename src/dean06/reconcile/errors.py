"""What reconcile refuses."""

from __future__ import annotations

from pathlib import Path

from dean06.clock.errors import HouseError, Unavailable


class NotYours(HouseError):
    """The run or row is not among those the reader may see."""

    exit_code = 4


class EngineStopped(Unavailable):
    """The matching engine could not finish; the file it was writing does not exist."""

    def __init__(self, where: Path) -> None:
        super().__init__(
            f"Đối soát dừng khi ghi {where.name} (đĩa đầy, thiếu bộ nhớ hoặc tệp hỏng): giải phóng chỗ rồi chạy lại.",
            f"Matching stopped while writing {where.name} (disk full, memory or a damaged file): free space and run again.",
        )
