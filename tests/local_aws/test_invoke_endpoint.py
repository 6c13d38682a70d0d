"""InvokeEndpoint: the real model behind both containers' shapes, and SageMaker's refusals."""

import json
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from alex_local_aws.model.embedding import Array, SentenceModel, Tokens
from alex_local_aws.model.weights import model_directory
from botocore.exceptions import ClientError
from onnxruntime import InferenceSession  # type: ignore[import-untyped]  # ships no types

from tests.local_aws.conftest import LocalAws, new_server
from tests.local_aws.model_oracle import ModelOracle

TEXTS = [
    "dividend",
    "The company raised its dividend for the twelfth year in a row.",
    "Größe, naïve café, 東京 and emoji 🎉 \u200b end",
    "",
    "   \n\t ",
    "revenue grew 12.5% to $4.3bn; EPS of -0.07, vs. 0.02 expected! " * 9,
    "word " * 400,
]


@pytest.fixture(scope="module")
def oracle() -> ModelOracle:
    return ModelOracle(model_directory())


@pytest.fixture(scope="module")
def toolkit_server(tmp_path_factory: pytest.TempPathFactory, graph_cache: Path) -> Iterator[LocalAws]:
    """A server that answers as the Hugging Face toolkit does."""
    directory = tmp_path_factory.mktemp("toolkit") / "data"
    server = new_server(directory, graph_cache, LOCAL_AWS_EMBEDDING_SHAPE="tokens")
    server.start()
    yield server
    server.stop()


def refusal(server: LocalAws, body: bytes | str) -> Any:
    """Return the error that `body` is answered with."""
    with pytest.raises(ClientError) as caught:
        server.sagemaker().invoke_endpoint(EndpointName="any", ContentType="application/json", Body=body)
    return caught.value


@pytest.mark.parametrize("text", TEXTS, ids=["word", "sentence", "unicode", "empty", "blank", "long", "beyond 256"])
def test_an_embedding_equals_that_of_an_independent_forward_pass(
    text: str, shared_server: LocalAws, oracle: ModelOracle
) -> None:
    """Our rule: cosine of at least 0.9999 to the model as published, cut at 256 tokens."""
    (vector,) = np.array(shared_server.embed([text], truncation=True))
    assert vector @ oracle.embed(text) >= 0.9999
    assert np.linalg.norm(vector) == pytest.approx(1.0, abs=1e-5)


def test_a_mixed_batch_comes_back_in_order(shared_server: LocalAws, oracle: ModelOracle) -> None:
    """Ours: sorting by length for speed must not be seen from outside."""
    texts = ["growth and value " * (number * 7 % 11) + str(number) for number in range(24)]
    vectors = np.array(shared_server.embed(texts, truncation=True))
    assert vectors.shape == (24, 384)
    assert min(vector @ oracle.embed(text) for vector, text in zip(vectors, texts, strict=True)) >= 0.9999


def test_a_single_string_is_answered_with_a_list_of_one(shared_server: LocalAws) -> None:
    """The shape of text-embeddings-inference: `[n][384]`, whatever the input."""
    assert np.array(shared_server.embed("dividend")).shape == (1, 384)


def test_an_empty_list_is_answered_with_an_empty_list(shared_server: LocalAws) -> None:
    """Ours: nothing in, nothing out."""
    assert shared_server.embed([]) == []


def test_the_toolkit_answers_a_string_with_its_token_vectors(toolkit_server: LocalAws, oracle: ModelOracle) -> None:
    """The shape of the Hugging Face toolkit: `[1][T][384]`, special tokens included."""
    (answer,) = np.array(toolkit_server.embed("a dividend"))
    assert np.abs(answer - oracle.token_vectors("a dividend")).max() < 1e-4


def test_the_toolkit_answers_a_list_one_level_deeper(toolkit_server: LocalAws, oracle: ModelOracle) -> None:
    """The shape of the Hugging Face toolkit: `[n][1][T][384]`, no padding."""
    answers = toolkit_server.embed(["a dividend", "growth of revenue in 2025"])
    assert isinstance(answers, list)
    for answer, text in zip(answers, ["a dividend", "growth of revenue in 2025"], strict=True):
        (vectors,) = np.array(answer)
        assert np.abs(vectors - oracle.token_vectors(text)).max() < 1e-4


def npy(server: LocalAws, inputs: str | list[str]) -> Any:
    """Return the answer to a request that accepts NumPy's format."""
    body = json.dumps({"inputs": inputs, "parameters": {"truncation": True}})
    return server.sagemaker().invoke_endpoint(
        EndpointName="any", ContentType="application/json", Accept="application/x-npy", Body=body
    )


def test_the_toolkit_answers_in_numpys_format_where_asked_for(toolkit_server: LocalAws) -> None:
    """The toolkit's encoder makes float64 of the same numbers: 3,072 bytes per token, so twice 512 tokens fit."""
    answer = npy(toolkit_server, "a dividend")
    assert answer["ContentType"] == "application/x-npy"
    vectors = np.load(BytesIO(answer["Body"].read()))
    assert vectors.dtype == np.float64
    assert vectors.tolist() == toolkit_server.embed("a dividend")
    assert np.load(BytesIO(npy(toolkit_server, ["word " * 600] * 2)["Body"].read())).shape == (2, 1, 512, 384)


def test_texts_of_several_lengths_have_no_numpy_form(toolkit_server: LocalAws) -> None:
    """NumPy refuses a ragged array, and the toolkit passes that on."""
    with pytest.raises(ClientError, match="inhomogeneous") as caught:
        npy(toolkit_server, ["one", "one two three"])
    assert caught.value.response["Error"]["Code"] == "ModelError"


def test_pooled_answers_are_json_whatever_is_accepted(shared_server: LocalAws) -> None:
    """text-embeddings-inference knows no other format."""
    assert npy(shared_server, "a dividend")["ContentType"] == "application/json"


@pytest.mark.parametrize(
    ("parameters", "tokens"),
    [
        ({"truncation": True}, 512),
        ({"truncation": True, "tokenize_kwargs": {"max_length": 256}}, 256),
    ],
    ids=["positions of the model", "asked length"],
)
def test_the_toolkit_cuts_where_it_is_told_to(
    parameters: dict[str, object], tokens: int, toolkit_server: LocalAws
) -> None:
    """Transformers cuts at the model's positions, or at `max_length`."""
    assert np.array(toolkit_server.embed("word " * 600, **parameters)).shape == (1, tokens, 384)


@pytest.mark.parametrize(("shape", "words"), [("pooled", "less than 256 tokens"), ("tokens", "size of tensor")])
def test_a_text_too_long_fails_without_truncation(
    shape: str, words: str, shared_server: LocalAws, toolkit_server: LocalAws
) -> None:
    """Both containers refuse it, each in its own words, which SageMaker passes on as ModelError 424."""
    server = shared_server if shape == "pooled" else toolkit_server
    error = refusal(server, json.dumps({"inputs": "word " * 600}))
    assert error.response["Error"]["Code"] == "ModelError"
    assert error.response["ResponseMetadata"]["HTTPStatusCode"] == 424
    assert words in str(error)


def test_an_answer_beyond_four_megabytes_is_refused(toolkit_server: LocalAws) -> None:
    """The limit of a serverless endpoint: 7.7 KB per token, so about 518 tokens fit in all."""
    error = refusal(toolkit_server, json.dumps({"inputs": ["word " * 300] * 2, "parameters": {"truncation": True}}))
    assert error.response["Error"]["Code"] == "ModelError"
    assert "payload size" in str(error)
    assert np.array(toolkit_server.embed("word " * 500)).shape == (1, 502, 384)


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"[]",
        b"{}",
        b'{"inputs": 3}',
        b'{"inputs": ["a", null]}',
        b'{"inputs": "a", "parameters": 1}',
        b"\xff",
    ],
)
def test_a_body_that_the_container_cannot_use_is_a_model_error(body: bytes, shared_server: LocalAws) -> None:
    """SageMaker passes the body through; the container's 400 comes back as ModelError 424 with its words."""
    error = refusal(shared_server, body)
    assert error.response["Error"]["Code"] == "ModelError"
    assert error.response["OriginalStatusCode"] == 400
    assert error.response["ResponseMetadata"]["RequestId"]


def test_a_request_beyond_four_megabytes_is_refused(shared_server: LocalAws) -> None:
    """The payload limit of a serverless endpoint."""
    error = refusal(shared_server, json.dumps({"inputs": "a" * 4_000_001}))
    assert error.response["Error"]["Code"] == "ValidationError"
    assert error.response["ResponseMetadata"]["HTTPStatusCode"] == 400


def test_damaged_files_are_built_again(tmp_path: Path) -> None:
    """Ours: the cache is nobody's data, so damage costs time and nothing else."""
    server = LocalAws(tmp_path)
    server.start()
    server.stop()
    built = {path: path.read_bytes() for path in (tmp_path / "models").iterdir() if path.suffix != ".sha256"}
    assert {path.suffix for path in built} == {".onnx", ".npy"}
    for path, content in built.items():
        path.write_bytes(content[:1000] + b"damage" + content[1006:])
    server.start()
    try:
        assert np.array(server.embed("dividend")).shape == (1, 384)
    finally:
        server.stop()
    assert {path: path.read_bytes() for path in built} == built


def test_a_text_has_the_same_vector_alone_and_beside_others(graph_cache: Path, oracle: ModelOracle) -> None:
    """Alone it has all cores, beside others one."""
    model = SentenceModel(graph_cache, threads=2)
    (tokens,) = model.tokenize([TEXTS[1]])
    expected = oracle.embed(TEXTS[1])
    with ThreadPoolExecutor(8) as pool:
        beside = list(pool.map(lambda _: model.embed([tokens])[0], range(32)))
    for vector in (model.embed([tokens])[0], *beside):
        assert float(vector @ expected) > 0.99999


def test_a_short_text_need_not_wait_for_a_long_list(graph_cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A search comes in between while a document is embedded."""
    model = SentenceModel(graph_cache, threads=1)
    (short,) = model.tokenize(["dividend"])
    begun, run = threading.Event(), model._run

    def run_and_tell(session: InferenceSession, output: str, inputs: Sequence[Tokens]) -> Array:
        begun.set()
        return run(session, output, inputs)

    monkeypatch.setattr(model, "_run", run_and_tell)
    with ThreadPoolExecutor(1) as pool:
        document = pool.submit(model.embed, model.tokenize([f"{n} {TEXTS[5]}" for n in range(100)]))
        assert begun.wait(5)
        model.embed([short])
        assert not document.done()
