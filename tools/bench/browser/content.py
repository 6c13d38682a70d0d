"""How well the main content of saved pages is found, over a folder of pages that the user supplies.

    python -m tools.bench.browser.content FOLDER

A page is a folder `NAME/` with `source.html` and what a reader should get of it, `expected.html` or `expected.txt`. The
score is F1 over bags of words (letters and digits, lower case; Chinese, Japanese and Korean by character), beside
trafilatura alone over the same pages. The text is what `read_page` makes of a page over plain HTTP; outer style sheets
are not there.
"""

import argparse
import re
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import trafilatura
from alex_browser.decoding import decode
from alex_browser.html_reading import read_html_body
from alex_browser.html_tree import parse, visible_text

URL = "https://saved.example/section/page"
"""Where a saved page is taken to come from; relative links need one."""
LOW_RECALL = 0.5
"""A page with less of its content found is counted as lost."""
_WORD = re.compile(r"\w+")
_CHARACTER = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")


@dataclass(frozen=True)
class Score:
    """One page: shares between 0 and 1, and the time that extracting took."""

    name: str
    f1: float
    precision: float
    recall: float
    seconds: float


def words(text: str) -> Counter[str]:
    """Return how often each word occurs in `text`."""
    return Counter(_WORD.findall(_CHARACTER.sub(r" \g<0> ", text.lower())))


def score(name: str, found: str, expected: str, seconds: float = 0.0) -> Score:
    """Return how well `found` matches `expected`; two empty texts match."""
    got, wanted = words(found), words(expected)
    common = sum((got & wanted).values())
    if not common:
        match = float(not got and not wanted)
        return Score(name, match, match, match, seconds)
    precision, recall = common / got.total(), common / wanted.total()
    return Score(name, 2 * precision * recall / (precision + recall), precision, recall, seconds)


def by_us(body: bytes) -> str:
    """Return the text that `read_page` gives, without its link targets."""
    return _LINK.sub(r"\1", read_html_body(body, None, URL, [], cut=False).extracted.text)


def by_trafilatura(body: bytes) -> str:
    """Return the text that trafilatura alone finds."""
    return trafilatura.extract(decode(body, None)[0], include_comments=False) or ""


def saved_pages(folder: Path) -> Iterator[tuple[str, bytes, str]]:
    """Yield name, page and expected text of every page in `folder`."""
    for page in sorted(folder.glob("*/source.html")):
        as_html, as_text = page.with_name("expected.html"), page.with_name("expected.txt")
        if as_text.is_file():
            yield page.parent.name, page.read_bytes(), as_text.read_text(encoding="utf-8")
        elif as_html.is_file():
            expected = visible_text(parse(as_html.read_text(encoding="utf-8")))
            yield page.parent.name, page.read_bytes(), expected


def measure(folder: Path, extract: Callable[[bytes], str]) -> list[Score]:
    """Return the score of every page in `folder`."""
    scores = []
    for name, body, expected in saved_pages(folder):
        begun = time.process_time()
        found = extract(body)
        scores.append(score(name, found, expected, time.process_time() - begun))
    return scores


def _print(name: str, scores: Sequence[Score]) -> None:
    lost = sum(one.recall < LOW_RECALL for one in scores)
    print(
        f"{name:12} F1 {statistics.mean(one.f1 for one in scores):.3f} mean,"
        f" {statistics.median(one.f1 for one in scores):.3f} median;"
        f" precision {statistics.mean(one.precision for one in scores):.3f},"
        f" recall {statistics.mean(one.recall for one in scores):.3f}; {lost} of {len(scores)} pages lost;"
        f" {1000 * statistics.median(one.seconds for one in scores):.1f} ms a page (median, CPU)"
    )


def main() -> int:
    """Measure one folder; return the exit code."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path, help="NAME/source.html with NAME/expected.html or NAME/expected.txt")
    parser.add_argument("--worst", type=int, default=0, help="name this many pages with the lowest score")
    options = parser.parse_args()
    ours = measure(options.folder, by_us)
    if not ours:
        print(f"no page with an expected text in {options.folder}", file=sys.stderr)
        return 1
    _print("ours", ours)
    _print("trafilatura", measure(options.folder, by_trafilatura))
    for one in sorted(ours, key=lambda page: page.f1)[: options.worst]:
        print(f"{one.f1:.3f} (precision {one.precision:.3f}, recall {one.recall:.3f}) {one.name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
