"""What Terraform's provider has no words for: the mode of the vector index, and the keys that are searched by words."""

import time
from collections.abc import Mapping
from typing import Any

from alex_tools.aws.account import Account, speaking_plainly
from alex_tools.aws.app_runner import Watch
from alex_tools.errors import DeployFailed

SEARCHABLE_KEYS = ("text", "title")
"""As the vector store asks for them; a test compares."""
BUILD_SECONDS = 600.0


def prepare_index(account: Account, bucket: str, index: str, watch: Watch | None = None) -> None:
    """Set the index to ENHANCED, ask for full-text search, and wait until it is built; twice is as good as once.

    Raises:
        AwsRefused: AWS refused.
        DeployFailed: the text index is not built in time.
    """
    watch = watch or Watch(now=time.monotonic)
    names = {"vectorBucketName": bucket, "indexName": index}
    client = account.client("s3vectors")
    with speaking_plainly("s3vectors:UpdateIndexMode"):
        found = client.get_index(**names)["index"]
        if found.get("indexMode") == "CLASSIC":
            client.update_index_mode(**names, indexMode="ENHANCED")
    present = {one["metadataKey"] for one in _text_configurations(found)}
    missing = [{"metadataKey": key, "language": "en"} for key in SEARCHABLE_KEYS if key not in present]
    if missing:
        with speaking_plainly("s3vectors:UpdateMetadataConfiguration"):
            client.update_metadata_configuration(**names, add={"textSearchConfigurations": missing})
    _wait_until_built(client, names, watch)


def _wait_until_built(client: Any, names: Mapping[str, str], watch: Watch) -> None:
    deadline = watch.now() + BUILD_SECONDS
    while True:
        with speaking_plainly("s3vectors:GetIndex"):
            configurations = _text_configurations(client.get_index(**names)["index"])
        if all(one.get("status", "ACTIVE") == "ACTIVE" for one in configurations):
            return
        if watch.now() > deadline:
            raise DeployFailed("S3 Vectors is still building its text index", ["call this again in some minutes"])
        watch.sleep(watch.poll_seconds)


def _text_configurations(index: Mapping[str, Any]) -> list[dict[str, Any]]:
    return list(index.get("metadataConfiguration", {}).get("textSearchConfigurations", ()))
