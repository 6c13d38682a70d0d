"""Settings of local_aws, read from `LOCAL_AWS_*`. Never read at import."""

from pathlib import Path
from typing import Literal

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from alex_local_aws.sagemaker.serverless import Simulation


class LocalAwsSettings(BaseSettings):
    """Where the data lies, and which account and container this server stands for."""

    model_config = SettingsConfigDict(env_prefix="LOCAL_AWS_", frozen=True)

    data_dir: Path = Field(
        default=Path(".alex/local_aws"), description="Directory of everything durable; `--data-dir` comes first."
    )
    model_dir: Path | None = Field(
        default=None,
        description="Folder with a model that was built ahead, as an image has it; unset: built in the data directory.",
    )
    region: str = Field(default="us-east-1", pattern=r"^[a-z0-9-]+$", description="Region in ARNs.")
    account_id: str = Field(default="000000000000", pattern=r"^[0-9]{12}$", description="Account in ARNs.")
    index_mode: Literal["ENHANCED", "CLASSIC"] = Field(
        default="ENHANCED",
        description="Default mode of indexes in new buckets; CLASSIC treats them as buckets from before 2026-09-30.",
    )
    embedding_shape: Literal["pooled", "tokens"] = Field(
        default="pooled",
        description="Answer of the endpoint: sentence vectors as text-embeddings-inference gives them, "
        "or token vectors as the Hugging Face toolkit does.",
    )
    cold_start_seconds: float = Field(
        default=0, ge=0, description="Simulated cold start of the endpoint: what the first invocation waits."
    )
    cold_start_idle_seconds: float = Field(
        default=300, ge=0, description="Time without an invocation after which the next one is a cold start again."
    )
    not_ready_invocations: int = Field(
        default=0, ge=0, description="Invocations after the start that are refused with ModelNotReadyException."
    )
    max_concurrency: int = Field(
        default=0, ge=0, description="Invocations at once before ThrottlingException; 0 is no limit."
    )
    embedding_threads: int = Field(
        default=0, ge=0, description="Runs of the model at once, each on one core; 0 is one per core."
    )

    @property
    def simulation(self) -> Simulation:
        """What the endpoint simulates."""
        return Simulation(
            cold_start_seconds=self.cold_start_seconds,
            idle_seconds=self.cold_start_idle_seconds,
            not_ready_invocations=self.not_ready_invocations,
            max_concurrency=self.max_concurrency,
        )
