"""A PostgreSQL server for tests, started from the binaries that the machine has."""

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.service_process import free_port

START_SECONDS = 30.0
_POLL_SECONDS = 0.1
DEBIAN_FOLDERS = Path("/usr/lib/postgresql")


def find_binaries() -> Path | None:
    """Return the folder with `initdb` and `postgres`, of the newest version there is, or None."""
    candidates = sorted(DEBIAN_FOLDERS.glob("*/bin"), key=lambda folder: float(folder.parent.name), reverse=True)
    on_path = shutil.which("postgres")
    candidates += [Path(on_path).resolve().parent] if on_path else []
    return next((folder for folder in candidates if (folder / "initdb").exists()), None)


class PostgresServer:
    """A server without durability over a folder of its own; it can be stopped and started again."""

    def __init__(self, binaries: Path, folder: Path) -> None:
        self._binaries = binaries
        self._port = free_port()
        self._data = folder / "data"
        self._data.mkdir()
        self._as_user = _user_for(folder, self._data)
        self._process: subprocess.Popen[bytes] | None = None
        initdb = [str(binaries / "initdb"), "-D", str(self._data), "-A", "trust", "-U", "postgres", "-E", "UTF8"]
        subprocess.run([*self._as_user, *initdb], check=True, capture_output=True, cwd="/")

    @property
    def url(self) -> str:
        """The URL of the cluster, without a database name."""
        return f"postgresql://postgres@127.0.0.1:{self._port}"

    def start(self) -> None:
        """Start the server and wait until it answers."""
        options = ["-p", str(self._port), "-k", str(self._data), "-c", "listen_addresses=127.0.0.1", "-c", "fsync=off"]
        command = [*self._as_user, str(self._binaries / "postgres"), "-D", str(self._data), *options]
        self._process = subprocess.Popen(command, cwd="/", stderr=subprocess.DEVNULL)
        _wait_until_ready(self._binaries, self._port)

    def stop(self) -> None:
        """Stop the server at once; connections break."""
        pg_ctl = [str(self._binaries / "pg_ctl"), "stop", "-D", str(self._data), "-m", "fast", "-w"]
        if self._process is not None:
            subprocess.run([*self._as_user, *pg_ctl], check=True, capture_output=True, cwd="/")
            self._process.wait(timeout=START_SECONDS)
            self._process = None


@contextmanager
def postgres_server() -> Iterator[PostgresServer]:
    """Run a server of its own.

    Skips the test, with the reason, when the machine has no server binaries.
    """
    binaries = find_binaries()
    if binaries is None:
        pytest.skip("no PostgreSQL server binaries on this machine (Debian: apt-get install postgresql)")
    with tempfile.TemporaryDirectory() as folder:
        server = PostgresServer(binaries, Path(folder))
        server.start()
        try:
            yield server
        finally:
            server.stop()


@contextmanager
def postgresql() -> Iterator[str]:
    """Run a server and yield the URL of its cluster, without a database name."""
    with postgres_server() as server:
        yield server.url


def create_database(cluster_url: str, name: str) -> str:
    """Create an empty database and return its URL."""
    binaries = find_binaries()
    assert binaries is not None
    sql = f'CREATE DATABASE "{name}"'
    subprocess.run(
        [str(binaries / "psql"), f"{cluster_url}/postgres", "-q", "-c", sql], check=True, capture_output=True
    )
    return f"{cluster_url}/{name}"


def _user_for(folder: Path, data: Path) -> list[str]:
    """Return how to run as somebody else: PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return []
    folder.chmod(0o755)
    shutil.chown(data, "postgres", "postgres")
    return ["runuser", "-u", "postgres", "--"]


def _wait_until_ready(binaries: Path, port: int) -> None:
    deadline = time.monotonic() + START_SECONDS
    command = [str(binaries / "pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(port)]
    while subprocess.run(command, check=False).returncode != 0:
        assert time.monotonic() < deadline, "PostgreSQL did not start"
        time.sleep(_POLL_SECONDS)
