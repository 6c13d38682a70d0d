"""`alex research --follow` and `--due`, against a researcher of its own process."""

import io
import re
from dataclasses import replace
from pathlib import Path

import pytest
from alex_tools.asking import ResearchOrder, run_research
from alex_tools.budgeting import BudgetOrder
from alex_tools.errors import BadInput, PlanIncomplete
from alex_tools.stack import SERVICES
from alex_tools.terminal import QuietOnClosedPipe, Terminal
from alex_tools.watching import run_due, run_follow, seconds_of

from tests.service_process import KEY, running

from .conftest import Site


@pytest.mark.parametrize(("duration", "seconds"), [("30m", 1_800), ("12h", 43_200), ("1d", 86_400), ("2W", 1_209_600)])
def test_a_duration_is_a_number_with_a_unit(duration: str, seconds: int) -> None:
    """Ours."""
    assert seconds_of(duration) == seconds


@pytest.mark.parametrize("duration", ["", "1", "d", "0d", "-1d", "1.5h", "1y"])
def test_another_duration_is_refused(duration: str) -> None:
    """Ours: with what would be understood."""
    with pytest.raises(BadInput, match="such as 12h or 1d"):
        seconds_of(duration)


@pytest.mark.slow
def test_a_followed_topic_is_researched_when_it_is_due(servers: tuple[str, str], site: Site, tmp_path: Path) -> None:
    """Ours: the first brief whole, and nothing until it is due again."""
    environment = {
        "RESEARCHER_BROWSER_URL": servers[0],
        "RESEARCHER_VECTOR_STORE_URL": servers[1],
        "RESEARCHER_DATABASE_URL": f"sqlite:///{tmp_path / 'researcher.db'}",
    }
    own_port = next(service.port for service in SERVICES if service.name == "researcher")
    with running("alex_researcher", environment=environment) as url:
        user = {"ALEX_API_KEYS": KEY, "ALEX_PORT_OFFSET": str(int(url.rsplit(":", 1)[1]) - own_port)}
        out = io.StringIO()
        console = QuietOnClosedPipe(file=out, width=400)
        terminal = Terminal(console, console)
        run_due(user, tmp_path, terminal)
        order = ResearchOrder("Tarnfield Rail brakes", ["TRNF"], [f"{site.url}/tarn-risk.html"], 3)
        run_follow(order, "1d", user, tmp_path, terminal)
        run_due(user, tmp_path, terminal)
        run_due(user, tmp_path, terminal)
        with pytest.raises(PlanIncomplete, match="the brief is incomplete") as stopped:
            run_research(replace(order, budget=BudgetOrder(seconds=0.001)), user, tmp_path, terminal)
    said = out.getvalue()
    assert said.count("no followed topic is due") == 2
    assert "following 'Tarnfield Rail brakes' every 1d" in said
    assert "a shortage of brakes would delay 12 trains" in " ".join(said.split())
    assert "each time it may use 300000 tokens" in said
    assert any("0.001 seconds of its budget are over" in reason for reason in stopped.value.details)
    assert "will probably use" in said
    assert "held to 0.001 seconds" in said
    assert re.search(r"used \d+ model calls, 0 tokens, \d+\.\d s, 0 USD", said)
