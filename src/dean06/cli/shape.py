"""The shape of the database: brought to this version's, or asked whether it is that.

`python -m dean06.cli.shape` brings it up; with `--check` it only says, by exit code 1, that it is another. Django's own
`migrate` takes seconds to find that nothing is to be done, for it checks every page and builds every state first.
"""

from __future__ import annotations

import os
import sys

__all__ = ["bring_up", "is_current"]


def is_current() -> bool:
    """Say whether every step of this version was taken; Django must be set up."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def bring_up() -> None:
    """Take the steps that are left; Django must be set up."""
    from django.core.management import call_command

    if not is_current():
        call_command("migrate", verbosity=0, interactive=False)


def main(arguments: list[str]) -> int:
    """Do it in a process of its own."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dean06.settings")
    import django

    django.setup()
    if arguments == ["--check"]:
        return 0 if is_current() else 1
    bring_up()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
