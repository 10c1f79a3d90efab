"""The matching engine: `prepare` a register once and `update` it, `run` any list against it, `match` a table.

DuckDB and orthography, nothing else.
"""

from dean06.reconcile.engine.match import run
from dean06.reconcile.engine.model import Model, kept
from dean06.reconcile.engine.options import Options, RunReport
from dean06.reconcile.engine.prepare import FORMAT, prepare, prepared_format
from dean06.reconcile.engine.table import Matched, match
from dean06.reconcile.engine.trail import NotATrail, continues
from dean06.reconcile.engine.update import update

__all__ = [
    "FORMAT",
    "Matched",
    "Model",
    "NotATrail",
    "Options",
    "RunReport",
    "continues",
    "kept",
    "match",
    "prepare",
    "prepared_format",
    "run",
    "update",
]
