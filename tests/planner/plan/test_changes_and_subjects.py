"""What changed since the last plan, and what may be researched with what leaves for it."""

from datetime import timedelta
from decimal import Decimal

from alex_planner.choosing import candidates
from alex_planner.number_gate import check_paragraph
from alex_planner.plan.changes import split_change
from alex_planner.portfolio import Position
from alex_planner.subjects import private_terms, subject_of
from hypothesis import given
from hypothesis import strategies as st

from tests.planner.plan.samples import NOW, POSITIONS, asked, figures_of, finding, plan, portfolio, researched

AMOUNTS = st.decimals(min_value=1, max_value=1000, places=2)


def test_the_change_of_the_total_is_split_into_prices_and_quantities() -> None:
    """Laspeyres: old quantities at new prices, the rest is quantities; they add up exactly."""
    before = figures_of().allocation
    newer = (
        POSITIONS[0].model_copy(update={"quantity": Decimal(12), "price": Decimal("310.50")}),
        *POSITIONS[1:],
    )
    now = figures_of(newer).allocation
    prices, quantities = split_change(before, now)
    assert prices == Decimal("100.00")
    assert quantities == Decimal("621.00")
    assert prices + quantities == now.total - before.total


@given(AMOUNTS, AMOUNTS, AMOUNTS, AMOUNTS)
def test_the_parts_of_a_change_always_add_up(q0: Decimal, p0: Decimal, q1: Decimal, p1: Decimal) -> None:
    """Ours: nothing of a change is left unexplained."""
    before = figures_without_simulation(q0, p0)
    now = figures_without_simulation(q1, p1)
    assert sum(split_change(before, now)) == now.total - before.total


def figures_without_simulation(quantity: Decimal, price: Decimal):  # type: ignore[no-untyped-def]  # noqa: ANN201  an allocation
    """Return the allocation of one position."""
    from alex_planner.allocation import compute_allocation  # noqa: PLC0415  used here alone

    return compute_allocation((POSITIONS[0].model_copy(update={"quantity": quantity, "price": price}),))


def test_a_plan_says_what_is_different_from_the_one_before() -> None:
    """Ours: holdings, shares, goals, proposals and findings, each with why; every sentence passes the gate."""
    first = plan()
    newer = (
        POSITIONS[0].model_copy(update={"quantity": Decimal(2)}),
        POSITIONS[1],
        POSITIONS[3].model_copy(update={"symbol": "NEWX"}),
    )
    wanted = asked(goals={"horizon_years": 15})
    second = plan(newer, wanted, first, notes=researched(finding(), finding(quote="Something else was said.")))
    assert second.changes is not None
    texts = {item.text: item.why for item in second.changes.changes}
    assert "The total changed by -2,404.00 USD, -60.0 %." in texts
    assert texts["Less of ALFA is held."] == "The quantity in the snapshot changed."
    assert "ACME is gone." in texts
    assert "NEWX is new." in texts
    assert texts["The goal horizon years is another one."] == "The owner changed it."
    assert any(text.startswith("Equity is 37.5 % of the portfolio after 75.0 % before") for text in texts)
    assert "A source says something new on ALFA." in texts
    figures = figures_of(newer, wanted, first)
    for change in figures.changes:
        assert check_paragraph(f"{change.text} {change.why}", figures.facts, names=figures.names) == [], change


def test_the_first_plan_has_nothing_to_compare() -> None:
    """Ours: no invented past."""
    made = plan()
    assert made.changes is None
    assert made.change_notes == ()


def test_need_is_weight_times_age_and_double_when_concentrated() -> None:
    """Ours: questions first; a holding that was just researched needs nothing."""
    wanted = asked(questions=["Is the rail strike over soon?"])
    figures = figures_of(wanted=wanted)
    last = {"ALFA": NOW - timedelta(days=3)}
    found = {item.subject: item for item in candidates(figures, wanted, last, NOW)}
    assert next(iter(found)) == "question 1"
    assert found["ALFA"].need == Decimal("0.1501")
    assert found["BOND"].need == Decimal("0.2497")
    assert found["ALFA"].why == "75.0 % of what is counted, above the limit for one share, last researched 2026-11-20"
    assert found["SAPX"].why == "its share is not known, a single share or bond, never researched"
    named = asked(research={"sources": ["https://news.example/"]})
    assert candidates(figures, named, last, NOW)[0].subject == "ALFA"


FUNDS = (
    ("VTI", "Total Stock Market ETF", "500", "USD", "equity"),
    ("BND", "Total Bond Market ETF", "300", "USD", "bond"),
    ("NVDA", "NVIDIA", "80", "USD", "equity"),
    ("CASH", None, "120", "USD", "cash"),
)


def funds(*rows: tuple[str, str | None, str, str, str]) -> tuple[Position, ...]:
    """Return positions of one unit each."""
    return tuple(
        Position(symbol=s, name=n, quantity=Decimal(1), price=Decimal(p), currency=c, asset_class=k)
        for s, n, p, c, k in rows
    )


def test_a_single_share_and_the_themes_of_a_portfolio_come_before_its_broad_funds() -> None:
    """Ours: news on a fund of a whole market is news on the market, so that is what is looked into."""
    wanted = asked(research={"holdings": 2})
    found = candidates(figures_of(funds(*FUNDS), wanted), wanted, {}, NOW)
    assert [(item.subject, item.kind) for item in found] == [
        ("theme market North America", "theme"),
        ("theme class bond", "theme"),
        ("VTI", "fund"),
        ("NVDA", "share"),
        ("BND", "fund"),
    ]
    assert found[0].why == "58.0 % of the portfolio, a theme, never researched"
    assert found[3].need == Decimal("0.0800")
    assert found[4].need == Decimal("0.0750")


def test_a_holding_in_several_accounts_counts_once_with_its_whole_share() -> None:
    """Ours: half of it in each account is no smaller need."""
    wanted = asked()
    whole = funds(("NVDA", "NVIDIA", "80", "USD", "equity"), ("CASH", None, "920", "USD", "cash"))
    half = whole[0].model_copy(update={"quantity": Decimal("0.5"), "account": "A"})
    parted = (half, half.model_copy(update={"account": "B"}), whole[1])
    one, two = (candidates(figures_of(held, wanted), wanted, {}, NOW) for held in (whole, parted))
    assert [item.need for item in one] == [item.need for item in two] == [Decimal("0.0800")]


def test_a_theme_is_one_of_a_list_and_names_no_holding() -> None:
    """Ours: a text of a file never becomes a query, and everything that is held stays back."""
    subject = subject_of(portfolio(), asked(), "theme sector Information technology")
    assert subject is not None
    assert (subject.topic, subject.symbols) == ("Information technology sector shares: outlook and risks", ())
    assert "ALFA" in private_terms(portfolio(), subject)
    pair = subject_of(portfolio(), asked(), "theme currency EUR/USD")
    assert pair is not None
    assert pair.topic == "Exchange rate of EUR to USD: outlook and risks"
    for other in ("theme sector Send all", "theme currency EUR/XXY", "theme class cash", "theme market ", "theme"):
        assert subject_of(portfolio(), asked(), other) is None, other
    hostile = POSITIONS[0].model_copy(update={"sector": "Ignore all", "region": "Send it"})
    names = [item.name for item in candidates(figures_of((hostile,)), asked(), {}, NOW)]
    assert names == ["Alfa Rail"]


def test_a_holding_is_looked_up_by_the_ticker_and_name_of_the_table() -> None:
    """Ours: a register of companies knows no ISIN, and what is found is about the holding as the file names it."""
    amazon = Position(symbol="US0231351067", name="AMAZON.COM INC", quantity=Decimal(1), currency="USD")
    broker = Position(symbol="AAPL.US", quantity=Decimal(1), currency="USD")
    other = Position(symbol="US1234567890", name="Some Works Inc", quantity=Decimal(1), currency="USD")
    held = portfolio((amazon, broker, other))
    wanted = asked(questions=["What do AMAZON.COM INC and Some Works Inc earn?"])
    subjects = [subject_of(held, wanted, name) for name in ("US0231351067", "AAPL.US", "US1234567890", "question 1")]
    assert [(item.topic.partition(":")[0], item.symbols, item.tickers) for item in subjects if item] == [
        ("Amazon.com (AMZN)", ("US0231351067",), ("AMZN",)),
        ("Apple (AAPL)", ("AAPL.US",), ("AAPL",)),
        ("Some Works Inc (US1234567890)", ("US1234567890",), ("Some Works Inc",)),
        (
            "What do AMAZON.COM INC and Some Works Inc earn?",
            ("US0231351067", "US1234567890"),
            ("AMZN", "Some Works Inc"),
        ),
    ]


def test_a_question_leaves_without_figures_accounts_and_money_signs() -> None:
    """Ours: amounts and account names never leave in a query."""
    wanted = asked(
        questions=["Can I put $20,000 of IRA 4711 into Alfa Rail in 2027, or 15% of it?", "How much is 5 + 5?"]
    )
    subject = subject_of(portfolio(), wanted, "question 1")
    assert subject is not None
    assert subject.symbols == ("ALFA",)
    assert not any(char.isdigit() or char in "$%" for char in subject.topic)
    assert "IRA 4711" not in subject.topic
    assert subject_of(portfolio(), wanted, "question 3") is None
    assert subject_of(portfolio(), wanted, "question x") is None
    assert subject_of(portfolio(), wanted, "NOPE") is None


def test_the_rest_of_the_portfolio_goes_along_as_terms_to_keep_back() -> None:
    """Ours: symbols, names, long amounts and numbered accounts; not the subject, nothing short."""
    subject = subject_of(portfolio(), asked(), "ALFA")
    assert subject is not None
    large = POSITIONS[1].model_copy(update={"quantity": Decimal("12345.5")})
    assert private_terms(portfolio((*POSITIONS, large)), subject) == [
        "BOND",
        "SAPX",
        "ACME",
        "12345.5",
        "617275",
        "IRA 4711",
    ]
