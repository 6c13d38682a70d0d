"""What a person reads of a brief: each finding with its evidence, and what the research could not get."""

from alex_tools.brief_text import brief_lines

BRIEF = {
    "summary": "Two findings.",
    "findings": [
        {
            "claim": "Revenue of Tarn Corp: 9 USD.",
            "quote": "Revenue of Tarn Corp: 9 USD.",
            "stance": "neutral",
            "source_url": "https://data.sec.test/facts.json",
            "figure": {"url": "https://www.sec.test/filing-index.htm"},
            "published_at": "2026-02-20T00:00:00+00:00",
            "confidence": "medium",
            "confidence_reason": "1 independent source of this stance",
            "contradicts": [{"quote": "Revenue of Tarn Corp: 8 USD.", "reason": "the figures differ"}],
        },
        {
            "claim": "It is late.",
            "quote": "The trains are late again.",
            "stance": "against",
            "document_id": "doc_1",
            "source_url": None,
            "figure": None,
            "published_at": None,
            "confidence": "low",
            "confidence_reason": "the source has no date",
            "contradicts": [],
        },
    ],
    "open_questions": ["What speaks for it?"],
    "sources": [
        {"url": "https://a.test/", "status": "kept", "reason": None},
        {"url": "https://b.test/", "status": "failed", "reason": "404"},
    ],
    "dropped_findings": 2,
}


def test_a_finding_is_shown_with_filing_date_confidence_and_contradiction() -> None:
    """Ours: a reported figure leads to its filing, not to a file of JSON; what gave nothing is named."""
    assert list(brief_lines(BRIEF)) == [
        "Two findings.",
        "",
        "- (neutral) Revenue of Tarn Corp: 9 USD.",
        "  https://www.sec.test/filing-index.htm",
        "  2026-02-20, confidence medium: 1 independent source of this stance",
        '  contradicts what was found before: "Revenue of Tarn Corp: 8 USD." (the figures differ)',
        "- (against) It is late.",
        '  "The trains are late again."',
        "  doc_1",
        "  no date, confidence low: the source has no date",
        "open: What speaks for it?",
        "failed: https://b.test/: 404",
        "dropped: 2 findings whose quote is not in its source",
    ]


def test_a_brief_without_anything_is_no_line() -> None:
    """Ours: a run that came to nothing has no output."""
    assert list(brief_lines({})) == []
