"""Cells travel into the store as one text cut at two control characters; a cell that holds one keeps it."""

from __future__ import annotations

import duckdb
import pytest

from dean06.sources import live

HEAD = "Họ và tên,Ngày sinh,Số CCCD,Ghi chú\n"


@pytest.mark.parametrize("mark", ["\x1e", "\x1f", "\x1e\x1f", ""])
def test_a_cell_with_a_mark_stays_as_written(tmp_path, mark):
    notes = [f"một{mark}hai", "", f"{mark}ba" if mark else "ba"]
    rows = [f"Nguyễn Văn {name},01/02/1980,0440800000{at:02d},{notes[at]}\n" for at, name in enumerate("ABC")]
    path = tmp_path / "danh-sach.csv"
    path.write_text(HEAD + "".join(rows), encoding="utf-8")
    batch = live.read_batch(path, live.contract("chung"), tmp_path / "lo")
    with duckdb.connect() as link:
        found = link.execute(f"select dong, ho_ten, \"goc_Ghi chú\" from '{batch.parquet}' order by stt").fetchall()
    assert found == [(at + 2, f"Nguyễn Văn {name}", notes[at] or None) for at, name in enumerate("ABC")]
