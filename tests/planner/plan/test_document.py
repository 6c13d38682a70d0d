"""The plan as a document, in Markdown and PDF: what it must say, and that texts of others stay texts."""

import unicodedata
from decimal import Decimal

import pypdfium2  # type: ignore[import-untyped]  # it ships no type information
import pytest
from alex_planner.markdown_text import escape, link
from alex_planner.notes import PlanNotes
from alex_planner.plan.document import document_of
from alex_planner.plan.markdown import to_markdown
from alex_planner.plan.pdf import LACKING, to_pdf
from alex_planner.plan.schema import Plan
from alex_planner.portfolio import Position
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from tests.planner.plan.samples import POSITIONS, asked, draft, finding, plan, researched

RENDERER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])


def render_plan(made: Plan) -> str:
    """Return the plan as Markdown."""
    return to_markdown(document_of(made, ()))


def pdf_text(content: bytes) -> str:
    """Return all text of a PDF, in one line."""
    document = pypdfium2.PdfDocument(content)
    try:
        texts = [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()
    return " ".join(" ".join(texts).replace("\ufffe", "-").split())


def parsed(text: str) -> list[Token]:
    """Return all tokens of a document, those inside of lines too."""
    tokens = RENDERER.parse(text)
    return [inner for token in tokens for inner in (token, *(token.children or []))]


def link_targets(text: str) -> list[str]:
    """Return where the links of a document lead."""
    return [str(token.attrs["href"]) for token in parsed(text) if token.type == "link_open"]


PARTS = (
    "Plan for Everything",
    "Goal in the owner's words: Stop working at [sixty].",
    "Total: 4,005.00 USD (incomplete).",
    "No price is known for ACME.",
    "What matters most",
    "Recommendation 1: Complete the portfolio before acting on it",
    "What could be done:",
    "If nothing is done:",
    "The case against:",
    "This is the first plan for this portfolio.",
    "ACME: no price is known, and none was made up.",
    "which is not converted to USD",
    "paid in each year 600.00 USD",
    "This is the first plan for this portfolio.",
    "real return of shares",
    "At a glance",
    "The fee was cut.",
    "published 2026-08-14, read 2026-11-23",
    "No source against was found among those tried",
    "Chosen by need.",
    "The date of the price is not known for BOND, SAPX.",
    "How far the answer moves with them",
    "No target mix was given",
    "built-in model (deterministic, extractive)",
    "seed 20260",
    "3 model calls and 2 research runs, 12,000 tokens read, 800 written, 0.0 s of work, 0.0230 USD",
    "2 paragraphs checked against the computed facts, 0 sent back to be written again, 0 replaced",
    "not investment advice",
)


def with_proposals() -> Plan:
    """A plan that makes every proposal of its rules."""
    ids = [item.id for item in plan().not_chosen]
    chosen = [
        {"id": name, "reason": "", "against": "", "evidence": [], "counter_evidence": []} for name in reversed(ids)
    ]
    return plan(draft=draft(recommendations=list(reversed(chosen))))


def test_a_plan_says_everything_it_must() -> None:
    """Ours: figures, proposals, what is not counted, sources, what is missing, how it was made, and the notice."""
    made = plan(
        draft=draft(
            recommendations=[
                {"id": "data.missing", "reason": "", "against": "", "evidence": [], "counter_evidence": []}
            ]
        )
    )
    text = render_plan(made)
    shown = " ".join(token.content for token in parsed(text) if token.type == "text")
    for part in PARTS:
        assert part.replace(".", "") in shown.replace(".", "") or part in text.replace("\\", ""), part
    assert "| failed | HTTP 404 |" in text
    assert "[kaohooninternational.com/markets/523444](<https://kaohooninternational.com/markets/523444>)" in text
    assert "[Fee cut](<https://news.example/alfa>)" in text


def test_the_pdf_says_the_same() -> None:
    """Ours: one document, two ways to write it down."""
    made = with_proposals()
    text = pdf_text(to_pdf(document_of(made, ())))
    for part in PARTS[:8]:
        assert part in text, part
    for item in made.recommendations:
        assert item.title in text


def test_the_pdf_of_a_plan_is_the_same_bytes_each_time() -> None:
    """Ours: no clock and no random id goes into the file."""
    assert to_pdf(document_of(plan(), ())) == to_pdf(document_of(plan(), ()))


def test_letters_that_the_font_lacks_are_marked_and_the_pdf_says_so() -> None:
    """Ours: nothing is dropped silently; Greek, Cyrillic and Polish are there."""
    names = ("Żółw Ελλάδα Россия", "株式会社")
    positions = tuple(POSITIONS[0].model_copy(update={"symbol": f"S{n}", "name": name}) for n, name in enumerate(names))
    text = pdf_text(to_pdf(document_of(plan(positions), ())))
    assert "Żółw" in text
    assert "Ελλάδα" in text
    assert "Россия" in text
    assert f"{LACKING} stands for a character that this font does not have" in text


def test_a_partial_plan_says_so_before_anything_else() -> None:
    """Ours: a failed part never reads as completed."""
    lines = render_plan(plan(notes=researched(failure="the run was lost", status="failed"))).splitlines()
    assert lines[2].startswith("**Status: partial.**")
    assert any("outlook and risks" in line and "failed: the run was lost" in line for line in lines)


def test_findings_against_stand_in_the_case_against() -> None:
    """Ours: what speaks against a holding is not mixed with what speaks for it."""
    risk = finding(claim="Fees may rise.", quote="Fees may rise soon.", stance="against")
    text = render_plan(plan(notes=researched(finding(), risk)))
    found, against = text.split("## The case against")
    assert "> Fees may rise" not in found
    assert "- **ALFA**: Fees may rise." in against


def test_rendering_is_deterministic_and_survives_the_wire() -> None:
    """Ours: the same plan, also from JSON, gives the same bytes."""
    made = plan()
    assert render_plan(made) == render_plan(Plan.model_validate_json(made.model_dump_json()))


def test_a_plan_without_projection_or_prices_is_written_all_the_same() -> None:
    """Ours: nothing is left out silently."""
    made = plan(positions=(Position(symbol="ACME", quantity=Decimal(5), currency="USD"),))
    text = render_plan(made)
    assert made.status == "partial"
    assert "**Total: not known (incomplete).**" in text
    assert "What it may become" not in text
    assert "so nothing is projected" in text
    assert to_pdf(document_of(made, ())).startswith(b"%PDF")


def test_every_table_of_the_document_is_a_table() -> None:
    """CommonMark with tables: each row has the cells of its header."""
    tokens = parsed(render_plan(plan()))
    assert sum(token.type == "table_open" for token in tokens) >= 9
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
    rendered = render_plan(hostile_plan(text))
    tokens = parsed(rendered)
    assert not {token.type for token in tokens} & {"html_inline", "html_block", "image", "fence", "s_open", "em_open"}
    assert not any("evil.example" in target for target in link_targets(rendered))
    blocks = [token.type for token in RENDERER.parse(rendered)]
    assert blocks == [token.type for token in RENDERER.parse(render_plan(hostile_plan("x")))]


@pytest.mark.parametrize("text", HOSTILE)
def test_texts_of_others_add_no_markup_to_the_pdf(text: str) -> None:
    """Ours: ReportLab's own tags, images and links in a text are text."""
    content = to_pdf(document_of(hostile_plan(text), ()))
    document = pypdfium2.PdfDocument(content)
    document.close()
    assert b"evil.example" not in content


def hostile_plan(text: str) -> Plan:
    """A plan in which everything that others write is `text`."""
    position = POSITIONS[0].model_copy(update={"name": text, "account": text, "region": text, "sector": text})
    quoted = finding(title=text, claim=f"{text} so", quote=text, document_id=text, topic=text)
    notes = researched(
        quoted,
        missing=(text,),
        sources=({"url": f"x:{text}", "status": text, "reason": text},),
    )
    wanted = asked(questions=["What is the matter with it?"])
    answers = [{"question": 1, "answer": text, "evidence": []}]
    written = draft(standing=[text], priorities=[text], answers=answers)
    return plan((position,), wanted, notes=notes, draft=written, model_label=text)


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
    text = render_plan(plan(notes=researched(finding(claim="The fee was cut.", quote="The fee was cut."))))
    assert text.count("The fee was cut.") == 1
    assert "\u201cThe fee was cut.\u201d" in text


def test_research_that_could_not_read_is_failed_and_one_reason_names_its_topics() -> None:
    """Ours: nothing found is said only of what was read; the same reason stands once, for all its topics."""
    reason = "the web could not be searched: no search engine answered"
    done = [
        researched(
            call_id=f"c{number}", subject=subject, topic=f"{subject}: outlook and risks", status="partial",
            sources=(), missing=(f"{reason} (error {number} {'x' * 200})",),
        ).research[0]
        for number, subject in enumerate(("ALFA", "BOND"))
    ]  # fmt: skip
    made = plan(notes=PlanNotes(research=tuple(done)))
    assert {item.subject: item.outcome for item in made.considered if item.subject in {"ALFA", "BOND"}} == {
        "ALFA": "failed",
        "BOND": "failed",
    }
    assert f"Research on ALFA, BOND: {reason}" in made.missing
