"""The embedder in front of the real model, as either container answers, against the model in plain NumPy."""

from pathlib import Path

import httpx2
import numpy as np
import pytest
from alex_local_aws.model.weights import model_directory

from tests.local_aws.model_oracle import ModelOracle
from tests.service_process import KEY, running

LONG = "The revenue of segment {} rose, " * 70
"""Some 500 tokens: the model reads the first 256 of them."""
TEXTS = [
    "dividend",
    "Größe, naïve café, 東京",
    LONG.format(*range(70)),
    "Orders fell.",
    LONG.format(*range(70, 140)),
]


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Keep the model's files for all tests here."""
    return tmp_path_factory.mktemp("local_aws")


@pytest.mark.parametrize(("shape", "tokens_of_long"), [("tokens", 256), ("pooled", None)])
def test_vectors_are_those_of_the_model_whatever_the_container(
    models: Path, shape: str, tokens_of_long: int | None
) -> None:
    """Mean of the tokens, length 1, cut at 256: alone and in a list."""
    oracle = ModelOracle(model_directory())
    container = {"LOCAL_AWS_EMBEDDING_SHAPE": shape}
    with running("alex_local_aws", "--data-dir", str(models), environment=container) as aws:
        account = {"AWS_DEFAULT_REGION": "us-east-1", "AWS_ACCESS_KEY_ID": "a", "AWS_SECRET_ACCESS_KEY": "b"}
        variables = {"AWS_ENDPOINT_URL_SAGEMAKER_RUNTIME": aws, "EMBEDDER_CACHE_ENTRIES": "0", **account}
        with (
            running("alex_embedder", environment=variables) as url,
            httpx2.Client(base_url=url, headers={"x-api-key": KEY}, timeout=60) as http,
        ):
            together = http.post("/v1/embeddings", json={"input": TEXTS}).raise_for_status().json()
            alone = http.post("/v1/embeddings", json={"input": TEXTS[2]}).raise_for_status().json()
    for text, item in zip([*TEXTS, TEXTS[2]], together["data"] + alone["data"], strict=True):
        np.testing.assert_allclose(item["embedding"], oracle.embed(text, 256), atol=1e-5)
    if tokens_of_long is not None:
        assert alone["usage"] == {"prompt_tokens": tokens_of_long, "total_tokens": tokens_of_long}
