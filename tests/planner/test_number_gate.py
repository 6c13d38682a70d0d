"""The gate on a labelled set: no sentence of facts is refused, no sentence with another number passes."""

import time
from datetime import date
from decimal import Decimal

import pytest
from alex_planner.facts import Fact, count_fact, date_fact, money_fact, percent_fact, years_fact
from alex_planner.number_gate import MAX_PARAGRAPH_CHARS, check_paragraph, gate

FACTS: tuple[Fact, ...] = (
    money_fact("total", "total of the priced positions", Decimal(1234567), "USD", "sum"),
    money_fact("median", "median value after 20 years", Decimal("2469135.78"), "USD", "simulation"),
    money_fact("low", "fifth percentile after 20 years", Decimal("876543.21"), "USD", "simulation"),
    money_fact("contribution", "contribution per year", Decimal(12000), "USD", "goals"),
    money_fact("price", "price of VTI", Decimal("250.10"), "USD", "file"),
    money_fact("cheap", "price of ACME", Decimal("7.31"), "USD", "file"),
    money_fact("euro", "value of SAP", Decimal("401.00"), "EUR", "file"),
    percent_fact("equity", "share of asset class equity", Decimal("0.617284"), "share"),
    percent_fact("bond", "share of asset class bond", Decimal("0.3333"), "share"),
    percent_fact("tech", "share of sector technology", Decimal("0.1234"), "share"),
    percent_fact("loss", "probability of a real loss", Decimal("0.0659"), "simulation"),
    percent_fact("fee", "expense ratio", Decimal("0.0003"), "file"),
    percent_fact("change", "change since the last plan", Decimal("-0.042"), "difference"),
    percent_fact("gold", "share of asset class commodity", Decimal("0.20"), "share"),
    count_fact("positions", "number of positions (holdings) in the portfolio", 14, "count"),
    count_fact("unpriced", "number of unpriced positions (holdings)", 3, "count"),
    count_fact("paths", "number of simulated paths (simulations)", 10000, "setting"),
    Fact(
        id="quantity",
        label="quantity (units, shares) of VTI",
        value=Decimal("1250.5"),
        unit="count",
        formatted="1,250.5",
        source="file",
    ),
    years_fact("horizon", "horizon", 20, "goals"),
    date_fact("newest", "newest price date", date(2026, 11, 20), "file"),
    date_fact("published", "publication of a source", date(2026, 8, 14), "source"),
)
QUOTES = ("Revenue rose 18 percent to $4.2 billion in the third quarter.",)
NAMES = ("iShares 20+ Year Treasury Bond ETF", "Target 2055 Fund", "7203.T", "Model 3")

SUPPORTED = (
    "The portfolio is worth 1,234,567 USD.",
    "The portfolio is worth $1,234,567.00.",
    "The portfolio is worth USD 1.23 million.",
    "It is worth about $1.2 million today.",
    "It is worth $1,234,567.00, all of it counted.",
    "Of the total, 61.7 %, or $1,234,567, matters.",
    "Nearly a fifth (20.0 %) is in gold.",
    "It is worth 1.235 million dollars.",
    "It is worth US$1.23m.",
    "It is worth 1234567 dollars.",
    "The total is 1'234'567 USD.",
    "The total is 1 234 567 USD.",
    "The total is 1\u202f234\u202f567 USD.",
    "The total is 1.234.567,00 USD.",
    "Equity is 61.7 % of it.",
    "Equity is 61.73% of it.",
    "Equity is 62 percent of it.",
    "Technology is 12.3 % and bonds are 33.3 %.",
    "Technology makes up 12,3 % of the total.",
    "Bonds are a third of the portfolio.",
    "One in five dollars is in gold.",
    "A fifth of the portfolio is gold.",
    "Twenty percent is in gold.",
    "Between 12.3 and 33.3 % is at stake.",
    "The shares range from 12.3 to 61.7 %.",
    "The chance of a real loss is 6.6 %.",
    "The chance of a real loss is 6.59 per cent.",
    "The fund costs 0.03 % a year.",
    "The fund costs 3 basis points a year.",
    "The value changed by -4.2 %.",
    "The value fell by 4.2 %.",
    "You hold 14 positions, of which 3 are unpriced holdings.",
    "You hold fourteen positions.",
    "Three holdings have no price.",
    "The portfolio has 14 different holdings.",
    "You own 14 investments in total.",
    "Of your positions, all 14 in number, 3 of them are unpriced.",
    "The simulation ran 10,000 scenarios.",
    "You hold 1,250.5 shares of VTI at $250.10.",
    "SAP is worth 401 EUR, or \u20ac401.00.",
    "In 10,000 simulated paths the median is $2,469,135.78.",
    "After 20 years the median is 2.47 million USD.",
    "Over the 20-year horizon the median is $2.469 million.",
    "Over twenty years the range is $0.88-2.47 million.",
    "You pay in 12,000 USD a year.",
    "You pay in $12k a year.",
    "You pay in twelve thousand dollars a year.",
    "The newest price is of 2026-11-20.",
    "The newest price is of 20 November 2026.",
    "The newest price is of November 20, 2026.",
    "The newest price is of Nov 20th, 2026.",
    "Prices are of November 2026.",
    "Prices are of 2026.",
    "The report of 14 August 2026 says so.",
    "The report came out on 14/08/2026.",
    "The report came out in Q3 2026.",
    "First, look at the two largest risks; second, at one cost.",
    "1. Equity is the largest part.",
    "Equity is the largest part [1], as the source says [2].",
    "The 95th percentile is not a promise.",
    "It tracks the S&P 500 inside a 401(k).",
    "Two things matter most.",
    'The company said that "Revenue rose 18 percent to $4.2 billion" in its report.',
    "The company said: \u201crose 18 percent to $4.2 billion in the third quarter\u201d.",
    "The iShares 20+ Year Treasury Bond ETF is the largest bond holding.",
    "Target 2055 Fund and 7203.T are unpriced; the Model 3 sells.",
    "COVID-19 and the F-150 are named in the source.",
    "The second half of the year may differ.",
    "No figure is known for it.",
    "",
)

UNSUPPORTED = (
    "The portfolio is worth 1,234,568 USD.",
    "The portfolio is worth $1.24 million.",
    "The portfolio is worth $1.3 million.",
    "The portfolio is worth about 1,200,000 USD.",
    "The portfolio is worth 1,234,567 EUR.",
    "The portfolio is worth \u20ac1.23 million.",
    "The portfolio is worth $1.23 billion.",
    "The portfolio is worth $1.23.",
    "The portfolio is worth one million dollars.",
    "The portfolio is worth $1m.",
    "The portfolio is worth \uff11\uff12\uff13 USD.",
    "The portfolio is worth \u0661\u0662\u0663 USD.",
    "The portfolio is worth $9\u200b9\u200b9.",
    "The portfolio is worth &#57;&#57; USD.",
    "The portfolio is worth 1.5e6 USD.",
    "The portfolio is worth **99**,000 USD.",
    "Equity is 61.8 % of it.",
    "Equity is 61.74 % of it.",
    "Equity is 60 % of it.",
    "Equity is 617 % of it.",
    "Equity is 62 USD of it.",
    "Equity is sixty percent of it.",
    "Equity is sixty-three percent of it.",
    "More than half of it is equity.",
    "Two thirds of it is equity.",
    "Nearly a quarter of it is gold.",
    "It is worth $1,234,568.00, all of it counted.",
    "Three quarters of the money is in funds.",
    "One in three hundred paths fails.",
    "The chance is fifty-fifty.",
    "Rates fell by a quarter point.",
    "It lost a third of its value in nineteen twenty nine.",
    "Rates are at 4\u00bc percent.",
    "Hold it for 3 decades.",
    "Fees are 0.75% p.a.",
    "It trades near its 52-week low.",
    "Earnings per share are $2.10.",
    "The beta is 1.2.",
    "About nine tenths are shares.",
    "More than 100 stocks are inside.",
    "Save fifteen hundred dollars monthly.",
    "It sold 2m cars.",
    "Four out of five paths gain.",
    "Four in ten paths end with a loss.",
    "Technology is 12.35 % of the total.",
    "Technology is 12.4 %.",
    "Between 12.3 and 34 % is at stake.",
    "Between 10 and 33.3 % is at stake.",
    "The chance of a real loss is 7.5 percent.",
    "The fund costs 4 basis points a year.",
    "The value changed by +4.2 %.",
    "The value changed by \u22126.6 %.",
    "You hold 15 positions.",
    "You hold fifteen positions.",
    "You hold seven holdings.",
    "The fund is followed by 14 analysts.",
    "The fund is followed by 7 analysts.",
    "It has 3 branches.",
    "You hold 1,252 shares of VTI.",
    "The money doubled.",
    "The money grew tenfold.",
    "It is worth twice as much.",
    "It grew 5x.",
    "It grew three times.",
    "After 25 years the median is $2,469,135.78.",
    "After twenty-five years you can retire.",
    "Retire in 240 months.",
    "The newest price is of 2026-11-21.",
    "The newest price is of 21 November 2026.",
    "The newest price is of 20 October 2026.",
    "Prices are of October 2026.",
    "Prices are of 2025.",
    "The report came out in Q2 2026.",
    "The report came out on 15/08/2026.",
    "The report is of the 1990s.",
    "Results for FY2027 are awaited.",
    "Expect a rate cut on March 3.",
    'The company said that "Revenue rose 19 percent" in its report.',
    'The company said that "Revenue rose 18 percent to $5 billion" in its report.',
    "Revenue rose 18 percent to $4.2 billion.",
    "1. Equity is 99 % of it.",
    "First, sell 40 shares.",
    "A 60/40 mix suits you.",
    "You need 3.5 million to retire.",
    "The odds are 1:3.",
    "The price target is \u00a5500.",
    "It yields 5pct.",
    "It yields 5 pp more.",
    "It yields approx13%.",
    "The ratio is \u00bd.",
    "See section 4.2.1 of it.",
    "The Model 4 sells.",
    "Call +1 555 0100 now.",
    "It pays a hundred dollars.",
    "It cost a million.",
    "It is 99% certain.",
    "It is ninety-nine per cent certain.",
    "Earnings of 7 per share.",
)


def test_the_labelled_set_is_large_enough_and_has_no_sentence_twice() -> None:
    """Ours: at least sixty sentences, of both labels."""
    assert len(SUPPORTED) >= 60
    assert len(UNSUPPORTED) >= 60
    assert len({*SUPPORTED, *UNSUPPORTED}) == len(SUPPORTED) + len(UNSUPPORTED)


def test_no_sentence_of_facts_is_refused() -> None:
    """Ours: errors of the first kind on the labelled set are zero."""
    refused = {text: found for text in SUPPORTED if (found := check_paragraph(text, FACTS, quotes=QUOTES, names=NAMES))}
    assert refused == {}


def test_no_sentence_with_a_number_that_is_no_fact_passes() -> None:
    """Ours: errors of the second kind on the labelled set are zero."""
    passed = [text for text in UNSUPPORTED if not check_paragraph(text, FACTS, quotes=QUOTES, names=NAMES)]
    assert passed == []


@pytest.mark.parametrize("text", UNSUPPORTED, ids=range(len(UNSUPPORTED)))
def test_a_wrong_number_is_found_inside_a_paragraph_of_facts(text: str) -> None:
    """Ours: what stands around a number does not hide it."""
    paragraph = f"Equity is 61.7 % of the total. {text} You hold 14 positions."
    assert check_paragraph(paragraph, FACTS, quotes=QUOTES, names=NAMES)


def test_without_facts_every_number_of_interest_is_unsupported() -> None:
    """Ours: the gate fails closed."""
    found = check_paragraph("It is 5 %, 3 USD, 20 years, 14 positions and of 2026-11-20.", ())
    assert {item.kind for item in found} == {"percent", "money", "years", "plain", "date"}


def test_a_paragraph_that_fails_is_replaced_and_counted() -> None:
    """Ours: the computed sentence stands in its place; the others stay."""
    result = gate(
        ["Equity is 61.7 % of it.", "Equity is 90 % of it.", "Buy 5 bonds."],
        FACTS,
        ["Computed one.", "Equity is 61.7 % of the total."],
    )
    assert result.paragraphs == ("Equity is 61.7 % of it.", "Equity is 61.7 % of the total.")
    assert (result.checked, result.replaced) == (3, 2)
    assert [len(found) for found in result.unsupported] == [0, 1, 1]


def test_a_name_is_skipped_as_a_whole_word_only() -> None:
    """Ours: a name cannot be used to carry a figure."""
    assert check_paragraph("The Model 35 sells.", FACTS, names=NAMES)
    assert check_paragraph("It costs 5.", FACTS, names=("5",))


def test_a_verified_quotation_does_not_cover_what_stands_outside_its_marks() -> None:
    """Ours: only the words between the marks are the source's."""
    text = 'It said "Revenue rose 18 percent", which is 18 percent too few.'
    assert [item.text for item in check_paragraph(text, FACTS, quotes=QUOTES)] == ["18 percent"]


HOSTILE = (
    "1,",
    "one hundred and ",
    "$",
    "9",
    "1 ",
    "a ",
    "one in ",
    '"',
    "Jan 1 ",
    "1e9",
    "1e999 trillion ",
    "\ufdfa",
    "((",
)


@pytest.mark.parametrize("part", HOSTILE)
def test_a_hostile_paragraph_is_read_in_bounded_time(part: str) -> None:
    """Ours: no input makes the patterns run away or the arithmetic fail."""
    longest = part * (MAX_PARAGRAPH_CHARS // len(part))
    started = time.perf_counter()
    check_paragraph(longest, FACTS[:3])
    assert time.perf_counter() - started < 5
    assert [item.kind for item in check_paragraph(longest + part * len(longest), FACTS)] == ["length"]
