"""Settings of the embedder, read from `EMBEDDER_*`. Region, credentials and endpoint URL are boto3's own variables."""

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class EmbedderSettings(BaseSettings):
    """What the embedder needs to know beyond the edge."""

    model_config = SettingsConfigDict(env_prefix="EMBEDDER_", frozen=True)

    endpoint_name: str = Field(
        default="alex-embedding", min_length=1, description="Name of the SageMaker endpoint that computes the vectors."
    )
    max_concurrent_invocations: int = Field(
        default=4,
        ge=1,
        le=64,
        description="Invocations in flight at once; keep it at or below the endpoint's maximum concurrency.",
    )
    deadline_seconds: float = Field(
        default=90.0,
        gt=0,
        le=110,
        description="Time for one request with all its retries; App Runner ends a request at 120 s.",
    )
    invoke_timeout_seconds: float = Field(
        default=65.0, gt=0, description="Longest wait for one answer; SageMaker serverless gives a model 60 s."
    )
    cache_entries: int = Field(
        default=20_000, ge=0, description="Vectors kept in memory, about 2 KB each; 0 turns the cache off."
    )
