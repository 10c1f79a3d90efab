"""Turn levels into a score, and scores into a posterior per row.

The score is in thousandths of a bit relative to "this row's person is not in the register" at 0. Each term is the odds
that the row would say what it says if it were this person's, against a stranger's: a stranger shows a name, a date or
a commune as often as the register holds it, and slips as often as everybody else.
"""

from __future__ import annotations

from collections.abc import Mapping

from dean06.reconcile.engine import levels, powers
from dean06.reconcile.engine.connection import Bench
from dean06.reconcile.engine.model import (
    BIT,
    BORROWED,
    BORROWED_NINE,
    DEFAULTED,
    IN_FAMILY,
    ONE_SLIP,
    OWN,
    REGISTER_DEFAULTED,
    SLIPS_OF_A_NAME,
    SLIPS_OF_A_NUMBER,
    WAYS,
    WRONG,
    WRONG_BUT_FITS,
    WRONG_MARKS,
    Model,
    bits,
)

# What is less likely than this is no candidate to show.
SHOWN = 0.03


def score(bench: Bench, model: Model, n: int, rows: str) -> str:
    """Return SQL for the score of a compared pair joined with its row's counts."""
    terms = [_name(model), _date(model), _place(model), _sex(model), _number(n), str(model.prior())]
    terms += [_parent(model, one) for one in ("c", "m") if bench.has_parents]
    terms += [_address(model)] if levels.addressed(bench, rows) else []
    together = f"case when ln >= 7 and ld in (8, 6) then {model.clump} else 0 end"
    return " + ".join(f"({term})" for term in terms) + f" - ({together})"


def _case(column: str, weights: Mapping[int, int]) -> str:
    cases = " ".join(f"when {level} then {weight}" for level, weight in sorted(weights.items()))
    return f"case {column} {cases} else 0 end"


def _name(model: Model) -> str:
    m = model.shares["ln"]
    # A name nobody has is a slip of somebody's, and strangers slip as often: it counts as the name it comes from.
    return f"""case ln when 9 then w_nk
  when 8 then case when not known_name or bare then w_fk else {m[8] - bits(WRONG_MARKS)} + s_nk end
  when 7 then case when not known_name then w_fk - {BIT} else {m[7]} + s_nk end
  when 6 then case when not known_folded then w_sg - {2 * BIT} else {m[6]} + s_fk end
  when 5 then case when not known_folded then w_fk - {BIT // 2} else {m[5] - bits(SLIPS_OF_A_NAME)} + s_fk end
  when 4 then case when not known_folded then w_fk - {BIT} else {m[4] - BIT} + s_fk end
  when 3 then {m[3]} + w_sg
  {" ".join(f"when {level} then {model.weight('ln', level)}" for level in (2, 1, 0))} else 0 end"""


def _date(model: Model) -> str:
    m = model.shares["ld"]
    slips = " ".join(f"when {level} then {m[level] - bits(ways)} + s_day" for level, ways in WAYS.items() if level != 6)
    return f"""case ld when 8 then s_rare
  when 7 then case when first_day then {bits(0.7)} + s_rare when s_month then w_yr + {bits(12)} else w_yr end
  when 6 then {m[6]} + s_rare
  when 5 then case when first_day then {bits(DEFAULTED)} + s_rare else {bits(REGISTER_DEFAULTED / 365)} + s_day end
  {slips} when 0 then {m[0]} else 0 end"""


def _place(model: Model) -> str:
    return f"case lx when 1 then {model.shares['lx'][1]} + w_xa when 0 then {model.shares['lx'][0]} else 0 end"


def _address(model: Model) -> str:
    """Beside the same commune an address is as rare as it is there."""
    agree = f"{model.shares['la'][1]} + case when lx = 1 then w_home else w_ad end"
    return f"case la when 1 then {agree} when 0 then {model.shares['la'][0]} else 0 end"


def _sex(model: Model) -> str:
    """Names carry sex: beside a like name agreement says nothing, and a difference less than beside another."""
    apart = {level: model.weight("ls", level) for level in (0, 1)}
    return f"case when ln >= 2 then {_case('ls', {0: model.weight('ls', 0, 'ls_alike')})} else {_case('ls', apart)} end"


def _parent(model: Model, one: str) -> str:
    name = f"l{one}"
    shares = model.shares[name]
    return f"""case {name} when 3 then {shares[3]} + w_{one}nk when 2 then {shares[2]} + w_{one}nk
  when 1 then {model.weight(name, 1)} when 0 then {model.weight(name, 0)} else 0 end"""


def _number(n: int) -> str:
    size = bits(max(n, 2))
    other = f"case when li = {levels.ID_OTHER} and coalesce(fits, true) then {bits(WRONG_BUT_FITS / WRONG)} else 0 end"
    return f"{other} + " + _case(
        "li",
        {
            levels.ID_OWN: bits(OWN / BORROWED),
            levels.ID_NINE: bits(OWN / BORROWED_NINE),
            levels.ID_SLIP: bits(max(ONE_SLIP * n / SLIPS_OF_A_NUMBER, 2)) - size,
            levels.ID_NONE: -size,
            levels.ID_OTHER: bits(WRONG) - size,
            levels.ID_TAKEN: -size,
            levels.ID_FAMILY: bits(IN_FAMILY / BORROWED),
        },
    )


def scored(bench: Bench, pairs: str, model: Model, n: int, kept: str, rows: str = "s") -> str:
    """Return a query of compared pairs, the columns to keep and their scores, by what their rows' values are worth."""
    return f"""select {kept}, ({score(bench, model, n, rows)})::int as score from {pairs} c join (
  select stt, s_nk, s_fk, known_name, known_folded, bare, s_rare, s_day, first_day, s_month, fits from {rows})
using (stt)"""


def best(pairs: str) -> str:
    """Return the best pair of each row of a table with its posterior `p` among its rivals and "not in the register".

    Powers of two are summed as whole numbers, so the order of summing cannot matter; ties fall to the lower pid.
    """
    return posterior(f"""select b.*, g.part, g.total from {pairs} b join (
  select stt, {powers.of("max(score)")} as part, sum({powers.of("score")}) + {powers.ABSENT} as total,
    max(score::bigint * {2**31} + {2**31 - 1} - pid) as first from {pairs} group by stt) g
  on g.stt = b.stt and g.first = b.score::bigint * {2**31} + {2**31 - 1} - b.pid""")


def ranked(pairs: str, least: float = 0.0) -> str:
    """Return the pairs of at least some posterior `p`, each with its person's `id12` and its rank `k` in its row.

    Ties fall to the lower number, wherever the register keeps a person; without numbers to the lower pid.
    """
    parts = f"select *, {powers.of('score')} as part from ({pairs})"
    weighed = posterior(f"select *, sum(part) over (partition by stt) + {powers.ABSENT} as total from ({parts})")
    return f"""select *, row_number() over (partition by stt order by score desc, coalesce(id12, pid)) as k
from (select * from ({weighed}) where p >= {least}) join (select pid, id12 from reg.person) using (pid)"""


def posterior(shared: str) -> str:
    """Return a query of `part` divided by `total`, downwards to ten-thousandths.

    What a double could not tell apart counts as equal.

    The quotient of doubles is only a first guess, proved by whole numbers: it may differ by engine, the result not.
    """
    return f"""select *, (guess - case when guess * total > part * 10000 + floor(part::double / {2**40})::bigint
  then 1 else 0 end) / 10000 as p
from (select *, floor(part::double / total::double * 10000 + 0.5)::int as guess from ({shared}))"""
