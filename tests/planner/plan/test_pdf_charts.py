"""The charts of the PDF: vectors with the proportions of their figures, and no figure that a table has not."""

from collections.abc import Callable
from decimal import Decimal

import pypdfium2  # type: ignore[import-untyped]  # it ships no type information
import pytest
from alex_planner.plan.blocks import Bars, Ranges, YearRange
from alex_planner.plan.document import document_of
from alex_planner.plan.markdown import to_markdown
from alex_planner.plan.pdf import to_pdf
from alex_planner.plan.pdf_charts import axis_ticks, compact, draw_bars, draw_ranges
from reportlab.graphics.shapes import Drawing, Polygon, PolyLine, Rect, String

from tests.planner.plan.samples import plan
from tests.planner.plan.test_document import pdf_text

FONT = "Helvetica"
PATHS, IMAGES = 2, 3
"""Kinds of objects on a page: `FPDF_PAGEOBJ_PATH` and `FPDF_PAGEOBJ_IMAGE` of PDFium's `fpdf_edit.h`."""


def shapes(drawing: Drawing, kind: type) -> list[object]:
    """Return the shapes of a kind, in the order in which they are drawn."""
    return [shape for shape in drawing.contents if type(shape) is kind]


def bars(*shares: str) -> Bars:
    """Return a chart of shares."""
    return Bars(tuple((f"class {share}", Decimal(share), f"{share} of it") for share in shares))


def ranges(*medians: int) -> Ranges:
    """Return a chart of years, each with a fifth and twice its median at the ends."""
    years = (
        YearRange(year, *(Decimal(value) * factor for factor in map(Decimal, ("0.2", "0.5", "1", "1.5", "2"))))
        for year, value in enumerate(medians)
    )
    return Ranges(tuple(years), "In dollars.")


def test_a_bar_is_as_long_as_its_share() -> None:
    """Closed form: lengths are in the proportion of the shares, and a whole fills the track."""
    drawn = [
        shape for shape in shapes(draw_bars(bars("1", "0.25", "0"), 400, FONT, str), Rect) if isinstance(shape, Rect)
    ]
    tracks, lengths = drawn[::2], drawn[1::2]
    assert [bar.width / track.width for track, bar in zip(tracks, lengths, strict=True)] == [1, 0.25, 0]
    assert [bar.y for bar in lengths] == sorted((bar.y for bar in lengths), reverse=True)


def test_labels_go_through_the_font() -> None:
    """Ours: a letter that the font lacks is marked, as everywhere in the document."""
    marked: Callable[[str], str] = lambda text: text.replace("class", "?")  # noqa: E731  a named function says no more
    texts = [
        shape.text for shape in shapes(draw_bars(bars("0.5"), 400, FONT, marked), String) if isinstance(shape, String)
    ]
    assert texts == ["? 0.5", "0.5 of it"]


def test_bands_lie_around_the_median_on_an_axis_from_zero() -> None:
    """Closed form: with ends at a fifth and twice, each point of the bands is in that proportion to the median."""
    drawing = draw_ranges(ranges(100, 200, 400), 400, FONT)
    most, half = (shape for shape in shapes(drawing, Polygon) if isinstance(shape, Polygon))
    (median,) = (shape for shape in shapes(drawing, PolyLine) if isinstance(shape, PolyLine))
    zero = 16.0
    heights = [point - zero for point in median.points[1::2]]
    assert heights[1] / heights[0] == pytest.approx(2)
    assert heights[2] / heights[0] == pytest.approx(4)
    upper = [point - zero for point in most.points[1:6:2]]
    assert [one / other for one, other in zip(upper, heights, strict=True)] == pytest.approx([2, 2, 2])
    inner = [point - zero for point in half.points[1:6:2]]
    assert [one / other for one, other in zip(inner, heights, strict=True)] == pytest.approx([1.5, 1.5, 1.5])
    assert max(upper) <= drawing.height - zero


@pytest.mark.parametrize(
    ("top", "ticks"),
    [
        pytest.param(1, [0, 0.2, 0.4, 0.6, 0.8, 1.0], id="one"),
        pytest.param(1_015_070, [0, 250_000, 500_000, 750_000, 1_000_000, 1_250_000], id="quarters"),
        pytest.param(9, [0, 2, 4, 6, 8, 10], id="twos"),
    ],
)
def test_an_axis_has_round_steps(top: float, ticks: list[float]) -> None:
    """Ours: 1, 2, 2.5 or 5 times a power of ten, and the largest value fits."""
    assert axis_ticks(top) == pytest.approx(ticks)


def test_a_large_number_is_short() -> None:
    """Ours: thousands, millions and billions."""
    assert [compact(value) for value in (0, 250, 1500, 1_250_000.0, 3e9)] == ["0", "250", "1.5 k", "1.25 m", "3 bn"]


def test_a_portfolio_of_nothing_is_drawn() -> None:
    """Ours: all outcomes at zero are a flat line, not a division by nothing."""
    assert shapes(draw_ranges(ranges(0, 0), 400, FONT), PolyLine)


def test_the_pdf_draws_and_the_markdown_has_the_tables_alone() -> None:
    """Ours: lines and areas, no picture; without the charts both say the same."""
    blocks = document_of(plan(), ())
    plain = [block for block in blocks if not isinstance(block, Bars | Ranges)]
    assert len(blocks) - len(plain) == 2
    assert to_markdown(blocks) == to_markdown(plain)
    with_charts, without = kinds(to_pdf(blocks)), kinds(to_pdf(plain))
    assert with_charts[PATHS] - without[PATHS] >= 8
    assert IMAGES not in with_charts
    assert "Light band: nine of ten." in pdf_text(to_pdf(blocks))


def kinds(content: bytes) -> dict[int, int]:
    """Return how many objects of each kind are on the pages of a PDF."""
    document = pypdfium2.PdfDocument(content)
    try:
        found = [item.type for page in document for item in page.get_objects()]
    finally:
        document.close()
    return {kind: found.count(kind) for kind in set(found)}
