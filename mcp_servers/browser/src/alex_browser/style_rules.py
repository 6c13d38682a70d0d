"""Which declarations of a page's style sheets and inline styles make an element invisible.

A small part of the CSS cascade: specificity and order are respected, `@media` rules count only when they
show something, and a selector that cannot be understood is left out.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import tinycss2  # type: ignore[import-untyped]  # has no types

from alex_browser.css_selectors import PageSelectors, Specificity
from alex_browser.elements import Element

_WATCHED = frozenset(
    (
        "display",
        "visibility",
        "content-visibility",
        "opacity",
        "font-size",
        "width",
        "height",
        "max-width",
        "max-height",
        "overflow",
        "position",
        "left",
        "top",
        "right",
        "bottom",
        "margin-left",
        "text-indent",
        "clip",
        "clip-path",
        "color",
        "transform",
        "filter",
        "background-clip",
        "-webkit-background-clip",
    )
)
_MAX_RULES = 4000
"""Rules looked at in one page; a style sheet longer than this is a framework, not a hiding place."""
_ZERO = re.compile(r"(calc\(\s*)?0*\.?0+(px|em|rem|%|pt|vh|vw)?\s*\)?$")
_FAINT = re.compile(r"0*\.0[0-5]\d*$|0*[0-5](\.\d+)?%$")
_TINY_LETTERS = re.compile(r"(0*[01](\.\d+)?|0*\.\d+)(px|pt)$|0*\.0\d*r?em$")
_FAR_OUT = re.compile(r"-\d{3,}(\.\d+)?(px|pt)$|-\d{2,}(\.\d+)?(em|rem|vw|vh)$|-[1-9]\d{2,}%$")
_FAR_MARGIN = re.compile(r"-\d{4,}(\.\d+)?(px|pt)$")
_FAR_RIGHT = re.compile(r"\d{4,}(\.\d+)?(px|pt)$|[1-9]\d{2,}vw$")
_CUT_TO_NOTHING = re.compile(r"rect\(\s*(0|1px)[\s,a-z0]*(0|1px)")
_CLIPPED_AWAY = re.compile(
    r"inset\(\s*([5-9]\d|100)(\.\d+)?%|(circle|ellipse)\(\s*0(px|%)?[\s)]|polygon\((\s*0(px|%)?[\s,]*)+\)"
)
_CLEAR_COLOR = re.compile(r"transparent$|rgba\([^)]*[,/]\s*0?\.?0+%?\s*\)$|#[0-9a-f]{3}0$|#[0-9a-f]{6}00$")
SCREEN_PIXELS = 1280
"""Width of the window in which pages are rendered."""
_EM_PIXELS = 16
_WIDTH = re.compile(r"\(\s*(min|max)-width\s*:\s*([\d.]+)(px|em|rem)\s*\)")
_COMMENT = re.compile(r"/\*.*?\*/|<!\[CDATA\[|\]\]>|<!--|-->", re.DOTALL)
"""Comments, and what once hid style sheets from browsers that knew none."""
_RULE = re.compile(r"[^{};]*\{([^{}]*)\}")
_STRING = re.compile(r""" "(?:[^"\\\n]|\\.)*" | '(?:[^'\\\n]|\\.)*' """, re.DOTALL | re.VERBOSE)
_MAX_INLINE_KEPT = 2000
_MAY_HIDE = re.compile(
    r"display\s*:|visibility\s*:|opacity\s*:|clip(-path)?\s*:|text-indent\s*:|-\d{2,}|font-size\s*:|transparent"
    r"|(height|width)\s*:\s*0|scale[xy]?\(\s*0|rgba\([^)]*[,/]\s*0|position\s*:\s*(absolute|fixed)|overflow\s*:"
    r"|#[0-9a-f]{3}0\b|#[0-9a-f]{6}00\b|translate|(left|right)\s*:\s*\d{3,}|^[^\"']*\\",
    re.IGNORECASE,
)
"""What a declaration that hides looks like; one with an escape may say anything."""
_MOVED_AWAY = re.compile(r"scale[xy]?\(\s*0?\.?0+\s*[,)]|translate(x|y|3d)?\([^)]*(-\d{4,}px|-\d{3,}v[wh])")
_FILTERED_AWAY = re.compile(r"opacity\(\s*0*\.?0+%?\s*\)")


@dataclass(frozen=True)
class _Winner:
    rank: tuple[bool, Specificity, int]
    value: str


class StyleRules:
    """The watched declarations that apply to each element of one page."""

    def __init__(self, root: Element) -> None:
        self._root = root
        self._selectors = PageSelectors(root)
        self._won: dict[Element, dict[str, _Winner]] = {}

    @classmethod
    def of(cls, root: Element, outer: Sequence[str] = ()) -> "StyleRules":
        """Read the `outer` style sheets and every `<style>` of the page."""
        rules = cls(root)
        own = (style.text or "" for style in root.iter("style") if style.get("media", "all") != "print")
        sheets = rules._selectors.of_interest("\n".join([*outer, *map(hiding_rules, own)]))
        for order, (selectors, declarations, conditional) in enumerate(_rules_in(sheets)):
            if order >= _MAX_RULES:
                break
            if not (conditional and (hides(declarations) or silences(declarations))):
                rules._apply(selectors, declarations, order)
        return rules

    def declared(self) -> Iterator[tuple[Element, dict[str, str]]]:
        """Yield each element that a rule or its own style says something about, with the declarations that win."""
        styled = [element for element in self._root.xpath("descendant-or-self::*[@style]") if _may_hide(element)]
        for element in dict.fromkeys([*self._won, *styled]):
            won = {name: winner.value for name, winner in self._won.get(element, {}).items()}
            if _may_hide(element):
                won.update(_inline(element.get("style")))
            yield element, {name: value.removesuffix("!important").strip() for name, value in won.items()}

    def _apply(self, selectors: str, declarations: Mapping[str, str], order: int) -> None:
        for specificity, elements in self._selectors.select(selectors):
            self._award(elements, specificity, declarations, order)

    def _award(
        self, elements: Iterable[Element], specificity: Specificity, values: Mapping[str, str], order: int
    ) -> None:
        for element in elements:
            held = self._won.setdefault(element, {})
            for name, value in values.items():
                rank = (value.endswith("!important"), specificity, order)
                if name not in held or held[name].rank <= rank:
                    held[name] = _Winner(rank, value)


def _may_hide(element: Element) -> bool:
    return bool(_MAY_HIDE.search(element.get("style") or ""))


def hiding_rules(css: str) -> str:
    """Return the rules of `css` that could hide an element, or show one that another rule hides."""
    # A brace within a string ends no rule.
    plain = _STRING.sub(lambda said: '""' if set("{};") & set(said.group()) else said.group(), _COMMENT.sub("", css))
    return _RULE.sub(lambda rule: rule.group() if _MAY_HIDE.search(rule.group(1)) else "", plain)


def hides(declared: Mapping[str, str]) -> bool:
    """Return whether an element with these declarations shows nothing of itself and of what it contains."""
    opacity = declared.get("opacity", "1")
    if declared.get("display") == "none" or declared.get("content-visibility") == "hidden":
        return True
    if _ZERO.match(opacity) or _FAINT.match(opacity):
        return True
    if _MOVED_AWAY.search(declared.get("transform", "")) or _FILTERED_AWAY.search(declared.get("filter", "")):
        return True
    if _CLIPPED_AWAY.search(declared.get("clip-path", "")) or _FAR_MARGIN.match(declared.get("margin-left", "")):
        return True
    return _out_of_place(declared) or _without_size(declared)


def silences(declared: Mapping[str, str]) -> bool | None:
    """Return whether the text of an element cannot be seen, which what it contains inherits; None: nothing is said.

    An element within may show its own text again, as lists without gaps do that set the size of their text to 0.
    """
    size = declared.get("font-size", "1em")
    if declared.get("visibility") in ("hidden", "collapse") or _ZERO.match(size) or _TINY_LETTERS.match(size):
        return True
    if _is_colorless(declared) or _FAR_OUT.match(declared.get("text-indent", "")):
        return True
    said = any(name in declared for name in ("visibility", "font-size", "color"))
    return False if said else None


def _is_colorless(declared: Mapping[str, str]) -> bool:
    # Text without a colour of its own is a common way to let a background shine through the letters.
    through = "text" in (declared.get("background-clip"), declared.get("-webkit-background-clip"))
    return not through and bool(_CLEAR_COLOR.match(declared.get("color", "")))


def _out_of_place(declared: Mapping[str, str]) -> bool:
    if declared.get("position") not in ("absolute", "fixed"):
        return False
    if any(_FAR_OUT.match(declared.get(side, "")) for side in ("left", "top", "right", "bottom")):
        return True
    return bool(_FAR_RIGHT.match(declared.get("left", "")) or _CUT_TO_NOTHING.match(declared.get("clip", "")))


def _without_size(declared: Mapping[str, str]) -> bool:
    if not declared.get("overflow", "visible").startswith(("hidden", "clip")):
        return False
    return any(_ZERO.match(declared.get(name, "auto")) for name in ("width", "height", "max-width", "max-height"))


def _rules_in(sheet: str) -> Iterator[tuple[str, dict[str, str], bool]]:
    """Yield selectors, watched declarations and whether they apply only under some condition."""
    for rule in tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True):
        if rule.type == "qualified-rule":
            yield from _one_rule(rule, conditional=False)
        elif rule.type == "at-rule" and rule.lower_at_keyword in ("media", "supports", "layer") and rule.content:
            condition = tinycss2.serialize(rule.prelude).strip().lower()
            if "print" in condition:
                continue
            for inner in tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True):
                if inner.type == "qualified-rule":
                    yield from _one_rule(inner, conditional=not _holds(condition))


def _holds(condition: str) -> bool:
    """Return whether a media query of widths alone holds on the screen that pages are read for."""
    bounds = _WIDTH.findall(condition)
    rest = _WIDTH.sub("", condition).replace("only", "").replace("screen", "").replace("all", "").replace("and", "")
    if rest.strip():
        return False
    return all(
        (float(number) * (1 if unit == "px" else _EM_PIXELS) <= SCREEN_PIXELS) is (kind == "min")
        for kind, number, unit in bounds
    )


def _one_rule(rule: tinycss2.ast.QualifiedRule, *, conditional: bool) -> Iterator[tuple[str, dict[str, str], bool]]:
    declarations = _watched(tinycss2.parse_blocks_contents(rule.content))
    if declarations:
        yield tinycss2.serialize(rule.prelude).strip(), declarations, conditional


@lru_cache(_MAX_INLINE_KEPT)
def _inline(style: str) -> dict[str, str]:
    return _watched(tinycss2.parse_blocks_contents(style))


def _watched(nodes: list[tinycss2.ast.Node]) -> dict[str, str]:
    found: dict[str, str] = {}
    for node in nodes:
        if node.type == "declaration" and node.lower_name in _WATCHED:
            value = tinycss2.serialize([part for part in node.value if part.type != "comment"]).strip().lower()
            found[node.lower_name] = f"{value} !important" if node.important else value
    return found
