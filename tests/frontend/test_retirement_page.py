"""The retirement page: outcomes, and sliders that have them computed anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Route, expect

from tests.frontend.visit import SIZES

if TYPE_CHECKING:
    from tests.frontend.conftest import MakeVisit
    from tests.frontend.visit import Visit

pytestmark = [pytest.mark.system, pytest.mark.timeout(180), pytest.mark.usefixtures("portfolio")]


@pytest.mark.parametrize(("options", "suffix"), SIZES)
def test_retirement_is_accessible_and_fits(make_visit: MakeVisit, options: dict[str, object], suffix: str) -> None:
    """The issue: fan chart, success by return model with its error, levers, assumptions; on every screen."""
    visit = make_visit(**options)
    visit.open("/retirement")
    main = visit.page.get_by_role("main")
    for text in ("Planning assumptions", "Blocks of history", "Every stretch of history", "standard error"):
        expect(main).to_contain_text(text)
    expect(visit.page.get_by_role("img", name="in the middle, nine of ten between")).to_be_visible()
    expect(
        visit.page.get_by_role("region", name="What would raise success most").get_by_role("rowheader")
    ).to_have_count(3)
    visit.assert_accessible()
    visit.assert_fits()
    visit.shoot(f"retirement{suffix}")


def test_a_slider_has_the_outcomes_computed_anew(visit: Visit) -> None:
    """By the keyboard; many steps in a row are one call, and the wishes sent are those shown."""
    visit.open("/retirement")
    chances = visit.page.get_by_role("region", name="Chance that the money lasts")
    before = chances.inner_text()
    slider = visit.page.get_by_role("slider", name="Spending a year in retirement")
    with visit.page.expect_response("**/api/planner/retirement") as answered:
        slider.press("End")
    sent = answered.value.request.post_data_json
    assert sent is not None
    assert sent["goals"]["annual_spending"] == 150_000
    expect(visit.page.get_by_text("The outcomes are of these values.")).to_be_visible()
    assert chances.inner_text() != before


def test_a_failed_answer_stands_where_the_outcomes_would(visit: Visit) -> None:
    """The sliders stay, and the next answer replaces the error."""

    def fail(route: Route) -> None:
        error = {"code": "down", "message": "The planner is away.", "detail": {}, "request_id": "r-1"}
        route.fulfill(status=503, json={"error": error})

    visit.expected.append("503")
    visit.open("/retirement")
    visit.page.route("**/api/planner/retirement", fail, times=1)
    slider = visit.page.get_by_role("slider", name="Retire at")
    slider.press("ArrowRight")
    expect(visit.page.get_by_role("alert").filter(has_text="The planner is away.")).to_be_visible()
    slider.press("ArrowRight")
    expect(visit.page.get_by_role("img", name="in the middle, nine of ten between")).to_be_visible()
