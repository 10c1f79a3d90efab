"""Files as a terminal user has them: good ones, and every bad one that the product must refuse in a sentence."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook
from xlwt.CompoundDoc import XlsDoc

from conformance.desk import load, write_csv, write_list, write_register
from conformance.people import person, written
from flows.conftest import office, settled_office

__all__ = ["office", "settled_office"]

HEAD = ["STT", "Họ và tên", "Ngày sinh", "Số CCCD"]
ROW = ["1", "Nguyễn Văn Hòa", "02/03/1985", "036085000123"]


@pytest.fixture(scope="session")
def held(tmp_path_factory) -> Path:
    """Give the directory of a register of sixty people, loaded once."""
    return load(tmp_path_factory.mktemp("held"), [person(at) for at in range(60)])


@pytest.fixture
def files(tmp_path: Path) -> Callable[[str], Path]:
    """Make a file by its name; what each holds is told by the name."""
    makers: dict[str, Callable[[Path], object]] = {
        "tot.csv": lambda path: write_list(path, [written(person(1)), written(person(3), gioi_tinh="Nam")]),
        "so.csv": lambda path: write_register(path, [person(at) for at in range(5)]),
        "hong.xlsx": lambda path: path.write_bytes(_book(path, [HEAD, ROW])[:2000]),
        "khoa.xlsx": _locked,
        "trang.xlsx": lambda path: _book(path, []),
        "chi-tieu-de.xlsx": lambda path: _book(path, [HEAD]),
        "rong.csv": lambda path: path.write_bytes(b""),
        "la.xlsx": lambda path: _book(path, [["A", "B", "C"], ["x", "y", "1"]]),
        "hai-ten.xlsx": lambda path: _book(path, [["Họ và tên", "Họ tên", "Ngày sinh"], ["a b", "c d", "1990"]]),
        "csv.xlsx": lambda path: path.write_text("Họ và tên,Ngày sinh\nNguyễn Văn A,1990\n"),
        "thu-muc.csv": lambda path: path.mkdir(),
        "anh.png": lambda path: path.write_bytes(b"\x89PNG\r\n"),
        "trung-so.csv": lambda path: write_register(
            path, [person(1), person(2), person(3, so_dinh_danh=person(1)["so_dinh_danh"])]
        ),
        "thieu-cot.csv": lambda path: write_csv(path, ["so_dinh_danh", "ho_ten"], [["036085000123", "Nguyễn Văn Hòa"]]),
        "sai-dong.csv": lambda path: write_register(path, [person(1), person(2, ngay_sinh="02/03/1985")]),
        "ngoai-lich.csv": lambda path: write_register(path, [person(1), person(2, ngay_sinh="1985-02-30")]),
        "chua-sinh.csv": lambda path: write_register(path, [person(1, ngay_sinh="2027-06-01")]),
        "chi-cot.csv": lambda path: write_register(path, []),
        "su-kien.yaml": lambda path: path.write_text("a: [1\n"),
        "khac.zip": lambda path: path.write_bytes(b"PK\x03\x04"),
    }

    def make(name: str) -> Path:
        path = tmp_path / name
        if name in makers:
            makers[name](path)
        return path

    return make


def _book(path: Path, rows: list[list[str]]) -> bytes:
    book = Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    book.save(path)
    return path.read_bytes()


def _locked(path: Path) -> None:
    """Write a compound file that holds the stream of an encrypted workbook, as Excel wraps one."""
    XlsDoc().save(str(path), bytes(8192))
    raw = path.read_bytes()
    at = raw.index("Workbook".encode("utf-16-le"))
    name = "EncryptedPackage".encode("utf-16-le")
    path.write_bytes(raw[:at] + name.ljust(64, b"\0") + (len(name) + 2).to_bytes(2, "little") + raw[at + 66 :])
