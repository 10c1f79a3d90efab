"""One run: a prepared register and a batch in, the result file of the contract out."""

from __future__ import annotations

import os
import shutil
from dataclasses import replace
from pathlib import Path

from dean06.reconcile.engine import batch, output, passes, shards, verdict
from dean06.reconcile.engine.connection import Bench, connect, limit_memory, quoted
from dean06.reconcile.engine.model import Model
from dean06.reconcile.engine.options import ComponentMissing, Options, Progress, RunReport, memory_for


def run(
    prepared: Path, batch_parquet: Path, out_parquet: Path, options: Options, *, progress: Progress | None = None
) -> RunReport:
    """Match every row of a batch against a prepared register and write the result file whole."""
    temp = options.temp or out_parquet.parent / f".{out_parquet.name}.tmp"
    connection = connect(threads=options.threads, memory_limit=options.memory_limit or memory_for(0, 0), temp=temp)
    tell = progress or (lambda _done, _total, _what: None)
    try:
        connection.execute(f"attach {quoted(prepared)} as reg (read_only)")
        return _match(Bench(connection), prepared, batch_parquet, out_parquet, replace(options, temp=temp), tell)
    finally:
        connection.close()
        if options.temp is None:
            shutil.rmtree(temp, ignore_errors=True)  # what was spilt are rows of people


def _weigh(bench: Bench, prepared: Path, n: int, options: Options) -> Model:
    """Run the cascade in this process, with others beside it, or on the cluster that the options name."""
    if options.processes and options.temp and options.cluster is None:
        with shards.sharded(bench, prepared, options.processes, options.temp) as many:
            model = passes.cascade(many, n, options.model, float(options.accept))
        bench.started = many.started
        return model
    if options.cluster is None:
        return passes.cascade(bench, n, options.model, float(options.accept))
    if options.cluster.is_local and shutil.which("java") is None and "JAVA_HOME" not in os.environ:
        raise ComponentMissing("java")
    try:
        from dean06.reconcile.engine import spark  # noqa: PLC0415  PySpark is an extra, loaded when a cluster is asked
    except ImportError as problem:
        raise ComponentMissing(problem.name or "pyspark") from problem
    return spark.cascade(bench, prepared, options.cluster, n, options.model, float(options.accept))


def _match(bench: Bench, prepared: Path, batch_parquet: Path, out: Path, options: Options, tell: Progress) -> RunReport:
    [(n, newest)] = bench.rows("select n, newest from reg.meta")
    rows = bench.number(f"select sum(num_rows) from parquet_file_metadata({quoted(batch_parquet)})")
    limit_memory(bench.db, options.memory_limit or memory_for(int(str(n)), rows))
    bench.lap("open")
    tell(0, 4, "đọc danh sách")
    original = batch.read(bench, batch_parquet, options, int(str(n)), max(int(str(newest)), options.year))
    tell(1, 4, "đối soát")
    model = _weigh(bench, prepared, int(str(n)), options)
    tell(2, 4, "kết luận")
    by_result, by_pass = verdict.decide(bench, options)
    tell(3, 4, "ghi kết quả")
    output.write(bench, batch_parquet, out, original)
    tell(4, 4, "xong")
    return RunReport(
        rows=by_result.total(),
        register_rows=int(str(n)),
        by_result=dict(sorted(by_result.items())),
        by_pass=dict(sorted(by_pass.items())),
        pairs=bench.pairs,
        seconds=bench.seconds,
        model=model,
    )
