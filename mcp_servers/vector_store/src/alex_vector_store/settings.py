"""Settings of the vector store, read from `VECTOR_STORE_*`. Region, credentials and endpoint URL are boto3's own."""

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class VectorStoreSettings(BaseSettings):
    """What the vector store needs to know beyond the edge."""

    model_config = SettingsConfigDict(env_prefix="VECTOR_STORE_", frozen=True)

    embedder_url: str = Field(default="http://127.0.0.1:8001", description="Address of the embedder.")
    bucket: str = Field(
        default="alex-knowledge",
        pattern=r"^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$",
        description="Vector bucket; created at start if missing.",
    )
    index: str = Field(
        default="documents",
        pattern=r"^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$",
        description="Vector index in the bucket; created at start if missing.",
    )
    embedder_timeout_seconds: float = Field(
        default=100.0, gt=0, description="Longest wait for the embedder, which has a deadline of its own (90 s)."
    )
    embedder_requests: int = Field(default=2, ge=1, le=16, description="Requests to the embedder in flight at once.")
    s3vectors_threads: int = Field(default=8, ge=1, le=64, description="Calls to S3 Vectors in flight at once.")
