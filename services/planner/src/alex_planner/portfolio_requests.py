"""What requests about portfolios share: the store, the name, and a body that is cut off at the limit."""

import unicodedata
from typing import Annotated

from alex_edge import InvalidInput
from fastapi import Depends, Query, Request

from alex_planner.errors import PortfolioTooLarge
from alex_planner.importing.decoding import MAX_BYTES
from alex_planner.portfolio_store import PortfolioStore


def _store(request: Request) -> PortfolioStore:
    store: PortfolioStore = request.app.state.portfolios
    return store


Store = Annotated[PortfolioStore, Depends(_store)]
Name = Annotated[str, Query(min_length=1, max_length=200, description="What the owner calls the portfolio.")]


def label_of(name: str) -> str:
    """Return the name without the space around it.

    Raises:
        InvalidInput: it cannot be shown in one line.
    """
    label = name.strip()
    if not label or any(unicodedata.category(char).startswith("C") for char in label):
        raise InvalidInput("name must be visible text of one line", field="name")
    return label


async def file_of(request: Request) -> bytes:
    """Return the body; a larger one than is read is refused by its declared length, or while it arrives.

    Raises:
        InvalidInput: it is a form.
        PortfolioTooLarge: it is larger than `MAX_BYTES`.
    """
    if request.headers.get("content-type", "").startswith("multipart/"):
        raise InvalidInput("send the file itself as the body, with content-type text/csv, not a form", field="body")
    declared = request.headers.get("content-length", "0")
    if declared.isdecimal() and int(declared) > MAX_BYTES:
        raise PortfolioTooLarge(MAX_BYTES)
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > MAX_BYTES:
            raise PortfolioTooLarge(MAX_BYTES)
    return bytes(body)
