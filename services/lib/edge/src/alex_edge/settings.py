"""Settings that every service has in common, read from `ALEX_*`. Never read at import."""

from typing import Annotated, Literal

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict


class EdgeSettings(BaseSettings):
    """What the edge of a service needs to know."""

    model_config = SettingsConfigDict(env_prefix="ALEX_", frozen=True)

    api_keys: Annotated[tuple[SecretStr, ...], NoDecode] = Field(
        default=(), description="Accepted values of `x-api-key`, separated by commas so that a key can be rotated."
    )
    allowed_hosts: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(), description="Names that calls may be addressed to, separated by commas; empty: any."
    )
    git_sha: str = Field(default="unknown", description="Commit of this build, shown by `GET /health`.")
    host: str = Field(default="127.0.0.1", description="Address to listen on.")
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    stop_on_stdin_eof: bool = Field(
        default=False, description="Stop when standard input closes: how `alex up` stops its children on every system."
    )

    @field_validator("api_keys", "allowed_hosts", mode="before")
    @classmethod
    def _split_list(cls, value: object) -> object:
        if isinstance(value, str):
            return tuple(part.strip() for part in value.split(",") if part.strip())
        return value

    @property
    def calling_key(self) -> str:
        """The key that this service shows to the services it calls: the first accepted one."""
        if not self.api_keys:
            raise ValueError("ALEX_API_KEYS is empty")
        return self.api_keys[0].get_secret_value()
