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


@contextmanager
def postgresql() -> Iterator[str]:
    """Run a server without durability; yield the URL of its cluster, without a database name.

    Skips the test, with the reason, when the machine has no server binaries.
    """
    binaries = find_binaries()
    if binaries is None:
        pytest.skip("no PostgreSQL server binaries on this machine (Debian: apt-get install postgresql)")
    port = free_port()
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        data.mkdir()
        as_user = _user_for(Path(folder), data)
        initdb = [str(binaries / "initdb"), "-D", str(data), "-A", "trust", "-U", "postgres", "-E", "UTF8"]
        subprocess.run([*as_user, *initdb], check=True, capture_output=True, cwd="/")
        options = ["-p", str(port), "-k", str(data), "-c", "listen_addresses=127.0.0.1", "-c", "fsync=off"]
        command = [*as_user, str(binaries / "postgres"), "-D", str(data), *options]
        with subprocess.Popen(command, cwd="/", stderr=subprocess.DEVNULL) as server:
            try:
                _wait_until_ready(binaries, port)
                yield f"postgresql://postgres@127.0.0.1:{port}"
            finally:
                server.terminate()


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
