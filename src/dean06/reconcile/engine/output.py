"""The result file of the contract: one row per input row, in input order, then the input columns untouched."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from dean06.orthography import sql
from dean06.reconcile.engine.batch import ASIDE
from dean06.reconcile.engine.connection import Bench, halves, quoted
from dean06.reconcile.engine.sentences import DIFFERENT
from dean06.reconcile.engine.verdict import DIFFERS, NAMED, VERDICTS, parent_spelling, said, state

RESULT = (
    "dong",
    "trang_tinh",
    "ket_qua",
    "so_dinh_danh",
    "do_tin_cay",
    "sai_truong",
    "goi_y",
    "ung_vien",
    "ly_do",
    "lop",
)
CANDIDATES = 3
# Names and numbers hardly repeat: a large dictionary would be built only to be thrown away.
_PARQUET = "compression zstd, compression_level 1, dictionary_size_limit 1000, row_group_size 122880"


def write(bench: Bench, batch: Path, out: Path, original: Sequence[str]) -> None:
    """Write the result beside its place, then move it there whole."""
    bench.table("fixes", halves(_fixes(bench), "stt"))
    bench.table("choices", _choices())
    if bench.carried:
        for words, column in (("fixes", "goi_y"), ("choices", "ung_vien")):
            bench.add(words, f"select stt, {column} from kept where {column} is not null")
    part = out.with_name(out.name + ".part")
    untouched = "".join(f", {sql.identifier(name)}" for name in original)
    aside = f", {ASIDE}" if bench.has_aside else ""
    ly_do = f"coalesce({ASIDE}, {said('ly_do')})" if bench.has_aside else said("ly_do")
    bench.run("set preserve_insertion_order = true")
    # Sorted before the words are put in: they would be carried through the sort.
    bench.as_written(
        f"""copy (select dong::int as dong, trang_tinh, {said("ket_qua")} as ket_qua,
  case when named then lpad(id12::varchar, 12, '0') end as so_dinh_danh, p as do_tin_cay,
  {said("sai_truong")} as sai_truong, goi_y, ung_vien, {ly_do} as ly_do, {said("lop")} as lop{untouched}
from (select dong, trang_tinh, word, {NAMED} as named, id12, p, goi_y, ung_vien{aside}{untouched}
  from read_parquet({quoted(batch)}) join decided d using (stt) join words using (code)
    left join fixes using (stt) left join choices using (stt) order by stt))
to {quoted(part)} (format parquet, {_PARQUET})"""
    )
    part.replace(out)
    bench.lap("write")


def _fixes(bench: Bench) -> str:
    """Say what the register says of the fields that differ, for every named person."""
    values = [
        ("so_dinh_danh", "true", "so_dinh_danh", _plain("lpad(r.id12::varchar, 12, '0')")),
        ("ho_ten", "true", "ho_ten", _name("n.raw")),
        ("ngay_sinh", "true", "ngay_sinh", _plain(_day("r.dob"))),
        ("gioi_tinh", "true", "gioi_tinh", _plain("case r.sx when 1 then 'Nam' else 'Nữ' end")),
        ("noi_o", "true", "noi_o", _plain("lpad(r.xa::varchar, 5, '0')")),
        ("khac", "t.id12 is not null and t.id9 <> r.id9", "so_cmnd", _plain("lpad(r.id9::varchar, 9, '0')")),
    ]
    if bench.has_parents:
        values += [
            ("khac", "k.cnk <> r.cnk", "ho_ten_cha", _name("c.raw")),
            ("khac", "k.mnk <> r.mnk", "ho_ten_me", _name("m.raw")),
        ]
    hints = ", ".join(
        f"""case when {state(field)} = {DIFFERENT} and {when} then '"{name}":' || {value} end"""
        for field, when, name, value in values
    )
    parents = f"left join kin k using (stt) {parent_spelling('c')} {parent_spelling('m')}" if bench.has_parents else ""
    return f"""
select stt, '{{' || concat_ws(',', {hints}) || '}}' as goi_y
from (select stt, pid, code from decided d where {NAMED} and {DIFFERS} and {{half}}) d
  join t using (stt) join reg.person r using (pid) left join reg.spelling n on n.id = r.name {parents}"""


def _day(dob: str) -> str:
    """Write a date as the register does, as far as it is known."""
    return f"""concat_ws('-', {dob} // 10000, lpad(nullif({dob} // 100 % 100, 0)::varchar, 2, '0'),
    lpad(nullif({dob} % 100, 0)::varchar, 2, '0'))"""


def _plain(value: str) -> str:
    return f"""'"' || {value} || '"'"""


def _name(value: str) -> str:
    """Write a name as JSON; hardly any holds what JSON must escape."""
    return f"""case when regexp_matches({value}, '["\\\\[:cntrl:]]') then to_json({value}) else {_plain(value)} end"""


def _choices() -> str:
    """List the candidates a person chooses from, at most three, with what speaks for and against each."""
    reasons = ", ".join(
        f"case {column} {' '.join(f'when {level} then {quoted(text)}' for level, text in texts.items())} end"
        for column, texts in _REASONS.items()
    )
    return f"""
select stt, '[' || string_agg(one, ',' order by k) || ']' as ung_vien from (
  select stt, k, '{{"so_dinh_danh":"' || lpad(id12::varchar, 12, '0') || '","xac_suat":'
    || p::varchar || ',"ly_do":["' || concat_ws('","', {reasons}) || '"]}}' as one
  from candidates semi join (select stt from decided where verdict = {VERDICTS.index("NGHI_VAN")}) using (stt)
    where k <= {CANDIDATES}) group by stt"""


_REASONS = {
    "li": {
        3: "cùng số định danh",
        6: "cùng số CMND",
        2: "số lệch một chữ số",
        0: "số khác",
        4: "số trong dòng là của người khác",
        5: "số trong dòng là của người nhà",
    },
    "ln": {
        9: "cùng họ tên",
        8: "họ tên chỉ khác dấu",
        7: "họ tên đảo thứ tự",
        6: "họ tên thiếu hoặc thừa chữ",
        5: "họ tên lệch một chữ cái",
        4: "họ tên đọc gần giống",
        3: "cùng họ và tên, khác tên đệm",
        2: "họ tên gần giống",
        1: "họ tên hơi giống",
        0: "họ tên khác",
    },
    "ld": {
        8: "cùng ngày sinh",
        7: "cùng phần ngày sinh đã biết",
        6: "đảo ngày và tháng sinh",
        5: "cùng năm sinh, một bên ghi 01/01",
        4: "ngày sinh lệch một năm",
        3: "ngày sinh lệch ngày hoặc tháng",
        2: "cùng ngày và tháng sinh, khác năm",
        1: "cùng năm sinh",
        0: "ngày sinh khác",
    },
    "lx": {1: "cùng xã", 0: "khác xã"},
    "ls": {0: "khác giới tính"},
    "lc": {3: "cùng tên cha", 2: "cùng tên cha", 0: "khác tên cha"},
    "lm": {3: "cùng tên mẹ", 2: "cùng tên mẹ", 0: "khác tên mẹ"},
    "la": {1: "cùng địa chỉ"},
}
