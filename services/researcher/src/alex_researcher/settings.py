"""Settings of the researcher, prefix `RESEARCHER_`, and those of the SEC, prefix `ALEX_SEC_`."""

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class ResearcherSettings(BaseSettings):
    """Where the researcher finds its tools and keeps its runs."""

    model_config = SettingsConfigDict(env_prefix="RESEARCHER_", frozen=True)

    browser_url: str = Field(default="http://127.0.0.1:8012/mcp", description="MCP endpoint of the browser server.")
    vector_store_url: str = Field(default="http://127.0.0.1:8011/mcp", description="MCP endpoint of the vector store.")
    database_url: str = Field(default="sqlite:///.alex/researcher.db", description="SQLAlchemy URL of the runs.")
    tool_timeout_seconds: float = Field(default=75.0, gt=0, le=100, description="How long one tool call may take.")


class SecSettings(BaseSettings):
    """How the SEC is asked; the browser server, which reads the filings, takes the same name from the same variable."""

    model_config = SettingsConfigDict(env_prefix="ALEX_SEC_", frozen=True)

    user_agent: str = Field(
        default="", pattern=r"^[ -~]*$", description="Name and e-mail address of who asks; empty: not asked."
    )
    url: str = Field(default="https://www.sec.gov", description="The list of companies and the filings.")
    data_url: str = Field(default="https://data.sec.gov", description="The JSON interfaces.")
