"""The matching engine: `prepare` a register once, `run` any list against it, `match` a table at hand.

DuckDB and orthography, nothing else.
"""

from dean06.reconcile.engine.match import run
from dean06.reconcile.engine.model import Model, kept
from dean06.reconcile.engine.options import Options, RunReport
from dean06.reconcile.engine.prepare import FORMAT, prepare, prepared_format
from dean06.reconcile.engine.table import Matched, match

__all__ = ["FORMAT", "Matched", "Model", "Options", "RunReport", "kept", "match", "prepare", "prepared_format", "run"]
