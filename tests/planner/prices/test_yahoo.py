"""Yahoo's prices through yfinance, over a stand-in of Yahoo's HTTP answers: the real service cannot be had here."""

import json
from datetime import date, datetime, timezone
from decimal import Decimal
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import requests
import yfinance  # type: ignore[import-untyped]  # it has no types
from alex_planner.portfolio import Position
from alex_planner.prices.provider import Wanted, wanted_of
from alex_planner.prices.yahoo import YahooPrices, yahoo_symbol
from requests.adapters import BaseAdapter

D = Decimal
DAYS = (date(2026, 11, 18), date(2026, 11, 19), date(2026, 11, 20))
KNOWN: dict[str, tuple[str, tuple[float | None, ...]]] = {
    "VTI": ("USD", (300.1, 301.2000001, 302.0)),
    "VUSA.L": ("GBp", (9000.0, None, 9100.5)),
    "SAP": ("EUR", (250.0, 251.0, 252.0)),
    "EURUSD=X": ("USD", (1.08, 1.09, 1.1)),
    "EMPTY": ("USD", (None, None, None)),
}


class StandIn(BaseAdapter):
    """Answers as the chart API of Yahoo does, and 404 for what it does not know."""

    def send(self, request: requests.PreparedRequest, *args: object, **kwargs: object) -> requests.Response:  # noqa: ARG002
        path = urlsplit(str(request.url)).path
        symbol = path.rpartition("/")[2].replace("%3D", "=")
        answer = requests.Response()
        answer.request, answer.url = request, str(request.url)
        answer.status_code = 200
        if "/chart/" not in path:
            answer._content = b"crumb"
        elif symbol in KNOWN:
            answer._content = json.dumps(chart(symbol)).encode()
        else:
            answer.status_code = 404
            error = {"code": "Not Found", "description": "No data found, symbol may be delisted"}
            answer._content = json.dumps({"chart": {"result": None, "error": error}}).encode()
        return answer

    def close(self) -> None:
        """Nothing is open."""


def chart(symbol: str) -> dict[str, object]:
    """The answer for a symbol."""
    currency, closes = KNOWN[symbol]
    times = [int(datetime(day.year, day.month, day.day, 14, 30, tzinfo=timezone.utc).timestamp()) for day in DAYS]  # noqa: UP017 - as in the library's own code
    meta = {
        "currency": currency, "symbol": symbol, "exchangeTimezoneName": "UTC", "timezone": "UTC", "gmtoffset": 0,
        "instrumentType": "ETF", "exchangeName": "X", "dataGranularity": "1d", "range": "", "priceHint": 2,
        "regularMarketTime": times[-1], "firstTradeDate": 0, "validRanges": ["1d", "max"],
        "currentTradingPeriod": {
            "regular": {"timezone": "UTC", "start": times[-1], "end": times[-1] + 3600, "gmtoffset": 0}
        },
    }  # fmt: skip
    quote = {name: list(closes) for name in ("open", "high", "low", "close")} | {"volume": [1, 1, 1]}
    result = {
        "meta": meta,
        "timestamp": times,
        "indicators": {"quote": [quote], "adjclose": [{"adjclose": list(closes)}]},
    }
    return {"chart": {"result": [result], "error": None}}


@pytest.fixture
def provider(tmp_path: Path) -> YahooPrices:
    """A provider whose requests all go to the stand-in."""
    yfinance.set_tz_cache_location(str(tmp_path))
    session = requests.Session()
    session.mount("https://", StandIn())
    return YahooPrices(session)


@pytest.mark.filterwarnings("default")
def test_closing_prices_and_rates_are_series_with_their_source(provider: YahooPrices) -> None:
    """Ours: rounded to six places, pence are pounds, a day without a price has none."""
    wanted = [Wanted("VTI", None, "USD"), Wanted("VUSA.UK", None, "GBP")]
    found = provider.fetch(wanted, [("EUR", "USD")], DAYS[0], DAYS[-1])
    assert found.missing == ()
    prices = {item.symbol: [(point.day, point.price) for point in item.points] for item in found.series}
    assert prices == {
        "VTI": [(DAYS[0], D("300.1")), (DAYS[1], D("301.2")), (DAYS[2], D(302))],
        "VUSA.UK": [(DAYS[0], D(90)), (DAYS[2], D("91.005"))],
        "EUR/USD": [(DAYS[0], D("1.08")), (DAYS[1], D("1.09")), (DAYS[2], D("1.1"))],
    }
    assert found.series[0].source == "Yahoo Finance, closing prices of VTI"


@pytest.mark.filterwarnings("default")
def test_what_it_does_not_have_is_said_and_never_made_up(provider: YahooPrices) -> None:
    """Ours: an unknown symbol, another currency, a symbol without any price."""
    wanted = [Wanted("NOSUCH", None, "USD"), Wanted("SAP", None, "USD"), Wanted("EMPTY", None, "USD")]
    found = provider.fetch(wanted, [], DAYS[0], DAYS[-1])
    assert found.series == ()
    assert "has no price of NOSUCH" in found.missing[0]
    assert found.missing[1] == "Yahoo Finance has SAP (SAP) in EUR, not in USD: not taken"
    assert "no price of EMPTY" in found.missing[2]


@pytest.mark.parametrize(
    ("symbol", "isin", "asked"),
    [
        ("VTI", None, "VTI"),
        ("BRK.B", None, "BRK-B"),
        ("BRK B", None, "BRK-B"),
        ("AAPL.US", None, "AAPL"),
        ("VUSA.UK", None, "VUSA.L"),
        ("NESN.CH", None, "NESN.SW"),
        ("SAP.DE", None, "SAP.DE"),
        ("VUSA.L", None, "VUSA.L"),
        ("SPAXX**", None, "SPAXX"),
        ("IE00B4L5Y983", "IE00B4L5Y983", "IE00B4L5Y983"),
        ("AAPL", "US0378331005", "AAPL"),
    ],
)
def test_brokers_symbols_are_asked_for_as_yahoo_spells_them(symbol: str, isin: str | None, asked: str) -> None:
    """Yahoo: exchanges are endings, classes of shares follow a dash."""
    assert yahoo_symbol(Wanted(symbol, isin, "USD")) == asked


def test_only_symbols_and_currencies_are_asked_for() -> None:
    """Ours: each once; money is left aside, and no quantity is there to leave."""
    positions = [
        Position(symbol="VTI", quantity=D(7), price=D(3), currency="USD", account=account) for account in ("A", "B")
    ]
    positions.append(Position(symbol="CASH", quantity=D(9), price=D(1), currency="EUR", asset_class="cash"))
    assert wanted_of(positions, "USD", ("SPY", "USD")) == (
        [Wanted("VTI", None, "USD"), Wanted("SPY", None, "USD")],
        [("EUR", "USD")],
    )


def test_without_the_library_the_start_stops_with_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ours: a setting that cannot work is not found out at the first request."""
    monkeypatch.setitem(__import__("sys").modules, "yfinance", None)
    with pytest.raises(ValueError, match=r"alex-planner\[yahoo\]"):
        YahooPrices()
