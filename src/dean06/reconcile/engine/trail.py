"""What a run leaves for the next one of the same list, and what the next takes from it.

A month later nearly every row of a list is the row it was. What is found for a row rests on its own cells, the
register, the options and the weights, on no other row; where these are the same, it is taken over. Only who is the
second of a person rests on the other rows, and is told anew.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from dean06.reconcile.engine import verdict
from dean06.reconcile.engine.connection import Bench, quoted
from dean06.reconcile.engine.model import Model, kept
from dean06.reconcile.engine.options import Options
from dean06.reconcile.engine.prepare import FORMAT as PREPARED

FORMAT = 1
_NOTE = "dean06-trail"
# Into the file that is there, so that it stays its owner's.
_PARQUET = "format parquet, compression zstd, compression_level 1, row_group_size 122880, use_tmp_file false"
# Whom the row names and how, then what the row itself had to search with.
_FOUND = ("pid", "id12", "p", "verdict", "code", "goi_y", "ung_vien")
_OWN = ("number", "nine", "fk", "dob", "dob2", "xa", "near")


class NotATrail(Exception):
    """The file to carry over from is something else, and would be written over."""

    def __init__(self, path: Path) -> None:
        super().__init__(path.name)
        self.path = path


class Outgrown(Exception):
    """With this list's other rows the last pass looks less far than it did: no row can be taken over."""

    def __init__(self, model: Model) -> None:
        super().__init__()
        self.model = model


@dataclass(frozen=True, slots=True, kw_only=True)
class Trail:
    """What the last run left: its weights, and its rows when they hold for this register and these options.

    `updated` says that the register was brought up to a later snapshot since, `narrow` that its last pass had to look
    less far among people of one birth date.
    """

    path: Path
    model: Model
    holds: bool
    updated: bool
    narrow: bool


def last(bench: Bench, roles: Sequence[str], options: Options, newest: int) -> Trail | None:
    """Return what the last run left at the place that the options name; None when it was of other columns, or none.

    Raises:
        NotATrail: what lies there is something else.
    """
    path = options.carry
    if path is None or not path.exists():
        return None
    note = _note(bench, path)
    if note.get("shape") != _shape(roles):
        return None
    left = kept(note["model"])
    model = options.model or left
    return Trail(
        path=path,
        model=model,
        holds=_goes_on(bench, note) and note["asked"] == _asked(options, newest) and model == left,
        updated=note["mark"] != bench.number("select mark from reg.meta"),
        narrow=bool(note["narrow"]),
    )


def continues(path: Path, prepared: Path) -> bool:
    """Say whether rows that a run left can rest on a prepared register: the one it had, or that one brought up.

    Raises:
        NotATrail: what lies there is something else.
    """
    with duckdb.connect() as link:
        bench = Bench(link)
        if not path.exists():
            return False
        note = _note(bench, path)
        bench.run(f"attach {quoted(prepared)} as reg (read_only)")
        return _goes_on(bench, note)


def _goes_on(bench: Bench, note: Mapping[str, object]) -> bool:
    """Say whether a register is the one of a note, or that one brought up under the same counts."""
    [(counted, mark, before)] = bench.rows("select counted, mark, before from reg.meta")
    return note.get("counted") == counted and note.get("mark") in (mark, before)


def take(bench: Bench, trail: Trail | None) -> None:
    """Make `b` of the rows that are `written` in the list, and `kept` of those the last run knows, which `b` lacks."""
    if trail is None or not trail.holds:
        bench.run("create temp view b as select * from written")
        return
    bench.table(
        "kept",
        f"""select stt, k.* from (select stt, {_key(bench)} from written)
  join ({_untouched(trail)}) k using (k1, k2)""",
    )
    bench.table("b", "select * from written anti join kept using (stt)")
    [(rows, near)] = bench.rows("select count(*), coalesce(sum(near), 0) from kept")
    bench.carried, bench.elsewhere = int(str(rows)), int(str(near))


def _untouched(trail: Trail) -> str:
    """Return a query of the rows whose outcome no change of the register since can have altered.

    Rows that came to the last pass are weighed anew; the others rest on the people of their number, or of their name
    and date or commune.
    """
    rows = f"select * from read_parquet({quoted(trail.path)})"
    if not trail.updated:
        return rows
    return f"""{rows} o where near is null
  and not exists (from reg.changed_number c where c.id = o.number)
  and not exists (from reg.changed_number c where c.id = o.nine)
  and not exists (from reg.changed_name c where c.fk = o.fk)
  and not exists (from reg.changed c where c.fk = o.fk and c.dob = o.dob)
  and not exists (from reg.changed c where c.fk = o.fk and c.dob = o.dob2)
  and not exists (from reg.changed c where c.fk = o.fk and c.xa = o.xa and c.dob // 10000 = o.dob // 10000)"""


def leave(bench: Bench, roles: Sequence[str], options: Options, newest: int, model: Model) -> None:
    """Write what the next run may take over, beside its place, then move it there whole."""
    if options.carry is None:
        return
    [(counted, mark)] = bench.rows("select counted, mark from reg.meta")
    note = {
        "shape": _shape(roles),
        "asked": _asked(options, newest),
        "counted": counted,
        "mark": mark,
        "narrow": is_narrow(bench),
        "model": model.saved(),
    }
    part = options.carry.with_name(options.carry.name + ".part")
    part.unlink(missing_ok=True)
    part.touch(0o600)
    bench.run(
        f"""copy ({_rows(bench)}) to {quoted(part)}
({_PARQUET}, kv_metadata {{{quoted(_NOTE)}: {quoted(json.dumps(note))}}})"""
    )
    part.replace(options.carry)
    bench.lap("trail")


def is_narrow(bench: Bench) -> bool:
    """Say whether the last pass, with all rows of the list, has to look less far among people of one birth date."""
    return bench.elsewhere + bench.number(f"select sum(near) from ({_near()})") > bench.budget


def check(bench: Bench, trail: Trail | None) -> None:
    """Make sure that rows taken over were looked for as far as this list's own.

    Raises:
        Outgrown: they were not.
    """
    if bench.carried and trail and is_narrow(bench) != trail.narrow:
        raise Outgrown(trail.model)


def _near() -> str:
    """Return a query of the rows left for the last pass, with the people born on their date."""
    return """select stt, case when dob % 100 > 0 and not first_day then coalesce(n_dob, 0) else 0 end as near
from (select stt, dob, first_day from t anti join settled using (stt) where searchable)
  left join reg.day_count using (dob)"""


def _rows(bench: Bench) -> str:
    """Return a query of what was found for each different row, and of what it had to search with."""
    own = f"""select stt, k1, k2, id12 as number, id9 as nine, fk, dob, dob2, xa, near
from (select stt, {_key(bench)} from b) join (select stt, id12, id9, dob, dob2, xa from t) using (stt)
  left join (select stt, fk from s) using (stt) left join ({_near()}) using (stt)"""
    if bench.carried:
        own += f" union all select stt, k1, k2, {', '.join(_OWN)} from kept"
    own = f"select * from ({own}) where true qualify row_number() over (partition by k1, k2 order by stt) = 1"
    # What makes a row the second of a person is forgotten.
    alone = f"case when verdict = {verdict.TWICE} then {verdict.BY_FIELDS} else verdict end"
    found = f"select stt, pid, id12, p, {alone} as verdict, {verdict.BARE} as code from decided"
    return f"""select k1, k2, {", ".join((*_FOUND, *_OWN))} from ({own}) join ({found}) using (stt)
  left join fixes using (stt) left join choices using (stt)"""


def _key(bench: Bench) -> str:
    """Return SQL for two numbers that tell what is written in a row from whatever else could be."""
    names = [str(row[0]) for row in bench.rows("describe written") if row[0] != "stt"]
    cells = " || ".join(f"coalesce(length({name}::varchar) || ':' || {name}::varchar, '-')" for name in names)
    mixed = f"md5_number({cells})"
    return f"({mixed} & {2**63 - 1}::uhugeint)::bigint as k1, ({mixed} >> 65)::bigint as k2"


def _shape(roles: Sequence[str]) -> str:
    return _digest([FORMAT, PREPARED, duckdb.__version__, sorted(roles)])


def _asked(options: Options, newest: int) -> str:
    """Return a digest of all options that an outcome can rest on."""
    units = {code: sorted(after) for code, after in options.units.items()}
    asked = [options.accept, options.budget, options.date_order, newest]
    return _digest([*asked, sorted(options.gender_codes.items()), units])


def _digest(what: object) -> str:
    return hashlib.sha256(json.dumps(what, sort_keys=True).encode()).hexdigest()


def _note(bench: Bench, path: Path) -> dict[str, Any]:
    try:
        found = bench.rows(
            f"select decode(value) from parquet_kv_metadata({quoted(path)}) where decode(key) = {quoted(_NOTE)}"
        )
        note = json.loads(str(found[0][0]))
    except (duckdb.Error, IndexError, ValueError):
        raise NotATrail(path) from None
    if not isinstance(note, dict):
        raise NotATrail(path)
    return note
