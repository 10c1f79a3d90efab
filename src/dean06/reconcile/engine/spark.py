"""The same plan on Apache Spark, spoken to over Spark Connect.

The statements are those of the embedded engine, put into Spark's dialect; distances are DuckDB's own on every worker.
This module alone knows PySpark, and is loaded only when a run asks for a cluster.
"""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import duckdb
import pyarrow as pa
import sqlglot
from pyspark.errors import PySparkException
from pyspark.logger import PySparkLogger
from pyspark.sql import SparkSession
from pyspark.sql.functions import arrow_udf
from sqlglot import expressions as exp
from typing_extensions import override

from dean06.reconcile.engine import cluster, distances, passes, powers
from dean06.reconcile.engine.connection import Bench, Row, quoted
from dean06.reconcile.engine.model import Model
from dean06.reconcile.engine.options import Cluster, ClusterStopped

# What the door needs of the cascade to write the result.
ANSWER = ("settled", "candidates", "owners", "doubles")
# A list's side of a join is sent to every worker up to this size; the register is never moved for it.
_BROADCAST = 256 * 2**20
_SPARK_NAMES = {distances.LIKENESS: "jarowinkler_similarity", distances.ONE_SLIP: distances.ONE_SLIP}
# A Spark that this process starts for itself listens on the loopback address alone, and says little.
_OWN = {
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.connect.grpc.binding.address": "127.0.0.1",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.log.level": "ERROR",
}
# These write every error to the terminal, with the values it is about.
_TALKERS = ("SQLQueryContextLogger", "DataFrameQueryContextLogger")
_PATIENCE = 10  # seconds for a server to answer a knock


@dataclass(slots=True)
class SparkBench(Bench):
    """A bench whose tables lie in a cluster; `db` stays the door's."""

    spark: SparkSession = field(kw_only=True)

    @override
    def rows(self, sql: str, parameters: Sequence[object] = ()) -> list[Row]:
        """Execute a query on the cluster and return every row; it takes no parameters."""
        if parameters:
            raise ValueError(parameters)
        return [tuple(row) for row in self.spark.sql(translated(sql)).collect()]

    @override
    def table(self, name: str, query: str) -> None:
        """Compute a query and keep its rows on the workers under a name."""
        self.spark.sql(translated(query)).localCheckpoint(eager=True).createOrReplaceTempView(name)

    @override
    def add(self, name: str, query: str) -> None:
        """Keep the rows of a table and those of a query under the table's name."""
        self.table(name, f"select * from {name} union all select * from ({query})")


def cascade(bench: Bench, prepared: Path, where: Cluster, n: int, model: Model | None, accept: float) -> Model:
    """Weigh the pairs of a list that the door has read on a cluster, and bring back what `verdict` asks for.

    Args:
        bench: the door's, with the register attached.
        prepared: file of the register, to tell one register's keys from another's.
        where: the cluster, and the folder that its workers see.
        n: people in the register.
        model: saved weights; learnt from the list when absent.
        accept: posterior from which a person is named.
    """
    folder = where.folder or prepared.parent / "cluster"
    register = cluster.export(bench, prepared, folder)
    bench.lap("export")
    with _lists_keys(bench, folder) as keys, _session(where) as spark:
        _views(spark, register, "reg_")
        _views(spark, keys, "")
        bench.lap("connect")
        far = SparkBench(bench.db, **bench.for_many(), keyed=True, spark=spark)
        model = passes.cascade(far, n, model, accept)
        for name in ANSWER:
            _bring_home(bench.db, name, spark.table(name).toArrow())
    bench.started = far.started
    bench.lap("collect")
    return model


@contextmanager
def _lists_keys(bench: Bench, folder: Path) -> Iterator[Path]:
    """Write the keys of a list where the workers see them; they are rows of people and go with the run."""
    with cluster.workplace(folder, "list") as keys:
        for name, query in cluster.list_tables().items():
            bench.run(f"copy ({query}) to {quoted(keys / f'{name}.parquet')} ({cluster.FORM})")
        yield keys


@contextmanager
def _session(where: Cluster) -> Iterator[SparkSession]:
    """Open a session of a cluster with the plan's settings and distances, and close it afterwards."""
    spark: SparkSession | None = None
    try:
        spark = _opened(where)
        if where.partitions:
            spark.conf.set("spark.sql.shuffle.partitions", str(where.partitions))
        spark.conf.set("spark.sql.autoBroadcastJoinThreshold", str(_BROADCAST))
        for name, (definition, kind) in distances.DEFINITIONS.items():
            spark.udf.register(_SPARK_NAMES[name], arrow_udf(_measure(definition), kind))
        yield spark
    except PySparkException as problem:
        raise ClusterStopped(problem.getCondition() or type(problem).__name__) from None
    finally:
        if spark is not None:
            spark.stop()


def _opened(where: Cluster) -> SparkSession:
    for name in _TALKERS:
        PySparkLogger.getLogger(name).disabled = True
    builder = SparkSession.builder.remote(where.remote)
    if where.is_local:
        settings = " ".join(f"--conf {name}={value}" for name, value in _OWN.items())
        os.environ.setdefault("PYSPARK_SUBMIT_ARGS", f"{settings} pyspark-shell")
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
        os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
        return builder.getOrCreate()
    server = urlsplit(where.remote)
    try:
        socket.create_connection((server.hostname or "", server.port or 15002), _PATIENCE).close()
    except OSError:
        raise ClusterStopped("NO_ANSWER") from None
    return builder.create()


def _measure(definition: str) -> Callable[[pa.Array, pa.Array], pa.Array]:
    """Return a function for workers, which need DuckDB and PyArrow but nothing of this house."""

    def measured(a: pa.Array, b: pa.Array) -> pa.Array:
        link = duckdb.default_connection()
        link.register("pairs", pa.table({"a": a, "b": b}))
        found = link.sql(f"select {definition} as found from pairs").to_arrow_table()
        return found.column("found").combine_chunks()

    return measured


def _views(spark: SparkSession, folder: Path, prefix: str) -> None:
    for table in sorted(folder.iterdir()):
        spark.read.parquet(str(table.resolve())).createOrReplaceTempView(prefix + table.stem)


def _bring_home(db: duckdb.DuckDBPyConnection, name: str, rows: pa.Table) -> None:
    db.register("answer", rows)
    db.execute(f"create or replace temp table {name} as select * from answer")
    db.unregister("answer")


def translated(sql: str) -> str:
    """Return a statement of the plan in Spark's dialect."""
    spoken: str = sqlglot.parse_one(sql, read="duckdb").transform(_portable).sql("spark")
    return spoken


def _portable(node: exp.Expression) -> exp.Expression:
    """Put into other words what the translator leaves as DuckDB says it."""
    match node:
        case exp.Anonymous(this=powers.MANTISSA):
            table = exp.Array(expressions=[exp.Literal.number(power) for power in powers.table()])
            return exp.Anonymous(this="element_at", expressions=[table, *node.expressions])
        case exp.Anonymous(this="list_has_all", expressions=[whole, part]):
            missing = exp.Anonymous(this="array_except", expressions=[part, whole])
            return exp.Anonymous(this="size", expressions=[missing]).eq(0)
        case exp.DataType(this=exp.DataType.Type.INT128):
            return exp.DataType.build("decimal(38, 0)")
        case exp.CTE():
            node.set("materialized", None)
        case exp.Table() if node.db:
            node.set("this", exp.to_identifier(f"{node.db}_{node.name}"))
            node.set("db", None)
    return node
