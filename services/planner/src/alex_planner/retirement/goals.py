"""What the owner of a portfolio wants to know: a horizon, what is paid in, and what retirement is to pay for.

All amounts are in today's money. Year 1 is the coming twelve months; in the years up to `years_to_retirement`
contributions are paid in, in all later ones up to the horizon spending is taken out.
"""

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, field_validator, model_validator

DEFAULT_HORIZON_YEARS = 20
MAX_HORIZON_YEARS = 60
MAX_AMOUNT = Decimal("1e12")
SpendingTiming = Literal["start", "spread", "end"]
Label = Annotated[str, Field(min_length=1, max_length=80)]
Year = Annotated[int, Field(ge=1, le=MAX_HORIZON_YEARS)]


class Income(BaseModel):
    """What is received every year beside the portfolio, such as a pension; above spending it is invested."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    label: Label = "income"
    annual_amount: Annotated[Decimal, Field(gt=0, le=MAX_AMOUNT, description="In today's money.")]
    first_year: Annotated[Year, Field(description="Year from now in which it is first received; 1 is the coming one.")]
    last_year: Annotated[Year | None, Field(description="Last year; for life if not given.")] = None
    indexed: Annotated[
        bool, Field(description="Whether it rises with prices; otherwise inflation takes from it from today on.")
    ] = True

    @field_validator("last_year")
    @classmethod
    def _after_the_first(cls, value: int | None, info: ValidationInfo) -> int | None:
        if value is not None and value < info.data.get("first_year", value):
            raise ValueError("must not be before first_year")
        return value


class OneOff(BaseModel):
    """A single amount: positive is received and invested, negative is paid from the portfolio."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    label: Label = "one-off"
    year: Annotated[Year, Field(description="Year from now, at whose start it is due.")]
    amount: Annotated[Decimal, Field(ge=-MAX_AMOUNT, le=MAX_AMOUNT, description="In today's money.")]


class Goals(BaseModel):
    """What the owner wants to know; a contribution that is not given is zero and shown as zero."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    horizon_years: int = Field(default=DEFAULT_HORIZON_YEARS, ge=1, le=MAX_HORIZON_YEARS)
    annual_contribution: Decimal | None = Field(
        default=None, ge=0, le=MAX_AMOUNT, description="Paid in each year, in today's money of the base currency."
    )
    monthly_contribution: Decimal | None = Field(
        default=None, ge=0, le=MAX_AMOUNT, description="Paid in each month; give this or the annual amount."
    )
    contribution_growth_percent: Decimal = Field(
        default=Decimal(0), ge=-20, le=20, description="Growth of the contribution a year above inflation, as income."
    )
    base_currency: str | None = Field(default=None, pattern="^[A-Z]{3}$")
    text: str = Field(default="", max_length=2000, description="The goal in the owner's words.")
    years_to_retirement: int | None = Field(
        default=None, ge=0, lt=MAX_HORIZON_YEARS, description="Years of paying in before spending begins; 0 is now."
    )
    annual_spending: Decimal | None = Field(
        default=None,
        ge=0,
        le=MAX_AMOUNT,
        description="Spent each year of retirement, from the portfolio and incomes together; with years_to_retirement.",
    )
    incomes: tuple[Income, ...] = Field(default=(), max_length=20)
    one_offs: tuple[OneOff, ...] = Field(default=(), max_length=50)
    fee_percent: Decimal = Field(default=Decimal(0), ge=0, le=10, description="Taken of the portfolio each year.")
    spending_timing: SpendingTiming = Field(
        default="spread", description="When in its year spending is paid; spread is half at the start, half at the end."
    )
    target_success_percent: Decimal = Field(
        default=Decimal(90), ge=50, le=Decimal("99.9"), description="Chance at which spending counts as safe."
    )

    @field_validator("years_to_retirement")
    @classmethod
    def _within_the_horizon(cls, value: int | None, info: ValidationInfo) -> int | None:
        horizon = info.data.get("horizon_years")
        if value is not None and horizon is not None and value >= horizon:
            raise ValueError(f"must be below horizon_years, which is {horizon}: the horizon includes retirement")
        return value

    @field_validator("annual_spending")
    @classmethod
    def _in_retirement(cls, value: Decimal | None, info: ValidationInfo) -> Decimal | None:
        if value is not None and "years_to_retirement" in info.data and info.data["years_to_retirement"] is None:
            raise ValueError("needs years_to_retirement, which says when spending begins; 0 is now")
        return value

    @model_validator(mode="after")
    def _one_contribution(self) -> "Goals":
        if self.annual_contribution is not None and self.monthly_contribution is not None:
            raise ValueError("give annual_contribution or monthly_contribution, not both")
        return self

    @property
    def contribution_per_year(self) -> Decimal:
        """What is paid in in the first year, in today's money."""
        if self.monthly_contribution is not None:
            return 12 * self.monthly_contribution
        return self.annual_contribution or Decimal(0)

    @property
    def saving_years(self) -> int:
        """Years in which contributions are paid in: all of them when no retirement is looked at."""
        return self.horizon_years if self.years_to_retirement is None else self.years_to_retirement
