"""What two datasets must not say of one person: rows of a run that another source's newest run contradicts."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from importlib import resources
from typing import Annotated, Literal

import duckdb
from pydantic import BaseModel, ConfigDict, Field
from ruamel.yaml import YAML

from dean06.orthography import sql as writing
from dean06.reconcile.models import Run
from dean06.reconcile.service import runs
from dean06.reconcile.types import RunInfo
from dean06.sources import service as sources
from dean06.sources.live import When, Words
from dean06.sources.types import Batch

RECORD = "ho_so"  # a contradiction finds fault with the whole record
NUMBERS = ("so_cccd", "so_giay_to")
NAMED = "k.so_dinh_danh <> ''"

__all__ = [
    "RECORD",
    "Contradiction",
    "deaths",
    "measured",
    "of_source",
    "others_of",
    "query",
    "rules",
    "tested",
    "words",
]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Lists(_Strict):
    """Lists by their sources (none named: all), and the rows of them that count."""

    sources: tuple[str, ...]
    when: tuple[When, ...] = ()

    def has(self, source: str) -> bool:
        """Say whether a source is one of these."""
        return not self.sources or source in self.sources


class Contradiction(_Strict):
    """One rule: the rows of `here` are wrong where `there` says otherwise of the same person or number."""

    code: Annotated[str, Field(pattern=r"^lien_[a-z0-9_]{1,15}$")]
    kind: Literal["both", "number"]
    says: Words
    severity: Annotated[int, Field(ge=1, le=3)]
    source: Words
    here: Lists
    there: Lists
    event: Literal["death"] | None = None


class _Table(_Strict):
    format: Literal["dean06-contradictions/1"]
    rules: tuple[Contradiction, ...]


@lru_cache(maxsize=1)
def rules() -> tuple[Contradiction, ...]:
    """Return the rules of the shipped table."""
    text = resources.files("dean06.reconcile").joinpath("contradictions.yaml").read_text(encoding="utf-8")
    return _Table.model_validate(YAML(typ="safe", pure=True).load(text)).rules


def words(code: str) -> Words | None:
    """Return what a rule says is wrong; None for an unknown rule."""
    return next((one.says for one in rules() if one.code == code), None)


def of_source(source: str) -> tuple[Contradiction, ...]:
    """Return the rules that may find a row of a source wrong."""
    return tuple(one for one in rules() if one.here.has(source))


def _counting(run: RunInfo, others: Sequence[RunInfo]) -> list[tuple[Contradiction, list[RunInfo]]]:
    """Return the rules on which a measure of a run rests: those tested that did not rest when its list came."""
    checked = sources.examined_for_work(run.delivery_id)
    resting = {rule for rule, field in (checked.paused if checked else ()) if field == RECORD}
    return [(rule, against) for rule, against in tested(run, others) if rule.code not in resting]


def others_of(run: RunInfo) -> list[RunInfo]:
    """Return the newest finished run of every other source of the group, as of this run."""
    rows = Run.objects.select_related("delivery").filter(
        group_id=run.group_id, state=Run.State.DONE, pk__lte=run.id, delivery__state="read", delivery__partial=False
    )
    newest = {row.delivery.source: row for row in rows.exclude(delivery__source=run.source).order_by("pk")}
    return [runs.info(newest[source]) for source in sorted(newest)]


def tested(run: RunInfo, others: Sequence[RunInfo]) -> list[tuple[Contradiction, list[RunInfo]]]:
    """Return the rules that can be tested on a run, each with the runs that may contradict it."""
    found = []
    for rule in rules():
        against = [one for one in others if rule.there.has(one.source)] if rule.here.has(run.source) else []
        if against:
            found.append((rule, against))
    return found


def query(link: duckdb.DuckDBPyConnection, run: RunInfo, others: Sequence[RunInfo]) -> str:
    """Return SQL for (stt, luat) of the rows of a run that another list contradicts; tables are made on the link."""
    return _query(link, run, others, tested(run, others))


def _query(
    link: duckdb.DuckDBPyConnection,
    run: RunInfo,
    others: Sequence[RunInfo],
    told: Sequence[tuple[Contradiction, list[RunInfo]]],
) -> str:
    link.execute(f"create temp table toi as {_list(run)}")
    for one in others:
        link.execute(f"create temp table l_{one.id} as {_list(one)}")
    parts = []
    for rule, against in told:
        lists = " union all ".join(
            f"select nguoi, so from l_{one.id} where {_when(rule.there.when, sources.batch(one.delivery_id))}"
            for one in against
        )
        here = _when(rule.here.when, sources.batch(run.delivery_id))
        wrong = (
            "nguoi in (select nguoi from kia)"
            if rule.kind == "both"
            else "exists (select 1 from kia where kia.so = toi.so and kia.nguoi <> toi.nguoi)"
        )
        parts.append(
            f"select stt, '{rule.code}' as luat from (with kia as (select distinct nguoi, so from ({lists}))"
            f" select stt from toi where {here} and {wrong})"
        )
    return " union all ".join(parts) or "select null::bigint as stt, null::varchar as luat where false"


def measured(link: duckdb.DuckDBPyConnection, run: RunInfo) -> tuple[str, str] | None:
    """Return SQL (good, total) on `stt` for S3: people who stand in another list too, once each; None without any."""
    others = others_of(run)
    counting = _counting(run, others)
    if not counting:
        return None
    wrong = _query(link, run, others, counting)
    elsewhere = " union ".join(f"select nguoi from l_{one.id}" for one in others)
    link.execute(
        f"""create temp table lien_nganh as select min(stt) as stt, bool_or(stt in (select stt from ({wrong}))) as sai
            from toi where nguoi in ({elsewhere}) group by nguoi"""
    )
    return "stt in (select stt from lien_nganh where not sai)", "stt in (select stt from lien_nganh)"


def deaths(link: duckdb.DuckDBPyConnection, run: RunInfo, before: RunInfo | None) -> tuple[int, int] | None:
    """Return (shown, known) of the deaths that civil status knows of people in this list or the one before it.

    The tables that `measured` made are on the link; None where no rule speaks of deaths.
    """
    told = [(rule, against) for rule, against in _counting(run, others_of(run)) if rule.event == "death"]
    if not told:
        return None
    rule, against = told[0]
    dead = " union ".join(f"select nguoi from l_{one.id}" for one in against)
    earlier = f" union select so_dinh_danh from read_parquet({writing.quoted(str(before.result))})" if before else ""
    active = _when(rule.here.when, sources.batch(run.delivery_id))
    found = link.execute(
        f"""with chet as ({dead}), co as (select nguoi from toi{earlier})
            select count(distinct nguoi) filter (where nguoi not in (select nguoi from toi where {active})),
              count(distinct nguoi) from chet where nguoi in (select nguoi from co)"""
    ).fetchall()[0]
    return int(found[0]), int(found[1])


def _list(run: RunInfo) -> str:
    """Return SQL for the named rows of a run: row, person, number as written, and the columns conditions read."""
    batch = sources.batch(run.delivery_id)
    written = ", ".join(f"b.{role}" for role in NUMBERS if role in batch.roles)
    number = f"coalesce({written})" if written else "null::varchar"
    digits = f"regexp_replace({number}, '[^0-9]', '', 'g')"
    read = {when.field for rule in rules() for when in (*rule.here.when, *rule.there.when)}
    kept = "".join(f", b.{writing.identifier(one)}" for one in sorted(read & set(batch.roles)))
    return f"""select k.stt, k.so_dinh_danh as nguoi,
        case when length({digits}) between 10 and 12 then lpad({digits}, 12, '0') end as so{kept}
        from (select (row_number() over ()) - 1 as stt, so_dinh_danh
              from read_parquet({writing.quoted(str(run.result))})) k
        join read_parquet({writing.quoted(str(batch.parquet))}) b using (stt) where {NAMED}"""


def _when(conditions: Sequence[When], batch: Batch) -> str:
    """Return SQL for the rows on which all conditions hold; a field that was not delivered is empty."""
    told = []
    for one in conditions:
        column = writing.identifier(one.field)
        if one.field not in batch.roles:
            told.append("true" if one.filled is False else "false")
        elif one.among:
            among = ", ".join(writing.plain(writing.quoted(text)) for text in one.among)
            told.append(f"coalesce({writing.plain(column)} in ({among}), false)")
        else:
            told.append(f"{column} is {'not ' if one.filled else ''}null")
    return " and ".join(told) or "true"
