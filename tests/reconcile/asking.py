"""The population service's stand-in, a list of its people, and the command that asks about them without a register."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import duckdb

from dean06.cli.main import main
from dean06.demo.service import World, write_register
from dean06.demo.simulators.people import Registry
from dean06.demo.simulators.population import API_KEY, MEMBER, SECRET, SIGNED_URL, USER, Population
from dean06.demo.types import Person
from dean06.population.live import load_snapshot

HEADER = ("STT", "Họ và tên", "Ngày sinh", "Giới tính", "Số CCCD", "Số CMND", "Mã xã")
ACCOUNT = json.dumps({"user": USER, "secret": SECRET, "api_key": API_KEY})
PURPOSE = {
    "format": "dean06-muc-dich/1",
    "thu_tuc": "1.001193",
    "tich_hop": "037",
    "ho_so": "DS-2022-06",
    "can_cu": "Kế hoạch làm sạch dữ liệu",
    "can_bo": "044085000001",
    "don_vi": "H46.31.12",
    "tai_khoan": "can-bo",
}
RUNNER = """
import sys
from dean06.cli.main import main
code = main(sys.argv[1:])
assert 'django' not in sys.modules
sys.exit(code)
"""
Row = tuple[str, ...]


@cache
def world() -> World:
    """Return the people behind the service."""
    return World(7, 1500, "quang-ninh-2022")


def service(most: int = 200, **how: bool) -> Population:
    """Return a stand-in that knows so many people."""
    return Population(Registry(world(), "2022-06", date(2022, 6, 1)), most=most, **how)


def row(one: Person, at: int = 1, **changed: str) -> Row:
    """Return a person as a sound list writes them."""
    parts = (f"{one.day:02d}", f"{one.month:02d}", f"{one.year:04d}")
    told = {
        "stt": f"{at}",
        "ho_ten": one.name,
        "ngay_sinh": "/".join(parts) if one.day else f"{one.year}",
        "gioi_tinh": "Nam" if one.male else "Nữ",
        "so_cccd": one.number,
        "so_cmnd": "",
        "ma_xa": world().geography.hamlets[one.hamlet].commune,
    }
    return tuple((told | changed).values())


def written(path: Path, rows: Iterable[Row]) -> Path:
    """Write a list."""
    with path.open("w", encoding="utf-8", newline="") as handle:
        csv.writer(handle).writerows([HEADER, *rows])
    return path


class Done(NamedTuple):
    """How a command ended."""

    returncode: int
    stdout: str
    stderr: str


@dataclass
class Desk:
    """Where the command is given: a folder of its own, its files, and what it answered last."""

    folder: Path
    address: str
    settings: dict[str, Any] = field(default_factory=dict)
    purpose: dict[str, str] = field(default_factory=lambda: dict(PURPOSE))
    out: str = "ket-qua.parquet"

    def __post_init__(self) -> None:
        self.home = self.folder / "home"
        self.account = self.folder / "tai-khoan.json"
        self.account.touch(mode=0o600)
        self.account.write_text(ACCOUNT)

    def words(self, file: Path, *more: str) -> list[str]:
        """Return the words of the command, with its files written."""
        told = {"format": "dean06-dan-cu/1", "dia_chi": self.address, "dia_chi_ky": SIGNED_URL, "thanh_vien": MEMBER}
        quick = {"moi_giay": 900, "moi_ngay": 100_000, "cho_giay": 2, "so_lan_thu": 3, "cho_dau": 0.05}
        for name, said in (("dich-vu", told | quick | self.settings), ("muc-dich", self.purpose)):
            (self.folder / f"{name}.yaml").write_text(json.dumps(said, ensure_ascii=False))
        words = ["reconcile", file, "--source", "chung", "--out", self.folder / self.out]
        words += ["--service", self.folder / "dich-vu.yaml", "--purpose", self.folder / "muc-dich.yaml"]
        return [*map(str, words), "--account", str(self.account), *more]

    def process(self, file: Path, *more: str) -> subprocess.Popen[str]:
        """Give the command in a process of its own."""
        return subprocess.Popen(
            [sys.executable, "-c", RUNNER, *self.words(file, *more)],
            env=os.environ | {"DEAN06_HOME": str(self.home)},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def ask(self, file: Path, *more: str) -> Done:
        """Give the command here and wait for its end."""
        out, err = io.StringIO(), io.StringIO()
        before = os.environ.get("DEAN06_HOME")
        os.environ["DEAN06_HOME"] = str(self.home)
        try:
            with redirect_stdout(out), redirect_stderr(err):
                code = main(self.words(file, *more))
        finally:
            os.environ.pop("DEAN06_HOME")
            if before is not None:
                os.environ["DEAN06_HOME"] = before
        return Done(code, out.getvalue(), err.getvalue())

    def told(self, file: Path, *more: str, code: int = 0) -> dict[str, Any]:
        """Give the command and return its JSON."""
        done = self.ask(file, "--json", *more)
        assert done.returncode == code, done.stderr + done.stdout
        found: dict[str, Any] = json.loads(done.stdout)
        return found

    def rows(self, *columns: str) -> list[tuple[Any, ...]]:
        """Return columns of the result, in its order."""
        with duckdb.connect() as link:
            return link.execute(f"select {', '.join(columns)} from '{self.folder / self.out}'").fetchall()

    @property
    def provenance(self) -> dict[str, Any]:
        """Return the record beside the result."""
        found: dict[str, Any] = json.loads((self.folder / f"{self.out}.provenance.json").read_text())
        return found


@contextmanager
def desk(population: Population, folder: Path, **settings: Any) -> Iterator[Desk]:
    """Have the service answer, and give a desk to ask it from."""
    with population.serving() as address:
        yield Desk(folder, address, settings)


def register(folder: Path) -> Path:
    """Return a register directory with the snapshot of the same people."""
    file = folder / "so-dan-cu.csv"
    write_register(world(), "2022-06", file)
    shelf = folder / "so"
    load_snapshot(file, date(2022, 7, 1), shelf)
    return shelf
