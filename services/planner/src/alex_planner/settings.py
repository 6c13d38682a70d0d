"""Settings of the planner, prefix `PLANNER_`."""

from pathlib import Path
from typing import Literal

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class PlannerSettings(BaseSettings):
    """Where the planner finds the researcher and keeps its rows."""

    model_config = SettingsConfigDict(env_prefix="PLANNER_", frozen=True)

    researcher_url: str = Field(default="http://127.0.0.1:8002", description="Base address of the researcher.")
    vector_store_url: str = Field(
        default="http://127.0.0.1:8011/mcp", description="MCP endpoint of the vector store, which is only read."
    )
    tool_timeout_seconds: float = Field(default=75, gt=0, description="Longest wait for one call of the vector store.")
    database_url: str = Field(
        default="sqlite:///.alex/planner.db", description="SQLAlchemy URL of the portfolios, runs and plans."
    )
    return_history: Path | None = Field(
        default=None, description="CSV of past years in place of the bundled ones: `year,inflation,equity,bond,...`."
    )
    price_provider: Literal["none", "yahoo"] = Field(
        default="none", description="Who is asked for prices where a request wants them: `none` or `yahoo`."
    )
