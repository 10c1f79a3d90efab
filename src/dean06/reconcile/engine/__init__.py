"""The matching engine: `prepare` a register once, `run` any list against it. DuckDB and orthography, nothing else."""

from dean06.reconcile.engine.match import run
from dean06.reconcile.engine.model import Model, kept
from dean06.reconcile.engine.options import Options, RunReport
from dean06.reconcile.engine.prepare import FORMAT, prepare, prepared_format

__all__ = ["FORMAT", "Model", "Options", "RunReport", "kept", "prepare", "prepared_format", "run"]
