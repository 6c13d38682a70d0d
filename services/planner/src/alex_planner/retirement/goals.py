"""What the owner of a portfolio wants to know."""

from decimal import Decimal

from pydantic import BaseModel, ConfigDict, Field, model_validator

DEFAULT_HORIZON_YEARS = 20
MAX_HORIZON_YEARS = 60
MAX_CONTRIBUTION = Decimal("1e12")


class Goals(BaseModel):
    """What the owner wants to know; a contribution that is not given is zero and shown as zero."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    horizon_years: int = Field(default=DEFAULT_HORIZON_YEARS, ge=1, le=MAX_HORIZON_YEARS)
    annual_contribution: Decimal | None = Field(
        default=None, ge=0, le=MAX_CONTRIBUTION, description="Paid in each year, in today's money of the base currency."
    )
    monthly_contribution: Decimal | None = Field(
        default=None, ge=0, le=MAX_CONTRIBUTION, description="Paid in each month; give this or the annual amount."
    )
    base_currency: str | None = Field(default=None, pattern="^[A-Z]{3}$")
    text: str = Field(default="", max_length=2000, description="The goal in the owner's words.")

    @model_validator(mode="after")
    def _one_contribution(self) -> "Goals":
        if self.annual_contribution is not None and self.monthly_contribution is not None:
            raise ValueError("give annual_contribution or monthly_contribution, not both")
        return self

    @property
    def contribution_per_year(self) -> Decimal:
        """What is paid in each year, in today's money."""
        if self.monthly_contribution is not None:
            return 12 * self.monthly_contribution
        return self.annual_contribution or Decimal(0)
