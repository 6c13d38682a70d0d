"""The rules: what the figures speak for, and that every sentence of theirs passes the gate."""

from datetime import date
from decimal import Decimal

import pytest
from alex_planner.figures import Figures
from alex_planner.number_gate import check_paragraph
from alex_planner.portfolio import Position
from alex_planner.recommending.balance import band_of
from alex_planner.recommending.proposal import Proposal

from tests.planner.plan.samples import asked, figures_of


def position(symbol: str, value: int, asset_class: str | None = "equity", **changes: object) -> Position:
    """Return a position of `value` USD with a fresh price."""
    values = {
        "symbol": symbol,
        "quantity": Decimal(value),
        "price": Decimal(1),
        "currency": "USD",
        "price_date": date(2026, 11, 20),
        "asset_class": asset_class,
    } | changes
    return Position.model_validate(values)


def proposals(figures: Figures) -> dict[str, Proposal]:
    """Return the proposals by id."""
    return {item.id: item for item in figures.proposals}


def test_a_company_above_the_limit_is_proposed_with_what_is_above_it() -> None:
    """Ours: 10 percent; excess = value - limit x total, over all accounts; funds are not companies."""
    figures = figures_of(
        (
            position("ONE", 200, account="a", name="One Works"),
            position("ONE", 100, account="b", name="One Works"),
            position("WLD", 650, name="World Index Fund"),
            position("TWO", 50),
        )
    )
    assert list(proposals(figures)) == ["concentration.ONE"]
    facts = {fact.id: fact.formatted for fact in figures.facts}
    assert facts["concentration.ONE.share"] == "30.0 %"
    assert facts["concentration.ONE.excess"] == "200.00 USD"
    assert facts["concentration.ONE.half"] == "15.0 %"


def test_of_a_portfolio_that_is_not_whole_each_share_is_one_of_what_is_counted() -> None:
    """Ours: 300 of 1,000 counted is within 10 percent only if the rest is worth more than 2,000."""
    held = (position("ONE", 300, name="One Works"), position("WLD", 700, name="World Fund"))
    unpriced = position("NOP", 1, price=None, price_date=None)
    wanted = asked(target={"equity": "0.5", "bond": "0.5"})
    figures = figures_of((*held, unpriced), wanted)
    found = proposals(figures)
    one, drift = found["concentration.ONE"], found["drift"]
    assert one.headline == (
        "One Works (ONE) is 30.0 % of what is counted, above the limit of 10.0 % for one company. It is within the "
        "limit only if all that is not counted is worth more than 2,000.00 USD."
    )
    assert one.action.startswith("First complete the portfolio. Moving 200.00 USD of ONE elsewhere in what is counted")
    assert "what is counted would lose 15.0 %" in one.if_left
    assert drift.headline.startswith("Of what is counted: bonds 0.0 %")
    assert drift.action.startswith("First complete the portfolio: the amounts are of what is counted. Put")
    assert "leaves 50.0 % of what is counted away" in drift.if_left
    assert next(iter(found)) == "data.missing"
    parted = figures_of((*held, unpriced.model_copy(update={"symbol": "ONE", "account": "B", "name": "One Works"})))
    assert "A part of it is not counted" in proposals(parted)["concentration.ONE"].headline
    facts = {fact.id: fact for fact in parted.facts}
    assert facts["concentration.ONE.share"].computed_from == ("position.1.value", "total")
    whole = proposals(figures_of(held))["concentration.ONE"]
    assert "is 30.0 % of the portfolio" in whole.headline
    assert "concentration.ONE.rest" not in whole.figures


@pytest.mark.parametrize(
    ("cost", "words"),
    [
        pytest.param("150", "The sale realises a gain of 100.00 USD, which may be taxed.", id="gain"),
        pytest.param("600", "It realises a loss of 200.00 USD.", id="loss"),
        pytest.param(None, "The file does not say what was paid for ONE", id="not known"),
    ],
)
def test_a_company_is_reduced_at_a_gain_or_loss_where_the_file_says_what_was_paid(cost: str | None, words: str) -> None:
    """Ours: 300 of 1,000 for 150: two thirds of it are above the limit, and of the gain."""
    paid = None if cost is None else Decimal(cost)
    figures = figures_of((position("ONE", 300, name="One Works", cost_basis=paid), position("WLD", 700, "bond")))
    assert words in proposals(figures)["concentration.ONE"].against


def test_holdings_of_no_known_class_are_asked_for_and_have_no_distance_from_a_target() -> None:
    """Ours: a distance of nothing was measured as one of everything before."""
    wanted = asked(target={"equity": "0.5", "bond": "0.5"})
    unknown = position("US1234567890", 900, asset_class=None, name="Some Trust")
    figures = figures_of((unknown,), wanted)
    assert list(proposals(figures)) == ["data.classes"]
    asking = proposals(figures)["data.classes"]
    assert asking.headline == "100.0 % of the portfolio is of unknown asset class."
    assert "Name the class of Some Trust" in asking.action
    assert figures.analysis.rebalancing is None
    reasons = [item.reason for item in figures.analysis.missing if item.figure == "rebalancing"]
    assert reasons == ["No holding has a known asset class, so that no distance from a target is known."]
    partly = figures_of((unknown, position("BND", 100, "bond")), wanted)
    assert proposals(partly)["drift"].headline.startswith("Of the part of the portfolio whose class is known: bonds")
    few = figures_of((unknown.model_copy(update={"quantity": Decimal(5)}), position("BND", 100, "bond")), wanted)
    assert "data.classes" not in proposals(few)


def test_what_is_taken_from_cash_realises_no_gain() -> None:
    """Ours: using cash is no sale, so that nothing is said of its gain."""
    wanted = asked(target={"equity": "0.5", "bond": "0.5"}, goals={"annual_contribution": 0})
    held = (position("WLD", 500, name="World Fund"), position("CASH", 500, "cash"))
    drift = proposals(figures_of(held, wanted))["drift"]
    assert "Use 500.00 USD of the cash" in drift.action
    assert "realise" not in drift.against


def test_a_class_out_of_its_band_is_proposed_with_trades_and_with_doing_nothing() -> None:
    """Ours: new money first, then trades; doing nothing stands beside it."""
    wanted = asked(target={"equity": "0.5", "bond": "0.5"}, goals={"annual_contribution": 100})
    held = (position("WLD", 700, name="World Fund"), position("BND", 300, "bond"))
    drift = proposals(figures_of(held, wanted))["drift"]
    assert "shares 70.0 %, target 50.0 %" in drift.headline
    assert "100.00 USD of new money into bond" in drift.action
    assert "sell 150.00 USD of shares; buy 150.00 USD of bonds" in drift.action
    assert "The file does not say what was paid for what is sold" in drift.against
    paid = (held[0].model_copy(update={"cost_basis": Decimal(350)}), held[1])
    priced = proposals(figures_of(paid, wanted))["drift"]
    assert "realise a gain of 75.00 USD; at the rates given the tax is 0.00 USD" in priced.against
    assert {"trades.gain", "trades.tax", "trades.cost"} <= set(priced.figures)
    assert "leaves 20.0 % of the portfolio away from its target" in drift.if_left
    near = (position("WLD", 540, name="World Fund"), position("BND", 460, "bond"))
    assert "drift" not in proposals(figures_of(near, wanted))


@pytest.mark.parametrize(
    ("target", "band"), [("0.5", "0.05"), ("0.1", "0.025"), ("0", "0.05")], ids=["points", "part", "none wanted"]
)
def test_a_band_is_the_narrower_of_five_points_and_a_quarter(target: str, band: str) -> None:
    """Swedroe's 5/25 rule."""
    assert band_of(Decimal(target), Decimal("0.05")) == Decimal(band)


def test_old_prices_and_missing_ones_come_first() -> None:
    """Ours: advice is not built on missing data without saying so."""
    held = (
        position("ONE", 500, price_date=date(2026, 1, 2)),
        position("BND", 500, "bond"),
        position("NOP", 1, price=None, price_date=None),
    )
    found = figures_of(held).proposals
    assert [item.id for item in found] == ["data.missing", "data.stale", "concentration.ONE"]
    assert "NOP" in found[0].headline
    assert "50.0 %" in found[1].headline


def test_much_cash_without_a_target_is_asked_about_and_little_is_not() -> None:
    """Ours: above 20 percent, and only when no target gives it a task."""
    held = (position("CASH", 300, "cash"), position("BND", 700, "bond"))
    assert "cash" in proposals(figures_of(held))
    assert "cash" not in proposals(figures_of(held, asked(target={"cash": "0.3", "bond": "0.7"})))
    assert "cash" not in proposals(figures_of((position("CASH", 100, "cash"), position("BND", 900, "bond"))))


def test_a_chance_below_the_one_asked_for_proposes_what_raises_it_most() -> None:
    """Ours: the levers of the retirement, each by itself, and spending that lasts."""
    goals = {"horizon_years": 30, "years_to_retirement": 0, "annual_spending": 60}
    held = (position("WLD", 600, name="World Fund"), position("BND", 400, "bond"))
    figures = figures_of(held, asked(goals=goals))
    success = proposals(figures)["success"]
    facts = {fact.id: fact.formatted for fact in figures.facts}
    assert facts["retirement.log_normal.success"] in success.headline
    assert "90.0 % is asked for" in success.headline
    assert "raises the chance to" in success.action
    assert "lasts with the chance that is asked for" in success.action
    modest = figures_of(held, asked(goals={**goals, "annual_spending": 10}))
    assert "success" not in proposals(modest)


def test_every_computed_sentence_names_facts_alone() -> None:
    """Ours: what replaces a wrong paragraph passes the same gate."""
    wanted = asked(
        target={"equity": "0.3", "bond": "0.5", "cash": "0.2"},
        goals={"horizon_years": 30, "years_to_retirement": 1, "annual_spending": 60, "annual_contribution": 50},
    )
    held = (
        position("ONE", 500, name="One Works", price_date=date(2026, 1, 2)),
        position("VTI", 300, name="Vanguard Total Stock Market ETF"),
        position("CASH", 200, "cash"),
        position("NOP", 1, price=None, price_date=None),
        position("SAP", 5, "equity", name="SAP", currency="EUR"),
        position("US1234567890", 300, asset_class=None, name="Some Trust", cost_basis=Decimal(100)),
    )
    figures = figures_of(held, wanted)
    assert len(figures.proposals) >= 6
    for item in figures.proposals:
        for text in (item.headline, item.action, item.against, item.if_left):
            assert check_paragraph(text, figures.facts, names=figures.names) == [], text


def test_digits_in_a_name_of_the_table_are_no_figures() -> None:
    """Ours: a file that names no instrument has it named by the table, and the sentence on it passes the gate."""
    held = (
        position("VOO", 400, asset_class=None, currency="EUR"),
        position("VOO", 300, asset_class=None),
        position("VTI", 300, asset_class=None),
    )
    figures = figures_of(held, asked(goals={"base_currency": "USD"}))
    assert "Vanguard S&P 500 ETF" in figures.names
    text = "Vanguard S&P 500 ETF is 50.0 % of what is counted."
    assert check_paragraph(text, figures.facts, names=figures.names) == []


def test_the_figures_of_a_proposal_are_facts() -> None:
    """Ours: each can be opened."""
    figures = figures_of(wanted=asked(target={"equity": "0.2", "bond": "0.8"}))
    known = {fact.id for fact in figures.facts}
    assert len(known) == len(figures.facts)
    assert {name for item in figures.proposals for name in item.figures} <= known
    assert {name for fact in figures.facts for name in fact.computed_from} <= known
