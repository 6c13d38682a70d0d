"""What a page is read as, through the tool and over HTTP."""

import re
from datetime import UTC, datetime
from hashlib import sha256

import pytest

from tests.browser.running import Reader

pytestmark = pytest.mark.anyio


async def test_a_static_article_is_read_without_a_browser(reader: Reader, site: str) -> None:
    """Ours: plain HTTP first; text, tables and metadata as the page declares them."""
    page = await reader.read(f"{site}/article.html")

    assert not page.rendered
    assert page.title == "Northwind raises its dividend"
    assert page.byline == "Ada Marsh"
    assert page.published_at == datetime(2026, 10, 5, 12, 30, tzinfo=UTC)
    assert page.language == "en-GB"
    assert page.canonical_url == f"{site}/article.html"
    assert page.content_type == "text/html"
    assert "# Northwind raises its dividend" in page.text
    assert "raised its quarterly dividend to 0.42 dollars" in page.text
    assert "| Frozen | 1,790 | +16% |" in page.text
    assert "Copyright" not in page.text
    assert page.content_hash == "sha256:" + sha256(page.text.encode()).hexdigest()
    assert (page.start, page.end) == (0, page.total_chars)


@pytest.mark.parametrize("render", ["auto", "always"])
async def test_text_that_nobody_sees_is_not_returned(reader: Reader, site: str, render: str) -> None:
    """Ours: hidden text is how a page speaks to a model behind a person's back."""
    page = await reader.read(f"{site}/article.html", render=render)

    assert page.rendered is (render == "always")
    assert "Northwind Foods raised" in page.text
    assert "HIDDEN" not in page.model_dump_json()


@pytest.mark.parametrize("render", ["auto", "always"])
async def test_no_way_of_hiding_text_brings_it_to_a_model(reader: Reader, site: str, render: str) -> None:
    """Ours: clipped, faint, tiny, moved away, by any selector; what only screen readers are spared is shown."""
    page = await reader.read(f"{site}/hidden-ways.html", render=render)

    assert page.rendered is (render == "always")
    assert re.findall(r"HIDDEN-[\w-]+", page.model_dump_json()) == []
    for shown in ("before its sibling", "within what is silent", "to eyes, though not to", "with one press"):
        assert f"Shown {shown}" in page.text


@pytest.mark.parametrize("render", ["auto", "always"])
async def test_text_that_an_outer_style_sheet_hides_is_not_returned(reader: Reader, site: str, render: str) -> None:
    """Ours: linked and imported style sheets count for plain HTTP too, with the cascade and the width of the screen."""
    page = await reader.read(f"{site}/outer-style.html", render=render)

    assert page.rendered is (render == "always")
    assert "HIDDEN" not in page.model_dump_json()
    assert "Shown on a screen of ordinary width." in page.text
    assert "Hidden by one rule and shown by a later one." in page.text


async def test_a_page_that_hides_itself_until_its_scripts_ran_is_read(reader: Reader, site: str) -> None:
    """Ours: hiding the whole page prevents flicker and hides no words; what is hidden within it stays hidden."""
    page = await reader.read(f"{site}/flicker.html")

    assert not page.rendered
    assert "raised its dividend for the ninth year" in page.text
    assert "HIDDEN" not in page.text


async def test_text_is_hidden_from_a_page_that_lies_about_it(reader: Reader, site: str) -> None:
    """Ours: a page that replaces what tells about visibility does not get its hidden text through."""
    page = await reader.read(f"{site}/lying.html", render="always")

    assert "An ordinary sentence" in page.text
    assert "HIDDEN" not in page.text


async def test_text_that_a_script_brings_late_is_read(reader: Reader, site: str) -> None:
    """Ours: text rendered up to two seconds late is read, and what the script hides is not."""
    page = await reader.read(f"{site}/late.html")

    assert page.rendered
    assert "won an order for forty trains worth 900 million euros" in page.text
    assert "Loading" not in page.text
    assert "HIDDEN" not in page.model_dump_json()


async def test_text_that_a_script_fetches_is_read(reader: Reader, site: str) -> None:
    """Ours: a request under way is waited for."""
    page = await reader.read(f"{site}/late-fetch.html")

    assert "The fetched figure is 4.25 million." in page.text


async def test_render_never_says_that_a_shell_has_no_text(reader: Reader, site: str) -> None:
    """Ours: an empty answer is an error, not an empty text."""
    assert "scripts were not run" in await reader.refusal(f"{site}/late-fetch.html", render="never")


async def test_dialogs_are_dismissed_and_noted(reader: Reader, site: str) -> None:
    """Ours: a page that waits for a person does not hold a reader."""
    page = await reader.read(f"{site}/alert.html")

    assert "Text after three dialogs" in page.text
    assert [kind for kind in ("alert", "confirm", "prompt") if any(kind in note for note in page.notes)] == [
        "alert",
        "confirm",
        "prompt",
    ]


async def test_a_consent_banner_is_refused_and_noted(reader: Reader, site: str) -> None:
    """Ours: a page behind a banner is read, with as little consent as it offers."""
    page = await reader.read(f"{site}/consent.html")

    assert "The story behind the banner, cookies refused." in page.text
    assert "partners" not in page.text
    assert "a consent banner was answered with 'Reject all'" in page.notes


async def test_shadow_trees_and_frames_are_part_of_the_page(reader: Reader, site: str) -> None:
    """Ours: what a person sees in the page is read, wherever the document keeps it."""
    page = await reader.read(f"{site}/shadow.html", render="always")

    assert "## Shadow heading" in page.text
    assert "Slotted words stand inside the card." in page.text
    assert "Words in the frame count too." in page.text


async def test_an_article_in_a_frame_is_read(reader: Reader, site: str) -> None:
    """Ours: a page that shows its text in a frame needs a browser, scripts or not."""
    page = await reader.read(f"{site}/article-in-frame.html")

    assert page.rendered
    assert "raised its quarterly dividend to 0.42 dollars" in page.text


async def test_an_index_page_gives_its_article_links(reader: Reader, site: str) -> None:
    """Ours: links are absolute, each once, without tracking parameters, menus and footers."""
    page = await reader.read(f"{site}/")

    assert [(link.text, link.url) for link in page.links] == [
        ("Northwind raises its dividend", f"{site}/article.html"),
        ("Contoso wins order", f"{site}/late.html"),
        ("Fabrikam opens plant", "https://example.com/fabrikam?id=3"),
    ]
    assert "The ninth increase in a row." in page.text
    assert "Contoso wins order" in page.text


async def test_a_quote_page_keeps_its_figures(reader: Reader, site: str) -> None:
    """Ours: a page that is no article is given whole, tables as tables."""
    page = await reader.read(f"{site}/quote.html")

    assert "12.50" in page.text
    assert "| Previous close | 12.19 |" in page.text
    assert "| 2025 | 4,100 | 391 |" in page.text


async def test_json_is_given_as_it_is(reader: Reader, site: str) -> None:
    """Ours: JSON is read as what it is."""
    page = await reader.read(f"{site}/quote.json")

    assert page.text == '{"symbol": "NWF", "price": 12.5}'
    assert page.content_type == "application/json"


async def test_plain_text_is_given_as_it_is(reader: Reader, site: str) -> None:
    """Ours: plain text is read as what it is."""
    page = await reader.read(f"{site}/filing.txt")

    assert page.text == "Annual filing\n\nRevenue was 4.1 billion dollars.\n"
    assert page.title == "filing.txt"


async def test_a_feed_becomes_entries_with_links(reader: Reader, site: str) -> None:
    """Ours: RSS is read as its entries, with dates in UTC and links without tracking."""
    page = await reader.read(f"{site}/feed.xml")

    assert page.title == "Sample Times"
    assert "## Northwind raises its dividend\n2026-10-05T12:30:00Z\nhttps://example.com/article.html" in page.text
    assert "The ninth increase." in page.text
    assert [link.url for link in page.links] == ["https://example.com/article.html", "https://example.com/late.html"]


async def test_an_atom_feed_is_read_alike(reader: Reader, site: str) -> None:
    """Ours: Atom is read as its entries, with relative links resolved."""
    page = await reader.read(f"{site}/atom.xml")

    assert [link.url for link in page.links] == [f"{site}/article.html"]
    assert "2026-09-30T10:00:00Z" in page.text


async def test_a_wrong_charset_is_put_right_and_noted(reader: Reader, site: str) -> None:
    """Ours: the bytes decide, not a header that cannot be true."""
    page = await reader.read(f"{site}/wrong-charset")

    assert page.title == "Отчёт компании"
    assert "Выручка выросла на 12%." in page.text
    assert any("utf-8" in note for note in page.notes)


@pytest.mark.parametrize("render", ["auto", "never", "always"])
async def test_a_page_that_sends_its_reader_on_is_followed(reader: Reader, site: str, render: str) -> None:
    """HTML, section 4.2.5.3: a refresh with a URL leads to another page."""
    page = await reader.read(f"{site}/moved.html", render=render)

    assert page.final_url == f"{site}/article.html"
    assert "Northwind Foods raised its quarterly dividend" in page.text


async def test_parts_of_a_page_fit_together(reader: Reader, site: str) -> None:
    """Ours: reading on from `end` gives the whole text, without gap or overlap."""
    whole = await reader.read(f"{site}/article.html")
    parts = [await reader.read(f"{site}/article.html", max_chars=300)]
    while parts[-1].end < parts[-1].total_chars:
        parts.append(await reader.read(f"{site}/article.html", start=parts[-1].end, max_chars=300))

    assert "".join(part.text for part in parts) == whole.text
    assert {part.content_hash for part in parts} == {whole.content_hash}
    assert len(parts) == -(-whole.total_chars // 300)


async def test_a_phrase_is_found_in_a_megabyte_of_json(reader: Reader, site: str) -> None:
    """Ours: JSON has no paragraphs, and is cut around the phrase all the same."""
    page = await reader.read(f"{site}/figures.json", find="needle stands")

    assert '"the needle stands here"' in page.text
    assert len(page.text) < 2000
    assert page.total_chars > 1_000_000


async def test_find_returns_the_passages_around_a_phrase(reader: Reader, site: str) -> None:
    """Ours: a figure deep in a long page is found without reading the page."""
    whole = await reader.read(f"{site}/huge", find="Huge  PAGE")
    missing = await reader.read(f"{site}/article.html", find="bankruptcy")

    assert "# Huge page" in whole.text
    assert len(whole.text) < 2000
    assert whole.total_chars > 1_000_000
    assert missing.text == ""
    assert any("does not occur" in note for note in missing.notes)


async def test_a_huge_page_is_cut_and_says_so(reader: Reader, site: str) -> None:
    """Ours: a page over the size limit is read up to it."""
    page = await reader.read(f"{site}/huge", max_chars=1000)

    assert page.title == "Huge page"
    assert len(page.text) == 1000
    assert any("the rest was not read" in note for note in page.notes)
    assert any("start=1000" in note for note in page.notes)
