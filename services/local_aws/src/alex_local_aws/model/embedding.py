"""Texts to vectors: tokens, batches, and ONNX Runtime in full precision.

Vectors equal those of sentence-transformers (cosine above 0.9999); int8 would not (0.97), so there is no such switch.
"""

import os
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

import numpy as np
import onnxruntime  # type: ignore[import-untyped]  # ships no types
from numpy.typing import NDArray
from tokenizers import Tokenizer

from alex_local_aws.model.built_model import find_model
from alex_local_aws.model.weights import HIDDEN_SIZE, MAX_POSITIONS

BATCH_TOKENS = 512
"""Tokens of one run, padding included: little enough to stay in the caches of the cores. Of 256 to 8192 this was the
fastest for a mix of lengths."""
SPIN_MICROSECONDS = "10"
"""How long a thread of a run looks for the next piece of work before it sleeps. The gaps inside a run are that short:
sleeping in each costs a single text a fifth of its time; longer looking gains nothing and takes cores from others."""

Tokens = list[int]
"""The ids of one text with [CLS] in front and [SEP] behind."""
Array = NDArray[np.float32]


class SentenceModel:
    """all-MiniLM-L6-v2, loaded once and used from any thread."""

    def __init__(self, cache_directory: Path, *, built: Path | None = None, threads: int = 0) -> None:
        """Load the model; up to `threads` runs of the graph go on at once, 0 is one per core.

        A run has one core: two that share their work over all cores wait for each other, and under load, where
        other processes take their turns too, are a quarter slower. Only a run beside which there is no other has all
        of them, such as that of a search's question.

        Raises:
            ValueError: the model that was `built` ahead is not complete.
        """
        files = find_model(cache_directory, built)
        self._tokenizer = Tokenizer.from_file(str(files.tokenizer))
        # The file cuts at 128 tokens and pads to 128, which is neither of the containers' answers.
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        # Mapped, so that of its 48 MB only the rows that texts need are in memory.
        table = np.asarray(np.load(files.table, mmap_mode="r"))
        self._words, self._positions = table[:-MAX_POSITIONS], table[-MAX_POSITIONS:]
        self._threads = threads or os.cpu_count() or 1
        self._on_one_core = _open_graph(files.graph, cores=1)
        self._on_all_cores = _open_graph(files.graph, self._threads) if self._threads > 1 else self._on_one_core
        self._runs = ThreadPoolExecutor(self._threads, thread_name_prefix="model")
        self._calls, self._lock = 0, Lock()

    def tokenize(self, texts: Sequence[str]) -> list[Tokens]:
        """Return the ids of each text, however many they are."""
        return [encoding.ids for encoding in self._tokenizer.encode_batch_fast(texts)]

    def embed(self, inputs: Sequence[Tokens]) -> Array:
        """Return the sentence vectors, `[len(inputs), 384]`, each of length 1, in the order given."""
        vectors = np.empty((len(inputs), HIDDEN_SIZE), np.float32)
        for positions, answer in self._run_all("embedding", inputs):
            vectors[positions] = answer
        return vectors

    def token_vectors(self, inputs: Sequence[Tokens]) -> list[Array]:
        """Return for each input the vectors of its tokens, `[tokens, 384]`, in the order given."""
        vectors: list[Array] = [np.empty(0, np.float32)] * len(inputs)
        for positions, answers in self._run_all("token_vectors", inputs):
            for position, answer in zip(positions, answers, strict=True):
                vectors[position] = answer[: len(inputs[position])]
        return vectors

    def _run_all(self, output: str, inputs: Sequence[Tokens]) -> Iterator[tuple[list[int], Array]]:
        """Yield each batch's positions and answer. Few wait at a time: the one text of a search comes in between."""
        batches = list(_batches(inputs))
        with self._counted() as calls:
            if len(batches) == 1 and calls == 1:
                yield batches[0], self._run(self._on_all_cores, output, [inputs[i] for i in batches[0]])
                return
            under_way: deque[tuple[list[int], Future[Array]]] = deque()
            for positions in batches:
                if len(under_way) == self._threads:
                    done, answer = under_way.popleft()
                    yield done, answer.result()
                batch = [inputs[position] for position in positions]
                under_way.append((positions, self._runs.submit(self._run, self._on_one_core, output, batch)))
            for positions, answer in under_way:
                yield positions, answer.result()

    @contextmanager
    def _counted(self) -> Iterator[int]:
        """Yield how many calls there are, this one included."""
        with self._lock:
            self._calls += 1
            calls = self._calls
        try:
            yield calls
        finally:
            with self._lock:
                self._calls -= 1

    def _run(self, session: onnxruntime.InferenceSession, output: str, inputs: Sequence[Tokens]) -> Array:
        longest = max(len(tokens) for tokens in inputs)
        ids = np.zeros((len(inputs), longest), np.int32)
        mask = np.zeros_like(ids)
        for row, tokens in enumerate(inputs):
            ids[row, : len(tokens)] = tokens
            mask[row, : len(tokens)] = 1
        embedded = self._words[ids] + self._positions[:longest]
        answer: Array = session.run([output], {"embedded": embedded, "attention_mask": mask})[0]
        return answer


def _open_graph(path: Path, cores: int) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = cores
    # Threads that spin for long, or that have a fixed share of the work, make a run on several cores wait where others
    # have one of them: there it took twice as long as a run on one core, and so it takes no longer.
    options.add_session_config_entry("session.intra_op.spin_duration_us", SPIN_MICROSECONDS)
    options.add_session_config_entry("session.dynamic_block_base", "4")
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def truncate(tokens: Tokens, longest: int) -> Tokens:
    """Cut the text inside of [CLS] and [SEP] so that `longest` tokens remain."""
    return tokens if len(tokens) <= longest else [*tokens[: longest - 1], tokens[-1]]


def _batches(inputs: Sequence[Tokens]) -> Iterator[list[int]]:
    """Yield positions of texts of similar length; longest times number stays within BATCH_TOKENS."""
    batch: list[int] = []
    longest = 0
    for position in sorted(range(len(inputs)), key=lambda position: len(inputs[position]), reverse=True):
        if batch and longest * (len(batch) + 1) > BATCH_TOKENS:
            yield batch
            batch = []
        if not batch:
            longest = len(inputs[position])
        batch.append(position)
    if batch:
        yield batch
