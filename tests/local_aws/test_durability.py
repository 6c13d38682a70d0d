"""What was acknowledged is there after any end of the process; what is damaged is named, never dropped."""

import contextlib
import itertools
import json
import random
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import psutil  # type: ignore[import-untyped]  # psutil ships no type information
import pytest
from alex_local_aws.engine.distances import Metric
from alex_local_aws.engine.index_file import IndexFile
from alex_local_aws.engine.log_check import lost_commits
from alex_local_aws.engine.vector_index import VectorIndex
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from tests.local_aws import crash_writer
from tests.local_aws.conftest import Client, Index, LocalAws, new_bucket, new_index
from tests.local_aws.crash_writer import Write, apply, writes


def reopened(index: Index, server: LocalAws) -> Index:
    """Return the same index of a server that was started again."""
    return Index(server.s3vectors(), index.bucket, index.name)


def index_file(server: LocalAws) -> Path:
    (path,) = (server.data_dir / "indexes").glob("*.sqlite3")
    return path


@pytest.mark.parametrize("end", ["stop", "kill"])
def test_everything_acknowledged_is_there_after_a_restart(end: str, own_server: LocalAws) -> None:
    """Vectors, metadata, deletions and replacements, after a clean stop and after kill -9."""
    client = own_server.s3vectors()
    index = new_index(client, new_bucket(client))
    index.put("kept", [1, 0], n=1)
    index.put("replaced", [1, 1], n=1)
    index.put("replaced", [1, 2], n=2)
    index.put("deleted", [1, 3])
    client.delete_vectors(vectorBucketName=index.bucket, indexName=index.name, keys=["deleted"])
    own_server.stop() if end == "stop" else own_server.kill()
    own_server.start()
    index = reopened(index, own_server)
    answer = index.client.query_vectors(
        vectorBucketName=index.bucket,
        indexName=index.name,
        topK=10,
        queryVector={"float32": [1, 0]},
        returnMetadata=True,
    )
    assert [(vector["key"], vector["metadata"]) for vector in answer["vectors"]] == [
        ("kept", {"n": 1}),
        ("replaced", {"n": 2}),
    ]
    assert index.keys([1, 0], filter={"n": 1}) == ["kept"]
    index.put("later", [1, 5])
    assert index.keys([1, 0]) == ["kept", "replaced", "later"]


def test_a_deleted_index_stays_deleted(own_server: LocalAws) -> None:
    """And its file is gone."""
    client = own_server.s3vectors()
    index = new_index(client, new_bucket(client))
    index.put("a", [1, 0])
    client.delete_index(vectorBucketName=index.bucket, indexName=index.name)
    own_server.kill()
    own_server.start()
    with pytest.raises(client.exceptions.ClientError, match="index could not be found"):
        reopened(index, own_server).keys([1, 0])
    assert list((own_server.data_dir / "indexes").iterdir()) == []


def test_a_kill_in_the_middle_of_writing_loses_nothing_acknowledged(own_server: LocalAws) -> None:
    """Ours: kill -9 at a random moment; every acknowledged put is found, with its own vector."""
    client = own_server.s3vectors()
    index = new_index(client, new_bucket(client))
    acknowledged: dict[str, float] = {}
    chance = random.Random(0)
    for turn in range(3):
        index = reopened(index, own_server)
        writer = threading.Thread(target=_write_until_refused, args=(index, turn, acknowledged))
        writer.start()
        writer.join(chance.uniform(0.2, 0.6))
        own_server.kill()
        writer.join(20)
        assert not writer.is_alive()
        own_server.start()
    found = _all_vectors(own_server.s3vectors(), index)
    assert acknowledged
    assert {key: found.get(key) for key in acknowledged} == acknowledged


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_fifty_kills_at_random_moments_lose_nothing_acknowledged(tmp_path: Path) -> None:
    """Ours: killed while it puts, replaces and deletes, the engine holds all that was acknowledged.

    Besides that it may hold the one write that the kill interrupted, as a whole.
    """
    path = tmp_path / "index.sqlite3"
    IndexFile.create(path)
    held: dict[str, int] = {}
    chance = random.Random(1)
    total = 0
    for seed in range(50):
        acknowledged = _kill_a_writer(path, seed, chance.uniform(0, 0.1))
        total += acknowledged
        sequence = writes(seed)
        for write in itertools.islice(sequence, acknowledged):
            held = _after(held, write)
        found = _held_by(path)
        assert found in (held, _after(held, next(sequence)))
        held = found
    assert total > 100


def _kill_a_writer(path: Path, seed: int, seconds: float) -> int:
    """Let a process write for about `seconds` after it has opened the index; return how many writes it acknowledged."""
    command = [sys.executable, crash_writer.__file__, str(path), str(seed)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == b"open\n"
        with contextlib.suppress(subprocess.TimeoutExpired):
            writer.wait(seconds)
        writer.kill()
        return writer.stdout.read().count(b"acknowledged\n")


def _after(held: dict[str, int], write: Write) -> dict[str, int]:
    both = {**held, **write}
    return {key: number for key, number in both.items() if number is not None}


def _held_by(path: Path) -> dict[str, int]:
    index = VectorIndex(path, dimension=2, metric=Metric.EUCLIDEAN, non_filterable=())
    page = index.page(-1, 1000, segment=(0, 1), data=True, metadata=True)
    index.close()
    found: dict[str, int] = {}
    for vector in page.vectors:
        found[vector.key] = json.loads(vector.metadata or b"")["n"]
        assert vector.data is not None
        assert vector.data.tolist() == [float(found[vector.key]), 1.0]
    return found


def test_a_second_process_on_the_same_directory_is_refused(own_server: LocalAws) -> None:
    """Two writers would not see each other; the message names the directory."""
    code, said = LocalAws(own_server.data_dir).start_and_fail()
    assert code != 0
    assert f"{own_server.data_dir} is in use by another process" in said
    assert "Traceback" not in said


@pytest.mark.skipif(sys.platform != "linux", reason="limits the files of a running process")
def test_a_full_disk_is_named_and_nothing_is_lost(own_server: LocalAws) -> None:
    """The limit of a file's size stands in for it; SQLite tells it as it tells most of what a disk refuses."""
    client = own_server.s3vectors(Config(retries={"max_attempts": 0}))
    index = new_index(client, new_bucket(client))
    index.put("kept", [1, 0])
    assert own_server.process is not None
    grown = index_file(own_server).with_name(index_file(own_server).name + "-wal").stat().st_size
    server = psutil.Process(own_server.process.pid)
    server.rlimit(psutil.RLIMIT_FSIZE, (grown, psutil.RLIM_INFINITY))
    with pytest.raises(ClientError, match="is the disk full") as raised:
        index.put("refused", [0, 1])
    assert raised.value.response["Error"]["Code"] == "InternalServerException"
    assert index.keys([1, 0]) == ["kept"]
    server.rlimit(psutil.RLIMIT_FSIZE, (psutil.RLIM_INFINITY, psutil.RLIM_INFINITY))
    index.put("later", [0, 1])
    own_server.kill()
    own_server.start()
    assert sorted(reopened(index, own_server).keys([1, 0])) == ["kept", "later"]


def test_a_data_directory_that_cannot_be_used_is_named_at_start(own_server: LocalAws, tmp_path: Path) -> None:
    """No stack trace."""
    own_server.stop()
    (tmp_path / "file").touch()
    own_server.data_dir = tmp_path / "file"
    code, said = own_server.start_and_fail()
    assert code == 1
    assert "local_aws cannot start: " in said
    assert "Traceback" not in said


@pytest.mark.parametrize("damage", ["vector", "metadata", "header", "truncated", "missing", "no database"])
def test_a_damaged_index_is_named_at_start_and_left_alone(damage: str, own_server: LocalAws) -> None:
    """The start fails with the path; not one byte of the file changes."""
    client = own_server.s3vectors()
    index = new_index(client, new_bucket(client), dimension=100)
    for number in range(40):
        index.put(f"k{number}", [float(number + 1)] * 100, note="needle")
    own_server.stop()
    path = index_file(own_server)
    _damage(path, damage)
    before = path.read_bytes() if path.exists() else None
    code, said = LocalAws(own_server.data_dir).start_and_fail()
    assert code != 0
    assert f"{path} is damaged" in said
    assert "Traceback" not in said
    assert (path.read_bytes() if path.exists() else None) == before


def _damage(path: Path, how: str) -> None:
    content = path.read_bytes()
    if how == "vector":
        position = content.index(b"\x00\x00\xa0\x40" * 10)
        content = content[:position] + b"\x01" + content[position + 1 :]
    elif how == "metadata":
        content = content.replace(b"needle", b"noodle", 1)
    elif how == "header":
        content = b"X" * 100 + content[100:]
    elif how == "truncated":
        content = content[: len(content) // 2]
    elif how == "no database":
        content = b"something else"
    path.unlink()
    if how != "missing":
        path.write_bytes(content)


@pytest.mark.parametrize("place", ["header", "frame header", "page"])
def test_a_damaged_log_is_named_at_start_and_left_alone(place: str, own_server: LocalAws) -> None:
    """After a kill the log holds what was acknowledged; SQLite alone would drop all behind the damage in silence."""
    client = own_server.s3vectors()
    index = new_index(client, new_bucket(client))
    for number in range(8):
        index.put(f"k{number}", [1, number])
    own_server.kill()
    path = index_file(own_server)
    log = path.with_name(f"{path.name}-wal")
    content = bytearray(log.read_bytes())
    content[{"header": 20, "frame header": 33, "page": len(content) // 3}[place]] ^= 1
    log.write_bytes(content)
    code, said = LocalAws(own_server.data_dir).start_and_fail()
    assert code != 0
    assert f"{log} is damaged" in said
    assert log.read_bytes() == content


def test_a_sound_log_has_lost_nothing(tmp_path: Path) -> None:
    """Whatever was written, and also when the log has begun anew over older frames."""
    path = tmp_path / "index.sqlite3"
    IndexFile.create(path)
    index = VectorIndex(path, dimension=2, metric=Metric.EUCLIDEAN, non_filterable=())
    log = path.with_name(f"{path.name}-wal")
    for number, write in enumerate(itertools.islice(writes(3), 40)):
        apply(index, write)
        assert lost_commits(log) == 0
        if number == 20:
            with contextlib.closing(sqlite3.connect(path)) as connection:
                connection.execute("PRAGMA wal_checkpoint(RESTART)")
    assert log.stat().st_size > 100_000
    index.close()


def test_rows_that_vanished_are_noticed(own_server: LocalAws) -> None:
    """Ours: a file that lost a row without tearing a page is still not what was written."""
    client = own_server.s3vectors()
    index = new_index(client, new_bucket(client))
    index.put("a", [1, 0])
    index.put("b", [0, 1])
    own_server.stop()
    with sqlite3.connect(index_file(own_server)) as connection:
        connection.execute("DELETE FROM rows WHERE key = 'a'")
    connection.close()
    code, said = LocalAws(own_server.data_dir).start_and_fail()
    assert code != 0
    assert "1 rows where 2 were written" in said


def test_a_file_that_no_index_names_is_left_alone(own_server: LocalAws) -> None:
    """Ours: beside a lost catalog it may be somebody's data."""
    client = own_server.s3vectors()
    new_index(client, new_bucket(client)).put("a", [1, 0])
    own_server.stop()
    path = index_file(own_server)
    (own_server.data_dir / "catalog.sqlite3").unlink()
    own_server.start()
    assert path.exists()
    assert own_server.s3vectors().list_vector_buckets()["vectorBuckets"] == []


def _write_until_refused(index: Index, turn: int, acknowledged: dict[str, float]) -> None:
    try:
        for number in range(10_000):
            key, value = f"{turn}-{number % 50}", float(number + 1)
            index.put(key, [1.0, value])
            acknowledged[key] = value
    except (BotoCoreError, ClientError):
        # The put that was cut off may or may not be there, under the old value or the new one.
        acknowledged.pop(key, None)


def _all_vectors(client: Client, index: Index) -> dict[str, float]:
    pages = client.get_paginator("list_vectors").paginate(
        vectorBucketName=index.bucket, indexName=index.name, returnData=True
    )
    return {vector["key"]: vector["data"]["float32"][1] for page in pages for vector in page["vectors"]}
