"""`dean06 demo`: made-up registers and sector files, with the truth of every row."""

from __future__ import annotations

import argparse
import importlib
import json
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from threading import Event
from typing import Any

from dean06.cli import demo_around_commands
from dean06.cli.progress import Bar
from dean06.clock.errors import UsageError

DEFAULT_PERSONS = 20_000
DEFAULT_SETTING = "quang-ninh-2022"


def add_parsers(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare `demo create`."""
    demo = subparsers.add_parser("demo", help="tạo dữ liệu trình diễn (make demonstration data)")
    commands = demo.add_subparsers(dest="demo_command", required=True, metavar="VIỆC")
    make = commands.add_parser("create", help="sổ dân cư, tệp ngành, đáp án (register, sector files, truth)")
    make.add_argument("directory", type=Path, metavar="DIR", help="thư mục mới hoặc trống (a new or empty directory)")
    make.add_argument("--persons", type=int, metavar="N", help="số người (people); mặc định theo bối cảnh hoặc 20000")
    make.add_argument("--seed", type=int, default=1, metavar="S", help="hạt giống (seed); mặc định 1")
    make.add_argument("--setting", metavar="CODE", help=f"bối cảnh (place and time): {_settings()}")
    make.add_argument("--scale", type=float, metavar="X", help="tỷ lệ so với cỡ thật của bối cảnh (share of full size)")
    make.add_argument("--source", action="append", metavar="S", help="chỉ nguồn này, lặp lại được (only this source)")
    make.add_argument("--fixed", type=float, default=0.4, metavar="X", help="phần lỗi tháng trước được sửa (0–1)")
    make.add_argument("--json", action="store_true", help="in đúng một tài liệu JSON (one JSON document)")
    make.set_defaults(run=run_create)
    stand = commands.add_parser("services", help="bản giả lập các dịch vụ, đến khi Ctrl-C (stand-ins of the services)")
    stand.add_argument(
        "--port", type=int, default=8600, metavar="P", help="hai cổng từ P (two ports from P); mặc định 8600"
    )
    stand.add_argument("--persons", type=int, default=2000, metavar="N", help="số người (people); mặc định 2000")
    stand.add_argument(
        "--lists", type=Path, metavar="DIR", help="ghi danh sách mã số vào đây (write the list of numbers)"
    )
    stand.add_argument("--fail", metavar="F", help=f"lỗi giả (what goes wrong): {' · '.join(_stand_ins().Fault)}")
    stand.add_argument("--after", type=int, default=0, metavar="N", help="sau N câu trả lời (after N answers)")
    stand.set_defaults(run=run_services)
    demo_around_commands.add_parsers(commands)


def _service() -> Any:
    return importlib.import_module("dean06.demo.service")


def _stand_ins() -> Any:
    return importlib.import_module("dean06.demo.simulators.standing")


def run_services(args: argparse.Namespace) -> int:
    """Have the stand-ins answer until told to stop; say how each is connected to."""
    stand_ins = _stand_ins()
    faults = {str(one): one for one in stand_ins.Fault}
    if args.fail and args.fail not in faults:
        raise UsageError(
            f"--fail phải là một trong: {', '.join(faults)}.", f"--fail must be one of {', '.join(faults)}."
        )
    if not 1024 <= args.port <= 65534 or args.persons < 200 or args.after < 0:
        raise UsageError(
            "--port phải từ 1024 đến 65534, --persons từ 200, --after từ 0.",
            "--port must be from 1024 to 65534, --persons from 200, --after from 0.",
        )
    world = _service().World(1, args.persons)
    fault = faults[args.fail] if args.fail else None
    with stand_ins.standing(world, port=args.port, fault=fault, after=args.after) as (stood, numbers):
        if args.lists:
            args.lists.mkdir(parents=True, exist_ok=True)
            (args.lists / stand_ins.LIST).write_text(numbers, encoding="utf-8")
        for one in stood:
            print(f"{one.source}  ({one.kind})")
            print(*(f"  {name} = {said}" for name, said in one.settings.items()), f"  bí mật: {one.secret}", sep="\n")
        with suppress(KeyboardInterrupt):
            print("Đang trả lời; Ctrl-C để dừng.", flush=True)
            Event().wait()
    return 0


def _settings() -> str:
    return " · ".join(_service().SETTINGS)


def run_create(args: argparse.Namespace) -> int:
    """Make a world and write it out."""
    started = time.monotonic()
    service = _service()
    if not 0 <= args.fixed <= 1:
        raise UsageError("--fixed phải từ 0 đến 1.", "--fixed must be between 0 and 1.")
    preset = service.setting(args.setting or DEFAULT_SETTING)
    world_of = preset.with_persons(_persons(args, preset.persons))
    for source in args.source or ():
        service.dataset(source)
    bar = Bar(shown=not args.json)
    try:
        bar(0, 1, "tạo dân cư")
        world = service.World(args.seed, preset=world_of)
        fix = service.Fix(share=args.fixed)
        made = service.create(args.directory, world, sources=args.source, fix=fix, progress=bar)
    finally:
        bar.close()
    _tell(args, world, made, time.monotonic() - started)
    return 0


def _persons(args: argparse.Namespace, full: int) -> int:
    given: int | None = args.persons
    scale: float | None = args.scale
    if scale is not None:
        if given is not None or scale <= 0:
            raise UsageError(
                "Chỉ dùng một trong --persons và --scale, và --scale phải lớn hơn 0.",
                "Use one of --persons and --scale, and --scale must be above 0.",
            )
        return max(1, round(full * scale))
    persons = given if given is not None else full if args.setting else DEFAULT_PERSONS
    if persons < 1:
        raise UsageError("--persons phải từ 1 trở lên.", "--persons must be at least 1.")
    return persons


def _tell(args: argparse.Namespace, world: Any, made: Sequence[Any], seconds: float) -> None:
    if args.json:
        document = {
            "directory": str(args.directory),
            "setting": world.setting.code,
            "persons": world.setting.persons,
            "seed": args.seed,
            "seconds": round(seconds, 2),
            "files": [asdict(one) for one in made],
        }
        print(json.dumps(document, ensure_ascii=False))
        return
    registers = [one for one in made if one.kind == "register"]
    deliveries = [one for one in made if one.kind == "delivery"]
    print(f"{args.directory}: {world.setting.title}, {world.setting.persons} người, hạt giống {args.seed}.")
    print(f"  registers/     {len(registers)} sổ dân cư, {registers[0].month} đến {registers[-1].month}")
    print(f"  sector-files/  {len(deliveries)} tệp ngành, {sum(one.rows for one in deliveries)} dòng")
    print("  truth/         đáp án của từng tệp · README.md  danh mục và cách dùng")
