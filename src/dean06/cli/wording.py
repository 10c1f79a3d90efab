"""The words of the argument parser, in Vietnamese first."""

from __future__ import annotations

import argparse
import sys
from typing import NoReturn, TypeAlias

from typing_extensions import override


class VietnameseParser(argparse.ArgumentParser):
    """An argument parser whose usage error is one sentence that says what to do."""

    @override
    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        sys.stderr.write(f"Tham số chưa đúng: {message}. Xem `{self.prog} --help`.\n")
        sys.stderr.write(f"Unusable arguments: {message}. See `{self.prog} --help`.\n")
        sys.exit(2)


Subparsers: TypeAlias = "argparse._SubParsersAction[VietnameseParser]"  # noqa: SLF001  argparse has no public name for it
