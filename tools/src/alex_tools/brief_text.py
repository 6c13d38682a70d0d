"""A brief of the research agent as lines to read."""

from collections.abc import Iterator, Mapping


def brief_lines(brief: Mapping[str, object]) -> Iterator[str]:
    """Yield the summary, the findings with their evidence, what is open, and the sources that gave nothing."""
    if brief.get("summary"):
        yield str(brief["summary"])
        yield ""
    if brief.get("nothing_found"):
        yield "nothing was found in what was read that could be quoted"
    for finding in objects_in(brief.get("findings")):
        yield from _finding_lines(finding)
    yield from (f"open: {question}" for question in texts_in(brief.get("open_questions")))
    for source in objects_in(brief.get("sources")):
        if source.get("reason"):
            yield f"{source.get('status')}: {source.get('url')}: {source.get('reason')}"
    dropped = brief.get("dropped_findings")
    if dropped:
        yield f"dropped: {dropped} findings whose quote is not in its source"


def _finding_lines(finding: Mapping[str, object]) -> Iterator[str]:
    claim, quote, figure = finding.get("claim"), finding.get("quote"), finding.get("figure")
    yield f"- ({finding.get('stance')}) {claim}"
    if quote != claim:
        yield f'  "{quote}"'
    filing = figure.get("url") if isinstance(figure, dict) else None
    yield f"  {filing or finding.get('source_url') or finding.get('document_id')}"
    published = str(finding.get("published_at") or "no date")[:10]
    yield f"  {published}, confidence {finding.get('confidence')}: {finding.get('confidence_reason')}"
    for older in objects_in(finding.get("contradicts")):
        yield f'  contradicts what was found before: "{older.get("quote")}" ({older.get("reason")})'


def objects_in(value: object) -> list[dict[str, object]]:
    """Return the JSON objects in a JSON list."""
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def texts_in(value: object) -> list[str]:
    """Return the items of a JSON list as text."""
    return [str(item) for item in value] if isinstance(value, list) else []
