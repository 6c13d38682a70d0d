"""The import page: a file becomes a draft with every row accounted for, then a snapshot."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.frontend.second_planner import SecondPlanner

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.frontend.conftest import MakeVisit, Site
    from tests.frontend.visit import Visit

pytestmark = [pytest.mark.system, pytest.mark.timeout(180)]
ROWS = """account,symbol,name,quantity,price,currency,price_date
Home,ABC,Abc Works,5,10,USD,2026-11-20
Home,XYZ,Xyz Mills,five,10,USD,2026-11-20
Home,NOP,Nop Yards,7,,USD,
"""


@pytest.fixture(scope="module")
def planner(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SecondPlanner]:
    """A planner of this module: the other tests want the sample portfolio to be the newest of the shared one."""
    own = SecondPlanner(site, tmp_path_factory.mktemp("importing"))
    yield own
    own.stop()


@pytest.fixture
def visit(make_visit: MakeVisit, planner: SecondPlanner) -> Visit:
    """A visitor of this module's planner."""
    return make_visit(planner.page_url)


@pytest.fixture
def broken_file(tmp_path: Path) -> Path:
    """A file with a row that cannot be read and a holding without a price."""
    path = tmp_path / "broken.csv"
    path.write_text(ROWS, encoding="utf-8")
    return path


def test_a_file_is_dropped_looked_at_and_kept(visit: Visit, sample_portfolio: Path) -> None:
    """The newcomer's way: file, draft, confirm, overview."""
    visit.open("/import")
    visit.page.get_by_label("File of your broker").set_input_files(sample_portfolio)
    expect(visit.page.get_by_role("heading", name="What becomes of the file")).to_be_visible()
    visit.assert_accessible()
    visit.shoot("import")
    visit.page.get_by_label("Name").fill("My portfolio")
    visit.page.get_by_role("button", name="Keep 7 positions").click()
    expect(visit.page.get_by_role("alert").get_by_text("My portfolio is kept")).to_be_visible()
    visit.page.get_by_role("link", name="See where it stands").click()
    expect(visit.page.get_by_role("heading", name="Overview")).to_be_visible()
    expect(visit.page.get_by_role("main")).to_contain_text("$100,149")


def test_a_row_that_cannot_be_read_is_named_and_left_out_only_when_told(visit: Visit, broken_file: Path) -> None:
    """The line and the reason are shown; the draft is still there after a reload."""
    visit.open("/import")
    visit.page.get_by_label("File of your broker").set_input_files(broken_file)
    expect(visit.page.get_by_text("Line 3, column quantity")).to_be_visible()
    visit.page.wait_for_url("**/import?draft=*")
    visit.page.reload()
    visit.wait_until_alive()
    keep = visit.page.get_by_role("button", name="Keep 2 positions")
    expect(keep).to_be_disabled()
    visit.page.get_by_label("Leave out the row that cannot be read").check()
    visit.page.get_by_label("Name").fill("broken")
    keep.click()
    expect(visit.page.get_by_text("Left out because it cannot be read: 1 row.")).to_be_visible()
    visit.open("/holdings")
    row = visit.page.get_by_role("row", name="NOP")
    expect(row).to_contain_text("no price")
    expect(row).to_contain_text("not known")


def choose(visit: Visit, folder: Path, content: str | bytes, name: str = "depot.csv") -> None:
    """Choose a file with this content on the import page."""
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    visit.open("/import")
    visit.page.get_by_label("File of your broker").set_input_files(path)


UNKNOWN = """Depot vom 20.11.2026
Titel;Bezeichnung;Stück;Kurs;Tag;Notiz
plgv;Pool Werke;1.250,5;10,25;31.10.2026;alt
qlhv;Quell AG;drei;7;31.10.2026;
zzzv;Zug AG;4;;;
Total;;;12.817;;
"""


def test_the_columns_of_an_unknown_file_are_named_by_its_owner(visit: Visit, tmp_path: Path) -> None:
    """Columns with samples, proposals to correct, a preview with every row accounted for, and then it is kept."""
    visit.expected = ["status of 422"]
    choose(visit, tmp_path, UNKNOWN)
    page = visit.page
    expect(page.get_by_role("alert").filter(has_text="This file cannot be read as it is")).to_be_visible()
    columns = page.get_by_role("region", name="Columns of the file")
    expect(columns.get_by_role("row").filter(has_text="Stück")).to_contain_text("1.250,5 · drei · 4")
    expect(page.get_by_label("What Stück is")).to_have_value("quantity")
    expect(page.get_by_label("What Kurs is")).to_have_value("price")
    visit.assert_accessible()
    visit.shoot("import_mapping")
    preview = page.get_by_role("button", name="See what becomes of it")
    preview.click()
    expect(page.get_by_role("alert").filter(has_text="which column is the symbol")).to_be_visible()
    page.get_by_label("What Titel is").select_option("Symbol or ticker")
    page.get_by_label("What Tag is").select_option("Day of the price")
    preview.click()
    expect(page.get_by_role("alert").filter(has_text="which currency all rows are in")).to_be_visible()
    page.get_by_label("Currency of all rows").fill("eur")
    preview.click()
    expect(page.get_by_text("Line 4, column Stück")).to_be_visible()
    fates = page.get_by_role("region", name="What becomes of the file")
    expect(fates.get_by_text("Rows", exact=True).locator("xpath=following-sibling::dd").first).to_have_text("6")
    expect(page.get_by_role("row").filter(has_text="PLGV")).to_contain_text("€10.25")
    expect(page.get_by_role("row").filter(has_text="ZZZV")).to_contain_text("no price")
    page.get_by_label("Leave out the row that cannot be read").check()
    page.get_by_role("button", name="Keep 2 positions").click()
    expect(page.get_by_role("alert").get_by_text("depot is kept with 2 positions")).to_be_visible()


def test_numbers_that_can_be_read_in_two_ways_are_asked_about(visit: Visit, tmp_path: Path) -> None:
    """The mapping stays as it was chosen, with the reason above it; the answer is one choice away."""
    visit.expected = ["status of 422"]
    choose(visit, tmp_path, "Ticker,Menge,Kurs,Tag,Währung\nabc,5,2,01/02/2026,USD\n")
    page = visit.page
    page.get_by_label("What Tag is").select_option("Day of the price")
    preview = page.get_by_role("button", name="See what becomes of it")
    preview.click()
    expect(page.get_by_role("alert").filter(has_text="day first or month first")).to_be_visible()
    expect(page.get_by_label("What Tag is")).to_have_value("price_date")
    page.get_by_label("Days are written").select_option("day first, 31.12.2026")
    preview.click()
    expect(page.get_by_role("row").filter(has_text="ABC")).to_contain_text("Feb 1, 2026")


def test_a_file_that_is_read_wrongly_can_be_named_anew(visit: Visit, tmp_path: Path) -> None:
    """Also where a format was detected: the owner knows better."""
    choose(visit, tmp_path, "symbol,quantity,currency,price\nABC,5,USD,10\n", "plain.csv")
    visit.page.get_by_role("button", name="Not what the file says?").click()
    expect(visit.page.get_by_label("What symbol is")).to_have_value("symbol")
    visit.page.get_by_label("What price is").select_option("Left out")
    visit.page.get_by_role("button", name="See what becomes of it").click()
    expect(visit.page.get_by_role("row").filter(has_text="ABC")).to_contain_text("no price")


@pytest.mark.parametrize("options", [{"viewport": {"width": 360, "height": 740}}], ids=["360px"])
def test_the_mapping_fits_a_small_screen(
    make_visit: MakeVisit, planner: SecondPlanner, options: dict[str, object], tmp_path: Path
) -> None:
    """Its table scrolls by itself."""
    visit = make_visit(planner.page_url, **options)
    visit.expected = ["status of 422"]
    choose(visit, tmp_path, UNKNOWN)
    expect(visit.page.get_by_role("heading", name="Which column is which?")).to_be_visible()
    visit.assert_accessible()
    visit.assert_fits()
    visit.shoot("import_mapping_360")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"%PDF-1.7 binary", "PDF"),
        (bytes(range(256)) * 8, "NUL"),
        (b"<html><body>Sign in</body></html>", "HTML"),
        (b"one line of a letter", "cannot be read"),
    ],
    ids=["empty", "pdf", "binary", "html", "letter"],
)
def test_a_file_of_another_kind_says_what_to_do(visit: Visit, tmp_path: Path, content: bytes, words: str) -> None:
    """Nothing is kept, the reason stands at the top, and no column is asked for."""
    visit.expected = ["status of 422"]
    choose(visit, tmp_path, content)
    alert = visit.page.get_by_role("alert").filter(has_text="This file cannot be read")
    expect(alert).to_contain_text("Line 1")
    expect(alert).to_contain_text(words)
    expect(alert).to_contain_text("Nothing was kept")
    expect(visit.page.get_by_role("heading", name="Which column is which?")).to_have_count(0)


def test_a_huge_file_is_not_sent(visit: Visit, tmp_path: Path) -> None:
    """An upload that is refused half-way looks like a lost connection."""
    choose(visit, tmp_path, b"symbol,quantity,currency\n" + b"ABC,1,USD\n" * 2_200_000, "huge.csv")
    expect(visit.page.get_by_role("alert").filter(has_text="at most 20 MB")).to_contain_text("Nothing was sent")
    assert not [one for one in visit.requests if one.method == "POST"]


def test_a_file_near_the_limit_arrives_whole(visit: Visit, tmp_path: Path) -> None:
    """Every row is accounted for: nothing on the way cuts a body short."""
    filler = "x" * 1_900
    rows = [f"{filler}{index},S{index},1,USD,1" for index in range(6_500)]
    choose(visit, tmp_path, "\n".join(["Memo,Ticker,Menge,Währung,Kurs", *rows]), "long.csv")
    visit.expected = ["status of 422"]
    preview = visit.page.get_by_role("button", name="See what becomes of it")
    preview.click()
    expect(visit.page.get_by_role("button", name="Keep 6,500 positions")).to_be_visible(timeout=60_000)


def test_rows_that_say_the_same_twice_are_named(visit: Visit, tmp_path: Path) -> None:
    """A holding that is there twice is the owner's to sort out, line by line."""
    choose(visit, tmp_path, "symbol,quantity,currency,price\nABC,5,USD,10\nABC,7,USD,10\nXYZ,1,USD,2\n", "twice.csv")
    expect(visit.page.get_by_text("Line 3, column symbol")).to_contain_text("already on line 2")
    expect(visit.page.get_by_role("button", name="Keep 2 positions")).to_be_disabled()


def test_a_draft_that_is_gone_says_so(visit: Visit) -> None:
    """Drafts wait a day."""
    visit.open("/import?draft=draft_gone")
    expect(visit.page.get_by_text("The draft could not be loaded")).to_be_visible()
    expect(visit.page.get_by_label("File of your broker")).to_be_attached()
