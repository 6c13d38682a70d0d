"""`alex analyse`: an analysis as lines that a person reads."""

import pytest
from alex_tools.analysing import describe_analysis
from alex_tools.errors import BadInput
from alex_tools.planning import read_classes, read_target


def fact(name: str, label: str, formatted: str) -> dict[str, object]:
    """A fact as the planner answers it."""
    return {"id": name, "label": label, "formatted": formatted}


def test_an_analysis_is_read_by_groups_with_what_is_not_known_last() -> None:
    """Ours: figures as the service formats them, nothing computed."""
    answer: dict[str, object] = {
        "as_of": "2026-11-28",
        "allocation": {"by_asset_class": [{"key": "equity"}], "by_region": []},
        "facts": [
            fact("total", "total", "100.00 USD"),
            fact("asset_class.equity.amount", "amount", "100.00 USD"),
            fact("asset_class.equity.share", "share", "100.0 %"),
            fact("risk.volatility", "volatility a year", "15.0 %"),
        ],
        "missing": [{"figure": "value", "reason": "No price is known for A."}],
    }
    assert list(describe_analysis(answer)) == [
        "Value on 2026-11-28: 100.00 USD",
        "",
        "By asset class",
        "  equity: 100.00 USD, 100.0 %",
        "",
        "Risk",
        "  volatility a year: 15.0 %",
        "",
        "Not known",
        "  value: No price is known for A.",
    ]


def test_an_analysis_without_a_value_says_so() -> None:
    """Ours: nothing priced."""
    assert list(describe_analysis({"as_of": "2026-11-28", "facts": []})) == ["Value on 2026-11-28: no value is known"]


def test_a_target_is_given_in_percent() -> None:
    """Ours: with or without the sign."""
    assert {name: float(share) for name, share in read_target(["equity=60", "bond=40%"]).items()} == {
        "equity": 0.6,
        "bond": 0.4,
    }
    with pytest.raises(BadInput, match="not of the form equity=60"):
        read_target(["equity 60"])


def test_a_class_is_given_by_symbol() -> None:
    """Ours: the owner's word on a holding, as the planner's API names it."""
    assert read_classes(["ACME = equity"]) == [{"symbol": "ACME", "asset_class": "equity"}]
    with pytest.raises(BadInput, match="not of the form ACME=equity"):
        read_classes(["ACME"])


def test_each_holding_has_its_value_share_and_gain_as_far_as_they_are_known() -> None:
    """Ours: the largest first; what is not counted and what was paid for an unknown price stay unknown."""
    answer: dict[str, object] = {
        "as_of": "2026-11-28",
        "allocation": {
            "positions": [
                {"symbol": "A", "share": "0.25"},
                {"symbol": "B", "share": "0.75"},
                {"symbol": "C", "share": None},
            ]
        },
        "facts": [
            fact("position.1.value", "value", "25.00 USD"),
            fact("position.1.share", "share", "25.0 %"),
            fact("position.1.gain", "gain", "-5.00 USD"),
            fact("position.1.gain_percent", "gain", "-16.7 %"),
            fact("position.2.value", "value", "75.00 USD"),
            fact("position.2.share", "share", "75.0 %"),
        ],
    }
    assert list(describe_analysis(answer))[1:] == [
        "",
        "Holdings",
        "  B: 75.00 USD, 75.0 %",
        "  A: 25.00 USD, 25.0 %, gain -5.00 USD, -16.7 %",
        "  C: no value is known, not counted",
    ]
