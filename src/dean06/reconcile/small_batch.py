"""A handful of people asked for at once: the engine's own run on a tiny list, with weights that no list taught it.

So each is judged alone: the others that are asked for beside it change nothing.
"""

from __future__ import annotations

import json
import tempfile
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import astuple, dataclass, fields, replace
from functools import lru_cache
from pathlib import Path

from dean06.clock.errors import Unavailable
from dean06.orthography import sql as writing
from dean06.reconcile import live
from dean06.reconcile.engine import Model
from dean06.reconcile.engine.options import Options
from dean06.reconcile.service.opening import opened

PATIENCE = 20.0  # seconds that a call waits for the runs before it
_ONE_AT_A_TIME = threading.Lock()

__all__ = ["Answered", "Asked", "Choice", "matched"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One person as a list writes them, by role of a list; empty where it says nothing."""

    ho_ten: str = ""
    ngay_sinh: str = ""
    gioi_tinh: str = ""
    so_cccd: str = ""
    so_cmnd: str = ""
    ma_xa: str = ""
    dia_chi: str = ""
    ho_ten_cha: str = ""
    ho_ten_me: str = ""

    def says_little(self) -> bool:
        """Say whether the row has neither a number nor a date to look for its person by."""
        return not (self.ngay_sinh or self.so_cccd or self.so_cmnd)


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A candidate of a doubtful row, with what speaks for and against: words, never a value."""

    number: str
    share: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """What the engine says of one row: a result code of the file contract, and the person where it names one."""

    result: str
    number: str
    share: float
    wrong: tuple[str, ...]
    layer: str
    choices: tuple[Choice, ...]


ROLES = tuple(one.name for one in fields(Asked))


def matched(prepared: Path, asked: Sequence[Asked], options: Options, room: Path) -> list[Answered]:
    """Match a handful of people with a prepared register, in the order asked.

    Args:
        prepared: the register's prepared file.
        asked: the people; none gives nothing.
        options: as for a list; its model is replaced by one that leans on no list.
        room: a directory for the tiny list and its result, which are gone afterwards.
    """
    if not asked:
        return []
    with _turn():
        standing = replace(options, model=_standing(prepared, prepared.stat().st_mtime_ns, room))
        return _run(prepared, asked, standing, room)[0]


@contextmanager
def _turn() -> Iterator[None]:
    """Let one run at a time use the processors of the machine: each takes a fraction of a second."""
    if not _ONE_AT_A_TIME.acquire(timeout=PATIENCE):
        raise Unavailable(
            "Máy đang bận đối soát: gửi lại sau ít phút.", "The machine is busy matching: send it again in a while."
        )
    try:
        yield
    finally:
        _ONE_AT_A_TIME.release()


@lru_cache(maxsize=8)
def _standing(prepared: Path, _stamp: int, room: Path) -> Model:
    """Return the weights for a register before any list was seen."""
    return _run(prepared, [Asked()], Options(), room)[1]


def _run(prepared: Path, asked: Sequence[Asked], options: Options, room: Path) -> tuple[list[Answered], Model]:
    with tempfile.TemporaryDirectory(dir=room, prefix="hoi-") as folder:
        batch, out = Path(folder) / "batch.parquet", Path(folder) / "result.parquet"
        _write(asked, batch)
        report = live.match(prepared, batch, out, options)
        return _read(out), report.model


def _write(asked: Sequence[Asked], batch: Path) -> None:
    used = [at for at, _ in enumerate(ROLES) if any(astuple(one)[at] for one in asked)] or [0]
    columns = "".join(f", {ROLES[at]} varchar" for at in used)
    with opened(batch) as link:
        link.execute(f"create table lo (stt bigint, dong integer, trang_tinh varchar{columns})")
        rows = [(at, at + 1, "", *(astuple(one)[column] or None for column in used)) for at, one in enumerate(asked)]
        link.executemany(f"insert into lo values (?, ?, ?{', ?' * len(used)})", rows)
        link.execute(f"copy lo to {writing.quoted(str(batch))} (format parquet)")


def _read(out: Path) -> list[Answered]:
    with opened(out) as link:
        rows = link.execute(
            "select ket_qua, so_dinh_danh, do_tin_cay, sai_truong, lop, ung_vien "
            f"from read_parquet({writing.quoted(str(out))}) order by dong"
        ).fetchall()
    return [_answered(row) for row in rows]


def _answered(row: Sequence[object]) -> Answered:
    result, number, share, wrong, layer, choices = row
    return Answered(
        result=str(result),
        number=str(number or ""),
        share=float(str(share or 0)),
        wrong=tuple(code for code in str(wrong or "").split(";") if code),
        layer=str(layer or ""),
        choices=tuple(map(_choice, json.loads(str(choices)) if choices else [])),
    )


def _choice(one: Mapping[str, object]) -> Choice:
    reasons = one.get("ly_do")
    told = tuple(map(str, reasons)) if isinstance(reasons, list) else ()
    return Choice(number=str(one["so_dinh_danh"]), share=float(str(one["xac_suat"])), reasons=told)
