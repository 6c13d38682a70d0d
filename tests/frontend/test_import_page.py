"""The import page: a file becomes a draft with every row accounted for, then a snapshot."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from tests.frontend.visit import Visit

pytestmark = [pytest.mark.system, pytest.mark.timeout(180)]
ROWS = """account,symbol,name,quantity,price,currency,price_date
Home,ABC,Abc Works,5,10,USD,2026-11-20
Home,XYZ,Xyz Mills,five,10,USD,2026-11-20
Home,NOP,Nop Yards,7,,USD,
"""


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
    expect(visit.page.get_by_text("1 rows that cannot be read were left out")).to_be_visible()
    visit.open("/holdings")
    row = visit.page.get_by_role("row", name="NOP")
    expect(row).to_contain_text("no price")
    expect(row).to_contain_text("not known")


def test_a_file_of_another_kind_says_what_to_do(visit: Visit, tmp_path: Path) -> None:
    """Nothing is kept, and the reason stands at the top."""
    visit.expected = ["status of 422"]
    path = tmp_path / "letter.csv"
    path.write_text("dear,reader\n1,2\n", encoding="utf-8")
    visit.open("/import")
    visit.page.get_by_label("File of your broker").set_input_files(path)
    alert = visit.page.get_by_role("alert").filter(has_text="This file cannot be read")
    expect(alert).to_contain_text("Line 1")
    expect(alert).to_contain_text("Nothing was kept")
