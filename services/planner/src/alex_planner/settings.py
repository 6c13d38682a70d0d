"""Settings of the planner, prefix `PLANNER_`."""

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class PlannerSettings(BaseSettings):
    """Where the planner finds the researcher and keeps its rows."""

    model_config = SettingsConfigDict(env_prefix="PLANNER_", frozen=True)

    researcher_url: str = Field(default="http://127.0.0.1:8002", description="Base address of the researcher.")
    database_url: str = Field(
        default="sqlite:///.alex/planner.db", description="SQLAlchemy URL of the portfolios and runs."
    )
