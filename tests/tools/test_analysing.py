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
