"""Daily closing prices of Yahoo Finance, by the library yfinance, which is installed with the extra `yahoo`.

Closing prices are adjusted for splits and not for dividends. The service is free for personal use and has no contract:
it can refuse, and then the prices are missing and its reason is said.
Source: https://ranaroussi.github.io/yfinance/
"""

import importlib
import logging
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

from alex_planner.currency import MINOR_UNITS
from alex_planner.prices.history import PricePoint, PriceSeries
from alex_planner.prices.provider import Fetched, Wanted

TIMEOUT_SECONDS = 10
AT_ONCE = 4
"""Requests at the same time; the limit is ours, and small so that nobody is bothered."""
PLACES = 6
"""Digits after the point that Yahoo's binary numbers are rounded to: prices of exchanges have at most four."""
_SUFFIXES = {"UK": "L", "DEX": "DE", "NL": "AS", "FR": "PA", "IT": "MI", "CH": "SW", "VX": "SW", "ES": "MC"}
"""Endings of brokers' symbols and what Yahoo calls the same exchange."""


class Daily(NamedTuple):
    """What Yahoo answers for one of its symbols."""

    currency: str
    closes: Iterable[tuple[date, float]]


class YahooPrices:
    """Prices of Yahoo Finance.

    Raises:
        ValueError: yfinance is not installed; the message says how to install it.
    """

    name = "Yahoo Finance"

    def __init__(self, session: Any = None) -> None:
        try:
            self._library = importlib.import_module("yfinance")
        except ImportError as exc:
            raise ValueError(
                "PLANNER_PRICE_PROVIDER=yahoo needs the extra of that name: install alex-planner[yahoo]"
            ) from exc
        # Otherwise a failure looks like days without trade.
        self._library.config.debug.hide_exceptions = False
        # What it cannot have is in the answer: its own log would name the symbols again.
        logging.getLogger("yfinance").setLevel(logging.CRITICAL)
        self._session = session

    def fetch(self, wanted: Sequence[Wanted], pairs: Sequence[tuple[str, str]], start: date, end: date) -> Fetched:
        """Return daily prices; see `PriceProvider`."""
        jobs: list[tuple[str, str, str]] = [(item.symbol, item.currency, yahoo_symbol(item)) for item in wanted]
        jobs += [(f"{base}/{quote}", quote, f"{base}{quote}=X") for base, quote in pairs]

        def ask(job: tuple[str, str, str]) -> PriceSeries | str:
            symbol, currency, asked = job
            return self._one(symbol, currency, asked, start, end)

        # The first goes alone: the library opens the database of its cache then, which no two threads may do at once.
        answers = [ask(job) for job in jobs[:1]]
        with ThreadPoolExecutor(AT_ONCE) as pool:
            answers += pool.map(ask, jobs[1:])
        return Fetched(
            series=tuple(item for item in answers if isinstance(item, PriceSeries)),
            missing=tuple(item for item in answers if isinstance(item, str)),
        )

    def _one(self, symbol: str, currency: str, asked: str, start: date, end: date) -> PriceSeries | str:
        try:
            daily = self._daily(asked, start, end)
        except Exception as exc:  # noqa: BLE001 - the library raises whatever its transport does; each is named
            return f"{self.name} has no price of {symbol} ({asked}): {type(exc).__name__}"
        whole = MINOR_UNITS.get(daily.currency)
        if (whole or daily.currency) != currency:
            return f"{self.name} has {symbol} ({asked}) in {daily.currency}, not in {currency}: not taken"
        points = {day: _price(close, 100 if whole else 1) for day, close in daily.closes if close > 0}
        if not points:
            return f"{self.name} has no price of {symbol} ({asked}) from {start.isoformat()} to {end.isoformat()}"
        return PriceSeries(
            symbol=symbol,
            currency=currency,
            source=f"{self.name}, closing prices of {asked}",
            points=tuple(PricePoint(day=day, price=price) for day, price in sorted(points.items())),
        )

    def _daily(self, asked: str, start: date, end: date) -> Daily:
        ticker = self._library.Ticker(asked, session=self._session)
        # Its end is not in the answer.
        table = ticker.history(
            start=start.isoformat(),
            end=(end + timedelta(days=1)).isoformat(),
            auto_adjust=False,
            actions=False,
            timeout=TIMEOUT_SECONDS,
        )
        closes = table["Close"].dropna()
        currency = str(ticker.history_metadata.get("currency") or "")
        return Daily(currency, [(moment.date(), float(close)) for moment, close in closes.items()])


def _price(close: float, divisor: int) -> Decimal:
    return Decimal(f"{close / divisor:.{PLACES}f}").normalize()


def yahoo_symbol(item: Wanted) -> str:
    """Return what Yahoo calls an instrument: `BRK.B` is `BRK-B` there, `VUSA.UK` is `VUSA.L`, an ISIN stays one."""
    symbol = item.symbol.rstrip("*")
    if item.isin and symbol == item.isin:
        return item.isin
    stem, _, suffix = symbol.rpartition(".")
    if stem and suffix == "US":
        return stem.replace(".", "-")
    if stem and suffix in _SUFFIXES:
        return f"{stem}.{_SUFFIXES[suffix]}"
    if stem and len(suffix) == 1 and suffix.isalpha() and suffix not in "LT":
        return f"{stem}-{suffix}"
    return symbol.replace(" ", "-")


PROVIDERS: dict[str, Callable[[], YahooPrices]] = {"yahoo": YahooPrices}
"""Providers by the name that a setting gives them."""
