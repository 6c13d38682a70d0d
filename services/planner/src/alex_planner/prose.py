"""Sentences that state computed facts: the built-in planner's prose, and what replaces a wrong paragraph."""

from collections.abc import Mapping


def summary_of_facts(facts: Mapping[str, str]) -> list[str]:
    """Return paragraphs that state the main facts.

    Args:
        facts: from the id of a fact to its value as the plan writes it.
    """
    return [paragraph for paragraph in (_standing(facts), _mix(facts), _outlook(facts)) if paragraph]


def _standing(facts: Mapping[str, str]) -> str:
    if "total" not in facts:
        return "No position has a price, so nothing can be added up."
    text = f"The priced positions are worth {facts['total']}."
    for kind, why in (("unpriced", "have no price"), ("unconverted", "are in another currency")):
        if facts.get(kind, "0") != "0":
            text += f" The total is incomplete: {facts[kind]} positions {why} and are not counted."
    return text


def _mix(facts: Mapping[str, str]) -> str:
    prefix, suffix = "asset_class.", ".share"
    shares = [
        f"{fact_id.removeprefix(prefix).removesuffix(suffix).replace('_', ' ')} {value}"
        for fact_id, value in facts.items()
        if fact_id.startswith(prefix) and fact_id.endswith(suffix)
    ]
    return f"By asset class: {', '.join(shares)}." if shares else ""


def _outlook(facts: Mapping[str, str]) -> str:
    horizon = facts["goal.horizon"]
    year = f"projection.year.{horizon.removesuffix(' years')}"
    if f"{year}.p50" not in facts:
        return ""
    return (
        f"Under the assumptions listed below, the median of the simulated values after {horizon} is "
        f"{facts[f'{year}.p50']} in today's money; the 5th percentile is {facts[f'{year}.p5']} and the 95th "
        f"{facts[f'{year}.p95']}."
    ) + (
        f" The probability of ending with less than was paid in is {facts[f'{year}.loss']}."
        if f"{year}.loss" in facts
        else ""
    )
