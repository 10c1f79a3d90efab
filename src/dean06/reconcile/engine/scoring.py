"""Turn levels into a score, and scores into a posterior per row.

The score is in thousandths of a bit relative to "this row's person is not in the register" at 0. Each term is the odds
that the row would say what it says if it were this person's, against a stranger's: a stranger shows a name, a date or
a commune as often as the register holds it, and slips as often as everybody else.
"""

from __future__ import annotations

from collections.abc import Mapping

from dean06.reconcile.engine import levels
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

HIGHEST = 80_000
_SCALE = 20
# A small register knows few names and dates, so its counts are seen beside a background of people like any others:
# how many, and how many of them hold any one value.
_BACKGROUND = {"name": (50_000, 1.0), "day": (50_000, 1.7), "year": (50_000, 600.0), "place": (20, 2.0)}


def rarity(count: str, n: int, kind: str = "name") -> str:
    """Return SQL for the bits by which a value held by so many of `n` people is rare."""
    people, holders = _BACKGROUND[kind]
    return f"round({BIT} * log2({float(n + people)} / (coalesce({count}, 0) + {holders})))::int"


def score(model: Model, n: int) -> str:
    """Return SQL for the score of a compared pair joined with its row's counts."""
    terms = [_name(model, n), _date(model, n), _place(model, n), _sex(model)]
    terms += [_parent(model, n, one) for one in ("c", "m")]
    terms += [_address(model, n), _number(n), str(model.prior())]
    together = f"case when ln >= 7 and ld in (8, 6) then {model.clump} else 0 end"
    return " + ".join(f"({term})" for term in terms) + f" - ({together})"


def _case(column: str, weights: Mapping[int, int]) -> str:
    cases = " ".join(f"when {level} then {weight}" for level, weight in sorted(weights.items()))
    return f"case {column} {cases} else 0 end"


def _name(model: Model, n: int) -> str:
    m = model.shares["ln"]
    known, spelt, plain, whole = (rarity(column, n) for column in ("s_nk", "n_fk", "s_fk", "n_sg"))
    # A name nobody has is a slip of somebody's, and strangers slip as often: it counts as the name it comes from.
    return f"""case ln when 9 then {rarity("n_nk", n)}
  when 8 then case when s_nk = 0 or bare then {spelt} else {m[8] - bits(WRONG_MARKS)} + {known} end
  when 7 then case when s_nk = 0 then {spelt} - {BIT} else {m[7]} + {known} end
  when 6 then case when s_fk = 0 then {whole} - {2 * BIT} else {m[6]} + {plain} end
  when 5 then case when s_fk = 0 then {spelt} - {BIT // 2} else {m[5] - bits(SLIPS_OF_A_NAME)} + {plain} end
  when 4 then case when s_fk = 0 then {spelt} - {BIT} else {m[4] - BIT} + {plain} end
  when 3 then {m[3]} + {whole}
  when 2 then {model.weight("ln", 2)} when 1 then {model.weight("ln", 1)} when 0 then {model.weight("ln", 0)} else 0 end"""


def _date(model: Model, n: int) -> str:
    m = model.shares["ld"]
    defaulted = f"(s_dob + case when first_day then {DEFAULTED} * s_yr else 0 end)"
    rare, day, year = rarity(defaulted, n, "day"), rarity("s_dob", n, "day"), rarity("n_yr", n, "year")
    slips = " ".join(f"when {level} then {m[level] - bits(ways)} + {day}" for level, ways in WAYS.items() if level != 6)
    return f"""case ld when 8 then {rare}
  when 7 then case when first_day then {bits(0.7)} + {rare} when s_month then {year} + {bits(12)} else {year} end
  when 6 then {m[6]} + {rare}
  when 5 then case when first_day then {bits(DEFAULTED)} + {rare} else {bits(REGISTER_DEFAULTED / 365)} + {day} end
  {slips} when 0 then {m[0]} else 0 end"""


def _place(model: Model, n: int) -> str:
    return f"case lx when 1 then {model.shares['lx'][1]} + {rarity('n_xa', n, 'place')} when 0 then {model.shares['lx'][0]} else 0 end"


def _address(model: Model, n: int) -> str:
    """Beside the same commune an address is as rare as it is there."""
    within = f"round({BIT} * log2((n_xa + 20) / (n_home + 2.0)))::int"
    agree = f"{model.shares['la'][1]} + case when lx = 1 then {within} else {rarity('n_ad', n, 'place')} end"
    return f"case la when 1 then {agree} when 0 then {model.shares['la'][0]} else 0 end"


def _sex(model: Model) -> str:
    """Names carry sex: beside a like name agreement says nothing, and a difference less than beside another."""
    apart = {level: model.weight("ls", level) for level in (0, 1)}
    return f"case when ln >= 2 then {_case('ls', {0: model.weight('ls', 0, 'ls_alike')})} else {_case('ls', apart)} end"


def _parent(model: Model, n: int, one: str) -> str:
    name = f"l{one}"
    shares = model.shares[name]
    rare = rarity(f"n_{one}nk", n)
    return f"""case {name} when 3 then {shares[3]} + {rare} when 2 then {shares[2]} + {rare}
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


def scored(bench_table: str, model: Model, n: int) -> str:
    """Return a query of compared pairs with their scores, in reach of what their rows' values are worth."""
    return f"""select c.*, ({score(model, n)})::int as score from {bench_table} c join (
  select stt, n_nk as s_nk, n_fk as s_fk, bare, n_dob as s_dob, n_yr as s_yr, first_day, s_month, fits from s) using (stt)"""


def best(pairs: str) -> str:
    """Return the best pair of each row of a table with its posterior `p` among its rivals and "not in the register".

    Powers of two are summed as whole numbers, so the order of summing cannot matter; ties fall to the lower pid.
    """
    return f"""select b.*, g.part / g.total as p from {pairs} b join (
  select stt, {_part("max(score)")}::double as part, (sum({_part("score")}) + {2**_SCALE})::double as total,
    max(score::bigint * {2**31} + {2**31 - 1} - pid) as first from {pairs} group by stt) g
  on g.stt = b.stt and g.first = b.score::bigint * {2**31} + {2**31 - 1} - b.pid"""


def ranked(pairs: str) -> str:
    """Return every pair with its posterior `p` and its rank `k` in its row."""
    return f"""select *, {_part("score")}::double / (sum({_part("score")}) over (partition by stt) + {2**_SCALE})::double as p,
  row_number() over (partition by stt order by score desc, pid) as k from ({pairs})"""


def _part(score: str) -> str:
    return f"round(power(2, {_SCALE} + least({score}, {HIGHEST}) / {float(BIT)}))::hugeint"
