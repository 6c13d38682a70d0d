"""Sentences that state computed facts: the built-in planner's prose, and what replaces a wrong paragraph.

Nothing here computes a figure; every number comes as the plan writes it.
"""

from collections.abc import Iterable, Mapping, Sequence

from alex_planner.allocation import UNCLASSIFIED
from alex_planner.concentration import TOP as TOP_HOLDINGS
from alex_planner.plan.evidence import QuotedClaim
from alex_planner.recommending.proposal import Proposal
from alex_planner.wording import spoken

TOP = 3
"""Proposals that are named as what matters most."""
MAX_EVIDENCE = 3
"""Findings named on one side of a recommendation."""
_CONFIDENCE = {"high": 0, "medium": 1, "low": 2}
NOTHING_TO_DO = "No rule of this plan speaks for a change; see what is missing and what was not given."
NOT_ANSWERED = "No source that could be quoted answers this."


def standing(facts: Mapping[str, str]) -> list[str]:
    """Return paragraphs on where the portfolio stands.

    Args:
        facts: from the id of a fact to its value as the plan writes it.
    """
    return [paragraph for paragraph in (_total(facts), _mix(facts), _performance(facts), _outlook(facts)) if paragraph]


def priorities(proposals: Sequence[Proposal]) -> list[str]:
    """Return a sentence for each of the first proposals."""
    return [f"{item.title}: {item.headline}" for item in proposals[:TOP]] or [NOTHING_TO_DO]


def evidence_for(proposal: Proposal, findings: Iterable[QuotedClaim]) -> tuple[list[str], list[str]]:
    """Return the ids of findings that speak for the proposal and against it, the most certain first.

    What speaks against a holding speaks for having less of it, and the other way round.
    """
    about = sorted(
        (item for item in findings if set(item.symbols) & set(proposal.symbols)),
        key=lambda item: (_CONFIDENCE.get(item.confidence, len(_CONFIDENCE)), item.id),
    )
    against = [item.id for item in about if item.stance == "against"]
    supports = [item.id for item in about if item.stance == "supports"]
    return against[:MAX_EVIDENCE], supports[:MAX_EVIDENCE]


def answer(about: Sequence[QuotedClaim]) -> tuple[str, list[str]]:
    """Return the answer to a question, and the ids of what it quotes.

    Args:
        about: what was found on the question.
    """
    if not about:
        return NOT_ANSWERED, []
    quotes = " ".join(f"\u201c{item.quote}\u201d" for item in about[:MAX_EVIDENCE])
    return f"The sources say: {quotes}", [item.id for item in about[:MAX_EVIDENCE]]


def reason(proposal: Proposal) -> str:
    """Return what is the matter and why that matters."""
    return f"{proposal.headline} {proposal.why}"


def _total(facts: Mapping[str, str]) -> str:
    if "total" not in facts:
        return "No position has a price, so nothing can be added up."
    positions = "position" if facts["positions"] == "1" else "positions"
    if _is_whole(facts):
        text = f"The portfolio is worth {facts['total']}, in {facts['positions']} {positions}."
    else:
        text = f"Of the {facts['positions']} {positions}, what is counted is worth {facts['total']}."
    for kind, why in (("unpriced", "without a price"), ("unconverted", "in a currency without a known rate")):
        if facts.get(kind, "0") != "0":
            verb = "is" if facts[kind] == "1" else "are"
            text += f" The total is incomplete: {facts[kind]} of the positions, {why}, {verb} not counted."
    if "gains.gain" in facts:
        text += f" Where the file says what was paid, the unrealised gain is {facts['gains.gain']}"
        text += f", {facts['gains.percent']} of the cost." if "gains.percent" in facts else "."
    if "concentration.top" in facts and facts["positions"] != "1":
        text += f" The largest holding is {facts['concentration.largest']} of {_whole(facts)}"
        few = int(facts["positions"].replace(",", "")) <= TOP_HOLDINGS
        text += "." if few else f", the five largest are {facts['concentration.top']}."
    return text


def _mix(facts: Mapping[str, str]) -> str:
    prefix, suffix = "asset_class.", ".share"
    shares = {
        fact_id.removeprefix(prefix).removesuffix(suffix): value
        for fact_id, value in facts.items()
        if fact_id.startswith(prefix) and fact_id.endswith(suffix)
    }
    unknown = shares.pop(UNCLASSIFIED, None)
    parts = [f"{spoken(key)} {value}" for key, value in shares.items()]
    parts += [f"of unknown class {unknown}"] if unknown else []
    by = "By asset class" if _is_whole(facts) else "By asset class, of what is counted"
    text = f"{by}: {', '.join(parts)}." if parts else ""
    if "drift.before" in facts:
        of_what = "what has a known class" if unknown else _whole(facts)
        text += f" Of {of_what}, {facts['drift.before']} is away from the target mix."
    return text


def _is_whole(facts: Mapping[str, str]) -> bool:
    return all(facts.get(kind, "0") == "0" for kind in ("unpriced", "unconverted"))


def _whole(facts: Mapping[str, str]) -> str:
    return "the portfolio" if _is_whole(facts) else "what is counted"


def _performance(facts: Mapping[str, str]) -> str:
    parts = []
    if "returns.money_weighted" in facts:
        parts.append(f"The securities returned {facts['returns.money_weighted']} a year on the money paid in.")
    if "risk.volatility" in facts:
        parts.append(f"The present holdings had a volatility of {facts['risk.volatility']} a year.")
    if "risk.max_drawdown" in facts:
        parts.append(f"Their largest fall was {facts['risk.max_drawdown']}.")
    if "expenses.first_year" in facts:
        parts.append(f"The funds whose expenses are known cost {facts['expenses.first_year']} in the first year.")
    return " ".join(parts)


def _outlook(facts: Mapping[str, str]) -> str:
    horizon = facts["goal.horizon"]
    year = f"projection.year.{horizon.removesuffix(' years')}"
    if f"{year}.p50" not in facts:
        return ""
    left_out = not _is_whole(facts) or any(name.startswith("projection.left_out.") for name in facts)
    start = f", from the {facts['projection.start']} that can be projected" if left_out else ""
    low = facts[f"{year}.p5"]
    text = (
        f"Under the planning assumptions, half of the simulated paths are above {facts[f'{year}.p50']} after {horizon} "
        f"in today's money{start}; one path in twenty {'ends with' if low.startswith('0 ') else 'is below'} {low}, and "
        f"one in twenty above {facts[f'{year}.p95']}."
    )
    if f"{year}.loss" in facts:
        text += f" The probability of ending with less than was paid in is {facts[f'{year}.loss']}."
    if "retirement.log_normal.success" in facts:
        text += f" {_lasting(facts)}"
    return text


def _lasting(facts: Mapping[str, str]) -> str:
    text = f"The chance that the money lasts is {facts['retirement.log_normal.success']} under them"
    history = facts.get("retirement.block_bootstrap.success")
    text += f", and {history} on years drawn from history." if history else "."
    return f"{text} {facts['retirement.goal.target']} is asked for."
