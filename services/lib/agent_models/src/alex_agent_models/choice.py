"""The choice of a model, from the environment variables that the OpenAI SDK itself uses."""

from dataclasses import dataclass

from agents import Model, OpenAIChatCompletionsModel, OpenAIResponsesModel
from agents.models.default_models import get_default_model
from openai import AsyncOpenAI
from pydantic import AliasChoices, Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from alex_agent_models.prices import FREE, ModelPrice

MODEL_TIMEOUT_SECONDS = 90.0
"""One model call must end before the request that drives it does; App Runner ends a request at 120 s."""


class ModelChoice(BaseSettings):
    """Which model to use. Nothing set: the built-in one."""

    model_config = SettingsConfigDict(frozen=True, populate_by_name=True, env_ignore_empty=True)

    api_key: SecretStr | None = Field(default=None, validation_alias=AliasChoices("OPENAI_API_KEY", "api_key"))
    base_url: str | None = Field(default=None, validation_alias=AliasChoices("OPENAI_BASE_URL", "base_url"))
    name: str | None = Field(default=None, validation_alias=AliasChoices("ALEX_MODEL", "name"))
    prices: dict[str, ModelPrice] = Field(
        default_factory=dict, validation_alias=AliasChoices("ALEX_MODEL_PRICES", "prices")
    )
    """By model name. A model that is not in it has no price, and what it costs is called unknown."""


@dataclass(frozen=True)
class ChosenModel:
    """A model and the label that every output carries."""

    model: Model
    label: str
    builtin: bool
    price: ModelPrice | None = None
    """None when nobody said what it costs."""


def choose_model(choice: ModelChoice, builtin: Model) -> ChosenModel:
    """Return the model that `choice` asks for: the built-in one without a key and without a base URL.

    OpenAI itself is asked through the Responses API; another server named by `OPENAI_BASE_URL` through Chat
    Completions, which Ollama, vLLM and the others all speak.

    Raises:
        ValueError: a base URL is set but `ALEX_MODEL` does not say which of its models to use.
    """
    key = choice.api_key.get_secret_value() if choice.api_key else ""
    if not key and not choice.base_url:
        return ChosenModel(builtin, "built-in model (deterministic, extractive)", builtin=True, price=FREE)
    # The run engine retries; a second layer of retries would multiply them.
    client = AsyncOpenAI(
        api_key=key or "not-needed", base_url=choice.base_url or None, max_retries=0, timeout=MODEL_TIMEOUT_SECONDS
    )
    if not choice.base_url:
        name = choice.name or get_default_model()
        model = OpenAIResponsesModel(name, client)
        return ChosenModel(model, f"{name} (OpenAI)", builtin=False, price=choice.prices.get(name))
    if not choice.name:
        raise ValueError("OPENAI_BASE_URL is set but ALEX_MODEL is not; name one of that server's models")
    compatible = OpenAIChatCompletionsModel(choice.name, client)
    label = f"{choice.name} at {choice.base_url}"
    return ChosenModel(compatible, label, builtin=False, price=choice.prices.get(choice.name))
