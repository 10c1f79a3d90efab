"""The result of a run with what its desk came to: the columns of the contract, then four of the review at their end."""

from __future__ import annotations

from pathlib import Path

from dean06.charter.types import Permit
from dean06.offices.types import Viewer
from dean06.orthography import sql as writing
from dean06.reconcile.models import DeskRow
from dean06.reconcile.service import looks
from dean06.reconcile.service.desk_reading import NONE_OF_THEM
from dean06.reconcile.service.desks import own_run
from dean06.reconcile.service.opening import opened

WHAT = "tai-da-duyet"
CHOSEN, NOBODY, WAITS = "CHON", "KHONG_AI", "CHO_DUYET"
# What the desk adds; the columns of the contract stay as they are.
COLUMNS = ("duyet", "duyet_so_dinh_danh", "duyet_so_nguoi", "duyet_tu_luot")

__all__ = ["CHOSEN", "COLUMNS", "NOBODY", "WAITS", "WHAT", "write_reviewed"]


def write_reviewed(by: Permit, viewer: Viewer, run_id: int, folder: Path, *, purpose: str) -> Path:
    """Write the reviewed result as Parquet into a private folder; recorded first, as a look at every row."""
    run = own_run(viewer, run_id)
    looks.record(by, viewer, run, WHAT, purpose, looks.EVERY_ROW)
    said = {row.stt: row for row in DeskRow.objects.filter(desk__run_id=run.id).select_related("carried__desk")}
    out = folder / "da-duyet.parquet"
    with opened(Path(str(run.result))) as link:
        link.execute("create temp table ban (stt bigint, duyet varchar, cho int, nguoi int, tu varchar)")
        if said:
            link.execute(
                "insert into ban select unnest($1::bigint[]), unnest($2::varchar[]), unnest($3::int[]),"
                " unnest($4::int[]), unnest($5::varchar[])",
                [list(column) for column in zip(*(_told(row) for row in said.values()), strict=True)],
            )
        link.execute(
            f"""copy (select k.* exclude (file_row_number), b.duyet,
                  json_extract_string(k.ung_vien, '$[' || (b.cho - 1) || '].so_dinh_danh') as duyet_so_dinh_danh,
                  b.nguoi as duyet_so_nguoi, b.tu as duyet_tu_luot
                from read_parquet({writing.quoted(str(run.result))}, file_row_number = true) k
                left join ban b on b.stt = k.file_row_number order by k.file_row_number)
                to {writing.quoted(str(out))} (format parquet)"""
        )
    return out


def _told(row: DeskRow) -> tuple[int, str, int | None, int, str | None]:
    verdict = WAITS if not row.result else NOBODY if row.result == NONE_OF_THEM else CHOSEN
    chosen = int(row.result) if verdict == CHOSEN else None
    return row.stt, verdict, chosen, row.told, f"L{row.carried.desk.run_id}" if row.carried else None
