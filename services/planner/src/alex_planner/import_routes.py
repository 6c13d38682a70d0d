"""Imports in two steps over HTTP: a draft with the fate of every row, then its confirmation. No file is read here.

The one-step form is in `portfolio_routes`, whose body, name and answer this module shares.
"""

import asyncio
from datetime import date, datetime
from typing import Annotated, Literal

from alex_edge import Owner
from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, Field

from alex_planner.errors import DraftHasErrors, InvalidPortfolio
from alex_planner.importing.columns import TableColumns, read_columns
from alex_planner.importing.days import Order
from alex_planner.importing.drafts import Draft
from alex_planner.importing.importer import import_file
from alex_planner.importing.mapped import parse_mapping, read_account_currency
from alex_planner.importing.result import Difference, ImportResult, RowFate
from alex_planner.portfolio import Activity, Portfolio, Position, unpriced_symbols
from alex_planner.portfolio_requests import Name, Store, file_of, label_of
from alex_planner.prices.rates import ExchangeRate

router = APIRouter()

Columns = Annotated[
    list[str] | None,
    Query(
        description="Mapping of one column, `field:heading`, again for each; fields are account, symbol, name, isin,"
        " quantity, price, value, currency, price_date, cost_basis, asset_class."
    ),
]
Currency = Annotated[
    str | None, Query(description="Of all rows or of the account, ISO 4217, where the file does not say it.")
]
DecimalMark = Annotated[Literal["point", "comma"] | None, Query(description="With a mapping: what divides decimals.")]
Dates = Annotated[Order | None, Query(description="With a mapping: the order of day and month.")]
LeaveOut = Annotated[bool, Query(description="Confirm although rows could not be read; they are left out.")]
FILE_BODY = {
    "requestBody": {
        "required": True,
        "content": {
            media: {"schema": {"type": "string", "format": "binary"}}
            for media in ("text/csv", "application/xml", "application/x-ofx", "application/octet-stream")
        },
    }
}


class DraftAnswer(BaseModel):
    """What a file would become. `imported + ignored + errors == rows`."""

    id: str
    expires_at: datetime
    broker: str
    format: str
    as_of: date | None = Field(description="Day the file says its prices are of.")
    rows: int
    imported: int
    ignored: int
    errors: int
    fates: tuple[RowFate, ...] = Field(description="One per row, headings and footers included.")
    positions: tuple[Position, ...] = Field(description="What a confirmation stores; cash has asset class `cash`.")
    unpriced: tuple[str, ...]
    activities: tuple[Activity, ...]
    differences: tuple[Difference, ...] = Field(description="Stated values that are not price x quantity.")
    notes: tuple[str, ...]
    exchange_rates: tuple[ExchangeRate, ...] = Field(description="Those that the file states or that follow from it.")


class ConfirmedImport(BaseModel):
    """The snapshot that a draft became."""

    id: str
    name: str
    created_at: datetime
    content_hash: str
    broker: str | None
    as_of: date | None
    positions: tuple[Position, ...]
    unpriced: tuple[str, ...]
    activities: int = Field(description="Events kept with the positions.")
    left_out: int = Field(description="Rows of the draft that could not be read.")


@router.post("/import/draft", openapi_extra=FILE_BODY)
async def draft_import(
    request: Request,
    owner: Owner,
    store: Store,
    *,
    column: Columns = None,
    currency: Currency = None,
    decimal: DecimalMark = None,
    dates: Dates = None,
) -> DraftAnswer:
    """Read the file in the body and answer what it would become; nothing is a portfolio before it is confirmed."""
    mapping = parse_mapping(column or [], currency, decimal, dates)
    code = read_account_currency(currency)
    data = await file_of(request)
    result = await asyncio.to_thread(import_file, data, mapping=mapping, currency=code)
    return _answer(await store.drafts.save(owner, result))


@router.post("/import/columns", openapi_extra=FILE_BODY)
async def list_columns(request: Request, owner: Owner) -> TableColumns:  # noqa: ARG001  only a known owner may ask
    """Read the headings of the table in the body, with samples, so that its owner can say what each column is."""
    return await asyncio.to_thread(read_columns, await file_of(request))


@router.get("/import/{draft_id}")
async def get_draft(draft_id: str, owner: Owner, store: Store) -> DraftAnswer:
    """Return a draft of the owner again."""
    return _answer(await store.drafts.get(owner, draft_id))


@router.post("/import/{draft_id}/confirm", status_code=201)
async def confirm_import(
    draft_id: str, owner: Owner, store: Store, name: Name = "portfolio", *, leave_out_errors: LeaveOut = False
) -> ConfirmedImport:
    """Store a draft as a snapshot; confirmed again, it answers with the same snapshot."""
    label = label_of(name)
    draft = await store.drafts.get(owner, draft_id)
    problems = draft.result.problems
    if problems and not leave_out_errors:
        raise DraftHasErrors(draft_id, problems)
    if not draft.result.positions and not draft.result.activities:
        raise InvalidPortfolio(problems)
    portfolio = await save_result(store, owner, label, draft.result)
    return ConfirmedImport(
        id=portfolio.id,
        name=portfolio.name,
        created_at=portfolio.created_at,
        content_hash=portfolio.content_hash,
        broker=portfolio.broker,
        as_of=portfolio.as_of,
        positions=portfolio.positions,
        unpriced=portfolio.unpriced,
        activities=len(portfolio.activities),
        left_out=len(problems),
    )


async def save_result(store: Store, owner: str, name: str, result: ImportResult) -> Portfolio:
    """Store what a file became."""
    broker = None if result.broker == "-" else result.broker
    return await store.save(
        owner,
        name,
        result.positions,
        broker=broker,
        as_of=result.as_of,
        activities=result.activities,
        exchange_rates=result.exchange_rates,
    )


def _answer(draft: Draft) -> DraftAnswer:
    return DraftAnswer(
        id=draft.id,
        expires_at=draft.expires_at,
        unpriced=unpriced_symbols(draft.result.positions),
        **{name: getattr(draft.result, name) for name in ImportResult.model_fields},
    )
