"""Powers of two as whole numbers: what a score in thousandths of a bit counts for among its rivals.

A power function is the processor's and the library's affair and may differ in its last digit; these are a table of a
thousand whole numbers, shifted. Sums are exact, and the same on every engine.
"""

from __future__ import annotations

from decimal import Decimal, localcontext

from dean06.reconcile.engine.model import BIT

# "Not in the register" stands at score 0 and counts 2^20; what is 80 bits above it is as good as certain.
SCALE, HIGHEST = 20, 80_000
ABSENT = 2**SCALE
_WIDTH = 52
VARIABLE, MANTISSA = "powers", "mantissa"
# The table's number at a place, counted from 1.
MACRO = f"create or replace temp macro {MANTISSA}(place) as getvariable('{VARIABLE}')[place]"


def table() -> list[int]:
    """Return 2^(r / 1000) for r from 0 to 999 in units of 2^-52, rounded."""
    with localcontext() as context:
        context.prec = 60
        step, power, found = Decimal(2) ** (Decimal(1) / BIT), Decimal(2**_WIDTH), []
        for _ in range(BIT):
            found.append(round(power))
            power *= step
    return found


def of(score: str) -> str:
    """Return SQL for 2^(20 + score / 1000) as a whole number, rounded; 0 for what is less than 1.

    The table is looked up by `mantissa`, at a place that is there for every score: an engine may look it up
    before it knows that it need not.
    """
    scaled = f"(least({score}, {HIGHEST}) + {SCALE * BIT})"
    whole, mantissa = f"{scaled} // {BIT}", f"{MANTISSA}(greatest({scaled}, 0) % {BIT} + 1)"
    return f"""case when {scaled} < 0 then 0::hugeint
  when {scaled} < {_WIDTH * BIT} then
    (({mantissa} + (1::bigint << ({_WIDTH - 1} - {whole})::int)) >> ({_WIDTH} - {whole})::int)::hugeint
  else {mantissa}::hugeint * (1::bigint << ({whole} - {_WIDTH})::int) end"""
