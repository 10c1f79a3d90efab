"""One run: a prepared register and a batch in, the result file of the contract out."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass, replace
from pathlib import Path

from dean06.reconcile.engine import batch, output, passes, shards, trail, verdict
from dean06.reconcile.engine.connection import Bench, connect, limit_memory, quoted
from dean06.reconcile.engine.model import Model
from dean06.reconcile.engine.options import ComponentMissing, Options, Progress, RunReport, memory_for


def run(
    prepared: Path, batch_parquet: Path, out_parquet: Path, options: Options, *, progress: Progress | None = None
) -> RunReport:
    """Match every row of a batch against a prepared register and write the result file whole.

    Raises:
        trail.NotATrail: the file to carry over from is something else; nothing was written.
    """
    job = _Job(prepared, batch_parquet, out_parquet, progress or (lambda _done, _total, _what: None))
    try:
        return _run(job, options)
    except trail.Outgrown as outgrown:
        return _run(job, replace(options, model=outgrown.model), anew=True)


@dataclass(frozen=True, slots=True)
class _Job:
    """The files of a run, and whom to tell how far it is."""

    prepared: Path
    batch: Path
    out: Path
    tell: Progress


def _run(job: _Job, options: Options, *, anew: bool = False) -> RunReport:
    temp = options.temp or job.out.parent / f".{job.out.name}.tmp"
    connection = connect(threads=options.threads, memory_limit=options.memory_limit or memory_for(0, 0), temp=temp)
    try:
        connection.execute(f"attach {quoted(job.prepared)} as reg (read_only)")
        return _match(Bench(connection), job, replace(options, temp=temp), anew=anew)
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


def _match(bench: Bench, job: _Job, options: Options, *, anew: bool) -> RunReport:
    [(n, newest, people)] = [
        [int(str(one)) for one in row] for row in bench.rows("select n, newest, people from reg.meta")
    ]
    newest = max(newest, options.year)
    rows = bench.number(f"select sum(num_rows) from parquet_file_metadata({quoted(job.batch)})")
    limit_memory(bench.db, options.memory_limit or memory_for(n, rows))
    bench.one_to_one, bench.budget = options.one_to_one, options.budget
    options = replace(options, carry=None) if options.one_to_one else options  # there each row rests on all others
    roles = batch.roles_of(bench, job.batch)
    last = None if anew else trail.last(bench, roles, options, newest)
    options = replace(options, model=last.model) if last else options
    bench.lap("open")
    job.tell(0, 4, "đọc danh sách")
    original = batch.read(bench, job.batch, options, n, newest, last)
    job.tell(1, 4, "đối soát")
    model = _weigh(bench, job.prepared, n, options)
    trail.check(bench, last)
    model = options.model or replace(model, communes=bench.communes)
    job.tell(2, 4, "kết luận")
    by_result, by_pass = verdict.decide(bench, options)
    job.tell(3, 4, "ghi kết quả")
    output.write(bench, job.batch, job.out, original)
    trail.leave(bench, roles, options, newest, model)
    job.tell(4, 4, "xong")
    return RunReport(
        rows=by_result.total(),
        register_rows=people,
        by_result=dict(sorted(by_result.items())),
        by_pass=dict(sorted(by_pass.items())),
        pairs=bench.pairs,
        seconds=bench.seconds,
        model=model,
        carried=bench.carried,
        blocks=tuple(bench.blocks),
    )
