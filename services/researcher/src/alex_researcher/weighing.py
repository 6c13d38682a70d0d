"""How far a finding can be trusted, by rule: one entry for the same words, what speaks against it, a confidence.

**Confidence** counts points. One for a second independent source of the same stance, another for a third; one for
a source published at most a year before it was read. One is taken away for a source without a date or older than
three years, and one when more independent sources say the opposite than say the same. Two points are high, one is
medium, less is low. Independent means another host; the same words on two hosts are one source, because one of
them copied.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from alex_researcher.addresses import host_of
from alex_researcher.schemas import Confidence, Counter, Finding, Stance
from alex_researcher.topic_words import telling_words

RECENT = timedelta(days=365)
OLD = timedelta(days=3 * 365)
MAX_COUNTERS = 2
_HIGH, _SEVERAL = 2, 3
_OPPOSITE: dict[Stance, Stance] = {"supports": "against", "against": "supports"}


def weigh(findings: Sequence[Finding]) -> list[Finding]:
    """Return the findings without repetitions, each with what speaks against it and its confidence."""
    distinct = merge_repeated(findings)
    return [_weighed(finding, distinct) for finding in distinct]


def merge_repeated(findings: Sequence[Finding]) -> list[Finding]:
    """Return the findings in order, the same words once; where else they stand is noted in `also_at`.

    The same words are the same quote, whether the address is another one (a copy) or the document is the same.
    """
    merged: dict[str, Finding] = {}
    for finding in findings:
        words = " ".join(finding.quote.split()).casefold()
        first = merged.setdefault(words, finding)
        url = finding.source_url
        if url and url != first.source_url and url not in first.also_at:
            merged[words] = first.model_copy(update={"also_at": [*first.also_at, url]})
    return list(merged.values())


def _weighed(finding: Finding, all_findings: Sequence[Finding]) -> Finding:
    same = _hosts(other for other in all_findings if other.stance == finding.stance)
    opposite = _hosts(other for other in all_findings if other.stance == _OPPOSITE.get(finding.stance))
    confidence, reason = _confidence(finding, len(same | {host_of(finding.source_url)}), len(opposite))
    counters = _counters(finding, all_findings)
    return finding.model_copy(update={"confidence": confidence, "confidence_reason": reason, "counter": counters})


def _hosts(findings: Iterable[Finding]) -> set[str]:
    return {host_of(finding.source_url) for finding in findings}


def _confidence(finding: Finding, same: int, opposite: int) -> tuple[Confidence, str]:
    points, reasons = 0, [f"{same} independent source{'s' if same > 1 else ''} of this stance"]
    points += (same > 1) + (same >= _SEVERAL)
    age_points, age = _age(finding)
    points += age_points
    reasons.append(age)
    if opposite > same:
        points -= 1
        reasons.append(f"{opposite} say the opposite")
    level: Confidence = "high" if points >= _HIGH else "medium" if points == 1 else "low"
    return level, "; ".join(reasons)


def _age(finding: Finding) -> tuple[int, str]:
    if finding.published_at is None or finding.fetched_at is None:
        return -1, "the source has no date"
    age = datetime.fromisoformat(finding.fetched_at) - datetime.fromisoformat(finding.published_at)
    if age <= RECENT:
        return 1, "published within a year before it was read"
    return (-1, "older than three years") if age > OLD else (0, "published more than a year before it was read")


def _counters(finding: Finding, all_findings: Sequence[Finding]) -> list[Counter]:
    """Return what says the opposite, nearest in words first."""
    own = telling_words(finding.quote)
    against = [other for other in all_findings if other.stance == _OPPOSITE.get(finding.stance)]
    nearest = sorted(
        against, key=lambda other: (-len(own & telling_words(other.quote)), other.document_id, other.quote)
    )
    return [
        Counter(
            quote=other.quote,
            document_id=other.document_id,
            source_url=other.source_url,
            title=other.title,
            published_at=other.published_at,
        )
        for other in nearest[:MAX_COUNTERS]
    ]
