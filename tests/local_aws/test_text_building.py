"""Keys that become searchable while there are rows: built in steps, beside writers."""

import gc
import threading
import weakref
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from alex_local_aws.engine.distances import Metric
from alex_local_aws.engine.index_file import IndexFile
from alex_local_aws.engine.querying import Query
from alex_local_aws.engine.store import Store
from alex_local_aws.engine.text_builder import TextBuilder
from alex_local_aws.engine.vector_index import Entry, VectorIndex
from alex_local_aws.s3vectors.arns import Arns
from alex_local_aws.s3vectors.buckets import create_vector_bucket
from alex_local_aws.s3vectors.indexes import create_index
from alex_local_aws.s3vectors.inputs import (
    CreateIndexInput,
    CreateVectorBucketInput,
    IndexTarget,
    PutVectorsInput,
    QueryVectorsInput,
    UpdateMetadataConfigurationInput,
)
from alex_local_aws.s3vectors.query import query_vectors
from alex_local_aws.s3vectors.query_pages import QueryPages
from alex_local_aws.s3vectors.targets import Account
from alex_local_aws.s3vectors.text_search import describe, update_metadata_configuration
from alex_local_aws.s3vectors.vectors import put_vectors
from alex_local_aws.wire.errors import ValidationException
from pydantic_core import to_json


@pytest.fixture
def file(tmp_path: Path) -> Iterator[IndexFile]:
    """A file with ten rows, `word0` to `word9`, in the slots 0 to 9, whose key `t` has just become searchable."""
    path = tmp_path / "index.sqlite3"
    IndexFile.create(path)
    file = IndexFile(path, 2)
    write(file, range(10))
    file.change_text_fields({"t": "standard"}, [])
    yield file
    file.close()


def write(file: IndexFile, numbers: range, replaced: tuple[int, ...] = ()) -> None:
    metadata = [to_json({"t": f"word{number}"}) for number in numbers]
    file.write([f"key{number}" for number in numbers], metadata, np.ones((len(numbers), 2), np.float32), replaced)


def found(file: IndexFile) -> set[int]:
    """Return the slots that any of the words finds."""
    return {slot for slot, _ in file.search("t", " ".join(f"word{number}" for number in range(20)), 10_000)}


def is_built(file: IndexFile) -> bool:
    (field,) = file.text_fields()
    return field.is_built


def test_a_key_is_built_when_every_row_has_been_read(file: IndexFile) -> None:
    """Steps of as many rows as asked for, in the order of the slots."""
    assert not is_built(file)
    assert file.build_texts(4)
    assert found(file) == {0, 1, 2, 3}
    assert file.build_texts(4)
    assert not file.build_texts(4)
    assert is_built(file)
    assert found(file) == set(range(10))


def test_what_is_written_meanwhile_is_read_once(file: IndexFile) -> None:
    """New rows are in the table at once; removed ones leave it if they were in it, and never enter it if not."""
    file.build_texts(4)
    write(file, range(10, 12), replaced=(1, 8))
    assert found(file) == {0, 2, 3, 10, 11}
    while file.build_texts(3):
        pass
    assert found(file) == set(range(12)) - {1, 8}


def test_building_goes_on_where_it_was_in_a_file_opened_again(file: IndexFile) -> None:
    """The slots that are still to be read are in the file."""
    file.build_texts(4)
    file.close()
    again = IndexFile(file.path, 2)
    assert not again.build_texts(6) or not again.build_texts(6)
    assert found(again) == set(range(10))
    again.close()


def test_a_key_can_be_dropped_and_added_again_while_it_is_built(file: IndexFile) -> None:
    """Nothing of the first attempt is left."""
    file.build_texts(4)
    file.change_text_fields({}, ["t"])
    assert found(file) == set()
    assert not file.build_texts(4)
    file.change_text_fields({"t": "standard"}, [])
    while file.build_texts(4):
        pass
    assert found(file) == set(range(10))


def test_a_key_of_an_empty_index_is_built_at_once(tmp_path: Path) -> None:
    """There is nothing to read, also when there once was something."""
    path = tmp_path / "index.sqlite3"
    IndexFile.create(path)
    file = IndexFile(path, 2)
    write(file, range(3))
    file.write([], [], np.empty((0, 2), np.float32), [0, 1, 2])
    file.change_text_fields({"t": "standard"}, [])
    assert is_built(file)
    file.close()


def test_a_key_serves_no_queries_while_it_is_building(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """GetIndex says BUILDING, and a query that names the key is refused."""
    monkeypatch.setattr(TextBuilder, "start", lambda *_: None)
    account = Account(Store(tmp_path), Arns("us-east-1", "000000000000"), "ENHANCED")
    target = {"vectorBucketName": "bucket", "indexName": "index"}
    create_vector_bucket(account, CreateVectorBucketInput.model_validate(target))
    shape = {"dataType": "float32", "dimension": 2, "distanceMetric": "cosine"}
    create_index(account, CreateIndexInput.model_validate({**target, **shape}))
    vectors = [{"key": "a", "data": {"float32": [1.0, 0.0]}, "metadata": {"t": "word"}}]
    put_vectors(account, PutVectorsInput.model_validate({**target, "vectors": vectors}))
    added = {"textSearchConfigurations": [{"metadataKey": "t"}]}
    update_metadata_configuration(account, UpdateMetadataConfigurationInput.model_validate({**target, "add": added}))
    _, index = account.open_index(IndexTarget.model_validate(target))
    assert describe(index) == [{"metadataKey": "t", "status": "BUILDING"}]
    asked = {**target, "topK": 1, "queryTexts": [{"text": "word", "metadataKey": "t"}]}
    with pytest.raises(ValidationException, match="'t' is BUILDING"):
        query_vectors(account, QueryPages(), QueryVectorsInput.model_validate(asked))
    account.store.close()


def test_an_index_builds_beside_a_writer(tmp_path: Path) -> None:
    """In the background, while rows are replaced; in the end exactly what there is, is found."""
    path = tmp_path / "index.sqlite3"
    IndexFile.create(path)
    index = VectorIndex(path, dimension=2, metric=Metric.EUCLIDEAN, non_filterable=())
    rows = 5000
    for start in range(0, rows, 500):
        put(index, range(start, start + 500), "old")
    index.change_text_fields({"t": "standard"}, [])
    for start in range(0, rows, 100):
        put(index, range(start, start + 20), "new")
    for _ in range(30_000):
        if all(field.is_built for field in index.text_fields()):
            break
        threading.Event().wait(0.001)
    counts = [len(index.query(Query(None, (("t", word),), 10_000, None))) for word in ("old", "new")]
    assert counts == [4000, 1000]
    index.close()


def test_an_index_that_is_let_go_is_freed_at_once(tmp_path: Path) -> None:
    """Its arrays can be gigabytes, so no cycle of references may keep them until the garbage collector comes by."""
    path = tmp_path / "index.sqlite3"
    IndexFile.create(path)
    index = VectorIndex(path, dimension=2, metric=Metric.EUCLIDEAN, non_filterable=())
    put(index, range(3), "word")
    index.change_text_fields({"t": "standard"}, [])
    index.close()
    gone = weakref.ref(index)
    gc.disable()
    try:
        del index
        assert gone() is None
    finally:
        gc.enable()


def put(index: VectorIndex, numbers: range, word: str) -> None:
    entries = [Entry(f"key{number}", to_json({"t": word})) for number in numbers]
    index.put(entries, np.ones((len(entries), 2), np.float32))


def test_work_that_comes_during_the_last_step_is_done() -> None:
    """The thread may be about to end when it is asked again."""
    steps: list[int] = []
    done = threading.Event()
    builder = TextBuilder()

    def step() -> bool:
        steps.append(len(steps))
        if len(steps) == 1:
            builder.start(step)
        else:
            done.set()
        return False

    builder.start(step)
    assert done.wait(10)
    builder.stop()
    assert steps == [0, 1]
