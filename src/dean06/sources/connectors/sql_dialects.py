"""Database systems: how each is reached, how its session is made to read alone, and how it tells what may be written.

PostgreSQL and MariaDB run in the tests. For SQL Server and Oracle the statements are compiled and nothing more: they
are offered as unverified, and their drivers are the operator's to install.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

GRANT = re.compile(r"GRANT (?P<rights>.+?) ON ")
COLUMNS = re.compile(r"\([^)]*\)")
HARMLESS_MARIADB = frozenset({"USAGE", "SELECT", "SHOW VIEW", "SHOW DATABASES", "PROCESS", "BINLOG MONITOR"})
HARMLESS_MSSQL = frozenset({"CONNECT", "SELECT", "SHOWPLAN"})
HARMLESS_ORACLE = frozenset({"CREATE SESSION", "SELECT ANY TABLE", "READ ANY TABLE", "SELECT", "READ"})

WRITERS_POSTGRESQL = """
SELECT EXISTS (
  SELECT 1 FROM pg_catalog.pg_roles r
  WHERE pg_catalog.pg_has_role(current_user, r.oid, 'MEMBER')
    AND (r.rolsuper OR r.rolcreaterole OR r.rolcreatedb
         OR r.rolname IN ('pg_write_all_data', 'pg_write_server_files', 'pg_execute_server_program'))
) OR EXISTS (
  SELECT 1 FROM pg_catalog.pg_class c
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  CROSS JOIN pg_catalog.pg_roles r
  WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND n.nspname NOT IN ('pg_catalog', 'information_schema')
    AND pg_catalog.pg_has_role(current_user, r.oid, 'MEMBER')
    AND (pg_catalog.has_table_privilege(r.oid, c.oid, 'INSERT, UPDATE, DELETE, TRUNCATE')
         OR pg_catalog.has_any_column_privilege(r.oid, c.oid, 'INSERT, UPDATE'))
)"""

__all__ = ["DIALECTS", "Dialect", "hosts", "named"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """One database system."""

    code: str
    title: str
    driver: str
    socket: str
    port: str
    session: tuple[str, ...]
    may_write: Callable[[sa.Connection], bool]
    connecting: Mapping[str, Any] = field(default_factory=dict)

    def url(self, told: Mapping[str, str], account: str, password: str) -> sa.URL:
        """Return the address of a database; it holds the password, so it is given to SQLAlchemy and to nobody else."""
        by_socket = told["may"].startswith("/")
        return sa.URL.create(
            self.driver,
            username=account,
            password=password,
            host=None if by_socket else told["may"],
            port=int(told["cong"]) if told["cong"] and not by_socket else None,
            database=told["csdl"],
            query={self.socket: told["may"]} if by_socket else {},
        )


def _postgresql(link: sa.Connection) -> bool:
    return bool(link.execute(sa.text(WRITERS_POSTGRESQL)).scalar())


def _mariadb(link: sa.Connection) -> bool:
    """Look at every grant; one that is not understood (a role that may be put on) counts as a right to write."""
    for told in link.execute(sa.text("SHOW GRANTS")).scalars():
        found = GRANT.match(str(told))
        rights = COLUMNS.sub("", found["rights"]).split(",") if found else ["?"]
        if {right.strip().upper() for right in rights} - HARMLESS_MARIADB or "WITH GRANT OPTION" in str(told):
            return True
    return False


def _mssql(link: sa.Connection) -> bool:
    rights = link.execute(sa.text("SELECT permission_name FROM fn_my_permissions(NULL, 'DATABASE')")).scalars()
    return any(right not in HARMLESS_MSSQL and not str(right).startswith("VIEW ") for right in rights)


def _oracle(link: sa.Connection) -> bool:
    held = list(link.execute(sa.text("SELECT privilege FROM session_privs")).scalars())
    held += link.execute(sa.text("SELECT privilege FROM user_tab_privs_recd")).scalars()
    return any(right not in HARMLESS_ORACLE for right in held)


DIALECTS = (
    Dialect(
        code="postgresql",
        title="PostgreSQL",
        driver="postgresql+psycopg",
        socket="host",
        port="5432",
        session=(
            "SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY",
            "SET TIME ZONE 'Asia/Ho_Chi_Minh'",
            "SET statement_timeout = '600s'",
        ),
        may_write=_postgresql,
        connecting={"connect_timeout": 20},
    ),
    Dialect(
        code="mariadb",
        title="MariaDB, MySQL",
        driver="mysql+pymysql",
        socket="unix_socket",
        port="3306",
        session=("SET SESSION TRANSACTION READ ONLY", "SET time_zone = '+07:00'"),
        may_write=_mariadb,
        connecting={"connect_timeout": 20, "read_timeout": 600, "charset": "utf8mb4"},
    ),
    Dialect(
        code="mssql",
        title="SQL Server (chưa kiểm chứng)",
        driver="mssql+pyodbc",
        socket="server",
        port="1433",
        session=(),
        may_write=_mssql,
    ),
    Dialect(
        code="oracle",
        title="Oracle (chưa kiểm chứng)",
        driver="oracle+oracledb",
        socket="dsn",
        port="1521",
        session=("ALTER SESSION SET TIME_ZONE = '+07:00'",),
        may_write=_oracle,
    ),
)


def hosts(told: Mapping[str, str]) -> tuple[str, ...]:
    """Return the machine that a feed reaches."""
    port = told["cong"] or named(told["he"]).port
    return (told["may"] if told["may"].startswith("/") else f"{told['may']}:{port}",)


def named(code: str) -> Dialect:
    """Return a database system by its code."""
    return next(one for one in DIALECTS if one.code == code)
