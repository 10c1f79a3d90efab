"""What a run is asked to do, and what it says afterwards."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from dean06.reconcile.engine.model import Model

Progress = Callable[[float, float, str], None]

# Pairs that a pass may look at when it takes everyone born on a row's date.
BUDGET = 20_000_000

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
class Cluster:
    """Where Spark is.

    Attributes:
        remote: address of a Spark Connect server (`sc://host:15002`), or `local[N]` for one of this process's own.
        folder: where keys of the register and of the list lie, under one path here and on every worker; beside the
            prepared register when absent.
        partitions: pieces that rows are dealt into between steps; Spark's own number when 0.
    """

    remote: str = "local[2]"
    folder: Path | None = None
    partitions: int = 0

    @property
    def is_local(self) -> bool:
        """Say whether this process starts the Spark it asks."""
        return self.remote.startswith("local")


class ComponentMissing(Exception):
    """A library or program that a cluster wants is not on this machine."""

    def __init__(self, component: str) -> None:
        super().__init__(component)
        self.component = component


class ClusterStopped(Exception):
    """The cluster did not answer or did not finish; its own words could hold rows of people and are left there."""

    def __init__(self, condition: str) -> None:
        super().__init__(condition)
        self.condition = condition


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
        one_to_one: every row is a person of the register and no person is two rows: who sent the list answers for it.
        recurs: a person may rightly stand in several rows, such as a mother of two children: none of them is a second.
        budget: pairs the last pass may look at; what is beyond it is narrowed and told in the report.
        model: saved weights; learnt from the file at hand when absent.
        processes: processes of their own to look for pairs, each among the people of some years; none when 0.
        cluster: where the pairs are weighed; in this process when absent.
        carry: what the last run of this list left: rows it knows are not matched again, and this run leaves its own
            there. The weights are the last run's unless `model` says others.
        temp: where DuckDB may spill; beside the result when absent.
    """

    accept: float = 0.5
    threads: int = 2
    memory_limit: str = ""
    gender_codes: Mapping[str, str] = field(default_factory=dict)
    date_order: str = "dmy"
    units: Mapping[str, frozenset[str]] = field(default_factory=dict)
    year: int = 0
    one_to_one: bool = False
    recurs: bool = False
    budget: int = BUDGET
    model: Model | None = None
    processes: int = 0
    cluster: Cluster | None = None
    carry: Path | None = None
    temp: Path | None = None

    def __post_init__(self) -> None:
        if self.one_to_one and self.cluster is not None:  # its rounds are of a few rows each, no work for a cluster
            raise ValueError("`one_to_one` không đi cùng `cluster`. (`one_to_one` does not go with `cluster`.)")


def memory_for(people: int, rows: int) -> str:
    """Return what DuckDB may take for a list against a register, in its own notation.

    A run of a million people and 200,000 rows fits in 400 MB, one of ten million and a million in 2.3 GB; what needs
    more than ten gigabytes spills.
    """
    return f"{min(max(400, 180 + people // 6_700 + rows // 3_000), 10_000)}MB"


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Pairs that were over the budget and left out or narrowed: by which pass and kind of key, never a key's value."""

    step: str
    key: str
    rows: int
    people: int
    pairs: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RunReport:
    """Counts and times of one run; it holds no value of a person. `carried` rows were taken from the last run."""

    rows: int
    register_rows: int
    by_result: Mapping[str, int]
    by_pass: Mapping[str, int]
    pairs: Mapping[str, int]
    seconds: Mapping[str, float]
    model: Model
    carried: int = 0
    blocks: Sequence[Block] = ()
