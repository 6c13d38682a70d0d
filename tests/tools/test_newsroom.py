"""The sample newsroom: plainly fictional, and with every kind of page that the demo is about."""

import csv
import json
import re
from html.parser import HTMLParser
from pathlib import Path

import httpx2
import pytest
from alex_tools.errors import BadInput
from alex_tools.newsroom_server import bundled_newsroom, check_newsroom, serving_newsroom
from alex_tools.repository import SAMPLE_PORTFOLIO

PAGES = sorted(bundled_newsroom().rglob("*.html"))
ARTICLES = [page for page in PAGES if page.parent.name == "articles"]


class _Attributes(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))


def attributes(page: Path) -> list[tuple[str, dict[str, str | None]]]:
    """Return every tag of a page with its attributes."""
    parser = _Attributes()
    parser.feed(page.read_text(encoding="utf-8"))
    return parser.seen


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_page_says_that_it_is_fictional(page: Path) -> None:
    """Nobody may take a sample for news, not even from the title of a tab."""
    text = page.read_text(encoding="utf-8")
    assert "every company, person, product and event on this page is fictional" in text
    assert "(fictional)" in re.findall("<title>(.*)</title>", text)[0]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_are_relative_and_lead_somewhere(page: Path) -> None:
    """The port of the newsroom is not known to its pages."""
    for _, attrs in attributes(page):
        target = attrs.get("href") or attrs.get("src")
        if target:
            assert "://" not in target
            assert (page.parent / target).is_file()


@pytest.mark.parametrize("page", ARTICLES, ids=lambda page: page.name)
def test_an_article_names_its_author_and_date(page: Path) -> None:
    """A reader of the plan wants to know who said it, and when."""
    metas = {attrs.get("name") or attrs.get("property"): attrs.get("content") for tag, attrs in attributes(page)}
    assert metas["author"]
    assert re.fullmatch(r"2026-\d\d-\d\dT\d\d:\d\d:\d\dZ", metas["article:published_time"] or "")


def test_one_article_is_an_empty_shell_without_javascript() -> None:
    """Its text stands in a JSON file beside it and nowhere in the page."""
    folder = bundled_newsroom() / "articles"
    shell = (folder / "quillhaven-patent-dispute.html").read_text(encoding="utf-8")
    article = json.loads((folder / "quillhaven-patent-dispute.json").read_text(encoding="utf-8"))
    for part in article["parts"]:
        assert part.get("paragraph", "no paragraph") not in shell


def test_the_newsroom_is_about_the_largest_holdings_of_the_sample_portfolio() -> None:
    """The demo researches the two largest holdings that are companies; each has at least two articles."""
    rows = list(csv.DictReader(SAMPLE_PORTFOLIO.read_text(encoding="utf-8").splitlines()))
    rows.sort(key=lambda row: -float(row["quantity"]) * float(row["price"]))
    index = (bundled_newsroom() / "index.html").read_text(encoding="utf-8")
    for row in rows[:2]:
        assert index.count(row["name"]) >= 2


def test_pages_are_served_with_their_types() -> None:
    """On every system the same, whatever its registry of types says."""
    with serving_newsroom(bundled_newsroom(), 0) as index:
        assert httpx2.get(index, trust_env=False).headers["content-type"] == "text/html; charset=utf-8"
        folder = index.removesuffix("index.html") + "articles/quillhaven-patent-dispute"
        assert httpx2.get(folder + ".js", trust_env=False).headers["content-type"].startswith("text/javascript")
        assert httpx2.get(folder + ".json", trust_env=False).json()["notice"]
        assert httpx2.get(folder + ".missing", trust_env=False).status_code == 404


def test_a_folder_without_an_index_is_no_newsroom(tmp_path: Path) -> None:
    """The folder is named."""
    with pytest.raises(BadInput, match=re.escape(str(tmp_path))):
        check_newsroom(tmp_path)
