"""The matching engine stopped before it was done."""

from __future__ import annotations

from pathlib import Path

from dean06.clock.errors import BadInput, Unavailable


class EngineStopped(Unavailable):
    """DuckDB could not finish: disk, memory, or a damaged file; nothing was left half-written."""

    def __init__(self, where: Path) -> None:
        super().__init__(
            f"Bộ đối soát dừng giữa chừng khi làm {where.name}: kiểm tra chỗ trống trên đĩa, bộ nhớ và tệp đầu vào rồi"
            " chạy lại; không có gì bị ghi dở.",
            f"Matching stopped while making {where.name}: check disk space, memory and the input file, then run again;"
            " nothing was left half-written.",
        )


class SparkMissing(Unavailable):
    """The spark engine was asked for and a part of it is not on this machine."""

    def __init__(self, component: str) -> None:
        super().__init__(
            f"Bộ máy spark cần {component}, máy này chưa có: cài như mục «Cụm Spark» của docs/van-hanh.md, hoặc dùng"
            " --engine duckdb.",
            f"The spark engine wants {component}, which is not here: install it as docs/van-hanh.md says, or use"
            " --engine duckdb.",
        )


class SparkStopped(Unavailable):
    """The cluster did not answer or did not finish; nothing was left half-written."""

    def __init__(self, condition: str) -> None:
        super().__init__(
            f"Cụm Spark không làm xong ({condition}): xem DEAN06_SPARK, DEAN06_SPARK_FOLDER và nhật ký của cụm rồi chạy"
            " lại, hoặc dùng --engine duckdb; không có gì bị ghi dở.",
            f"The Spark cluster did not finish ({condition}): check DEAN06_SPARK, DEAN06_SPARK_FOLDER and the cluster's"
            " log, then run again, or use --engine duckdb; nothing was left half-written.",
        )


class NotCarried(BadInput):
    """The file named for what a run leaves to the next is something else; it was not touched."""

    def __init__(self, where: Path) -> None:
        super().__init__(
            f"«{where.name}» không phải tệp do một lần đối soát để lại cho lần sau: nêu tên tệp khác ở --carry, hoặc"
            " tên chưa có để bắt đầu; tệp này không bị đụng đến.",
            f"{where.name!r} was not left by a run for the next: name another file with --carry, or one that is not"
            " there yet to begin; this one was not touched.",
        )
