"""A real PostgreSQL in a folder of its own, on loopback, for as long as the tests need it."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

FOLDERS = ("/usr/lib/postgresql/*/bin", "/usr/local/bin", "/usr/bin", "/opt/*/bin")
# It refuses to run as the administrator.
UNPRIVILEGED = ("postgres", "nobody")


def programs() -> Path | None:
    """Return the folder of initdb and pg_ctl, None where PostgreSQL is not installed."""
    found = [path for place in FOLDERS for path in sorted(Path("/").glob(f"{place[1:]}/initdb"))]
    return next((path.parent for path in found if (path.parent / "pg_ctl").exists()), None)


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Postgres:
    """One PostgreSQL that can be stopped and started again."""

    def __init__(self, folder: Path, binaries: Path) -> None:
        self._folder, self._binaries = folder, binaries
        self._port = free_port()
        self._who = next(iter(_unprivileged()), None) if os.getuid() == 0 else None
        if self._who:
            shutil.chown(folder, self._who)
        self._run("initdb", "-D", str(folder / "data"), "-A", "trust", "-U", "tally", "-E", "UTF8")
        self.start()

    def _run(self, program: str, *words: str) -> None:
        subprocess.run(
            [self._binaries / program, *words],
            check=True,
            user=self._who,
            cwd=self._folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def start(self) -> None:
        """Start it and wait until it answers."""
        told = (
            f"-h 127.0.0.1 -p {self._port} -c unix_socket_directories={self._folder} -c fsync=off"
        )
        log = str(self._folder / "log")
        self._run("pg_ctl", "-D", str(self._folder / "data"), "-l", log, "-w", "-o", told, "start")

    def stop(self, mode: str = "immediate") -> None:
        """Stop it: at once, as when its machine loses power, or `fast`."""
        self._run("pg_ctl", "-D", str(self._folder / "data"), "-w", "-m", mode, "stop")

    def dsn(self, database: str) -> str:
        """Return the connection words of one of its databases."""
        return f"host=127.0.0.1 port={self._port} user=tally dbname={database}"

    def make(self, database: str) -> str:
        """Make an empty database and return its connection words."""
        with psycopg.connect(self.dsn("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {database}")
        return self.dsn(database)


def _unprivileged() -> Iterator[str]:
    for name in UNPRIVILEGED:
        try:
            yield pwd.getpwnam(name).pw_name
        except KeyError:
            continue


@contextmanager
def running_postgres(binaries: Path) -> Iterator[Postgres]:
    """Give a PostgreSQL of one's own; its folder goes with it."""
    with tempfile.TemporaryDirectory(prefix="tally-pg-") as folder:
        # Whoever it runs as must get in.
        Path(folder).chmod(0o755)
        postgres = Postgres(Path(folder), binaries)
        try:
            yield postgres
        finally:
            postgres.stop()
