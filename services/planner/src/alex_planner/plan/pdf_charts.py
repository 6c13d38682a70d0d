"""The charts of a plan as ReportLab drawings: vectors, in the font of the document. Nothing is computed beyond scales.

They are those of the web page (`guides/decisions/0018`): shares as bars, and a fan of outcomes over the years.
"""

import math
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from typing import Literal

from reportlab.graphics.shapes import Drawing, Line, Polygon, PolyLine, Rect, String
from reportlab.lib import colors

from alex_planner.plan.blocks import Bars, Ranges, YearRange

SMALL = 7.5
"""Size of the letters in points."""
ROW_HEIGHT = 15.0
BAR_HEIGHT = 8.0
LABEL_WIDTH = 130.0
VALUE_WIDTH = 45.0
FAN_HEIGHT = 190.0
AXIS_WIDTH = 45.0
AXIS_HEIGHT = 16.0
TICKS = 5
"""About as many steps as an axis has."""
_INK, _MUTED, _RULE = colors.HexColor("#1a1a1a"), colors.HexColor("#555555"), colors.HexColor("#d8d8d8")
_MIDDLE, _HALF, _MOST = colors.HexColor("#0b6b4a"), colors.HexColor("#8cc4ae"), colors.HexColor("#d3e8df")
_STEPS = (1, 2, 2.5, 5, 10)
_THOUSANDS = ((Decimal(10**9), "bn"), (Decimal(10**6), "m"), (Decimal(10**3), "k"))


def draw_bars(chart: Bars, width: float, font: str, shown: Callable[[str], str]) -> Drawing:
    """Return shares as bars, one below the other, each with its label and its percentage.

    Args:
        width: in points.
        shown: makes a text drawable in `font`.
    """
    height = ROW_HEIGHT * len(chart.rows)
    drawing = Drawing(width, height)
    space = width - LABEL_WIDTH - VALUE_WIDTH
    for number, (label, share, text) in enumerate(chart.rows, start=1):
        bottom = height - number * ROW_HEIGHT
        middle = bottom + ROW_HEIGHT / 2 - SMALL / 3
        length = space * float(min(max(share, Decimal(0)), Decimal(1)))
        drawing.add(String(0, middle, shown(label), fontName=font, fontSize=SMALL, fillColor=_INK))
        below = bottom + (ROW_HEIGHT - BAR_HEIGHT) / 2
        for long, colour in ((space, _MOST), (length, _MIDDLE)):
            bar = Rect(LABEL_WIDTH, below, long, BAR_HEIGHT)
            bar.fillColor, bar.strokeColor = colour, None
            drawing.add(bar)
        drawing.add(String(width, middle, text, fontName=font, fontSize=SMALL, fillColor=_INK, textAnchor="end"))
    return drawing


def draw_ranges(chart: Ranges, width: float, font: str) -> Drawing:
    """Return the range of outcomes by year: nine of ten, half of them, and the median. The axis begins at zero.

    Args:
        width: in points.
    """
    drawing = Drawing(width, FAN_HEIGHT)
    first, last = chart.years[0].year, chart.years[-1].year
    top = float(max(item.p95 for item in chart.years)) or 1.0
    ticks = axis_ticks(top)

    def x(year: int) -> float:
        return AXIS_WIDTH + (width - AXIS_WIDTH) * (year - first) / max(last - first, 1)

    def y(value: float) -> float:
        return AXIS_HEIGHT + (FAN_HEIGHT - AXIS_HEIGHT - SMALL) * value / ticks[-1]

    for tick in ticks:
        drawing.add(Line(AXIS_WIDTH, y(tick), width, y(tick), strokeColor=_RULE, strokeWidth=0.4))
        drawing.add(_axis_text(AXIS_WIDTH - 4, y(tick) - SMALL / 3, compact(tick), font, "end"))
    for year in _years(chart.years):
        drawing.add(_axis_text(x(year), 3, str(year), font, "end" if year == last else "middle"))
    for low, high, colour in (("p5", "p95", _MOST), ("p25", "p75", _HALF)):
        upper = [(x(item.year), y(float(getattr(item, high)))) for item in chart.years]
        lower = [(x(item.year), y(float(getattr(item, low)))) for item in reversed(chart.years)]
        points = [value for point in (*upper, *lower) for value in point]
        drawing.add(Polygon(points, fillColor=colour, strokeColor=None))
    median = [value for item in chart.years for value in (x(item.year), y(float(item.p50)))]
    drawing.add(PolyLine(median, strokeColor=_MIDDLE, strokeWidth=1.4))
    return drawing


def axis_ticks(top: float) -> list[float]:
    """Return round values from zero to one not below `top`, in equal steps of 1, 2, 2.5 or 5 times a power of ten."""
    rough = top / TICKS
    power = 10 ** math.floor(math.log10(rough))
    step = next(factor * power for factor in _STEPS if factor * power >= rough)
    return [step * number for number in range(math.ceil(top / step) + 1)]


def compact(value: float) -> str:
    """Return `1.5 m` for 1,500,000."""
    exact = Decimal(repr(value))
    for size, unit in _THOUSANDS:
        if exact >= size:
            return f"{(exact / size).normalize():f} {unit}"
    return f"{exact.normalize():f}"


def _years(years: Sequence[YearRange]) -> Iterator[int]:
    first, last = years[0].year, years[-1].year
    step = max(1, 5 * round((last - first) / 5 / TICKS)) if last - first > TICKS else 1
    yield from (year for year in range(first, last, step) if last - year >= step / 2)
    yield last


def _axis_text(x: float, y: float, text: str, font: str, anchor: Literal["middle", "end"]) -> String:
    return String(x, y, text, fontName=font, fontSize=SMALL, fillColor=_MUTED, textAnchor=anchor)
