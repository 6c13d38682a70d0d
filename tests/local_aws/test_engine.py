"""The engine against plain Python: filters, neighbours and sequences of writes that hypothesis makes up."""

import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from alex_local_aws.engine.columns import Columns
from alex_local_aws.engine.distances import Metric
from alex_local_aws.engine.filters import All, Condition, Either, Filter, MetadataValue, Operator, Primitive
from alex_local_aws.engine.index_file import IndexFile
from alex_local_aws.engine.querying import Query, fuse
from alex_local_aws.engine.vector_index import Entry, VectorIndex
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from pydantic_core import to_json

KEYS = st.sampled_from(["a", "b", "c"])
TEXTS = st.sampled_from(["", "x", "xy", "1"])
PRIMITIVES: st.SearchStrategy[Primitive] = st.one_of(
    TEXTS, st.booleans(), st.integers(-2, 2), st.sampled_from([0.5, 1.0, -2.0, 1e300])
)
VALUES: st.SearchStrategy[MetadataValue] = st.one_of(PRIMITIVES, st.lists(PRIMITIVES, max_size=3))
ROWS = st.dictionaries(KEYS, VALUES, max_size=3)
NUMBERS = st.one_of(st.integers(-2, 2), st.sampled_from([0.5, 1.0]))
CONDITIONS = st.one_of(
    st.builds(Condition, KEYS, st.sampled_from([Operator.EQUAL, Operator.NOT_EQUAL]), PRIMITIVES),
    st.builds(
        Condition,
        KEYS,
        st.sampled_from([Operator.GREATER, Operator.GREATER_OR_EQUAL, Operator.LESS, Operator.LESS_OR_EQUAL]),
        NUMBERS,
    ),
    st.builds(
        Condition,
        KEYS,
        st.sampled_from([Operator.IN, Operator.NOT_IN]),
        st.lists(PRIMITIVES, min_size=1, max_size=3).map(tuple),
    ),
    st.builds(Condition, KEYS, st.just(Operator.EXISTS), st.booleans()),
    st.builds(Condition, KEYS, st.just(Operator.STARTS_WITH), TEXTS),
)
TREES: st.SearchStrategy[Filter] = st.recursive(
    CONDITIONS,
    lambda trees: st.one_of(
        st.builds(All, st.lists(trees, min_size=1, max_size=3).map(tuple)),
        st.builds(Either, st.lists(trees, min_size=1, max_size=3).map(tuple)),
    ),
    max_leaves=8,
)


def same(one: Primitive, other: Primitive) -> bool:
    return isinstance(one, bool) == isinstance(other, bool) and one == other


def keeps(tree: Filter, row: Mapping[str, MetadataValue]) -> bool:
    """Decide a filter for one row, as the documentation reads."""
    if isinstance(tree, All):
        return all(keeps(child, row) for child in tree.filters)
    if isinstance(tree, Either):
        return any(keeps(child, row) for child in tree.filters)
    if tree.operator is Operator.EXISTS:
        return (tree.key in row) == tree.operand
    stored: Any = row.get(tree.key, [])
    elements = stored if isinstance(stored, list) else [stored]
    return holds(tree, elements)


def holds(condition: Condition, elements: list[Any]) -> bool:
    """Decide a condition for the elements of one value; a missing value has none."""
    operand: Any = condition.operand
    operands = operand if isinstance(operand, tuple) else (operand,)
    equal = any(same(element, wanted) for element in elements for wanted in operands)
    texts = [element for element in elements if isinstance(element, str)]
    numbers = [element for element in elements if isinstance(element, int | float) and not isinstance(element, bool)]
    decide: dict[Operator, Callable[[], bool]] = {
        Operator.EQUAL: lambda: equal,
        Operator.IN: lambda: equal,
        Operator.NOT_EQUAL: lambda: not equal,
        Operator.NOT_IN: lambda: not equal,
        Operator.STARTS_WITH: lambda: any(text.startswith(operand) for text in texts),
        Operator.GREATER: lambda: any(number > operand for number in numbers),
        Operator.GREATER_OR_EQUAL: lambda: any(number >= operand for number in numbers),
        Operator.LESS: lambda: any(number < operand for number in numbers),
        Operator.LESS_OR_EQUAL: lambda: any(number <= operand for number in numbers),
    }
    return decide[condition.operator]()


@settings(max_examples=400, deadline=None)
@given(batches=st.lists(st.lists(ROWS, max_size=6), max_size=3), tree=TREES)
def test_a_filter_over_columns_keeps_what_it_keeps_row_by_row(
    batches: list[list[dict[str, MetadataValue]]], tree: Filter
) -> None:
    """Our columns against a plain reading of the language."""
    columns = Columns()
    for batch in batches:
        columns.append(batch)
    rows = [row for batch in batches for row in batch]
    assert columns.view().mask(tree).tolist() == [keeps(tree, row) for row in rows]


def test_a_view_of_columns_does_not_change_when_rows_are_added() -> None:
    """Readers beside a writer see what was there."""
    columns = Columns()
    columns.append([{"a": 1}, {"a": [2, 3]}])
    view = columns.view()
    columns.append([{"a": number, "b": "new"} for number in range(1000)])
    assert view.mask(Condition("a", Operator.GREATER, 1)).tolist() == [False, True]
    assert view.mask(Condition("b", Operator.EXISTS, operand=True)).tolist() == [False, False]


@pytest.fixture
def directory() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as name:
        yield Path(name)


def new_index(directory: Path, dimension: int, metric: Metric) -> VectorIndex:
    path = directory / "index.sqlite3"
    IndexFile.create(path)
    return VectorIndex(path, dimension=dimension, metric=metric, non_filterable=())


@pytest.mark.parametrize("metric", list(Metric))
@pytest.mark.parametrize(
    ("spread", "offset"), [(1.0, 0.0), (1e-3, 5.0), (1e-20, 0.0), (1e25, 0.0)], ids=["plain", "close", "tiny", "huge"]
)
@pytest.mark.parametrize("part", [None, 2, 20], ids=["all", "half", "few"])
def test_the_quick_look_loses_no_true_neighbour(
    metric: Metric, spread: float, offset: float, part: int | None, directory: Path
) -> None:
    """Exact for any data: the 8-bit codes and single precision only rule out what their error bounds allow."""
    random = np.random.default_rng(1)
    vectors = (random.normal(size=(5000, 24)) * spread + offset).astype(np.float32)
    vectors[4000:4400] = vectors[17]
    index = new_index(directory, 24, metric)
    for start in range(0, 5000, 500):
        entries = [Entry(str(row), to_json({"part": row % (part or 1)})) for row in range(start, start + 500)]
        index.put(entries, vectors[start : start + 500])
    tree = None if part is None else Condition("part", Operator.EQUAL, 1)
    rows = np.arange(5000) if part is None else np.flatnonzero(np.arange(5000) % part == 1)
    for query in (vectors[17], vectors[1234] + np.float32(spread / 10)):
        found = index.query(Query(query, (), 50, tree))
        exact, wanted = vectors[rows].astype(np.float64), query.astype(np.float64)
        if metric is Metric.COSINE:
            distances = 1 - exact @ wanted / (np.linalg.norm(exact, axis=1) * np.linalg.norm(wanted))
            distances = np.clip(distances, 0, 2)
        else:
            distances = np.linalg.norm(exact - wanted, axis=1)
        expected = np.sort(distances)[:50]
        assert [match.distance for match in found] == pytest.approx(expected.tolist(), rel=1e-9, abs=1e-14)
        assert len({match.key for match in found}) == 50
    index.close()


def test_fusion_adds_reciprocal_ranks() -> None:
    """Cormack, Clarke, Buettcher 2009 with k = 60."""
    assert fuse([[7, 8], [8, 9]]) == [(8, 1 / 62 + 1 / 61), (7, 1 / 61), (9, 1 / 62)]


def test_overwriting_for_ever_does_not_grow_for_ever(directory: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ours: the dead are left behind in memory and on disk, and nothing of the living is lost."""
    monkeypatch.setattr("alex_local_aws.engine.vector_index.LEAST_DEAD_ROWS", 100)
    index = new_index(directory, 2, Metric.EUCLIDEAN)
    index.change_text_fields({"t": "standard"}, [])
    index.put([Entry("untouched", b'{"t":"calm"}')], np.array([[7, 1]], np.float32))
    for turn in range(60):
        entries = [Entry(f"k{number}", to_json({"t": f"word{turn}"})) for number in range(20)]
        index.put(entries, np.full((20, 2), turn, np.float32))
        assert len(index.page(-1, 100, segment=(0, 1), data=False, metadata=False).vectors) == 21
    assert len(index._keys) <= 141
    index.close()
    index = VectorIndex(directory / "index.sqlite3", dimension=2, metric=Metric.EUCLIDEAN, non_filterable=())
    found = index.query(Query(np.array([59, 59], np.float32), (), 100, None, with_metadata=100))
    assert [match.distance for match in found] == [0.0] * 20 + [pytest.approx(np.hypot(52, 58))]
    assert found[-1].metadata == b'{"t":"calm"}'
    assert len(index.query(Query(None, (("t", "word59"),), 100, None))) == 20
    assert index.query(Query(None, (("t", "word58"),), 100, None)) == []
    index.close()


class IndexAgainstDictionary(RuleBasedStateMachine):
    """Puts, deletions and restarts, compared with a dictionary after every step."""

    @initialize()
    def create(self) -> None:
        self.directory = tempfile.TemporaryDirectory()
        self.index = new_index(Path(self.directory.name), 2, Metric.EUCLIDEAN)
        self.index.change_text_fields({"t": "standard"}, [])
        self.expected: dict[str, tuple[float, str]] = {}

    @rule(batch=st.dictionaries(st.sampled_from("abcdefgh"), st.tuples(st.integers(0, 50), TEXTS), min_size=1))
    def put(self, batch: dict[str, tuple[int, str]]) -> None:
        entries = [Entry(key, to_json({"t": text})) for key, (_, text) in batch.items()]
        vectors = np.array([[number, 1] for number, _ in batch.values()], np.float32)
        self.index.put(entries, vectors)
        self.expected.update(batch)

    @rule(keys=st.lists(st.sampled_from("abcdefgh"), max_size=4))
    def delete(self, keys: list[str]) -> None:
        self.index.delete(keys)
        for key in keys:
            self.expected.pop(key, None)

    @rule()
    def reopen(self) -> None:
        self.index.close()
        path = Path(self.directory.name) / "index.sqlite3"
        self.index = VectorIndex(path, dimension=2, metric=Metric.EUCLIDEAN, non_filterable=())

    @invariant()
    def everything_is_as_expected(self) -> None:
        query = self.index.query
        everything = query(Query(np.array([0, 1], np.float32), (), 100, None))
        assert {match.key: match.distance for match in everything} == {
            key: float(number) for key, (number, _) in self.expected.items()
        }
        page = self.index.page(-1, 100, segment=(0, 1), data=True, metadata=True)
        assert {vector.key for vector in page.vectors} == set(self.expected)
        for word in ("x", "xy", "1"):
            found = query(Query(None, (("t", word),), 100, None))
            assert {match.key for match in found} == {key for key, (_, text) in self.expected.items() if text == word}
        filtered = query(Query(np.array([0, 1], np.float32), (), 100, Condition("t", Operator.EQUAL, "x")))
        assert {match.key for match in filtered} == {key for key, (_, text) in self.expected.items() if text == "x"}

    def teardown(self) -> None:
        if hasattr(self, "index"):
            self.index.close()
            self.directory.cleanup()


IndexAgainstDictionary.TestCase.settings = settings(max_examples=25, stateful_step_count=15, deadline=None)
TestIndexAgainstDictionary = IndexAgainstDictionary.TestCase
