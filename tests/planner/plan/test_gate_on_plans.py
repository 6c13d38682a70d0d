"""The gate on the facts of a whole plan, by a labelled set: proposals, drift, retirement and the change since the last.

With hundreds of facts at hand, an invented number meets one by chance more easily than in `test_number_gate`.
"""

from datetime import date
from decimal import Decimal
from functools import cache

from alex_planner.plan.checking import Gate
from alex_planner.portfolio import Position

from tests.planner.plan.samples import asked, figures_of, finding, plan

HELD = (
    Position(
        symbol="ALFA",
        name="Alfa Rail",
        quantity=Decimal(100),
        price=Decimal("300.50"),
        currency="USD",
        price_date=date(2026, 11, 20),
        asset_class="equity",
    ),
    Position(
        symbol="WLDF", name="World Fund", quantity=Decimal(500), price=Decimal(90), currency="USD", asset_class="equity"
    ),
    Position(
        symbol="BNDF", name="Bond Fund", quantity=Decimal(400), price=Decimal(50), currency="USD", asset_class="bond"
    ),
    Position(symbol="CASH", quantity=Decimal(4950), price=Decimal(1), currency="USD", asset_class="cash"),
)
WANTED = asked(
    target={"equity": "0.6", "bond": "0.3", "cash": "0.1"},
    goals={"horizon_years": 30, "years_to_retirement": 5, "annual_spending": 6000, "annual_contribution": 2400},
)

SUPPORTED = (
    "The portfolio is worth 100,000.00 USD.",
    "The portfolio is worth about $100,000.",
    "Alfa Rail is 30.1 % of the portfolio, above the limit of 10 % for one company.",
    "Moving 20,050 USD of Alfa Rail elsewhere brings it down to the limit of 10 %.",
    "If Alfa Rail lost half of its value, the portfolio would lose 15.0 %.",
    "Equity is 75.1 % of it, and 60 % is the target for equity.",
    "Equity has drifted 15.1 percentage points above its target.",
    "Bonds are 20 %; their target is 30 %.",
    "Cash is at 5.0 %, half of its target of 10 %.",
    "The horizon is 30 years, and retirement begins in 5 years.",
    "You plan to spend 6,000 USD a year in retirement.",
    "You pay in 2,400 USD a year.",
    "The last plan, of 23 November 2026, had a total of 95,000 USD.",
    "The total rose by 5,000 USD since the last plan, or 5.3 %.",
    "The simulation ran 10,000 paths with seed 20260.",
    "The newest price is of 20 November 2026.",
    "A source of 14 August 2026 speaks of it.",
    'The source says: "The fee was cut."',
    "Four positions make up the portfolio.",
    "The chance of success asked for is 90 %.",
    "Three things matter most; first comes Alfa Rail.",
    "Nothing computed speaks against waiting.",
)
UNSUPPORTED = (
    "The portfolio is worth 101,000 USD.",
    "The portfolio is worth 100,000 EUR.",
    "Alfa Rail is 31.1 % of the portfolio.",
    "Alfa Rail is 20.0 % of the portfolio.",
    "One company should stay below 12 %.",
    "Moving 20,500 USD of Alfa Rail elsewhere brings it down.",
    "If Alfa Rail lost a third of its value, you would lose a tenth.",
    "Equity has drifted 17.3 percentage points above its target.",
    "The target for bonds is 35 %.",
    "Sell 67 shares of Alfa Rail.",
    "Retirement begins in 7 years.",
    "You plan to spend 6,500 USD a year in retirement.",
    "You pay in 240 USD a month.",
    "The last plan, of 22 November 2026, was another.",
    "The total rose by 5,100 USD since the last plan.",
    "The total rose by 6.3 % since the last plan.",
    "The simulation ran 20,000 paths.",
    "The newest price is of 19 November 2026.",
    "A source of 15 August 2026 speaks of it.",
    'The source says: "The fee was cut by 20 %."',
    "Nine positions make up the portfolio.",
    "The chance of success is 99.4 %.",
    "Expect 11 % a year from shares.",
    "Inflation will be 4.7 % next year.",
    "It would double in twelve years.",
    "The dividend yields 3.3 %.",
    "Analysts see a price of $345.",
    "Rates fall in March 2027.",
)


@cache
def gate() -> Gate:
    """Return the gate of the plan."""
    earlier = (HELD[0].model_copy(update={"price": Decimal("250.50")}), *HELD[1:])
    figures = figures_of(HELD, WANTED, plan(earlier, WANTED))
    return Gate.of(figures, [finding()])


def test_no_sentence_of_facts_of_a_plan_is_refused() -> None:
    """Ours: errors of the first kind on the labelled set are zero."""
    refused = {text: found for text in SUPPORTED if (found := gate().check(text))}
    assert refused == {}


def test_no_sentence_with_an_invented_number_passes_the_facts_of_a_plan() -> None:
    """Ours: errors of the second kind on the labelled set are zero."""
    assert len(gate().facts) > 300
    assert [text for text in UNSUPPORTED if not gate().check(text)] == []
