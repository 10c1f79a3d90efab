"""What a run is asked to do, and what it says afterwards."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from dean06.reconcile.engine.model import Model

Progress = Callable[[float, float, str], None]

# Spellings of sex that need no contract; a contract's codes (0/1, 1/2) come with the options.
SEXES = {
    "nam": "Nam",
    "nữ": "Nữ",
    "nu": "Nữ",
    "trai": "Nam",
    "gái": "Nữ",
    "gai": "Nữ",
    "m": "Nam",
    "f": "Nữ",
    "male": "Nam",
    "female": "Nữ",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How to match one file.

    Attributes:
        accept: posterior from which a person is named.
        threads: processors to use; the result does not depend on it.
        memory_limit: what DuckDB may take, in its own notation; when empty, what `memory_for` says.
        gender_codes: the contract's codes of sex, each to `Nam` or `Nữ`.
        date_order: `dmy`, `mdy` or `ymd`, for dates of three numbers.
        units: old unit code to its successors' codes at the register's date.
        year: the year of the register's day: nobody is born after it, however old the register's youngest is.
        model: saved weights; learnt from the file at hand when absent.
        temp: where DuckDB may spill; beside the result when absent.
    """

    accept: float = 0.5
    threads: int = 2
    memory_limit: str = ""
    gender_codes: Mapping[str, str] = field(default_factory=dict)
    date_order: str = "dmy"
    units: Mapping[str, frozenset[str]] = field(default_factory=dict)
    year: int = 0
    model: Model | None = None
    temp: Path | None = None


def memory_for(people: int, rows: int) -> str:
    """Return what DuckDB may take for a list against a register, in its own notation.

    A run of a million people and 200,000 rows fits in 400 MB, one of ten million and a million in 2.3 GB; what needs
    more than ten gigabytes spills.
    """
    return f"{min(max(400, 180 + people // 6_700 + rows // 3_000), 10_000)}MB"


@dataclass(frozen=True, slots=True, kw_only=True)
class RunReport:
    """Counts and times of one run; it holds no value of a person."""

    rows: int
    register_rows: int
    by_result: Mapping[str, int]
    by_pass: Mapping[str, int]
    pairs: Mapping[str, int]
    seconds: Mapping[str, float]
    model: Model
