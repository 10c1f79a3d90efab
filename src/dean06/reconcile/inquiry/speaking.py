"""What is said of rows that the service did not confirm: each has its sentence, and none reads as another's.

The codes are those of the contract. Which one says least of what is not known:

- the service was asked and said no → `KHONG_TIM_THAY`;
- it was asked and names fields that disagree → `NGHI_VAN`;
- it could not be asked, for the row lacks one of the three → `SAI_DINH_DANG`, which is "too little to search with";
- it was not asked yet, or its answer is lost or cannot be read → `NGHI_VAN`: nothing is decided, and nobody is blamed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb

from dean06.orthography import sql
from dean06.reconcile.engine.options import RunReport
from dean06.reconcile.engine.sentences import WORDS
from dean06.reconcile.inquiry.answers import is_found
from dean06.reconcile.inquiry.questions import Row, guarded
from dean06.sources.live.inquiry import End, Ended, Fallback, NameForm, Operation, Outcome, ServiceFile, Told

SAID_NO, DISAGREES, LACKS, UNDECIDED = "KHONG_TIM_THAY", "NGHI_VAN", "SAI_DINH_DANG", "NGHI_VAN"
ANSWERED, NOT_ASKED = "hoi", "chua_hoi"
"""`lop` of a row that the service's answer decided, and of one about which there is no answer."""
STATES = ("xac_nhan", "khong_dung", "khac_truong", "thieu_du_kien", "chua_hoi", "mat_tra_loi", "khong_doc_duoc")
WHY = {
    End.DAY_FULL: "hết số câu hỏi được phép trong ngày",
    End.UNAVAILABLE: "dịch vụ dân cư đang gián đoạn",
    End.REFUSED: "dịch vụ dân cư từ chối tài khoản hoặc mục đích",
    End.DONE: "lượt hỏi dừng giữa chừng",
}
_PARQUET = "compression zstd, compression_level 1, dictionary_size_limit 1000, row_group_size 122880"
_FIRST = ("dong", "trang_tinh", "ket_qua", "so_dinh_danh", "do_tin_cay", "sai_truong", "goi_y", "ung_vien", "ly_do")

__all__ = ["STATES", "Said", "put_aside", "said_of", "speak"]


@dataclass(frozen=True, slots=True)
class Said:
    """What is said of one row: `state` for the counts; no `result` where the engine speaks."""

    state: str
    result: str = ""
    sentence: str = ""
    lop: str = ""
    wrong: str = ""
    """A field that is known to differ though its value is not."""
    healed: bool = False
    """Equal as far as the service compares, which is not as written."""
    more: str = ""
    """What is added to the engine's sentence."""


def said_of(row: Row, told: Told | None, service: ServiceFile, ended: Ended) -> Said | None:
    """Return what is said of a row; None of one that intake put aside."""
    if row.aside:
        return None
    if told is None:
        lacking = " và ".join(WORDS[name] for name in row.lacks)
        needs = "Chưa hỏi được: dịch vụ dân cư cần đủ số định danh, họ tên và ngày sinh"
        return Said("thieu_du_kien", LACKS, f"{needs}; dòng này thiếu {lacking}.", NOT_ASKED)
    if is_found(told):
        return _confirmed(told, service)
    if told.answer is None:
        return _open(told, ended)
    if told.answer.outcome == Outcome.MISMATCH.value:
        fields = ", ".join(WORDS[name] for name in told.answer.differs)
        return Said(
            "khac_truong", DISAGREES, f"Dịch vụ dân cư có số này nhưng khác ở {fields}; cần người xem lại.", ANSWERED
        )
    return Said(
        "khong_dung",
        SAID_NO,
        "Dịch vụ dân cư trả lời không: số, họ tên và ngày sinh này không phải của cùng một người trong cơ sở dữ liệu.",
        ANSWERED,
    )


def _open(told: Told, ended: Ended) -> Said:
    if told.state == "mat":
        sentence = "Đã hỏi nhưng câu trả lời mất khi máy dừng đột ngột và dịch vụ không trả lại; chưa có kết luận."
        return Said("mat_tra_loi", UNDECIDED, sentence, NOT_ASKED)
    if told.state == "khong_doc_duoc":
        sentence = "Đã hỏi nhiều lần nhưng không có câu trả lời dùng được; chưa có kết luận, sẽ hỏi lại ở lượt sau."
        return Said("khong_doc_duoc", UNDECIDED, sentence, NOT_ASKED)
    return Said("chua_hoi", UNDECIDED, f"Chưa hỏi xong vì {WHY[ended.end]}; chưa có kết luận về dòng này.", NOT_ASKED)


def _confirmed(told: Told, service: ServiceFile) -> Said:
    if service.operation is Operation.LOOKUP or told.step is None:
        return Said("xac_nhan")
    by_year = told.step.fallback is Fallback.YEAR
    bare = service.names is NameForm.BARE
    partly = len(told.step.asked.born) == len("yyyy") or (bare and told.step.asked.name.isascii())
    more = "dịch vụ chỉ xác nhận, không cho biết dữ liệu"
    more += ", họ tên so không dấu" if bare else ""
    more += "; đúng năm sinh nhưng sai ngày hoặc tháng" if by_year else ""
    return Said("xac_nhan", wrong="ngay_sinh" if by_year else "", healed=partly and not by_year, more=more)


def put_aside(batch: Path, said: Sequence[Said | None], out: Path) -> None:
    """Write the batch as the engine is to see it: a row that was not confirmed stands aside with its sentence."""
    sentences = [one.sentence if one is not None and one.result else None for one in said]
    with guarded(batch) as link:
        source = f"read_parquet({sql.quoted(str(batch))})"
        names = [str(row[0]) for row in link.execute(f"describe select * from {source}").fetchall()]
        kept = {"stt", "trang_tinh", "dong", "cach_ly"}
        cells = ", ".join(
            sql.identifier(name)
            if name in kept or name.startswith("goc_")
            else f"case when said is null then {sql.identifier(name)} end as {sql.identifier(name)}"
            for name in names
            if name != "cach_ly"
        )
        aside = "coalesce(cach_ly, said)" if "cach_ly" in names else "said"
        link.execute(_told_table("said varchar"), [sentences])
        link.execute(
            f"""copy (select {cells}, {aside} as cach_ly
from (select *, row_number() over (order by stt) as place from {source}) join told using (place) order by stt)
to {sql.quoted(str(out))} (format parquet, compression snappy{_noted(link, batch)})"""
        )


def _told_table(column: str) -> str:
    name, kind = column.split()
    return f"""create temp table told as select unnest(range(1, len(all_told) + 1)) as place, unnest(all_told) as {name}
from (select $1::{kind}[] as all_told)"""


def _noted(link: duckdb.DuckDBPyConnection, batch: Path) -> str:
    query = f"select decode(value) from parquet_kv_metadata({sql.quoted(str(batch))}) where decode(key) = 'dean06'"
    found = link.execute(query).fetchall()
    return f", kv_metadata {{dean06: {sql.quoted(str(found[0][0]))}}}" if found else ""


def speak(result: Path, said: Sequence[Said | None], report: RunReport) -> RunReport:
    """Put what is said of each row into the engine's result, in its place; return the report with its counts."""
    part = result.with_name(f"{result.name}.part")
    kind = "struct(ket varchar, lop varchar, sai varchar, chuan boolean, them varchar)"
    told = [
        None
        if one is None
        else {"ket": one.result, "lop": one.lop, "sai": one.wrong, "chuan": one.healed, "them": one.more}
        for one in said
    ]
    with guarded(result) as link:
        source = f"read_parquet({sql.quoted(str(result))}, file_row_number = true)"
        link.execute(
            "create temp table told as select unnest(range(1, len(all_told) + 1)) as place, unnest(all_told) as t "
            f"from (select $1::{kind}[] as all_told)",
            [told],
        )
        names = [str(row[0]) for row in link.execute(f"describe select * from {source}").fetchall()]
        original = "".join(f", {sql.identifier(name)}" for name in names if name.startswith("goc_"))
        link.execute(f"create temp view r as select * from {source} join told on place = file_row_number + 1")
        link.execute(
            f"copy (select {_columns()}{original} from r order by place) to {sql.quoted(str(part))}"
            f" (format parquet, {_PARQUET})"
        )
        counts = f"from read_parquet({sql.quoted(str(part))}) group by 1"
        by_result = dict(link.execute(f"select ket_qua, count(*)::int {counts}").fetchall())
        by_pass = dict(link.execute(f"select lop, count(*)::int {counts}").fetchall())
    part.replace(result)
    return replace(report, by_result=Counter(by_result), by_pass=Counter(by_pass))


def _columns() -> str:
    """Say in SQL how each column comes from the engine's and from what is said."""
    own = "coalesce(t.ket, '') <> ''"
    named = "ket_qua in ('KHOP_HOAN_TOAN', 'KHOP_CHUAN_HOA', 'KHOP_SAI_LECH')"
    differs = f"{named} and coalesce(t.sai, '') <> ''"
    result = f"""case when {own} then t.ket when {differs} then 'KHOP_SAI_LECH'
  when ket_qua = 'KHOP_HOAN_TOAN' and t.chuan then 'KHOP_CHUAN_HOA' else ket_qua end"""
    wrong = f"case when {differs} then concat_ws(';', sai_truong, t.sai) else sai_truong end"
    reason = """case when coalesce(t.them, '') = '' or so_dinh_danh is null and ket_qua not like 'KHOP%' then ly_do
  else rtrim(ly_do, '.') || '; ' || t.them || '.' end"""
    told = {"ket_qua": result, "sai_truong": wrong, "ly_do": reason}
    lop = f"case when {own} then t.lop else lop end as lop"
    return ", ".join([*(f"{told[name]} as {name}" if name in told else name for name in _FIRST), lop])
