"""The plan as a document: what it must say, and that texts of others stay texts."""

import unicodedata
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from alex_planner.allocation import compute_allocation
from alex_planner.markdown_text import escape, link
from alex_planner.plan import GateCounts, Plan, PlanFinding, PlanPortfolio, SourceTried, missing_figures
from alex_planner.plan_markdown import render_plan
from alex_planner.portfolio import Position
from alex_planner.retirement.goals import Goals
from alex_planner.retirement.projection import project
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

NOW = datetime(2026, 11, 23, 12, 30, tzinfo=UTC)
RENDERER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])

POSITIONS = (
    Position(
        symbol="VTI",
        name="Total Market",
        account="IRA",
        quantity=Decimal(10),
        price=Decimal("300.50"),
        currency="USD",
        price_date=date(2026, 11, 20),
        asset_class="equity",
    ),
    Position(symbol="BND", quantity=Decimal(20), price=Decimal(50), currency="USD", asset_class="bond"),
    Position(symbol="SAP", quantity=Decimal(1), price=Decimal(200), currency="EUR", asset_class="equity"),
    Position(symbol="ACME", quantity=Decimal(5), currency="USD", asset_class="equity"),
)


def finding(**changes: object) -> PlanFinding:
    """Return a finding, changed as told."""
    values = {
        "topic": "VTI",
        "symbols": ("VTI",),
        "claim": "Fees fell.",
        "quote": "The fee was cut.",
        "source_url": "https://news.example/vti",
        "title": "Fee cut",
        "published_at": datetime(2026, 8, 14, tzinfo=UTC),
        "fetched_at": NOW,
        "document_id": "doc_" + "0" * 32,
        "content_hash": "sha256:00",
        "stance": "supports",
    }
    return PlanFinding.model_validate(values | changes)


RECEIPT = {
    "own": {"requests": 3, "input_tokens": 12_000, "output_tokens": 800, "cost": {"kind": "known", "usd": "0.0230"}},
    "delegated": {"cost": {"kind": "unknown", "reason": "no price"}},
    "delegated_runs": 2,
    "total": {"requests": 3, "input_tokens": 12_000, "output_tokens": 800, "cost": {"kind": "known", "usd": "0.0230"}},
}


def plan(positions: tuple[Position, ...] = POSITIONS, **changes: object) -> Plan:
    """Return a plan, changed as told."""
    goals = Goals(horizon_years=12, annual_contribution=Decimal(600), text="Stop working at [sixty].")
    allocation = compute_allocation(positions)
    projection = project(allocation, goals, paths=500)
    values = {
        "status": "completed",
        "model_label": "built-in model (deterministic, extractive)",
        "generated_at": NOW,
        "portfolio": PlanPortfolio(id="pf_1", name="Everything", as_of=allocation.price_dates.newest),
        "goals": goals,
        "allocation": allocation,
        "projection": projection,
        "assumptions": projection.assumptions if projection else (),
        "summary": ("Equity is the largest part.",),
        "findings": (finding(),),
        "missing": missing_figures(allocation, projection),
        "gate": GateCounts(checked=3, replaced=1),
        "sources_tried": (SourceTried(url="https://news.example/gone", status="failed", reason="HTTP 404"),),
        "receipt": RECEIPT,
    }
    return Plan.model_validate(values | changes)


def parsed(text: str) -> list[Token]:
    """Return all tokens of a document, those inside of lines too."""
    tokens = RENDERER.parse(text)
    return [inner for token in tokens for inner in (token, *(token.children or []))]


def link_targets(text: str) -> list[str]:
    """Return where the links of a document lead."""
    return [str(token.attrs["href"]) for token in parsed(text) if token.type == "link_open"]


def test_a_plan_says_everything_it_must() -> None:
    """Ours: figures, what is not counted, sources, what is missing, how it was made, and the notice."""
    text = render_plan(plan())
    for part in (
        "# Plan for Everything",
        "**Status: completed.**",
        "Goal in the owner's words: Stop working at \\[sixty\\].",
        "**Total: 4,005.00 USD (incomplete).** No price is known for ACME.",
        "| equity | 3,005.00 USD | 75.0 % |",
        "- ACME: no price is known, and none was made up.",
        "- SAP: 200.00 EUR, which is not converted to USD",
        "paid in each year 600.00 USD",
        "| 12 |",
        "equity.real\\_return",
        "[kaohooninternational.com/markets/523444](<https://kaohooninternational.com/markets/523444>)",
        "  > The fee was cut.",
        "[Fee cut](<https://news.example/vti>), published 2026-08-14, read 2026-11-23",
        "## The case against\n\nNo source against was found among those tried",
        "| failed | HTTP 404 |",
        "- The date of the price is not known for BND, SAP.",
        "built-in model (deterministic, extractive)",
        "seed 20260",
        "3 model calls and 2 research runs, 12,000 tokens read, 800 written, 0.0 s of work, 0.0230 USD",
        "3 paragraphs checked against the computed facts, 1 replaced",
        "not investment advice",
    ):
        assert part in text, part


def test_a_partial_plan_says_so_before_anything_else() -> None:
    """Ours: a failed part never reads as completed."""
    lines = render_plan(plan(status="partial", missing=("Research of BND failed.",))).splitlines()
    assert lines[2].startswith("**Status: partial.**")
    assert "- Research of BND failed." in lines


def test_findings_against_stand_in_the_case_against() -> None:
    """Ours: what speaks against a holding is not mixed with what speaks for it."""
    text = render_plan(plan(findings=(finding(), finding(claim="Fees may rise.", stance="against"))))
    found, against = text.split("## The case against")
    assert "Fees may rise." not in found
    assert "- **VTI**: Fees may rise." in against


def test_rendering_is_deterministic_and_survives_the_wire() -> None:
    """Ours: the same plan, also from JSON, gives the same bytes."""
    made = plan()
    assert render_plan(made) == render_plan(Plan.model_validate_json(made.model_dump_json()))


def test_a_plan_without_projection_or_prices_is_written_all_the_same() -> None:
    """Ours: nothing is left out silently."""
    text = render_plan(
        plan(positions=(Position(symbol="ACME", quantity=Decimal(5), currency="USD"),), status="partial")
    )
    assert "**Total: not known (incomplete).**" in text
    assert "What it may become" not in text
    assert "so nothing is projected" in text


def test_every_table_of_the_document_is_a_table() -> None:
    """CommonMark with tables: each row has the cells of its header."""
    tokens = parsed(render_plan(plan()))
    assert sum(token.type == "table_open" for token in tokens) == 9
    assert not any(token.type == "inline" and token.content.startswith("|") for token in tokens)


HOSTILE = (
    "[click](https://evil.example)",
    "![x](https://evil.example/pixel.png)",
    "<img src=x onerror=alert(1)>",
    "<script>alert(1)</script>",
    "</td></table><a href='https://evil.example'>x</a>",
    "https://evil.example www.evil.example",
    "<https://evil.example>",
    "a | b | c",
    "# Heading\n\n---\n\n- list\n1. item\n> quote\n```\ncode",
    "]: https://evil.example\n[x]: https://evil.example",
    "](<https://evil.example>)",
    "\\](https://evil.example)",
    "&lt;script&gt; &#60;b&#62;",
    "`` ` `` **bold** ~~gone~~ $x$ ==",
    "trailing backslash \\",
    "\u202egnp.exe\u0000\u200b",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_texts_of_others_add_no_markup(text: str) -> None:
    """Ours: names, titles, quotes, claims, reasons and prose are shown, never obeyed."""
    positions = (POSITIONS[0].model_copy(update={"name": text, "account": text, "region": text, "sector": text}),)
    hostile = plan(
        positions=positions,
        portfolio=PlanPortfolio(id=text, name=text, as_of=None),
        summary=(text,),
        findings=(
            finding(
                title=text, claim=f"{text} so", quote=text, document_id=text, source_url="https://news.example/vti"
            ),
        ),
        missing=(text,),
        sources_tried=(SourceTried(url=f"x:{text}", status=text, reason=text),),
        model_label=text,
    )
    rendered = render_plan(hostile)
    tokens = parsed(rendered)
    assert not {token.type for token in tokens} & {"html_inline", "html_block", "image", "fence", "s_open", "em_open"}
    assert not any("evil.example" in target for target in link_targets(rendered))
    harmless = plan(
        positions=(POSITIONS[0].model_copy(update={"region": "x", "sector": "x"}),),
        missing=("x",),
        sources_tried=(SourceTried(url="x", status="x", reason="x"),),
    )
    blocks = [token.type for token in RENDERER.parse(rendered)]
    assert blocks == [token.type for token in RENDERER.parse(render_plan(harmless))]


@settings(deadline=None)
@given(st.text(max_size=40) | st.text(alphabet="[]()<>!*_`#-+=~|\\&;:/.w1 \n$@", max_size=40))
def test_any_text_is_shown_as_it_is(text: str) -> None:
    """CommonMark: an escaped text is one paragraph of nothing but that text."""
    shown = escape(text)
    tokens = RENDERER.parse(shown)
    visible = "".join(char for char in text if char.isspace() or unicodedata.category(char) not in {"Cc", "Cf", "Cs"})
    assert {token.type for token in tokens} <= {"paragraph_open", "inline", "paragraph_close"}
    inline = [child.type for token in tokens for child in token.children or []]
    assert set(inline) <= {"text"}
    assert "".join(child.content for token in tokens for child in token.children or []) == " ".join(visible.split())


@pytest.mark.parametrize(
    ("url", "target"),
    [
        pytest.param("https://x.example/a?b=c&d=%20#e", "https://x.example/a?b=c&d=%20#e", id="as it is"),
        pytest.param("https://x.example/a b>c", "https://x.example/a%20b%3Ec", id="encoded"),
        pytest.param("javascript:alert(1)", None, id="script"),
        pytest.param("data:text/html,x", None, id="data"),
        pytest.param("//x.example", None, id="no scheme"),
        pytest.param("https://", None, id="no host"),
        pytest.param("https://x.example/\n[x](y)", None, id="two lines"),
        pytest.param("http://[::1", None, id="broken"),
    ],
)
def test_only_web_addresses_become_links(url: str, target: str | None) -> None:
    """Ours: a link goes to http or https or is none."""
    assert link_targets(link("title", url)) == ([target] if target else [])


def test_a_claim_in_the_words_of_its_source_is_shown_once() -> None:
    """Ours: what only quotes does not say everything twice."""
    text = render_plan(plan(findings=(finding(claim="The fee was cut.", quote="The fee was cut."),)))
    assert text.count("The fee was cut.") == 1
    assert "\u201cThe fee was cut.\u201d" in text
