"""What can go wrong in the planner's own work, in the error shape of every service.

    ServiceError                      500  internal_error          (alex_edge)
    ├── InvalidInput                  422  invalid_input           (alex_edge)
    │   ├── InvalidFile               422  invalid_input           common part of the two below, never raised
    │   │   ├── InvalidPortfolio      422  invalid_portfolio       a file that cannot be taken as a portfolio
    │   │   └── InvalidPrices         422  invalid_prices          a file of prices that cannot be read
    │   ├── InvalidMapping            422  invalid_mapping         a column mapping that cannot be used
    │   ├── InvalidAssumption         422  invalid_assumption      an assumption or goal outside of its range
    │   ├── InvalidHistory            422  invalid_history         a history of returns that cannot be used
    │   └── PortfolioTooLarge         413  portfolio_too_large     a body above the size limit
    ├── NotFound                      404  not_found               (alex_edge)
    │   ├── PortfolioNotFound         404  portfolio_not_found     unknown, or another owner's
    │   ├── DraftNotFound             404  draft_not_found         unknown, expired, or another owner's
    │   ├── PlanNotFound              404  plan_not_found          unknown, or another owner's
    │   ├── FactNotFound              404  fact_not_found          the plan has no figure with this id
    │   └── ClaimNotFound             404  claim_not_found         the plan has no finding with this id
    └── DraftHasErrors                409  draft_has_errors        rows that cannot be read were not left out

Sentences are made here from values, so that every caller reads the same one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from alex_edge import InvalidInput, NotFound, ServiceError
from pydantic import BaseModel, ConfigDict, JsonValue

MAX_LISTED_PROBLEMS = 200
"""Problems of one file that an answer lists; the number of all of them is always given."""


class PortfolioProblem(BaseModel):
    """One thing wrong with a file: where, and what to do about it."""

    model_config = ConfigDict(frozen=True)

    line: int
    """Line of the file, counted from 1, where the row begins."""
    column: str | None
    """Name of the column, or `None` when it is about the row or the file."""
    message: str


class InvalidFile(InvalidInput):
    """A file was read to its end and has problems; nothing of it was kept."""

    def __init__(self, problems: Sequence[PortfolioProblem]) -> None:
        first, more = problems[0], len(problems) - 1
        where = f"line {first.line}" + (f", column {first.column!r}" if first.column else "")
        suffix = f" (and {more} more problem{'s' if more > 1 else ''})" if more else ""
        listed: list[JsonValue] = [problem.model_dump() for problem in problems[:MAX_LISTED_PROBLEMS]]
        super().__init__(f"{where}: {first.message}{suffix}", problems=listed, total=len(problems))
        self.problems = tuple(problems)


class InvalidPortfolio(InvalidFile):
    """The file cannot be taken as a portfolio."""

    code: ClassVar[str] = "invalid_portfolio"

    def __init__(self, problems: Sequence[PortfolioProblem]) -> None:
        nothing = [PortfolioProblem(line=1, column=None, message="the file has nothing to import")]
        super().__init__(problems or nothing)


class InvalidPrices(InvalidFile):
    """The file of prices cannot be read."""

    code: ClassVar[str] = "invalid_prices"


class InvalidMapping(InvalidInput):
    """The names of columns that came with a file cannot be used."""

    code: ClassVar[str] = "invalid_mapping"

    def __init__(self, message: str) -> None:
        super().__init__(message, field="column")


class InvalidAssumption(InvalidInput):
    """A number that a projection was asked to use is outside of the range in which it means something."""

    code: ClassVar[str] = "invalid_assumption"

    def __init__(self, name: str, value: object, expected: str) -> None:
        super().__init__(f"{name} must be {expected}, got {value!r}", field=name)


@dataclass(frozen=True)
class HistoryProblem:
    """What is wrong with a history of returns, and where."""

    line: int
    """Line of the text, counted from 1."""
    column: str | None
    """Name of the column, or `None` when it is about the row or the whole."""
    message: str


class InvalidHistory(InvalidInput):
    """A history of returns that was brought along cannot be read."""

    code: ClassVar[str] = "invalid_history"

    def __init__(self, problem: HistoryProblem) -> None:
        where = f"line {problem.line}" + (f", column {problem.column!r}" if problem.column else "")
        super().__init__(f"{where}: {problem.message}", field="history", line=problem.line, column=problem.column)


class PortfolioTooLarge(InvalidInput):
    """The body was larger than a portfolio may be; reading stopped there."""

    status: ClassVar[int] = 413
    code: ClassVar[str] = "portfolio_too_large"

    def __init__(self, limit_bytes: int) -> None:
        super().__init__(
            f"the file is larger than {limit_bytes // 1024**2} MB; export positions, or a shorter period of activity",
            limit_bytes=limit_bytes,
        )


class PortfolioNotFound(NotFound):
    """No portfolio of this owner has the id."""

    code: ClassVar[str] = "portfolio_not_found"

    def __init__(self, portfolio_id: str) -> None:
        super().__init__(f"there is no portfolio {portfolio_id[:80]!r}; import one with POST /portfolios/import")


class DraftNotFound(NotFound):
    """No draft of this owner has the id, or it expired."""

    code: ClassVar[str] = "draft_not_found"

    def __init__(self, draft_id: str) -> None:
        super().__init__(
            f"there is no draft {draft_id[:80]!r}, or it expired; send the file to POST /portfolios/import/draft again"
        )


class PlanNotFound(NotFound):
    """No plan of this owner has the id."""

    code: ClassVar[str] = "plan_not_found"

    def __init__(self, plan_id: str) -> None:
        super().__init__(
            f"there is no plan {plan_id[:80]!r}; GET /plans lists them, and a run names its plan when it has ended"
        )


class FactNotFound(NotFound):
    """The plan has no figure with this id."""

    code: ClassVar[str] = "fact_not_found"

    def __init__(self, plan_id: str, fact_id: str) -> None:
        super().__init__(f"plan {plan_id!r} has no figure {fact_id[:80]!r}; GET /plans/{plan_id}/facts lists them")


class ClaimNotFound(NotFound):
    """The plan has no finding with this id."""

    code: ClassVar[str] = "claim_not_found"

    def __init__(self, plan_id: str, finding_id: str) -> None:
        super().__init__(f"plan {plan_id!r} has no finding {finding_id[:80]!r}; they are in `findings` of the plan")


class DraftHasErrors(ServiceError):
    """A draft with rows that cannot be read was confirmed without saying that they are left out."""

    status: ClassVar[int] = 409
    code: ClassVar[str] = "draft_has_errors"

    def __init__(self, draft_id: str, problems: Sequence[PortfolioProblem]) -> None:
        first, count = problems[0], len(problems)
        listed: list[JsonValue] = [problem.model_dump() for problem in problems[:MAX_LISTED_PROBLEMS]]
        super().__init__(
            f"{count} row{'s' if count > 1 else ''} of draft {draft_id!r} cannot be read, the first on line"
            f" {first.line}: {first.message}; mend the file, or confirm with leave_out_errors=true",
            problems=listed,
            total=count,
        )
