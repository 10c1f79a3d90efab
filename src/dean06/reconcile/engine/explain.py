"""Take a score apart: what each field of one compared pair gave, in thousandths of a bit. Pure.

`scoring` adds these up in SQL for millions of pairs; here they are told one by one, for a person to read. Both give the
same sum to the thousandth: a test asks every level of both.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

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

Cells = Mapping[str, object]  # a compared pair: its levels, what its values are worth, what is known of its row
Said = tuple[int, str]  # what a level gives by itself, and the column that holds what its value is worth

LEVELS = ("ln", "ld", "lx", "ls", "lc", "lm", "la", "li")
PERSON_WORTH = ("w_nk", "w_fk", "w_sg", "w_xa", "w_yr", "w_cnk", "w_mnk", "w_ad", "w_home")
ROW_WORTH = ("s_nk", "s_fk", "known_name", "known_folded", "bare", "s_rare", "s_day", "first_day", "s_month", "fits")
# In the order in which they are told: where everybody begins, the number, then field after field.
START, TOGETHER = "start", "together"
TERMS = (START, "li", "ln", "ld", "lx", "ls", "lc", "lm", "la", TOGETHER)

__all__ = ["LEVELS", "PERSON_WORTH", "ROW_WORTH", "START", "TERMS", "TOGETHER", "Cells", "of_pair"]


def of_pair(model: Model, people: int, cells: Cells) -> dict[str, int]:
    """Return what each term of a pair's score gave, in thousandths of a bit; their sum is the score.

    Args:
        model: the weights of the run.
        people: how many the register holds.
        cells: `LEVELS` (-1: not compared), `PERSON_WORTH` and `ROW_WORTH` of the pair; a worth that its level does not
            ask for may be absent or null.
    """
    # Anybody of the register begins as unlikely as the register is large; a number takes that back.
    size = bits(max(people, 2))
    made: dict[str, Callable[[], int]] = {
        START: lambda: model.prior() - size,
        "li": lambda: _number(people, size, cells) + size,
        "ln": lambda: _name(model, cells),
        "ld": lambda: _date(model, cells),
        "lx": lambda: _place(model, cells),
        "ls": lambda: _sex(model, cells),
        "lc": lambda: _parent(model, "c", cells),
        "lm": lambda: _parent(model, "m", cells),
        "la": lambda: _address(model, cells),
        TOGETHER: lambda: -model.clump if _level(cells, "ln") >= 7 and _level(cells, "ld") in {8, 6} else 0,
    }
    return {term: made[term]() for term in TERMS}


def _level(cells: Cells, name: str) -> int:
    given = cells.get(name, -1)
    return -1 if given is None else int(str(given))


def _known(cells: Cells, name: str) -> bool:
    return bool(cells.get(name))


def _sum(told: Mapping[int, Said], level: int, cells: Cells) -> int:
    """Add up what a level gives by itself and what its value is worth; a level that says nothing gives nothing."""
    given, worth = told.get(level, (0, ""))
    return given + (int(str(cells[worth])) if worth else 0)


def _name(model: Model, cells: Cells) -> int:
    shares, known, folded = model.shares["ln"], _known(cells, "known_name"), _known(cells, "known_folded")
    told: dict[int, Said] = {
        9: (0, "w_nk"),
        8: (0, "w_fk") if not known or _known(cells, "bare") else (shares[8] - bits(WRONG_MARKS), "s_nk"),
        7: (shares[7], "s_nk") if known else (-BIT, "w_fk"),
        6: (shares[6], "s_fk") if folded else (-2 * BIT, "w_sg"),
        5: (shares[5] - bits(SLIPS_OF_A_NAME), "s_fk") if folded else (-(BIT // 2), "w_fk"),
        4: (shares[4] - BIT, "s_fk") if folded else (-BIT, "w_fk"),
        3: (shares[3], "w_sg"),
        **{level: (model.weight("ln", level), "") for level in (2, 1, 0)},
    }
    return _sum(told, _level(cells, "ln"), cells)


def _date(model: Model, cells: Cells) -> int:
    shares, first = model.shares["ld"], _known(cells, "first_day")
    within = bits(12) if _known(cells, "s_month") else 0
    told: dict[int, Said] = {
        8: (0, "s_rare"),
        7: (bits(0.7), "s_rare") if first else (within, "w_yr"),
        6: (shares[6], "s_rare"),
        5: (bits(DEFAULTED), "s_rare") if first else (bits(REGISTER_DEFAULTED / 365), "s_day"),
        **{level: (shares[level] - bits(WAYS[level]), "s_day") for level in (4, 3, 2, 1)},
        0: (shares[0], ""),
    }
    return _sum(told, _level(cells, "ld"), cells)


def _place(model: Model, cells: Cells) -> int:
    return _sum({1: (model.shares["lx"][1], "w_xa"), 0: (model.shares["lx"][0], "")}, _level(cells, "lx"), cells)


def _address(model: Model, cells: Cells) -> int:
    home = "w_home" if _level(cells, "lx") == 1 else "w_ad"
    return _sum({1: (model.shares["la"][1], home), 0: (model.shares["la"][0], "")}, _level(cells, "la"), cells)


def _sex(model: Model, cells: Cells) -> int:
    alike: dict[int, Said] = {0: (model.weight("ls", 0, "ls_alike"), "")}
    apart: dict[int, Said] = {level: (model.weight("ls", level), "") for level in (0, 1)}
    return _sum(alike if _level(cells, "ln") >= 2 else apart, _level(cells, "ls"), cells)


def _parent(model: Model, one: str, cells: Cells) -> int:
    name = f"l{one}"
    told: dict[int, Said] = {
        **{level: (model.shares[name][level], f"w_{one}nk") for level in (3, 2)},
        **{level: (model.weight(name, level), "") for level in (1, 0)},
    }
    return _sum(told, _level(cells, name), cells)


def _number(people: int, size: int, cells: Cells) -> int:
    doubt = bits(WRONG_BUT_FITS / WRONG) if cells.get("fits") in {None, True} else 0
    told: dict[int, Said] = {
        levels.ID_OWN: (bits(OWN / BORROWED), ""),
        levels.ID_NINE: (bits(OWN / BORROWED_NINE), ""),
        levels.ID_SLIP: (bits(max(ONE_SLIP * people / SLIPS_OF_A_NUMBER, 2)) - size, ""),
        levels.ID_NONE: (-size, ""),
        levels.ID_OTHER: (bits(WRONG) - size + doubt, ""),
        levels.ID_TAKEN: (-size, ""),
        levels.ID_FAMILY: (bits(IN_FAMILY / BORROWED), ""),
    }
    return _sum(told, _level(cells, "li"), cells)
