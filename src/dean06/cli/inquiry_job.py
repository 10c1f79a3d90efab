"""One reconcile from the terminal without a register: the population service is asked row by row."""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field

from dean06.cli.occupancy import state_directory
from dean06.cli.progress import Bar
from dean06.cli.reconcile_job import CLEAN, Job, document, say, workplace, write
from dean06.clock import service as clock
from dean06.clock.errors import Unavailable
from dean06.reconcile.live import Options, RunReport, old_units
from dean06.reconcile.live.inquiry import InquiryReport, match_by_asking
from dean06.sources import live as sources
from dean06.sources.live import Batch, Contract
from dean06.sources.live.inquiry import (
    Asking,
    End,
    Ended,
    ServiceFile,
    account,
    opened_asking,
    purpose_file,
    rule_on,
    service_file,
)

STATES = {
    "xac_nhan": "xác nhận đúng người",
    "khong_dung": "trả lời không",
    "khac_truong": "có số, khác trường",
    "thieu_du_kien": "thiếu dữ kiện, không hỏi được",
    "chua_hoi": "CHƯA HỎI",
    "mat_tra_loi": "mất câu trả lời (--ask-lost)",
    "khong_doc_duoc": "không có câu trả lời dùng được",
}


def run(args: argparse.Namespace) -> int:
    """Match a list by asking; exit 5 when asking came to no end, with what was answered so far in the result."""
    service, purpose = service_file(args.service, state_directory()), purpose_file(args.purpose)
    secret, contract = account(args.account), sources.contract(args.source)
    with workplace(args.out.resolve().parent) as work:
        job = Job(args, Bar(shown=not args.json), work)
        try:
            bar = job.bar
            batch = sources.read_batch(args.file, contract, work, progress=lambda share: bar(share, 1, "đọc danh sách"))
            job.lap("read")
            with opened_asking(service, purpose, secret, state_directory()) as asking:
                if args.ask_lost:
                    asking.book.forgive_lost()
                report, asked = _match(job, asking, batch, contract)
                told = _document(job, asking, batch, report, asked)
            calls = {"calls": [one.told() for one in asked.made]}
            write(job, told, report, batch, calls)
        finally:
            job.bar.close()
    unfinished = _unfinished(asked.ended) if asked.ended.end is not End.DONE else None
    if unfinished is not None:
        told["error"] = {"code": unfinished.exit_code, "vi": unfinished.vi, "en": unfinished.en}
    if args.json:
        print(json.dumps(told, ensure_ascii=False))
    else:
        _say(args, asked, report, batch)
    if unfinished is not None:
        print(unfinished.vi, unfinished.en, sep="\n", file=sys.stderr)
        return unfinished.exit_code
    return 0 if set(report.by_result) <= CLEAN else 1


def _match(job: Job, asking: Asking, batch: Batch, contract: Contract) -> tuple[RunReport, InquiryReport]:
    today = clock.today()
    options = Options(
        accept=job.args.accept,
        threads=job.args.threads,
        gender_codes=contract.sex_codes,
        recurs=contract.recurs,
        date_order=contract.dates.order,
        units=old_units(today),
        year=today.year,
        temp=job.work / "rieng",
    )
    found = match_by_asking(asking, batch.parquet, job.work / "result.parquet", options, Speed(job.bar))
    job.lap("reconcile")
    return found


@dataclass(slots=True)
class Speed:
    """Shows how many were asked about, how fast it goes, and how long it will still take."""

    bar: Bar
    began: float = field(default_factory=time.monotonic)
    last: tuple[int, int] = (0, 0)

    def __call__(self, done: int, total: int) -> None:
        """Show this state."""
        if done < self.last[0] or total != self.last[1]:
            self.began = time.monotonic()
        self.last = done, total
        self.bar(done, total, said_of_speed(done, total, time.monotonic() - self.began))


def said_of_speed(done: int, total: int, seconds: float) -> str:
    """Return the words for so many of so many in so many seconds."""
    counted = f"hỏi dịch vụ {done:,}/{total:,}".replace(",", ".")
    if not done or seconds < 1:
        return counted
    speed = done / seconds
    left = (total - done) / speed
    size = f"{left / 3600:.1f} giờ".replace(".", ",") if left >= 5400 else f"{max(1, round(left / 60))} phút"
    rest = f"{round(left)} giây" if left < 90 else size
    pace = f"{speed:.1f}".replace(".", ",")
    return f"{counted}, {pace} câu/giây, còn khoảng {rest}"


def _document(job: Job, asking: Asking, batch: Batch, report: RunReport, asked: InquiryReport) -> dict[str, object]:
    today = clock.today().isoformat()
    register = {"rows": asked.people, "as_of": today, "sha256": asked.register_sha256}
    told = document(job, register, batch, report)
    told["inquiry"] = {
        **_of_service(asking.service),
        "purpose": asking.purpose.told(),
        "rows": dict(asked.by_state),
        "open_rows": asked.open_rows,
        "questions": asked.questions,
        "calls": asked.calls,
        "answers_now": asked.fresh,
        "calls_today": asking.pace.used(),
        "ended": asked.ended.end.value,
        "again_at": asked.ended.again_at.isoformat(timespec="seconds") if asked.ended.again_at else None,
        "kept": asking.book.keeping.told(clock.today()),
        "deleted": asked.deleted.answers if asked.deleted else 0,
    }
    return told


def _of_service(service: ServiceFile) -> Mapping[str, object]:
    limits = {"per_second": service.per_second, "per_day": service.per_day, "at_once": service.at_once}
    return {
        "service": service.address,
        "operation": service.operation.value,
        "fallbacks": sorted(one.value for one in service.fallbacks),
        "limits": {**limits, "source": service.limits_source},
    }


def _unfinished(ended: Ended) -> Unavailable:
    vi, en = (ended.sentence.vi, ended.sentence.en) if ended.sentence else ("Chưa hỏi xong.", "Asking is not done.")
    return Unavailable(
        f"{vi} Những câu đã trả lời được giữ; chạy lại đúng lệnh này để hỏi tiếp các dòng còn lại.",
        f"{en} What was answered is kept; run this very command again to go on with the other rows.",
    )


def _say(args: argparse.Namespace, asked: InquiryReport, report: RunReport, batch: Batch) -> None:
    say(args.out, report, batch)
    print(f"Hỏi dịch vụ dân cư: {asked.calls} câu lần này, {asked.questions} câu cho danh sách này từ đầu.")
    for state, count in asked.by_state.items():
        if count:
            print(f"  {STATES[state]:<34}{count:>10,}".replace(",", "."))
    if asked.deleted:
        print(f"  đã xóa {asked.deleted.answers} câu trả lời quá hạn lưu: {rule_on(clock.today()).days} ngày")
