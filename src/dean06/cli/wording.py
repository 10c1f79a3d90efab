"""The words of the argument parser, in Vietnamese first."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterable
from typing import NoReturn, TypeAlias

from typing_extensions import override

from dean06.clock.errors import UsageError

# What argparse says, and the same in Vietnamese; a type of ours says both, parted by a line break.
_SAID = (
    (r"the following arguments are required: (.+)", r"thiếu \1", r"\1 is missing"),
    (r"unrecognized arguments: (.+)", r"không có tham số \1", r"there is no \1"),
    (
        r"argument (.+?): invalid choice: '(.*)' \(choose from (.+)\)",
        r"\1 không nhận «\2», chọn một trong \3",
        r"\1 does not take '\2', choose from \3",
    ),
    (
        r"argument (.+?): invalid (?:int|float) value: '(.*)'",
        r"\1 phải là số, không phải «\2»",
        r"\1 must be a number, not '\2'",
    ),
    (r"argument (.+?): expected one argument", r"\1 cần một giá trị", r"\1 wants a value"),
    (r"argument (.+?): expected at least one argument", r"\1 cần ít nhất một giá trị", r"\1 wants a value"),
    (r"argument (.+?): not allowed with argument (.+)", r"\1 không đi cùng \2", r"\1 does not go with \2"),
    (r"one of the arguments (.+) is required", r"cần một trong \1", r"one of \1 is needed"),
    (r"ambiguous option: (.+) could match (.+)", r"\1 có thể là \2", r"\1 could be \2"),
    (r"argument (.+?): (.+)\n(.+)", r"\1: \2", r"\1: \3"),
)


class _Formatter(argparse.HelpFormatter):
    @override
    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[argparse._MutuallyExclusiveGroup],
        prefix: str | None = None,
    ) -> None:
        super().add_usage(usage, actions, groups, "Cách dùng (usage): " if prefix is None else prefix)


class VietnameseParser(argparse.ArgumentParser):
    """An argument parser whose usage error is one sentence that says what to do."""

    def __init__(self, **options: object) -> None:
        super().__init__(**{"formatter_class": _Formatter, **options})  # type: ignore[arg-type]  # argparse's own options, passed on
        self._positionals.title = "tham số (arguments)"
        self._optionals.title = "tùy chọn (options)"
        for action in self._actions:
            if isinstance(action, argparse._HelpAction):  # noqa: SLF001  argparse has no public name
                action.help = "in hướng dẫn này (show this help)"

    @override
    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        vi, en = _in_both(message)
        raise UsageError(
            f"Tham số chưa đúng: {vi}. Xem «{self.prog} --help».",
            f"Unusable arguments: {en}. See `{self.prog} --help`.",
        )


def _in_both(message: str) -> tuple[str, str]:
    for pattern, vi, en in _SAID:
        found = re.fullmatch(pattern, message)
        if found:
            return found.expand(vi), found.expand(en)
    return message, message


Subparsers: TypeAlias = "argparse._SubParsersAction[VietnameseParser]"  # noqa: SLF001  argparse has no public name for it
