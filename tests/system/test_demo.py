"""The whole chain: one command turns a portfolio into a cited plan, with real services and real Chromium."""

from __future__ import annotations

import html
import json
import re
import shutil
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import psutil  # type: ignore[import-untyped]  # psutil ships no type information
import pytest
from alex_tools.newsroom_server import bundled_newsroom, serving_newsroom
from alex_tools.repository import SAMPLE_PORTFOLIO
from alex_tools.stack import SERVICES

from tests.planner.importing.american_samples import SCHWAB_POSITIONS

if TYPE_CHECKING:
    from tests.system.conftest import AlexCommand, MakeAlex

pytestmark = [pytest.mark.system, pytest.mark.timeout(300)]

RESEARCH_HAS_STARTED = "researcher starts"
MISSING_PAGE = "varrowmere-cell-recall.html"
DEMO_SECONDS = 60.0
"""Our promise for one demo after installation."""


def plain(markdown: str) -> str:
    """Return Markdown without its escapes."""
    return html.unescape(re.sub(r"\\([^\w\s])", r"\1", markdown))


def newsroom_texts() -> dict[str, str]:
    """Return what each page of the sample newsroom says, by file name."""
    texts = {}
    for page in bundled_newsroom().rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        data = page.with_suffix(".json")
        if data.exists():
            text += json.dumps(json.loads(data.read_text(encoding="utf-8")), ensure_ascii=False)
        texts[page.name] = html.unescape(text)
    return texts


def quotes_with_sources(plan: str) -> list[tuple[str, str]]:
    """Return each quote of a plan, block or in quotation marks, with the address below it."""
    found = re.findall(
        r"^(?: *> (.+)|- (?:\*\*.+?\*\*: )?\u201c(.+)\u201d)\n\n *\[.+?\]\(<(.+?)>\)", plain(plan), flags=re.MULTILINE
    )
    return [(block or inline, url) for block, inline, url in found]


def documents(output: str) -> int:
    """Return the number of documents that a demo counted."""
    return int(re.findall(r"(\d+) documents in the knowledge base", output)[0])


def test_two_demos_give_a_cited_plan_and_one_set_of_documents(make_alex: MakeAlex) -> None:
    """The purpose of the project, end to end; the second run finds everything stored already."""
    alex = make_alex()
    first = alex.run("demo", "--exit")
    assert first.returncode == 0, first.stdout + first.stderr
    check_plan((alex.folder / "plan.md").read_text(encoding="utf-8"), alex.offset)
    second = alex.run("demo", "--exit")
    assert second.returncode == 0, second.stdout + second.stderr
    assert documents(first.stdout) == documents(second.stdout) >= 5
    assert float(re.findall(r"([\d.]+) s in all", second.stdout)[0]) < DEMO_SECONDS
    assert not (alex.folder / "plan.partial.md").exists()
    assert not (alex.folder / ".alex" / "running.json").exists()


def check_plan(plan: str, offset: int) -> None:
    """The plan has its figures, its findings with quotes that stand in the pages, and nothing missing."""
    assert "| VRWM | Varrowmere Storage | Brokerage | 420 | 61.40 USD | 2026-10-30 (stale) | 25,788.00 USD |" in plan
    assert "100,148.50 USD" in plan
    assert re.search(r"^\| 20 \|( [\d,]+ \|){6}", plan, flags=re.MULTILINE)
    assert "Nothing that was asked for." in plan
    assert "### The case against" in plan
    quotes = quotes_with_sources(plan)
    assert len(quotes) >= 6
    texts = newsroom_texts()
    for quote, url in quotes:
        assert url.startswith(f"http://127.0.0.1:{8090 + offset}/articles/")
        assert quote in texts[url.rsplit("/", 1)[-1]]
    sources = {url.rsplit("/", 1)[-1] for _, url in quotes}
    assert "quillhaven-patent-dispute.html" in sources, "the page that needs JavaScript is quoted"
    assert {"varrowmere-third-quarter.html", MISSING_PAGE} <= sources
    assert "tern-island-regatta.html" not in plan
    for instruction in ("Ignore all earlier instructions", "sell everything", "give-me-the-portfolio", "risk-free"):
        assert instruction not in plan


def test_a_missing_page_makes_the_plan_partial_and_is_named(make_alex: MakeAlex) -> None:
    """An older complete plan stays; what there is goes beside it."""
    alex = make_alex()
    newsroom = alex.folder / "newsroom"
    shutil.copytree(bundled_newsroom(), newsroom)
    (newsroom / "articles" / MISSING_PAGE).unlink()
    (alex.folder / "plan.md").write_text("the plan of last time")
    done = alex.run("demo", "--exit", "--newsroom", newsroom)
    assert done.returncode == 3, done.stdout + done.stderr
    assert MISSING_PAGE in done.stderr
    assert (alex.folder / "plan.md").read_text() == "the plan of last time"
    assert MISSING_PAGE in (alex.folder / "plan.partial.md").read_text(encoding="utf-8")


def test_a_bad_portfolio_ends_the_demo_with_line_and_column(make_alex: MakeAlex) -> None:
    """Nothing is written."""
    alex = make_alex()
    (alex.folder / "bad.csv").write_text(
        "symbol,quantity,price,currency\nVRWM,420,61.40,USD\nQLHV,,148.20,USD\nPLGV,many,33.15,USD\n"
    )
    done = alex.run("demo", "--exit", "--portfolio", "bad.csv")
    assert done.returncode == 2, done.stdout + done.stderr
    assert "line 3, column quantity: the row has no quantity" in done.stderr
    assert "line 4, column quantity: 'many'" in done.stderr
    assert list(alex.folder.glob("plan*")) == []


@pytest.mark.parametrize("name", [service.name for service in SERVICES])
def test_a_killed_service_ends_the_demo_with_its_name(make_alex: MakeAlex, name: str) -> None:
    """While research goes on; nothing is written and nothing is left running."""
    alex = make_alex()
    demo = alex.start("demo", "--exit")
    demo.read_until(RESEARCH_HAS_STARTED)
    children = demo.children()
    demo.service(name).kill()
    assert demo.finish() == 1, demo.output
    assert f"error: {name} ended unexpectedly" in demo.output
    assert list(alex.folder.glob("plan*")) == []
    assert psutil.wait_procs(children, timeout=10)[1] == []


@pytest.mark.skipif(sys.platform == "win32", reason="sends a POSIX signal")
def test_ctrl_c_during_research_stops_everything_within_ten_seconds(make_alex: MakeAlex) -> None:
    """Nothing is written, nothing is left running, and the exit code says why."""
    alex = make_alex()
    demo = alex.start("demo")
    demo.read_until(RESEARCH_HAS_STARTED)
    children = demo.children()
    demo.process.send_signal(signal.SIGINT)
    assert demo.process.wait(timeout=10) == 130
    assert psutil.wait_procs(children, timeout=1)[1] == []
    assert list(alex.folder.glob("plan*")) == []


def test_an_unpriced_holding_makes_the_plan_partial(shared_stack: AlexCommand, tmp_path: Path) -> None:
    """No price is made up: the holding is listed as unpriced and the total says that it is incomplete."""
    portfolio, out = tmp_path / "unpriced.csv", tmp_path / "plan.md"
    rows = SAMPLE_PORTFOLIO.read_text(encoding="utf-8")
    portfolio.write_text(rows.replace("Pellgrove Foods,240,33.15", "Pellgrove Foods,240,"), encoding="utf-8")
    source = f"http://127.0.0.1:{8090 + shared_stack.offset}/index.html"
    done = shared_stack.run("plan", portfolio, "--source", source, "--out", out)
    assert done.returncode == 3, done.stdout + done.stderr
    assert "PLGV" in done.stderr
    assert not out.exists()
    plan = (tmp_path / "plan.partial.md").read_text(encoding="utf-8")
    row = next(line for line in plan.splitlines() if line.startswith("| PLGV "))
    assert "unpriced" in row
    total = next(line for line in plan.splitlines() if "Total" in line)
    assert "incomplete" in total
    assert "33.15" not in plan


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("symbol,quantity,currency\nVRWM,,USD\n", "line 2, column quantity: the row has no quantity"),
        ("symbol,quantity,currency,colour\nVRWM,1,USD,red\n", "line 1, column colour: unknown column 'colour'"),
        ("", "line 1: the file is empty"),
    ],
    ids=["no_quantity", "unknown_column", "empty"],
)
def test_a_file_that_is_no_portfolio_is_refused(
    shared_stack: AlexCommand, tmp_path: Path, content: str, problem: str
) -> None:
    """Exit code 2, file, line and column in the message, nothing written."""
    (tmp_path / "bad.csv").write_text(content)
    done = shared_stack.run("plan", tmp_path / "bad.csv", "--out", tmp_path / "plan.md")
    assert done.returncode == 2, done.stdout + done.stderr
    assert "bad.csv cannot be used" in done.stderr
    assert problem in done.stderr
    assert list(tmp_path.glob("plan*")) == []


def test_text_files_are_stored_once_and_found(shared_stack: AlexCommand, tmp_path: Path) -> None:
    """A person's own notes join the knowledge base."""
    (tmp_path / "note.md").write_text("# Kiln maintenance\n\nThe kiln door needs a new seal before winter.\n")
    assert "created" in shared_stack.run("ingest", tmp_path).stdout
    assert "unchanged" in shared_stack.run("ingest", tmp_path / "note.md").stdout
    found = shared_stack.run("search", "when must the seal of the oven be replaced", "--limit", "1").stdout
    assert "Kiln maintenance" in found


def test_a_brief_is_researched_from_other_pages(
    shared_stack: AlexCommand, tmp_path: Path, other_newsroom_port: int
) -> None:
    """The research agent by itself, on a newsroom in which one page is gone."""
    shutil.copytree(bundled_newsroom(), tmp_path, dirs_exist_ok=True)
    (tmp_path / "articles" / MISSING_PAGE).unlink()
    with serving_newsroom(tmp_path, other_newsroom_port) as index:
        done = shared_stack.run("research", "Varrowmere Storage", "--symbol", "VRWM", "--source", index)
    assert done.returncode == 3, done.stdout + done.stderr
    assert MISSING_PAGE in done.stderr
    assert "order backlog of Varrowmere Storage rose to $1.9 billion" in done.stdout


def test_the_doctor_finds_a_running_stack_ready(shared_stack: AlexCommand) -> None:
    """Every service answers its readiness check."""
    done = shared_stack.run("doctor")
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count("ready at http://127.0.0.1:") == len(SERVICES)


def test_a_brokers_file_is_shown_row_by_row_and_kept(shared_stack: AlexCommand, tmp_path: Path) -> None:
    """Every row is accounted for; a row with an error stops the import unless it is left out on purpose."""
    file = tmp_path / "export.csv"
    file.write_text(SCHWAB_POSITIONS, encoding="utf-8")
    kept = shared_stack.run("import", file, "--yes")
    assert kept.returncode == 0, kept.stdout + kept.stderr
    assert "QLHV" in kept.stdout
    assert "0 errors" in kept.stdout
    assert "portfolio: pf_" in kept.stdout
    file.write_text(SCHWAB_POSITIONS.replace('"10","$1,050.50"', '"ten","$1,050.50"'), encoding="utf-8")
    refused = shared_stack.run("import", file, "--yes")
    assert refused.returncode == 2, refused.stdout + refused.stderr
    assert "error: line 5" in refused.stdout
    assert "portfolio: pf_" not in refused.stdout
    assert shared_stack.run("import", file, "--yes", "--leave-out-errors").returncode == 0


def test_a_followed_topic_is_researched_when_it_is_due(
    shared_stack: AlexCommand, tmp_path: Path, other_newsroom_port: int
) -> None:
    """Once now, and not again before its time."""
    shutil.copytree(bundled_newsroom(), tmp_path, dirs_exist_ok=True)
    with serving_newsroom(tmp_path, other_newsroom_port) as index:
        followed = shared_stack.run("research", "--follow", "Pellgrove Foods", "--every", "1d", "--source", index)
        assert followed.returncode == 0, followed.stdout + followed.stderr
        due = shared_stack.run("research", "--due")
        again = shared_stack.run("research", "--due")
    assert due.returncode == 0, due.stdout + due.stderr
    assert "Pellgrove Foods" in due.stdout
    assert "no followed topic is due" in again.stdout
