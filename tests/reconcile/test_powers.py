"""What a score counts for: whole numbers that no processor's power function decides."""

from __future__ import annotations

from decimal import Decimal, localcontext

import duckdb

from dean06.reconcile.engine import powers

SCORES = range(-25_000, 85_000)


def expected(score: int, table: list[int]) -> int:
    """Give 2^(20 + score / 1000) rounded, from a table of 52 bits."""
    whole, thousandths = divmod(min(score, 80_000) + 20_000, 1000)
    mantissa = table[thousandths]
    return (
        0
        if whole < 0
        else mantissa << (whole - 52)
        if whole >= 52
        else (mantissa + (1 << (51 - whole))) >> (52 - whole)
    )


def test_the_table_is_the_powers_of_two():
    with localcontext() as context:
        context.prec = 40
        for at, power in enumerate(powers.table()):
            assert abs(Decimal(power) / 2**52 - Decimal(2) ** (Decimal(at) / 1000)) <= Decimal(2) ** -53


def test_every_score_counts_exactly():
    table = powers.table()
    with duckdb.connect() as link:
        link.execute(powers.MACRO)
        link.execute("set variable powers = ?::bigint[]", [table])
        found = link.execute(
            f"select score, {powers.of('score')} from (select unnest(range(?, ?))::int as score)",
            [SCORES.start, SCORES.stop],
        ).fetchall()
    assert len(found) == len(SCORES)
    assert [(score, count) for score, count in found if count != expected(score, table)] == []
