"""Settings of local_aws, read from `LOCAL_AWS_*`. Never read at import."""

from pathlib import Path
from typing import Literal

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class LocalAwsSettings(BaseSettings):
    """Where the data lies, and which account and container this server stands for."""

    model_config = SettingsConfigDict(env_prefix="LOCAL_AWS_", frozen=True)

    data_dir: Path = Field(
        default=Path(".alex/local_aws"), description="Directory of everything durable; `--data-dir` comes first."
    )
    region: str = Field(default="us-east-1", pattern=r"^[a-z0-9-]+$", description="Region in ARNs.")
    account_id: str = Field(default="000000000000", pattern=r"^[0-9]{12}$", description="Account in ARNs.")
    embedding_shape: Literal["pooled", "tokens"] = Field(
        default="pooled",
        description="Answer of the endpoint: sentence vectors as text-embeddings-inference gives them, "
        "or token vectors as the Hugging Face toolkit does.",
    )
    embedding_threads: int = Field(default=0, ge=0, description="Threads of one run of the model; 0 is one per core.")
