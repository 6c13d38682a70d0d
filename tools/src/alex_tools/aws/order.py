"""What a deployment is asked for with: options, the user's environment, and what was asked for the last time."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from alex_tools.aws.deployment import DEFAULT_DATABASE, DEFAULT_NAME, Record
from alex_tools.errors import BadInput

LOG_DAYS = 30
DATABASES = ("dsql", "url")
DEFAULT_BUDGET_USD = 50.0
SHORTEST_PASSWORD = 16
"""Characters of a password for the page that is not made here; nothing counts how often somebody tries."""


@dataclass(frozen=True)
class Order:
    """What a deployment is asked for with."""

    name: str = DEFAULT_NAME
    email: str = ""
    budget_usd: float = DEFAULT_BUDGET_USD
    database: str = DEFAULT_DATABASE
    rotate_key: bool = False
    secrets: Mapping[str, str] = field(default_factory=dict)
    """Values of secrets from the user's environment, by name: `model-key`, `planner-database-url` ..."""
    model: str = ""
    model_base_url: str = ""
    model_prices: str = ""
    sec_user_agent: str = ""

    def variables(self, region: str, tag: str, key_versions: Mapping[str, str]) -> dict[str, object]:
        """Return what Terraform is given; none of it is secret."""
        return {
            "region": region,
            "name": self.name,
            "image_tag": tag,
            "database": self.database,
            "model": self.model,
            "model_key": "model-key" in self.secrets,
            "model_base_url": self.model_base_url,
            "model_prices": self.model_prices,
            "sec_user_agent": self.sec_user_agent,
            "key_versions": dict(key_versions),
            "budget_usd": self.budget_usd,
            "alert_email": self.email,
            "log_retention_days": LOG_DAYS,
        }

    def in_words(self) -> tuple[str, ...]:
        """Return what the deployment has by the user's choice, a line each; the model is said elsewhere."""
        databases = {"dsql": "Aurora DSQL", "url": "your PostgreSQL"}
        filings = f"as {self.sec_user_agent}" if self.sec_user_agent else "not read (ALEX_SEC_USER_AGENT is not set)"
        told = f", and {self.email} is told at 80 %" if self.email else ""
        return (
            f"runs and portfolios: {databases[self.database]}",
            f"filings of the SEC: {filings}",
            f"budget: {self.budget_usd:g} USD a month{told}",
        )


def order_from(user: Mapping[str, str], before: Record, **options: object) -> Order:
    """Return the order that the user's environment and options make.

    Args:
        user: the environment, in which keys, model and database addresses are looked for.
        before: what the last call left; where no option is given, its database, budget and e-mail address stay.
        options: fields of `Order`; None: not given.

    Raises:
        BadInput: database addresses are asked for and not given, the model server is not reachable from AWS, or the
            page's password can be guessed.
    """
    kept = {
        "email": before.given("alert_email", ""),
        "budget_usd": before.given("budget_usd", DEFAULT_BUDGET_USD),
        "database": before.given("database", DEFAULT_DATABASE),
    }
    chosen = kept | {name: value for name, value in options.items() if value is not None}
    if chosen["database"] not in DATABASES:
        raise BadInput(f"--database is {' or '.join(DATABASES)}, got {chosen['database']!r}")
    base_url = user.get("OPENAI_BASE_URL", "")
    if base_url and not base_url.startswith("https://"):
        raise BadInput(f"OPENAI_BASE_URL={base_url} cannot be reached from AWS; unset it, or give an https address")
    if base_url and not user.get("ALEX_MODEL"):
        raise BadInput("OPENAI_BASE_URL is set but ALEX_MODEL is not; name one of that server's models")
    order = Order(
        secrets=_given_secrets(user, with_databases=chosen["database"] == "url"),
        model=user.get("ALEX_MODEL", ""),
        model_base_url=base_url,
        model_prices=user.get("ALEX_MODEL_PRICES", ""),
        sec_user_agent=user.get("ALEX_SEC_USER_AGENT", ""),
    )
    return Order(**{**vars(order), **chosen})


def _given_secrets(user: Mapping[str, str], *, with_databases: bool) -> dict[str, str]:
    """Return the secrets that the user's environment has, by name; all others are made."""
    secrets = {}
    if user.get("OPENAI_API_KEY"):
        secrets["model-key"] = user["OPENAI_API_KEY"]
    if password := user.get("FRONTEND_PASSWORD"):
        if len(password) < SHORTEST_PASSWORD:
            raise BadInput(
                f"FRONTEND_PASSWORD has {len(password)} characters, and everybody may try to open the page: give it "
                f"{SHORTEST_PASSWORD} or more, or unset it and one is made"
            )
        secrets["page-password"] = password
    for service in ("PLANNER", "RESEARCHER") if with_databases else ():
        url = user.get(f"{service}_DATABASE_URL", "")
        if not url.startswith("postgresql"):
            raise BadInput(f"--database url needs {service}_DATABASE_URL=postgresql://... in the environment or .env")
        secrets[f"{service.lower()}-database-url"] = url
    return secrets
